/** Pools, controllers, ports, LUNs, file systems and labels of an inventory, and who reaches them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { Access, Reach } from '../../src/model/discovery.ts';
import type { HostId } from '../../src/model/ids.ts';
import { create, MB, newFolder, open, openWhole } from './world.ts';

const NOBODY: Access = { hostId: undefined, initiators: [], mountPoints: [] };

const LUN = { pool: 'disk', capacityMB: 100 };
const ARRAY = {
  name: 'a',
  processors: 2,
  ports: { FC: 1, ISCSI: 1 },
  pools: [
    { name: 'flash', capacityMB: 1_000 },
    {
      name: 'disk',
      capacityMB: 1_000,
      medium: 'spinning',
      kind: 'ThinAndDeduplication',
      autoTiering: true,
      deduplicationEfficiency: 70,
      optimizationIntervalSeconds: 60,
    },
  ],
  labels: [{ name: 'gold', detail: 'fast' }],
  luns: [
    { name: 'l1', ...LUN, label: 'gold', ports: [1, 4] },
    { name: 'l2', ...LUN, pool: 'flash', thin: false, drs: false },
    { name: 'l3', ...LUN },
  ],
  fileSystems: [
    { name: 'f 1', ...LUN, usedMB: 7, version: 'NFSV4_x', nativeSnapshots: true },
    {
      name: 'f2',
      ...LUN,
      exports: [{ serverName: 'nas', path: '/f2', ipAddress: '192.0.2.1' }],
    },
  ],
  endpoints: { SCSI: 2, NFS: 1 },
  containers: [
    { name: 'c1', protocol: 'SCSI', pool: 'flash' },
    { name: 'c2', protocol: 'NFS', pool: 'flash' },
    { name: 'own', protocol: 'SCSI', capacityMB: 50 },
  ],
};

async function openPlan(array: object = {}, more: readonly object[] = []) {
  const inventory = { arrays: [{ ...ARRAY, ...array }, ...more] };
  return open(newFolder(), { inventory, seed: 's' });
}

it('each thing of the inventory is there, with names that follow from the seed', async () => {
  const array = await openPlan();
  const [{ arrayId } = { arrayId: '' }] = await array.arrays();
  expect(await array.processors()).toMatchObject([
    { processorId: `${arrayId}:StorageProcessor:1`, identifiers: ['a controller 1'] },
    { processorId: `${arrayId}:StorageProcessor:2`, identifiers: ['a controller 2'] },
  ]);
  const wwn = expect.stringMatching(/^50:20:00:0[0-9a-f](:[0-9a-f]{2}){4}$/);
  expect(await array.ports()).toMatchObject([
    { processorId: `${arrayId}:StorageProcessor:1`, protocol: 'FC', portWwn: wwn, nodeWwn: wwn },
    { protocol: 'ISCSI', iscsiIdentifier: expect.stringMatching(/^iqn\.2024-01\.org\.keelson:/) },
    { processorId: `${arrayId}:StorageProcessor:2`, protocol: 'FC' },
    { protocol: 'ISCSI', portWwn: undefined },
  ]);
  expect(await array.pools()).toMatchObject([
    { name: 'flash', kind: 'ThinProvisioning', capacity: 1_000n * MB, used: 100n * MB },
    { name: 'disk', kind: 'ThinAndDeduplication', used: 7n * MB, promised: 400n * MB },
    { name: 'own', capacity: 50n * MB, used: 0n, promised: 0n },
  ]);
  const port = (number: number) => `${arrayId}:StoragePort:${number}`;
  expect(await array.luns()).toMatchObject([
    {
      displayName: 'l1',
      thin: true,
      capabilityId: `${arrayId}:StorageCapability:1`,
      portIds: [port(1), port(4)],
      backing: {
        thinPoolId: `${arrayId}:BackingStoragePool:2`,
        deduplicationPoolId: `${arrayId}:BackingStoragePool:2`,
        autoTiering: true,
        deduplicationEfficiency: 70,
        optimizationIntervalSeconds: 60,
      },
    },
    {
      displayName: 'l2',
      thin: false,
      drsManagementPermitted: false,
      capabilityId: undefined,
      portIds: [port(1), port(2), port(3), port(4)],
      backing: {
        thinPoolId: undefined,
        deduplicationPoolId: undefined,
        autoTiering: false,
        deduplicationEfficiency: undefined,
        optimizationIntervalSeconds: undefined,
      },
    },
    { displayName: 'l3' },
  ]);
  expect(await array.fileSystems()).toMatchObject([
    {
      version: 'NFSV4_x',
      nativeSnapshots: true,
      used: 7n * MB,
      exports: [{ serverName: 'nas-1.array-1.example', path: '/f-1', ipAddress: '198.19.0.1' }],
    },
    {
      version: 'NFSV3_0',
      exports: [{ serverName: 'nas', path: '/f2', ipAddress: '192.0.2.1' }],
    },
  ]);
  expect(await array.storageCapabilities()).toMatchObject([{ name: 'gold', detail: 'fast' }]);
  const again = await openPlan();
  expect(await again.ports()).toEqual(await array.ports());
  expect(await again.luns()).toEqual(await array.luns());
});

it('an inventory of before has two controllers with ports, and a pool for each container', async () => {
  const containers = ARRAY.containers.slice(2);
  const inventory = { arrays: [{ name: 'a', endpoints: { SCSI: 1 }, containers }] };
  const array = await open(newFolder(), { inventory });
  expect(await array.processors()).toHaveLength(2);
  expect((await array.ports()).map(({ protocol }) => protocol)).toEqual(
    Array.from({ length: 2 }, () => ['FC', 'FC', 'ISCSI', 'ISCSI']).flat(),
  );
  expect(await array.pools()).toMatchObject([{ name: 'own' }]);
  expect((await array.arrays())[0]?.features).toMatchObject({
    luns: false,
    fileSystems: false,
    storageDrs: false,
  });
});

it('containers of a pool see each other’s use as their own, but not each other’s promises', async () => {
  const array = await openPlan();
  const [one, two, own] = await array.containers();
  if (one === undefined || two === undefined || own === undefined) throw new Error('no container');
  await create(array, 30n, { thin: false, containerId: one.containerId });
  await create(array, 300n, { containerId: two.containerId });
  expect(await array.containerSpace(one.containerId)).toMatchObject({
    physicalTotal: 1_000n * MB,
    physicalUsed: 130n * MB,
    logicalUsed: 30n * MB,
  });
  expect(await array.containerSpace(two.containerId)).toMatchObject({
    physicalUsed: 130n * MB,
    logicalUsed: 300n * MB,
  });
  expect(await array.containerSpace(own.containerId)).toMatchObject({ physicalUsed: 0n });
  expect((await array.pools())[0]).toMatchObject({ used: 130n * MB, promised: 430n * MB });
});

it('what lies in one pool of spinning disks shares them; flash is shared by nobody', async () => {
  const array = await openPlan();
  const ids = [
    ...(await array.luns()).map(({ lunId }) => lunId),
    ...(await array.fileSystems()).map(({ fileSystemId }) => fileSystemId),
  ];
  const [l1, , l3, f1, f2] = ids;
  expect(await array.sharedBottlenecks([...ids, 'x'])).toEqual([[l1, l3, f1, f2]]);
  expect(await array.sharedBottlenecks(ids.slice(0, 2))).toEqual([]);
});

const GROUPS = [
  {
    name: 'fc',
    initiators: ['50:01:43:80:00:00:00:0A'],
    luns: ['l1'],
    endpoints: [1],
    ports: [1, 3],
  },
  { name: 'iscsi', initiators: ['iqn.1998-01.com.example:h2'], luns: ['l2', 'l3'], ports: [] },
  { name: 'files', mounts: ['nas:/f2'], fileSystems: ['f2'], endpoints: [3] },
  { name: 'named', hosts: ['8A5B7A3E-0c5e-4a5e-8a3e-0c5e4a5e8a3e'], luns: [], endpoints: [2] },
];

const initiator = (part: Partial<Access['initiators'][number]>) => ({
  uniqueIdentifier: undefined,
  iscsiIdentifier: undefined,
  nodeWwn: undefined,
  portWwn: undefined,
  ...part,
});
const FC = initiator({ portWwn: '0x500143800000000a' });
const ISCSI = initiator({ iscsiIdentifier: 'IQN.1998-01.com.example:h2' });

/** Ends of ids: numbers are enough to tell what is reached. */
async function reached(array: StorageArrayPort, access: Partial<Access>) {
  const reach = await array.reach({ ...NOBODY, ...access });
  const short = (ids: readonly string[]) => ids.map((id) => Number(id.split(':').at(-1)));
  const { arrayIds, processorIds, portIds, lunIds, fileSystemIds, endpointIds } = reach;
  return {
    arrays: arrayIds.length,
    processors: short(processorIds),
    ports: short(portIds),
    luns: short(lunIds),
    fileSystems: short(fileSystemIds),
    endpoints: short(endpointIds),
  };
}

