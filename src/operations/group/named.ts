/**
 * What each request names of an array, where the contract lets the operation answer InactiveProvider: the
 * rows of this table are exactly those operations, which a test proves. Ids are as the client sent them;
 * none means that the call is about nothing in particular. Profiles and schemas are the provider's, and
 * name no array.
 */
import { parseHostId } from '../../model/ids.ts';
import type { Operations } from '../../wire/generated/vasa-2.0/operations.ts';
import type { SessionContext } from '../context.ts';

type Ids = readonly (string | undefined)[];

type Table = {
  readonly [Name in keyof Operations]?: (
    request: Operations[Name]['request'],
    context: SessionContext,
  ) => Ids | Promise<Ids>;
};

const nothing = (): Ids => [];
const ofVolume = ({ vvolId }: { readonly vvolId: string }): Ids => [vvolId];
const ofVolumes = ({ vvolId }: { readonly vvolId: readonly string[] }): Ids => vvolId;
const ofContainer = ({ containerId }: { readonly containerId: string }): Ids => [containerId];
const ofArray = ({ arrayId }: { readonly arrayId?: string | undefined }): Ids => [arrayId];
const ofTask = ({ taskId }: { readonly taskId: string }): Ids => [taskId];
const ofManifests = ({
  arrayStatisticsManifest: manifests,
}: {
  readonly arrayStatisticsManifest: readonly { readonly arrayId: string }[];
}): Ids => manifests.map(({ arrayId }) => arrayId);

export const NAMED = {
  allocatedBitmapVirtualVolume: ofVolume,
  bindVirtualVolume: ofVolumes,
  bindingChangeComplete: ofVolumes,
  cancelBindingChange: ofVolumes,
  cancelTask: ofTask,
  cloneVirtualVolume: ({ vvolId, newContainerId }) => [vvolId, newContainerId],
  copyDiffsToVirtualVolume: ({ srcVVolId, srcBaseVVolId, dstVVolId }) => [
    srcVVolId,
    srcBaseVVolId,
    dstVVolId,
  ],
  createVirtualVolume: ofContainer,
  deleteVirtualVolume: ofVolume,
  fastCloneVirtualVolume: ofVolume,
  getCurrentTask: ofArray,
  getTaskUpdate: ofTask,
  prepareForBindingChange: ofVolumes,
  prepareToSnapshotVirtualVolume: ofVolume,
  queryAssociatedStatisticsForEntity: ({ entityId }) => entityId,
  queryAssociatedStatisticsManifestForArray: ofManifests,
  queryBackingStoragePools: ({ storagePoolUniqueId }) => storagePoolUniqueId,
  queryCapabilityMetadata: nothing,
  queryCapabilityProfile: nothing,
  queryCapabilityProfileForResource: ({ resourceId }) => resourceId,
  queryComplianceResult: ({ compliance }) => compliance.flatMap(({ objectId }) => objectId),
  queryDefaultProfileForStorageContainer: ofContainer,
  queryDrsMigrationCapabilityForPerformanceEx: ({ entityId }) => entityId,
  queryProtocolEndpoint: ({ peId }) => peId,
  queryProtocolEndpointForArray: ofArray,
  queryStorageContainerForArray: ofArray,
  queryVirtualVolume: nothing,
  queryVirtualVolumeInfo: ofVolumes,
  resizeVirtualVolume: ofVolume,
  revertVirtualVolume: ({ vvolId, snapshotVvolId }) => [vvolId, snapshotVvolId],
  setStatisticsContext: ofManifests,
  setStorageContainerContext: ofContainer,
  snapshotVirtualVolume: ({ snapshotInfo }) => snapshotInfo.map(({ vvolId }) => vvolId),
  spaceStatsForStorageContainer: ofContainer,
  spaceStatsForVirtualVolume: ofVolumes,
  unbindAllVirtualVolumesFromHost: ({ hostUuid }, context) => boundAt(hostUuid, context),
  unbindVirtualVolume: ({ vvolHandle }) =>
    vvolHandle.map(({ uniqueIdentifier }) => uniqueIdentifier),
  unbindVirtualVolumeFromAllHost: ofVolumes,
  unsharedBitmapVirtualVolume: ({ vvolId, baseVvolId }) => [vvolId, baseVvolId],
  unsharedChunksVirtualVolume: ({ vvolId, baseVvolId }) => [vvolId, baseVvolId],
  updateStorageProfileForVirtualVolume: ofVolume,
  updateVirtualVolumeMetaData: ofVolume,
} as const satisfies Table;

/** It names a host, and means all that is bound for it, wherever that lies. */
async function boundAt(
  hostUuid: string | undefined,
  { provider: { array }, session }: SessionContext,
): Promise<Ids> {
  const hostId = session.usageContext.hostId ?? parseHostId(hostUuid ?? '');
  if (hostId === undefined) return [];
  const bindings = await array.bindings({ hostId });
  return [...new Set(bindings.map(({ endpointId }) => endpointId))];
}

/** The ids that a request of the operation names; undefined: it never answers InactiveProvider. */
export function namedBy(
  operation: string,
): ((request: never, context: SessionContext) => Ids | Promise<Ids>) | undefined {
  return Object.hasOwn(NAMED, operation) ? NAMED[operation as keyof typeof NAMED] : undefined;
}
