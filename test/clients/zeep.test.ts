/** The story of a first day, told by zeep in strict mode, which nobody of this project wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { makeSelfSignedClient } from '../../certs/make.ts';
import { serviceUrl } from '../support/registered.ts';
import { describeWithTool, PYTHON, TOOLS } from '../support/tools.ts';
import { expectFirstDay, expectLegacyDay } from './steps.ts';
import { makeScene, tellStory, WSDL } from './story.ts';

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
        expectFirstDay(steps);
      } finally {
        await scene.end();
      }
    },
  );

  test.each(['1.1', '1.2'])(
    'registers as a VASA 1.0 vCenter in SOAP %s',
    { timeout: 60_000 },
    async (soap) => {
      const scene = await makeScene();
      try {
        const { versionXml, certificateFile } = scene.server.ready;
        const service = await serviceUrl(versionXml, readFileSync(certificateFile, 'utf8'));
        const vcenter = await makeSelfSignedClient({ name: 'vcenter', key: 'rsa' });
        const steps = await tellStory(
          scene,
          [PYTHON, join(import.meta.dirname, 'zeep/legacy.py')],
          {
            wsdl: WSDL.replace('vasa-2.0', 'vasa-1.0'),
            soap,
            address: service.replace('/2.0/', '/1.0/'),
            pinned: certificateFile,
            user: scene.user.name,
            password: scene.user.password,
            certificate: scene.write('vcenter.crt', vcenter.certificatePem),
            vcenter: scene.write('legacy.pem', vcenter.keyPem + vcenter.certificatePem),
          },
        );
        expectLegacyDay(steps);
      } finally {
        await scene.end();
      }
    },
  );
});
