/**
 * What a call of the port is about, read off its arguments: volumes, container, host. And which method
 * does the work of each VASA operation, so that a rule about an operation hits the call that counts and
 * not the questions that the provider asks on the way.
 */
import type { ContainerId, HostId, VvolId } from '../../model/ids.ts';
import type { StorageArrayPort } from '../port.ts';

/** Methods that rules can be about: `watch` is only a hint, and an array must always close. */
export type PortMethod = Exclude<keyof StorageArrayPort, 'watch' | 'close'>;

export interface Subject {
  readonly vvolIds?: readonly VvolId[];
  readonly containerId?: ContainerId | undefined;
  readonly hostId?: HostId | undefined;
  readonly arrayId?: string | undefined;
  /** A volume that the job of this call makes. */
  readonly makes?: VvolId;
}

type Readers = {
  readonly [Method in PortMethod]: (...args: Parameters<StorageArrayPort[Method]>) => Subject;
};

const nothing = (): Subject => ({});
const volume = (vvolId: VvolId): Subject => ({ vvolIds: [vvolId] });
const volumes = (vvolIds: readonly VvolId[]): Subject => ({ vvolIds });

const READERS: Readers = {
  arrays: nothing,
  containers: nothing,
  endpoints: nothing,
  containerSpace: (containerId) => ({ containerId }),
  createVolume: (_job, { vvolId, containerId }) => ({
    vvolIds: [vvolId],
    containerId,
    makes: vvolId,
  }),
  deleteVolume: volume,
  resizeVolume: (_job, vvolId) => volume(vvolId),
  volumes,
  findVolumes: nothing,
  volumeSpace: volumes,
  updateMetadata: volume,
  applyProfile: (_job, vvolId) => volume(vvolId),
  bind: (vvolId, hostId) => ({ vvolIds: [vvolId], hostId }),
  unbind: (vvolId, hostId) => ({ vvolIds: [vvolId], hostId }),
  unbindFromAllHosts: volume,
  unbindAllFromHost: (hostId) => ({ hostId }),
  bindings: ({ vvolId, hostId }) => ({ vvolIds: vvolId === undefined ? [] : [vvolId], hostId }),
  prepareSnapshot: (_job, { vvolId, snapshotId }) => ({ vvolIds: [vvolId, snapshotId] }),
  takeSnapshots: (entries) => ({ vvolIds: entries.map(({ snapshotId }) => snapshotId) }),
  revertVolume: (_job, vvolId, snapshotId) => ({ vvolIds: [vvolId, snapshotId] }),
  cloneVolume: (_job, { vvolId, source, containerId }) => ({
    vvolIds: [vvolId, source],
    containerId,
    makes: vvolId,
  }),
  fastCloneVolume: (_job, { vvolId, source, containerId }) => ({
    vvolIds: [vvolId, source],
    containerId,
    makes: vvolId,
  }),
  copyDiffs: (_job, { source, base, target }) => ({ vvolIds: [source, base, target] }),
  allocatedChunks: volume,
  unsharedChunks: (vvolId, base) => ({ vvolIds: [vvolId, base] }),
  countUnshared: (vvolId, base) => ({ vvolIds: base === undefined ? [vvolId] : [vvolId, base] }),
  prepareBindingChange: (_job, vvolIds, hostId) => ({ vvolIds, hostId }),
  endBindingChange: volume,
  job: nothing,
  openJobs: (arrayId) => ({ arrayId }),
  cancelJob: nothing,
  changes: nothing,
  statisticsOffers: nothing,
  statistics: nothing,
  pools: nothing,
  processors: nothing,
  ports: nothing,
  luns: nothing,
  fileSystems: nothing,
  storageCapabilities: nothing,
  reach: ({ hostId }) => ({ hostId }),
  sharedBottlenecks: nothing,
  capabilitySchemas: nothing,
  capabilityProfiles: nothing,
  defaultProfiles: nothing,
  volumeServices: volumes,
  profiledVolumes: (containerId) => ({ containerId }),
  containerVolumes: (containerId) => ({ containerId }),
  volumesMadeOf: volume,
  boundHosts: nothing,
  activeProviders: nothing,
  activate: (arrayId) => ({ arrayId }),
};

/** Every method that a rule can be about. */
export const PORT_METHODS = Object.keys(READERS) as readonly PortMethod[];

/** Whether a property of the port is such a method. */
export function isPortMethod(name: string | symbol): name is PortMethod {
  return typeof name === 'string' && Object.hasOwn(READERS, name);
}

/** What the call is about. `args` are those of the method. */
export function subjectOf(method: PortMethod, args: readonly unknown[]): Subject {
  // The caller passes on what the method itself was called with, so the arguments fit its reader.
  const read = READERS[method] as (...given: readonly unknown[]) => Subject;
  return read(...args);
}

/** Methods that start a job. */
export const JOB_METHODS: ReadonlySet<string> = new Set<PortMethod>([
  'applyProfile',
  'cloneVolume',
  'copyDiffs',
  'createVolume',
  'fastCloneVolume',
  'prepareBindingChange',
  'prepareSnapshot',
  'resizeVolume',
  'revertVolume',
]);

/** VASA operation to the method that does its work. */
export const WORK_OF_OPERATION: Readonly<Record<string, PortMethod>> = {
  activateProvider: 'activate',
  activateProviderEx: 'activate',
  allocatedBitmapVirtualVolume: 'allocatedChunks',
  bindVirtualVolume: 'bind',
  bindingChangeComplete: 'endBindingChange',
  cancelBindingChange: 'endBindingChange',
  cancelTask: 'cancelJob',
  cloneVirtualVolume: 'cloneVolume',
  copyDiffsToVirtualVolume: 'copyDiffs',
  createVirtualVolume: 'createVolume',
  deleteVirtualVolume: 'deleteVolume',
  fastCloneVirtualVolume: 'fastCloneVolume',
  getCurrentTask: 'openJobs',
  getTaskUpdate: 'job',
  prepareForBindingChange: 'prepareBindingChange',
  prepareToSnapshotVirtualVolume: 'prepareSnapshot',
  queryArrays: 'arrays',
  queryAssociatedStatisticsForEntity: 'statistics',
  queryAssociatedStatisticsManifestForArray: 'statisticsOffers',
  queryProtocolEndpoint: 'endpoints',
  queryStorageContainer: 'containers',
  queryVirtualVolume: 'findVolumes',
  queryVirtualVolumeInfo: 'volumes',
  resizeVirtualVolume: 'resizeVolume',
  revertVirtualVolume: 'revertVolume',
  setStatisticsContext: 'statisticsOffers',
  snapshotVirtualVolume: 'takeSnapshots',
  spaceStatsForStorageContainer: 'containerSpace',
  spaceStatsForVirtualVolume: 'volumeSpace',
  unbindAllVirtualVolumesFromHost: 'unbindAllFromHost',
  unbindVirtualVolume: 'unbind',
  unbindVirtualVolumeFromAllHost: 'unbindFromAllHosts',
  unsharedBitmapVirtualVolume: 'unsharedChunks',
  unsharedChunksVirtualVolume: 'countUnshared',
  updateStorageProfileForVirtualVolume: 'applyProfile',
  updateVirtualVolumeMetaData: 'updateMetadata',
};
