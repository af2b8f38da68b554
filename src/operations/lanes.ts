/**
 * The lane of each operation: what goes first when not all can be done at once. Beside the table of
 * operations, whose every row has its lane here.
 *
 * A lane is a matter of order alone. It is read from what the HTTP headers say, before the request is read
 * and the caller is known; whoever claims another operation than the one it asks for is refused later.
 */
import type { Lane } from '../wire/call.ts';
import type { operationTable } from './table.ts';

/**
 * `session`: what a host needs to be healthy again. `urgent`: what virtual machines wait for while they are
 * started, moved and stopped, and what every host asks every few seconds. `bulk`: what may take long, or is
 * asked about everything there is. The rest is `normal`.
 */
export const LANE_OF_OPERATION: Readonly<Record<keyof typeof operationTable, Lane>> = {
  registerVASACertificate: 'session',
  unregisterVASACertificate: 'session',
  registerCACertificatesAndCRLs: 'session',
  requestCSR: 'session',
  registerCASignedProviderCertificate: 'session',
  refreshCACertificatesAndCRLs: 'normal',
  queryCACertificates: 'normal',
  queryCACertificateRevocationLists: 'normal',

  setContext: 'session',
  setPEContext: 'session',
  setStorageContainerContext: 'session',

  queryArrays: 'session',
  queryStorageContainer: 'session',
  queryStorageContainerForArray: 'session',
  queryProtocolEndpoint: 'session',
  queryProtocolEndpointForArray: 'session',

  getNumberOfEntities: 'bulk',
  queryUniqueIdentifiersForEntity: 'bulk',
  queryUniqueIdentifiersForLuns: 'bulk',
  queryUniqueIdentifiersForFileSystems: 'bulk',
  queryStorageProcessors: 'bulk',
  queryStoragePorts: 'bulk',
  queryStorageLuns: 'bulk',
  queryStorageFileSystems: 'bulk',
  queryStorageCapabilities: 'bulk',
  queryBackingStoragePools: 'bulk',
  queryAssociatedProcessorsForArray: 'bulk',
  queryAssociatedPortsForProcessor: 'bulk',
  queryAssociatedLunsForPort: 'bulk',
  queryAssociatedCapabilityForLun: 'bulk',
  queryAssociatedCapabilityForFileSystem: 'bulk',
  queryDRSMigrationCapabilityForPerformance: 'bulk',
  queryDrsMigrationCapabilityForPerformanceEx: 'bulk',

  createVirtualVolume: 'normal',
  deleteVirtualVolume: 'normal',
  resizeVirtualVolume: 'normal',
  updateStorageProfileForVirtualVolume: 'normal',
  queryVirtualVolume: 'bulk',
  queryVirtualVolumeInfo: 'normal',
  updateVirtualVolumeMetaData: 'normal',
  spaceStatsForVirtualVolume: 'normal',
  spaceStatsForStorageContainer: 'normal',

  queryCapabilityMetadata: 'normal',
  queryCapabilityProfile: 'normal',
  queryCapabilityProfileForResource: 'normal',
  queryDefaultProfileForStorageContainer: 'normal',
  queryComplianceResult: 'bulk',

  prepareToSnapshotVirtualVolume: 'normal',
  // Its virtual machine stands still until it is answered.
  snapshotVirtualVolume: 'urgent',
  revertVirtualVolume: 'normal',
  cloneVirtualVolume: 'bulk',
  fastCloneVirtualVolume: 'normal',
  copyDiffsToVirtualVolume: 'bulk',
  allocatedBitmapVirtualVolume: 'bulk',
  unsharedBitmapVirtualVolume: 'bulk',
  unsharedChunksVirtualVolume: 'bulk',

  bindVirtualVolume: 'urgent',
  unbindVirtualVolume: 'urgent',
  unbindVirtualVolumeFromAllHost: 'urgent',
  unbindAllVirtualVolumesFromHost: 'urgent',
  prepareForBindingChange: 'urgent',
  bindingChangeComplete: 'urgent',
  cancelBindingChange: 'urgent',

  activateProvider: 'session',
  activateProviderEx: 'session',

  getTaskUpdate: 'urgent',
  getCurrentTask: 'normal',
  cancelTask: 'normal',
  getEvents: 'urgent',
  getAlarms: 'urgent',
  queryCatalog: 'bulk',

  queryAssociatedStatisticsManifestForArray: 'normal',
  setStatisticsContext: 'normal',
  queryAssociatedStatisticsForEntity: 'bulk',
};

/** Bytes of a request in which the type of a new volume is looked for: it stands before all that is long. */
const LOOKED_AT = 4_096;

/** The lane of a call of `operation`; of one that is not served, `normal`. `body` is its envelope, unread. */
export function laneOf(operation: string, body: Uint8Array): Lane {
  const lanes: Readonly<Record<string, Lane>> = LANE_OF_OPERATION;
  // A virtual machine that is started or moved waits for its swap volume.
  if (operation === 'createVirtualVolume') {
    const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, LOOKED_AT));
    return head.includes('>Swap<') ? 'urgent' : 'normal';
  }
  return Object.hasOwn(lanes, operation) ? (lanes[operation] ?? 'normal') : 'normal';
}
