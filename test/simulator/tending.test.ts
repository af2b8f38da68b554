/** What the operator changes in a living array: each change is in the feed, what cannot be changes nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ArrayAdministration } from '../../src/array/administration.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { EndpointId, HostId } from '../../src/model/ids.ts';
import { create, MB, newFolder, openWhole } from './world.ts';

const HOST = 'host-1' as HostId;

const INVENTORY = {
  arrays: [
    {
      name: 'a',
      processors: 1,
      ports: { FC: 1, ISCSI: 1 },
      pools: [
        { name: 'flash', capacityMB: 1_000 },
        { name: 'disk', capacityMB: 500, medium: 'spinning', kind: 'ThinAndDeduplication' },
      ],
      labels: [{ name: 'gold', detail: 'fast' }],
      luns: [
        { name: 'l1', pool: 'disk', capacityMB: 100, usedMB: 10, label: 'gold' },
        { name: 'l2', pool: 'disk', capacityMB: 100, thin: false },
        { name: 'l3', pool: 'flash', capacityMB: 100 },
      ],
      fileSystems: [{ name: 'f1', pool: 'disk', capacityMB: 100, usedMB: 5 }],
      endpoints: { SCSI: 2, NFS: 1 },
      containers: [
        { name: 'c1', protocol: 'SCSI', pool: 'flash' },
        { name: 'c2', protocol: 'NFS', pool: 'flash', quotaMB: 50 },
        { name: 'own', protocol: 'SCSI', capacityMB: 200 },
      ],
    },
  ],
};
type Plan = typeof INVENTORY;
type ArrayPlan = Plan['arrays'][number];

async function opened() {
  const folder = newFolder();
  const { port, administration, check } = await openWhole(folder, {
    inventory: INVENTORY,
    seed: 's',
  });
  const file = join(folder, 'inventory.yaml');
  const { newest: begin } = await port.changes(0n, 1);
  return {
    folder,
    port,
    administration,
    check,
    /** Applies the plan with its one array changed. */
    apply: (
      change: (array: ArrayPlan) => object,
    ): ReturnType<ArrayAdministration['applyInventory']> => {
      const [array] = structuredClone(INVENTORY).arrays;
      if (array === undefined) throw new Error('no array');
      writeFileSync(file, JSON.stringify({ arrays: [{ ...array, ...change(array) }] }));
      return administration.applyInventory(file);
    },
    told: async () => {
      const { changes } = await port.changes(begin, 100);
      return changes.map(({ kind, entity, entityId }) => `${kind} ${entity} ${entityId}`);
    },
  };
}

async function ids(port: StorageArrayPort) {
  const [array] = await port.arrays();
  const id = (kind: string, number: number) => `${array?.arrayId}:${kind}:${number}`;
  return id;
}

it('a degraded pool takes its LUNs and file systems with it, and the feed tells each', async () => {
  const { port, administration, told } = await opened();
  const id = await ids(port);
  await administration.setHealth(id('BackingStoragePool', 2), 'degraded');
  expect((await port.pools()).map(({ health }) => health)).toEqual([
    'healthy',
    'degraded',
    'healthy',
  ]);
  expect((await port.luns()).map(({ health }) => health)).toEqual([
    'degraded',
    'degraded',
    'healthy',
  ]);
  expect((await port.fileSystems()).map(({ health }) => health)).toEqual(['degraded']);
  expect(await told()).toEqual([
    `update BackingStoragePool ${id('BackingStoragePool', 2)}`,
    `update StorageLun ${id('StorageLun', 1)}`,
    `update StorageLun ${id('StorageLun', 2)}`,
    `update StorageFileSystem ${id('StorageFileSystem', 1)}`,
  ]);
  await administration.setHealth(id('BackingStoragePool', 2), 'degraded');
  expect(await told()).toHaveLength(4);
});

it('arrays, controllers with their ports, ports and LUNs have a health; endpoints have not', async () => {
  const { port, administration, told } = await opened();
  const id = await ids(port);
  const [array] = await port.arrays();
  const [endpoint] = await port.endpoints();
  await administration.setHealth(array?.arrayId ?? '', 'failed');
  await administration.setHealth(id('StorageProcessor', 1), 'degraded');
  await administration.setHealth(id('StoragePort', 2), 'failed');
  await administration.setHealth(id('StorageLun', 3), 'failed');
  expect((await port.arrays())[0]?.health).toBe('failed');
  expect((await port.processors())[0]?.health).toBe('degraded');
  expect((await port.ports()).map(({ health }) => health)).toEqual(['degraded', 'failed']);
  expect((await port.luns())[2]?.health).toBe('failed');
  expect(await told()).toEqual([
    `update StorageArray ${array?.arrayId}`,
    `update StorageProcessor ${id('StorageProcessor', 1)}`,
    `update StoragePort ${id('StoragePort', 1)}`,
    `update StoragePort ${id('StoragePort', 2)}`,
    `update StoragePort ${id('StoragePort', 2)}`,
    `update StorageLun ${id('StorageLun', 3)}`,
  ]);
  await expect(
    administration.setHealth(endpoint?.endpointId ?? '', 'failed'),
  ).rejects.toMatchObject({ kind: 'notFound' });
});

