/** The story of a first day, told by zeep in strict mode, which nobody of this project wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSelfSignedClient } from '../../certs/make.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { serviceUrl } from '../support/registered.ts';
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
        expect(steps).toEqual(LEGACY_STEPS);
      } finally {
        await scene.end();
      }
    },
  );
});

const DISCOVERY_STEPS = [
  'queryUniqueIdentifiersForEntity',
  'getNumberOfEntities',
  'queryUniqueIdentifiersForLuns',
  'queryUniqueIdentifiersForFileSystems',
  'queryStorageProcessors',
  'queryStoragePorts',
  'queryStorageLuns',
  'queryStorageFileSystems',
  'queryStorageCapabilities',
  'queryAssociatedProcessorsForArray',
  'queryAssociatedPortsForProcessor',
  'queryAssociatedLunsForPort',
  'queryAssociatedCapabilityForLun',
  'queryAssociatedCapabilityForFileSystem',
  'queryDRSMigrationCapabilityForPerformance',
];

const LEGACY_STEPS = [
  { step: 'wrong password', fault: 'InvalidLogin' },
  { step: 'registerVASACertificate', sessionId: '0' },
  { step: 'no session', fault: 'InvalidSession' },
  { step: 'setContext', vasaApiVersion: '1.0' },
  { step: 'queryArrays', count: expect.any(Number) },
  ...DISCOVERY_STEPS.map((step) => expect.objectContaining({ step })),
  { step: 'getAlarms', list: true },
  { step: 'queryCatalog', names: ['Alarm', 'Event', 'Fault'] },
  { step: 'getEvents', list: true },
  { step: 'unregisterVASACertificate' },
  { step: 'after unregistering', fault: 'InvalidSession' },
  { step: 'done', checked: 37, called: Object.keys(service10.operations).sort() },
];

const STEPS = [
  'version.xml',
  'no session',
  'anonymous certificate change',
  'wrong password',
  'registerVASACertificate',
  'registerCACertificatesAndCRLs',
  'requestCSR',
  'registerCASignedProviderCertificate',
  'certificate swapped',
  'setContext vCenter',
  'refreshCACertificatesAndCRLs',
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
  'cancelTask',
  'queryVirtualVolume',
  'queryVirtualVolumeInfo',
  'updateVirtualVolumeMetaData',
  'bindVirtualVolume',
  'bindVirtualVolume again',
  'bindVirtualVolume files',
  'bindVirtualVolume unknown',
  'delete while bound',
  'unbindVirtualVolume',
  'unbindVirtualVolumeFromAllHost',
  'unbindAllVirtualVolumesFromHost',
  'unbindVirtualVolume unknown',
  'deleteVirtualVolume',
  'delete again',
  'getEvents',
  'getAlarms',
  'unknown container',
  'setStorageContainerContext',
  'resizeVirtualVolume',
  'prepareToSnapshotVirtualVolume',
  'snapshotVirtualVolume',
  'cloneVirtualVolume',
  'fastCloneVirtualVolume',
  'copyDiffsToVirtualVolume',
  'allocatedBitmapVirtualVolume',
  'unsharedBitmapVirtualVolume',
  'unsharedChunksVirtualVolume',
  'spaceStatsForVirtualVolume',
  'spaceStatsForStorageContainer',
  'revertVirtualVolume',
  'updateStorageProfileForVirtualVolume',
  'bindingChangeComplete',
  'cancelBindingChange',
  'copies deleted',
  ...DISCOVERY_STEPS,
  'queryBackingStoragePools',
  'queryDrsMigrationCapabilityForPerformanceEx',
  'queryCapabilityMetadata',
  'queryCapabilityProfile',
  'queryCapabilityProfileForResource',
  'queryDefaultProfileForStorageContainer',
  'queryComplianceResult',
  'queryAssociatedStatisticsManifestForArray',
  'setStatisticsContext',
  'queryAssociatedStatisticsForEntity',
  'activateProvider',
  'activateProviderEx',
  'unregisterVASACertificate',
  'after unregistering',
  'done',
];

function expectFacts(steps: readonly Step[]): void {
  expect(steps.at(-1)?.['called']).toEqual(Object.keys(service20.operations).sort());
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
  expect(fact('setStorageContainerContext')?.['opaque']).toBe(true);
  expect(fact('resizeVirtualVolume')?.['smaller']).toBe('NotSupported');
  expect(fact('snapshotVirtualVolume')?.['unprepared']).toBe('NotFound');
  expect(fact('copyDiffsToVirtualVolume')?.['unrelated']).toBe('IncompatibleVolume');
  expect(fact('unsharedBitmapVirtualVolume')?.['unrelated']).toBe('IncompatibleVolume');
  expect(fact('revertVirtualVolume')?.['foreign']).toBe('IncompatibleVolume');
  const name = 'f4e5bade-15a2-4805-bf8e-52318c4ce443:1152921504606846977';
  expect(fact('updateStorageProfileForVirtualVolume')?.['named']).toBe(name);
  expect(fact('queryUniqueIdentifiersForEntity')?.['kinds']).toEqual([
    'StorageArray',
    'StorageCapability',
    'StorageFileSystem',
    'StorageLun',
    'StoragePort',
    'StorageProcessor',
  ]);
  expect(fact('queryDRSMigrationCapabilityForPerformance')?.['unknown']).toBe('NotFound');
  expect(fact('queryBackingStoragePools')?.['some']).toBe(true);
  expect(fact('queryComplianceResult')).toMatchObject({ status: 'compliant', mismatch: 'unknown' });
  expect(fact('setStatisticsContext')?.['unchosen']).toBe('InvalidStatisticsContext');
  expect(fact('queryAssociatedStatisticsForEntity')?.['columns']).toBe(16);
  expect(fact('cancelTask')?.['ended']).toBe('NotCancellable');
  expect(fact('activateProvider')?.['unknown']).toBe('InvalidArgument');
  expect(fact('bindingChangeComplete')?.['unknown']).toBe('NotFound');
}
