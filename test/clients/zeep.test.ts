/** The story of a first day, told by zeep in strict mode, which nobody of this project wrote. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithTool, PYTHON, TOOLS } from '../support/tools.ts';
import { makeScene, type Step, tellStory, WSDL } from './story.ts';

const PROGRAM = join(import.meta.dirname, 'zeep/story.py');

describeWithTool('zeep, with schema checks of every answer', TOOLS.zeep, () => {
  test.each(['1.1', '1.2'])(
    'tells the whole story in SOAP %s',
    { timeout: 60_000 },
    async (soap) => {
      const scene = await makeScene();
      try {
        const steps = await tellStory(scene, [PYTHON, PROGRAM], {
          wsdl: WSDL,
          soap,
          'version-xml': scene.server.ready.versionXml,
          pinned: scene.server.ready.certificateFile,
          root: scene.rootFile,
          crl: scene.crlFile,
          user: scene.user.name,
          password: scene.user.password,
          vcenter: scene.vcenterFile,
          host: scene.hostFile,
        });
        expect(steps.map(({ step }) => step)).toEqual(STEPS);
        expectFacts(steps);
      } finally {
        await scene.end();
      }
    },
  );
});

const STEPS = [
  'version.xml',
  'no session',
  'anonymous certificate change',
  'wrong password',
  'registerCACertificatesAndCRLs',
  'requestCSR',
  'registerCASignedProviderCertificate',
  'certificate swapped',
  'setContext vCenter',
  'queryCACertificates',
  'queryCACertificateRevocationLists',
  'queryCatalog',
  'setContext host',
  'queryArrays',
  'queryStorageContainer',
  'queryProtocolEndpoint',
  'setPEContext',
  'createVirtualVolume',
  'getCurrentTask',
  'queryVirtualVolume',
  'queryVirtualVolumeInfo',
  'bindVirtualVolume',
  'bindVirtualVolume again',
  'bindVirtualVolume files',
  'bindVirtualVolume unknown',
  'delete while bound',
  'unbindVirtualVolume',
  'unbindVirtualVolume unknown',
  'deleteVirtualVolume',
  'delete again',
  'getEvents',
  'getAlarms',
  'unknown container',
  'operation not served',
  'unregisterVASACertificate',
  'after unregistering',
  'done',
];

function expectFacts(steps: readonly Step[]): void {
  const fact = (step: string) => steps.find((each) => each.step === step);
  const faults = Object.fromEntries(
    steps.filter((each) => 'fault' in each).map((each) => [each.step, each['fault']]),
  );
  expect(faults).toEqual({
    'no session': 'InvalidSession',
    'anonymous certificate change': expect.stringMatching(/^(InvalidSession|PermissionDenied)$/),
    'wrong password': 'InvalidLogin',
    'delete while bound': 'ResourceInUse',
    'delete again': 'NotFound',
    'unknown container': 'NotFound',
    'operation not served': 'NotImplemented',
    'after unregistering': 'InvalidSession',
  });
  expect(fact('registerCACertificatesAndCRLs')?.['sessionId']).toBe('0');
  expect(fact('setContext vCenter')?.['vasaApiVersion']).toBe('2.0');
  expect(fact('queryCACertificates')?.['count']).toBe(1);
  expect(fact('queryCACertificateRevocationLists')?.['count']).toBe(1);
  expect(fact('queryStorageContainer')?.['protocols']).toEqual(['NFS', 'NFS4x', 'SCSI']);
  expect(fact('queryProtocolEndpoint')?.['protocols']).toEqual(['NFS', 'NFS4x', 'SCSI']);
  expect(fact('createVirtualVolume')?.['volumes']).toBe(4);
  expect(fact('bindVirtualVolume files')?.['protocols']).toEqual(['NFS', 'NFS4x']);
  expect(fact('bindVirtualVolume unknown')?.['item']).toBe('InvalidArgument');
  expect(fact('unbindVirtualVolume unknown')?.['item']).toBe('NotFound');
  expect(fact('queryCatalog')?.['names']).toContain('Fault');
}