it('health outlives the process', async () => {
  const { folder, port, administration } = await opened();
  const id = await ids(port);
  await administration.setHealth(id('BackingStoragePool', 1), 'failed');
  await port.close();
  const again = await openWhole(folder);
  expect((await again.port.pools())[0]?.health).toBe('failed');
});

it('what a thin LUN uses is its pool’s space; a thick one has all of its own already', async () => {
  const { port, administration, told, check } = await opened();
  const id = await ids(port);
  const used = async () => ((await port.pools())[1]?.used ?? 0n) / MB;
  expect(await used()).toBe(10n + 100n + 5n);
  await administration.setUsed(id('StorageLun', 1), 90);
  await administration.setUsed(id('StorageLun', 2), 100);
  await administration.setUsed(id('StorageFileSystem', 1), 0);
  expect(await used()).toBe(90n + 100n);
  expect((await port.luns()).map((lun) => lun.used / MB)).toEqual([90n, 100n, 0n]);
  expect(await told()).toHaveLength(3);
  expect(check()).toEqual([]);
  const refused = { kind: 'invalid' };
  await expect(administration.setUsed(id('StorageLun', 1), 101)).rejects.toMatchObject(refused);
  await expect(administration.setUsed('lun', 1)).rejects.toMatchObject({ kind: 'notFound' });
});

it('a pool is used up by LUNs and volumes alike', async () => {
  const { port, administration, check } = await opened();
  const id = await ids(port);
  await create(port, 950n, { thin: false });
  const full = { kind: 'noSpace' };
  await expect(administration.setUsed(id('StorageLun', 3), 51)).rejects.toMatchObject(full);
  await administration.setUsed(id('StorageLun', 3), 50);
  await expect(create(port, 1n, { thin: false })).rejects.toMatchObject(full);
  expect(check()).toEqual([]);
});

it('an applied inventory adds, changes and removes by name, and tells each', async () => {
  const { port, administration, apply, told, check } = await opened();
  const id = await ids(port);
  const before = await port.containers();
  const changes = await apply((array) => ({
    priority: 7,
    pools: [{ name: 'flash', capacityMB: 2_000 }, array.pools[1], { name: 'third', capacityMB: 9 }],
    labels: [...array.labels, { name: 'lead', detail: 'slow' }],
    luns: [
      { name: 'l1', pool: 'flash', capacityMB: 200, usedMB: 99, label: 'lead' },
      { name: 'l9', pool: 'third', capacityMB: 20 },
      { name: 'l3', pool: 'flash', capacityMB: 100 },
    ],
    endpoints: { SCSI: 1, NFS: 2 },
    containers: [
      { name: 'new', protocol: 'NFS', pool: 'third' },
      array.containers[0],
      { ...array.containers[1], quotaMB: 60 },
    ],
  }));
  expect(await port.arrays()).toMatchObject([{ priority: 7 }]);
  expect((await port.pools()).map(({ name, capacity }) => [name, capacity / MB])).toEqual([
    ['flash', 2_000n],
    ['disk', 500n],
    ['third', 9n],
  ]);
  expect(await port.luns()).toMatchObject([
    { displayName: 'l1', capacity: 200n * MB, used: 10n * MB, lunId: id('StorageLun', 1) },
    { displayName: 'l3', lunId: id('StorageLun', 3) },
    { displayName: 'l9', lunId: id('StorageLun', 4), poolId: id('BackingStoragePool', 4) },
  ]);
  const after = await port.containers();
  expect(after.map(({ name }) => name)).toEqual(['c1', 'c2', 'new']);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(before.map(({ containerId }) => containerId)).not.toContain(after[2]?.containerId);
  expect((await port.endpoints()).map(({ endpointId }) => endpointId)).toEqual([
    id('ProtocolEndpoint', 1),
    id('ProtocolEndpoint', 3),
    id('ProtocolEndpoint', 4),
  ]);
  const lines = await told();
  expect(changes.map((each) => `${each.kind} ${each.entity} ${each.entityId}`)).toEqual(
    lines.slice(0, changes.length),
  );
  const ofThings = lines.slice(0, changes.length);
  expect(ofThings.filter((line) => line.startsWith('delete'))).toEqual([
    `delete StorageLun ${id('StorageLun', 2)}`,
    `delete ProtocolEndpoint ${id('ProtocolEndpoint', 2)}`,
    `delete StorageContainer ${before[2]?.containerId}`,
    `delete BackingStoragePool ${id('BackingStoragePool', 3)}`,
  ]);
  expect(lines).toContain(`update StorageContainer ${before[1]?.containerId}`);
  expect(check()).toEqual([]);
  // What is gone is gone for good: its number is not given again.
  await apply(() => ({}));
  expect((await port.luns()).map(({ lunId }) => lunId)).toEqual(
    [1, 3, 5].map((number) => id('StorageLun', number)),
  );
  expect(await administration.check()).toEqual({ problems: [] });
});