it('a host group lets its members at what it lists, and nobody else at anything', async () => {
  const array = await openPlan({ hostGroups: GROUPS });
  expect(await reached(array, { initiators: [FC] })).toEqual({
    arrays: 1,
    processors: [1, 2],
    ports: [1, 3],
    luns: [1],
    fileSystems: [],
    endpoints: [1],
  });
  expect(await reached(array, { initiators: [ISCSI] })).toEqual({
    arrays: 1,
    processors: [],
    ports: [],
    luns: [2, 3],
    fileSystems: [],
    endpoints: [1, 2, 3],
  });
  const mountPoints = [{ serverName: 'nas', filePath: '/f2' }];
  expect(await reached(array, { mountPoints })).toMatchObject({ fileSystems: [2], endpoints: [3] });
  const hostId = '8a5b7a3e-0c5e-4a5e-8a3e-0c5e4a5e8a3e' as HostId;
  expect(await reached(array, { hostId })).toMatchObject({ arrays: 0, luns: [], endpoints: [2] });
  expect(await reached(array, { hostId, initiators: [FC] })).toMatchObject({
    luns: [1],
    endpoints: [1, 2],
  });
  const stranger = initiator({ portWwn: '50:01:43:80:00:00:00:0B' });
  expect(await reached(array, { initiators: [stranger], mountPoints: [] })).toEqual({
    arrays: 0,
    processors: [],
    ports: [],
    luns: [],
    fileSystems: [],
    endpoints: [],
  });
  // An initiator without a name is in no group, and no way past them.
  expect(await reached(array, { initiators: [initiator({})] })).toMatchObject({
    luns: [],
    endpoints: [],
  });
  // Whoever names nothing, as a vCenter that manages no host yet, is not masked at endpoints.
  expect(await reached(array, {})).toMatchObject({ arrays: 0, luns: [], endpoints: [1, 2, 3] });
});

