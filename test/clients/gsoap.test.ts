/**
 * The stories of a first day, told by gSOAP clients in strict mode: the stand-in for ESXi, whose log shows
 * messages of the gSOAP library. One is made from the contract of VASA 2.0, the other from that of 1.0.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeSelfSignedClient } from '../../certs/make.ts';
import { serviceUrl } from '../support/registered.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { buildStory } from './gsoap/build.ts';
import { checkAnswers, recordedAnswers } from './gsoap/recordings.ts';
import { expectFirstDay, expectLegacyDay } from './steps.ts';
import { makeScene, tellStory, WSDL } from './story.ts';

const NEEDED = [TOOLS.wsdl2h, TOOLS.soapcpp2, TOOLS.cxx, TOOLS.xmllint];
const WSDL_1_0 = WSDL.replace('vasa-2.0', 'vasa-1.0');

describeWithTool('gSOAP, with schema checks of every answer', NEEDED, () => {
  let story: string;
  let legacy: string;
  beforeAll(async () => {
    story = await buildStory({ name: 'story', wsdlFolder: WSDL, typemap: 'typemap-2.0.dat' });
    legacy = await buildStory({ name: 'legacy', wsdlFolder: WSDL_1_0, typemap: 'typemap-1.0.dat' });
  }, 600_000);

  test.each(['1.1', '1.2'] as const)(
    'tells the whole story in SOAP %s',
    { timeout: 60_000 },
    async (soap) => {
      const scene = await makeScene();
      try {
        const record = join(scene.folder, 'record');
        mkdirSync(record);
        const steps = await tellStory(scene, [story], {
          'version-xml': scene.server.ready.versionXml,
          soap,
          record,
          pinned: scene.server.ready.certificateFile,
          root: scene.rootFile,
          crl: scene.crlFile,
          user: scene.user.name,
          password: scene.user.password,
          vcenter: scene.vcenterFile,
          host: scene.hostFile,
        });
        expectFirstDay(steps);
        expect(await checked(record, soap, WSDL, scene.folder)).toBeGreaterThan(100);
      } finally {
        await scene.end();
      }
    },
  );

  test.each(['1.1', '1.2'] as const)(
    'registers as a VASA 1.0 vCenter in SOAP %s',
    { timeout: 60_000 },
    async (soap) => {
      const scene = await makeScene();
      try {
        const record = join(scene.folder, 'record');
        mkdirSync(record);
        const { versionXml, certificateFile } = scene.server.ready;
        const vcenter = await makeSelfSignedClient({ name: 'vcenter', key: 'rsa' });
        const steps = await tellStory(scene, [legacy], {
          address: await serviceUrl(versionXml, readFileSync(certificateFile, 'utf8'), '1.0'),
          soap,
          record,
          pinned: certificateFile,
          user: scene.user.name,
          password: scene.user.password,
          certificate: scene.write('vcenter.crt', vcenter.certificatePem),
          vcenter: scene.write('legacy.pem', vcenter.keyPem + vcenter.certificatePem),
        });
        expectLegacyDay(steps);
        expect(await checked(record, soap, WSDL_1_0, scene.folder)).toBeGreaterThan(30);
      } finally {
        await scene.end();
      }
    },
  );
});

/** How many answers there are, each in the SOAP version that was spoken and valid. */
async function checked(
  record: string,
  soap: '1.1' | '1.2',
  wsdlFolder: string,
  scratch: string,
): Promise<number> {
  const answers = recordedAnswers(record);
  const namespace = soap === '1.1' ? 'schemas.xmlsoap.org' : 'www.w3.org/2003/05';
  expect(answers.every((answer) => answer.includes(namespace))).toBe(true);
  await checkAnswers(answers, wsdlFolder, scratch);
  return answers.length;
}
