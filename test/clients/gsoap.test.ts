/**
 * The story of a first day, told by a gSOAP client in strict mode: the stand-in for ESXi, whose log shows
 * messages of the gSOAP library.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { serviceUrl } from '../support/registered.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { buildStory } from './gsoap/build.ts';
import { checkAnswers, recordedAnswers } from './gsoap/recordings.ts';
import { makeScene, type Step, tellStory, WSDL } from './story.ts';

const NEEDED = [TOOLS.wsdl2h, TOOLS.soapcpp2, TOOLS.cxx, TOOLS.xmllint];

describeWithTool('gSOAP, with schema checks of every answer', NEEDED, () => {
  let program: string;
  beforeAll(async () => {
    program = await buildStory(WSDL);
  }, 300_000);

  test.each(['1.1', '1.2'])(
    'tells the whole story in SOAP %s',
    { timeout: 60_000 },
    async (soap) => {
      const scene = await makeScene();
      try {
        const { versionXml, certificateFile } = scene.server.ready;
        const record = join(scene.folder, 'record');
        mkdirSync(record);
        const steps = await tellStory(scene, [program], {
          address: await serviceUrl(versionXml, readFileSync(certificateFile, 'utf8')),
          soap,
          record,
          pinned: certificateFile,
          root: scene.rootFile,
          crl: scene.crlFile,
          user: scene.user.name,
          password: scene.user.password,
          vcenter: scene.vcenterFile,
          host: scene.hostFile,
        });
        expectSteps(steps);
        const answers = recordedAnswers(record);
        expect(answers.length).toBeGreaterThan(40);
        const namespace = soap === '1.1' ? 'schemas.xmlsoap.org' : 'www.w3.org/2003/05';
        expect(answers.every((answer) => answer.includes(namespace))).toBe(true);
        await checkAnswers(answers, WSDL, scene.folder);
      } finally {
        await scene.end();
      }
    },
  );
});

function expectSteps(steps: readonly Step[]): void {
  const life = (volumes: number) => [
    { step: 'bindVirtualVolume', handles: volumes },
    { step: 'bindVirtualVolume again' },
    { step: 'bindVirtualVolume unknown', item: 'InvalidArgument' },
    { step: 'delete while bound', fault: 'ResourceInUse' },
    { step: 'unbindVirtualVolume', count: volumes },
  ];
  const end = (volumes: number) => [
    { step: 'deleteVirtualVolume', count: volumes },
    { step: 'delete again', fault: 'NotFound' },
  ];
  expect(steps).toEqual([
    { step: 'no session', fault: 'InvalidSession' },
    {
      step: 'anonymous certificate change',
      fault: expect.stringMatching(/^(InvalidSession|PermissionDenied)$/),
    },
    { step: 'wrong password', fault: 'InvalidLogin' },
    { step: 'registerCACertificatesAndCRLs', uid: expect.stringMatching(/./) },
    { step: 'requestCSR' },
    { step: 'registerCASignedProviderCertificate' },
    { step: 'certificate swapped' },
    { step: 'setContext vCenter' },
    { step: 'queryCACertificates', count: 1 },
    { step: 'queryCatalog', count: expect.any(Number) },
    { step: 'setContext host' },
    { step: 'queryArrays', count: expect.any(Number) },
    { step: 'queryStorageContainer', count: expect.any(Number) },
    { step: 'queryProtocolEndpoint', count: expect.any(Number) },
    { step: 'setPEContext' },
    { step: 'createVirtualVolume', volumes: 5 },
    { step: 'queryVirtualVolume', found: 1 },
    { step: 'queryVirtualVolumeInfo', count: 2 },
    ...[2, 2, 1].flatMap(life),
    ...[2, 2, 1].flatMap(end),
    { step: 'getEvents' },
    { step: 'getAlarms' },
    { step: 'unknown container', fault: 'NotFound' },
    { step: 'operation not served', fault: 'NotImplemented' },
    { step: 'setStorageContainerContext' },
    { step: 'resizeVirtualVolume', smaller: 'NotSupported' },
    { step: 'prepareToSnapshotVirtualVolume' },
    { step: 'snapshotVirtualVolume', unprepared: 'NotFound' },
    { step: 'cloneVirtualVolume' },
    { step: 'fastCloneVirtualVolume' },
    { step: 'copyDiffsToVirtualVolume', unrelated: 'IncompatibleVolume' },
    { step: 'allocatedBitmapVirtualVolume' },
    { step: 'unsharedBitmapVirtualVolume', unrelated: 'IncompatibleVolume' },
    { step: 'unsharedChunksVirtualVolume' },
    { step: 'spaceStatsForVirtualVolume' },
    { step: 'spaceStatsForStorageContainer' },
    { step: 'revertVirtualVolume', foreign: 'IncompatibleVolume' },
    { step: 'updateStorageProfileForVirtualVolume' },
    { step: 'prepareForBindingChange' },
    { step: 'bindingChangeComplete', unknown: 'NotFound' },
    { step: 'cancelBindingChange', unknown: 'NotFound' },
    { step: 'copies deleted' },
    { step: 'unregisterVASACertificate' },
    { step: 'after unregistering', fault: 'InvalidSession' },
    { step: 'done' },
  ]);
}