it('a session that asks again is told what another inventory lets it reach', async () => {
  const folder = newFolder();
  const plan = (hostGroups: readonly object[]) => ({ arrays: [{ ...ARRAY, hostGroups }] });
  const { port, administration } = await openWhole(folder, {
    inventory: plan(GROUPS),
    seed: 's',
  });
  const access: Access = { hostId: undefined, initiators: [FC], mountPoints: [] };
  expect(await reached(port, access)).toMatchObject({ luns: [1], endpoints: [1] });
  expect(await reached(port, access)).toMatchObject({ luns: [1], endpoints: [1] });
  const file = join(folder, 'inventory.yaml');
  const wider = GROUPS.map((group) => (group.name === 'fc' ? { ...group, luns: ['l2'] } : group));
  writeFileSync(file, JSON.stringify(plan(wider)));
  await administration.applyInventory(file);
  expect(await reached(port, access)).toMatchObject({ luns: [2], endpoints: [1] });
});

it('masking is each array’s own: one without groups lets everybody who names something at all of it', async () => {
  const array = await openPlan({ hostGroups: GROUPS }, [{ ...ARRAY, name: 'b' }]);
  const stranger = initiator({ iscsiIdentifier: 'iqn.1998-01.com.example:h9' });
  expect(await reached(array, { initiators: [stranger] })).toEqual({
    arrays: 1,
    processors: [1, 2],
    ports: [1, 2, 3, 4],
    luns: [1, 2, 3],
    fileSystems: [],
    endpoints: [1, 2, 3],
  });
});

it('the more somebody names, the more is reached, and never less than by each name alone', async () => {
  const array = await openPlan({ hostGroups: GROUPS });
  const parts: readonly Partial<Access>[] = [
    { initiators: [FC] },
    { initiators: [ISCSI] },
    { mountPoints: [{ serverName: 'nas', filePath: '/f2' }] },
    { hostId: '8a5b7a3e-0c5e-4a5e-8a3e-0c5e4a5e8a3e' as HostId },
  ];
  const joined = (chosen: readonly Partial<Access>[]): Access => ({
    hostId: chosen.find(({ hostId }) => hostId !== undefined)?.hostId,
    initiators: chosen.flatMap(({ initiators = [] }) => initiators),
    mountPoints: chosen.flatMap(({ mountPoints = [] }) => mountPoints),
  });
  await fc.assert(
    fc.asyncProperty(fc.subarray([...parts], { minLength: 1 }), async (chosen) => {
      const whole = await array.reach(joined(chosen));
      for (const part of chosen) {
        const own = await array.reach(joined([part]));
        for (const [kind, ids] of Object.entries(own) as [keyof Reach, readonly string[]][]) {
          const all: readonly string[] = whole[kind];
          for (const id of ids) expect(all).toContain(id);
        }
      }
    }),
    { numRuns: 30 },
  );
});
