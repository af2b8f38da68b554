/** What every array says of what it is made of beside virtual volumes, and of who reaches it. */
import { expect, it } from 'vitest';
import type { Access, Pool } from '../../../src/model/discovery.ts';
import type { ContainerId } from '../../../src/model/ids.ts';
import type { Harness } from './harness.ts';

const NOBODY: Access = { hostId: undefined, initiators: [], mountPoints: [] };
const INITIATOR = {
  uniqueIdentifier: undefined,
  iscsiIdentifier: 'iqn.2024-01.example.contract:host',
  nodeWwn: undefined,
  portWwn: undefined,
};
const MOUNT = { serverName: 'contract.example', filePath: '/contract' };

export function discoverySentences(harness: Harness): void {
  const everything = async () => {
    const { array } = harness;
    return {
      pools: await array.pools(),
      processors: await array.processors(),
      ports: await array.ports(),
      luns: await array.luns(),
      fileSystems: await array.fileSystems(),
      labels: await array.storageCapabilities(),
    };
  };
  const poolOf = async (containerId: ContainerId): Promise<Pool | undefined> => {
    const containers = await harness.array.containers();
    const container = containers.find((each) => each.containerId === containerId);
    return (await harness.array.pools()).find(({ poolId }) => poolId === container?.poolId);
  };

  it('every container lies in a pool of its array, whose numbers are its physical space', async () => {
    for (const { containerId, arrayId } of await harness.array.containers()) {
      const pool = await poolOf(containerId);
      const space = await harness.array.containerSpace(containerId);
      expect(pool).toMatchObject({
        arrayId,
        capacity: space.physicalTotal,
        used: space.physicalUsed,
      });
    }
  });

  it('what a volume holds and promises is in the account of its pool, and goes with it', async () => {
    const { containerId } = harness.container();
    const before = await poolOf(containerId);
    const { size, vvolId } = await harness.create({ containerId, thin: false });
    const filled = await poolOf(containerId);
    expect((filled?.used ?? 0n) - (before?.used ?? 0n)).toBeGreaterThanOrEqual(size);
    expect((filled?.promised ?? 0n) - (before?.promised ?? 0n)).toBe(size);
    await harness.array.deleteVolume(vvolId);
    expect((await poolOf(containerId))?.promised).toBe(before?.promised);
  });

  it('pools are used within their capacity, and hold what LUNs and file systems use of them', async () => {
    const { pools, luns, fileSystems } = await everything();
    for (const { poolId, used, capacity, promised } of pools) {
      const own = [...luns, ...fileSystems].filter((each) => each.poolId === poolId);
      expect(used).toBeLessThanOrEqual(capacity);
      expect(used).toBeGreaterThanOrEqual(own.reduce((sum, each) => sum + each.used, 0n));
      expect(promised).toBeGreaterThanOrEqual(own.reduce((sum, each) => sum + each.capacity, 0n));
    }
  });

  it('no two things have one id, and all of them lie in a known array', async () => {
    const { pools, processors, ports, luns, fileSystems, labels } = await everything();
    const ids = [
      ...pools.map(({ poolId }) => poolId),
      ...processors.map(({ processorId }) => processorId),
      ...ports.map(({ portId }) => portId),
      ...luns.map(({ lunId }) => lunId),
      ...fileSystems.map(({ fileSystemId }) => fileSystemId),
      ...labels.map(({ capabilityId }) => capabilityId),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    const arrays = (await harness.array.arrays()).map(({ arrayId }) => arrayId);
    for (const { arrayId } of [...pools, ...processors, ...luns, ...fileSystems, ...labels]) {
      expect(arrays).toContain(arrayId);
    }
  });

  it('what things point to is there: controllers, ports, pools, labels', async () => {
    const { pools, processors, ports, luns, fileSystems, labels } = await everything();
    const known = (ids: readonly string[]) => new Set<string | undefined>(ids);
    const poolIds = known(pools.map(({ poolId }) => poolId));
    const labelIds = known(labels.map(({ capabilityId }) => capabilityId));
    const portIds = known(ports.map(({ portId }) => portId));
    const processorIds = known(processors.map(({ processorId }) => processorId));
    for (const { processorId } of ports) expect(processorIds).toContain(processorId);
    for (const { portIds: own } of luns) for (const id of own) expect(portIds).toContain(id);
    for (const { poolId, capabilityId, backing, used, capacity } of [...luns, ...fileSystems]) {
      expect(poolIds).toContain(poolId);
      if (capabilityId !== undefined) expect(labelIds).toContain(capabilityId);
      for (const id of [backing.thinPoolId, backing.deduplicationPoolId]) {
        if (id !== undefined) expect(poolIds).toContain(id);
      }
      expect(used).toBeLessThanOrEqual(capacity);
    }
  });

  it('LUNs are found by naa and 32 hex digits, each by its own, which no endpoint has', async () => {
    const endpoints = (await harness.array.endpoints()).flatMap(({ inBandId }) =>
      inBandId.protocol === 'SCSI' ? [inBandId.lunId] : [],
    );
    const names = (await harness.array.luns()).map((lun) => lun.esxLunIdentifier);
    for (const name of names) expect(name).toMatch(/^naa\.[0-9a-f]{32}$/);
    expect(new Set([...endpoints, ...names]).size).toBe(endpoints.length + names.length);
  });

  it('an array that has LUNs or file systems says so', async () => {
    const { luns, fileSystems } = await everything();
    for (const { arrayId, features } of await harness.array.arrays()) {
      const isOwn = (each: { readonly arrayId: string }) => each.arrayId === arrayId;
      if (luns.some(isOwn)) expect(features.luns).toBe(true);
      if (fileSystems.some(isOwn)) expect(features.fileSystems).toBe(true);
    }
  });

  it('all of it is the same, in the same order, after reopening', async () => {
    const before = await everything();
    await harness.reopen();
    expect(await everything()).toEqual(before);
  });

  it('who names nothing reaches nothing but every endpoint', async () => {
    const endpoints = await harness.array.endpoints();
    expect(await harness.array.reach(NOBODY)).toEqual({
      arrayIds: [],
      processorIds: [],
      portIds: [],
      lunIds: [],
      fileSystemIds: [],
      endpointIds: endpoints.map(({ endpointId }) => endpointId),
    });
  });

  it('LUNs and ports are reached by initiators, file systems by mounts; only what there is', async () => {
    const { processors, ports, luns, fileSystems } = await everything();
    const byInitiator = await harness.array.reach({ ...NOBODY, initiators: [INITIATOR] });
    const byMount = await harness.array.reach({ ...NOBODY, mountPoints: [MOUNT] });
    expect([byInitiator.fileSystemIds, byMount.lunIds, byMount.portIds]).toEqual([[], [], []]);
    const all = new Set<string>([
      ...(await harness.array.arrays()).map(({ arrayId }) => arrayId),
      ...(await harness.array.endpoints()).map(({ endpointId }) => endpointId),
      ...processors.map(({ processorId }) => processorId),
      ...ports.map(({ portId }) => portId),
      ...luns.map(({ lunId }) => lunId),
      ...fileSystems.map(({ fileSystemId }) => fileSystemId),
    ]);
    const reached = [byInitiator, byMount].flatMap((reach) => Object.values(reach).flat());
    for (const id of reached) expect(all).toContain(id);
  });

  it('groups of what shares something slow are of what was asked, two or more, each in one group', async () => {
    const { luns, fileSystems } = await everything();
    const ids = [
      ...luns.map(({ lunId }) => lunId),
      ...fileSystems.map(({ fileSystemId }) => fileSystemId),
    ];
    const groups = await harness.array.sharedBottlenecks([...ids, 'of-neither-kind']);
    for (const group of groups) expect(group.length).toBeGreaterThan(1);
    const members = groups.flat();
    expect(new Set(members).size).toBe(members.length);
    for (const member of members) expect(ids).toContain(member);
    const half = ids.filter((_, index) => index % 2 === 0);
    const fewer = (await harness.array.sharedBottlenecks(half)).flat();
    for (const member of fewer) expect(half).toContain(member);
    expect(await harness.array.sharedBottlenecks([])).toEqual([]);
  });
}
