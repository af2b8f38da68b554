/**
 * What the stories of a foreign client say, whoever tells them: the steps in their order, and the facts. A
 * story that leaves an operation out, or that is told otherwise in one language than in another, fails here.
 */
import { expect } from 'vitest';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import type { Step } from './story.ts';

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
];

/** Expects the story of a vCenter that knows VASA 1.0 alone, every operation in it. */
export function expectLegacyDay(steps: readonly Step[]): void {
  expect(steps.slice(0, -1)).toEqual(LEGACY_STEPS);
  expect(steps.at(-1)?.step).toBe('done');
  expect(steps.at(-1)?.['called']).toEqual(Object.keys(service10.operations).sort());
}

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

/** Expects the story of a first day with VASA 2.0, every operation in it. */
export function expectFirstDay(steps: readonly Step[]): void {
  expect(steps.map(({ step }) => step)).toEqual(STEPS);
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