it.each<readonly [string, (array: ArrayPlan) => object, string]>([
  [
    'a container with volumes',
    (array) => ({ containers: array.containers.slice(1) }),
    'container c1: it has 1 volumes',
  ],
  ['an endpoint with bindings', () => ({ endpoints: { SCSI: 0, NFS: 1 } }), 'it has 1 bindings'],
  [
    'a pool below what is used of it',
    (array) => ({ pools: [{ ...array.pools[0], capacityMB: 100 }, array.pools[1]] }),
    'pool flash: ',
  ],
  [
    'a quota below what is promised',
    (array) => ({
      containers: [{ ...array.containers[0], quotaMB: 10 }, ...array.containers.slice(1)],
    }),
    'container c1: ',
  ],
  [
    'another pool for a container with volumes',
    (array) => ({
      containers: [{ ...array.containers[0], pool: 'disk' }, ...array.containers.slice(1)],
    }),
    'container c1: it has 1 volumes',
  ],
  [
    'a LUN below what is used of it',
    (array) => ({ luns: [{ ...array.luns[0], capacityMB: 9, usedMB: 0 }, ...array.luns.slice(1)] }),
    'l1: ',
  ],
  [
    'a LUN for which the pool has no room',
    (array) => ({
      luns: [...array.luns, { name: 'l4', pool: 'disk', capacityMB: 900, thin: false }],
    }),
    'l4: pool disk has too little space',
  ],
  ['an array of another name', () => ({ name: 'b' }), 'array a: an array cannot be taken away'],
  ['a LUN of no pool', () => ({ luns: [{ name: 'x', pool: 'y', capacityMB: 1 }] }), 'no y'],
  ['two LUNs of a name', (array) => ({ luns: [array.luns[0], array.luns[0]] }), 'a second l1'],
])('%s is refused in words, and nothing has changed', async (_, change, message) => {
  const { port, apply, told, check } = await opened();
  const vvolId = await create(port, 200n, { thin: false });
  const [endpoint] = await port.endpoints();
  const candidates = [endpoint?.endpointId ?? ('' as EndpointId)];
  await port.bind(vvolId, HOST, { candidates, rebind: false });
  const read = async () => [
    await port.arrays(),
    await port.pools(),
    await port.containers(),
    await port.luns(),
    await port.endpoints(),
    await told(),
  ];
  const before = await read();
  await expect(apply(change)).rejects.toThrow(message);
  expect(await read()).toEqual(before);
  expect(check()).toEqual([]);
});

it('an array can be added; after a restart the options may be what they were, or what was applied', async () => {
  const { folder, port, administration } = await opened();
  const second = {
    name: 'b',
    endpoints: { SCSI: 1 },
    containers: INVENTORY.arrays[0]?.containers.slice(2),
  };
  const plan = { arrays: [...INVENTORY.arrays, second] };
  const file = join(folder, 'inventory.yaml');
  writeFileSync(file, JSON.stringify(plan));
  const changes = await administration.applyInventory(file);
  expect(changes.filter(({ entity }) => entity === 'StorageArray')).toMatchObject([
    { kind: 'new' },
  ]);
  expect((await port.arrays()).map(({ name }) => name)).toEqual(['a', 'b']);
  const containers = await port.containers();
  await port.close();
  for (const options of [{}, { inventory: INVENTORY, seed: 's' }, { inventoryFile: file }]) {
    const again = await openWhole(folder, options);
    expect(await again.port.containers()).toEqual(containers);
    await again.port.close();
  }
  await expect(openWhole(folder, { preset: 'small' })).rejects.toThrow('was made with another');
});

it('an inventory that promises what it does not declare is refused, and what was promised stands', async () => {
  const { port, administration, folder, told } = await opened();
  const file = join(folder, 'inventory.yaml');
  const profiles = await port.capabilityProfiles();
  writeFileSync(file, JSON.stringify({ ...INVENTORY, capabilities: { profiles: [] } }));
  await expect(administration.applyInventory(file)).rejects.toMatchObject({ kind: 'invalid' });
  expect(await port.capabilityProfiles()).toEqual(profiles);
  expect(await told()).toEqual([]);
});

it('reset leaves what was applied, with the same ids', async () => {
  const { port, administration, apply, check } = await opened();
  await apply((array) => ({ luns: array.luns.slice(1), containers: array.containers.slice(1) }));
  await apply((array) => ({ luns: array.luns.slice(1) }));
  await create(port, 10n, { thin: false });
  const read = async () => [
    await port.arrays(),
    await port.containers(),
    await port.endpoints(),
    await port.luns(),
    await port.fileSystems(),
  ];
  const before = await read();
  await administration.reset();
  expect(await read()).toEqual(before);
  expect(check()).toEqual([]);
});
