/**
 * What is behind LUNs and file systems: pools, how they are backed, and the colour of their space.
 */
import type { Backing, FileSystem, Lun, Pool } from '../../model/discovery.ts';
import { megabytesUp } from '../../model/units.ts';
import type {
  BackingConfig,
  BackingStoragePool,
  BackingStoragePoolTypeEnum,
  QueryBackingStoragePools,
  QueryBackingStoragePoolsResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { type SpaceStatus, spaceStatus } from '../inventory/space-status.ts';
import { named, POOLS } from './parts.ts';
import { type View, viewOf } from './reach.ts';

const POOL_TYPES: Readonly<Record<Pool['kind'], BackingStoragePoolTypeEnum>> = {
  Deduplication: 'DeduplicationPool',
  ThinAndDeduplication: 'ThinAndDeduplicationCombinedPool',
  ThinProvisioning: 'ThinProvisioningPool',
};

function backingStoragePool(pool: Pool): BackingStoragePool {
  return {
    uniqueIdentifier: pool.poolId,
    capacityInMB: megabytesUp(pool.capacity),
    type: POOL_TYPES[pool.kind],
    usedSpaceInMB: megabytesUp(pool.used),
  };
}

/** How something is backed, on the wire. */
export function backingConfig(backing: Backing): BackingConfig {
  const { deduplicationEfficiency: efficiency, optimizationIntervalSeconds: seconds } = backing;
  return {
    autoTieringEnabled: backing.autoTiering,
    deduplicationBackingIdentifier: backing.deduplicationPoolId,
    deduplicationEfficiency: efficiency === undefined ? undefined : BigInt(efficiency),
    performanceOptimizationInterval: seconds === undefined ? undefined : BigInt(seconds),
    thinProvisionBackingIdentifier: backing.thinPoolId,
  };
}

/** Tells the colour of each thin one by its pool; what is thick has its space for ever and is Green. */
export async function thinStatus({
  array,
}: View): Promise<(entity: Pick<Lun | FileSystem, 'poolId' | 'thin'>) => SpaceStatus> {
  const pools = new Map((await array.pools()).map((pool) => [pool.poolId, pool]));
  return ({ poolId, thin }) => {
    const pool = pools.get(poolId);
    return thin && pool !== undefined ? spaceStatus(pool) : 'Green';
  };
}

/**
 * The pools of these ids in arrays that the session sees; no ids: all of them. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array lists a pool).
 */
export async function queryBackingStoragePools(
  context: SessionContext,
  { storagePoolUniqueId }: QueryBackingStoragePools,
): Promise<QueryBackingStoragePoolsResponse> {
  return {
    return: (await named(await viewOf(context), POOLS, storagePoolUniqueId)).map(
      backingStoragePool,
    ),
  };
}
