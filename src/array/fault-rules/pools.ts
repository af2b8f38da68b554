/**
 * The effect `poolDegraded`: how an array's answers look while pools are degraded that in truth are not. Volumes
 * there stay usable; only what they are said to get is less.
 */
import type { Pool } from '../../model/discovery.ts';
import type { VvolId } from '../../model/ids.ts';
import type { VolumeService } from '../../model/policies.ts';
import type { StorageArrayPort } from '../port.ts';
import { type FaultEffect, meets } from './rule.ts';
import type { PortMethod } from './subject.ts';

type Degraded = Extract<FaultEffect, { kind: 'poolDegraded' }>;

/** The answer of `method` while the pools are degraded. */
export async function whileDegraded(
  port: StorageArrayPort,
  effect: Degraded,
  method: PortMethod,
  answer: unknown,
): Promise<unknown> {
  if (method === 'pools') {
    // What the method itself has answered.
    const pools = answer as readonly Pool[];
    return pools.map((pool) =>
      meets(effect.pool, pool.poolId) && pool.health === 'healthy'
        ? { ...pool, health: 'degraded' }
        : pool,
    );
  }
  if (method !== 'volumeServices') return answer;
  const services = answer as readonly VolumeService[];
  const ill = await volumesIn(
    port,
    effect.pool,
    services.map(({ vvolId }) => vvolId),
  );
  return services.map((service) => (ill.has(service.vvolId) ? less(service, effect) : service));
}

/** Those of the volumes that lie in a pool whose id matches. */
async function volumesIn(
  port: StorageArrayPort,
  pool: string,
  vvolIds: readonly VvolId[],
): Promise<ReadonlySet<VvolId>> {
  const containers = await port.containers();
  const ill = new Set(
    containers.filter(({ poolId }) => meets(pool, poolId)).map(({ containerId }) => containerId),
  );
  const volumes = await port.volumes(vvolIds);
  return new Set(
    volumes.filter(({ containerId }) => ill.has(containerId)).map(({ vvolId }) => vvolId),
  );
}

function less(service: VolumeService, { without }: Degraded): VolumeService {
  const values = service.values.filter(
    ({ capabilityId, propertyId }) =>
      without !== undefined && !without.includes(`${capabilityId}.${propertyId}`),
  );
  return { ...service, healthy: false, values };
}
