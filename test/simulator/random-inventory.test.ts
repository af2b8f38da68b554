/**
 * Random inventories applied one after the other to an array that is used meanwhile: each is done wholly or
 * not at all, everything adds up, no id is given twice, and the feed tells exactly what has come and gone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServedSimulator } from '../../simulator/index.ts';
import { ArrayError } from '../../src/array/errors.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { HostId } from '../../src/model/ids.ts';
import { bind, create, newFolder, openWhole } from './world.ts';

const HOST = 'host-1' as HostId;

const pools = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('p1', 'p2', 'p3'), capacityMB: fc.constantFrom(20, 60, 90) }),
  { minLength: 1, selector: ({ name }) => name },
);
const containers = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('c1', 'c2', 'c3'),
    protocol: fc.constantFrom('SCSI', 'NFS'),
    /** Of the pools of the plan; the one after the last is its own. */
    pool: fc.nat(3),
    quotaMB: fc.constantFrom(0, 10, 40),
  }),
  { minLength: 1, selector: ({ name }) => name },
);
const luns = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('l1', 'l2', 'l3'),
    pool: fc.nat(2),
    capacityMB: fc.constantFrom(5, 30),
    usedMB: fc.constantFrom(0, 5),
    thin: fc.boolean(),
  }),
  { selector: ({ name }) => name },
);
const plan = fc
  .record({
    pools,
    containers,
    luns,
    processors: fc.nat(2),
    endpoints: fc.record({ SCSI: fc.nat(3), NFS: fc.nat(2) }),
  })
  .map((drawn) => {
    const poolAt = (index: number) => drawn.pools[index % drawn.pools.length]?.name;
    return {
      ...drawn,
      name: 'a',
      luns: drawn.luns.map((lun) => ({ ...lun, pool: poolAt(lun.pool) })),
      containers: drawn.containers.map(({ pool, ...container }) =>
        pool < drawn.pools.length
          ? { ...container, pool: poolAt(pool) }
          : { ...container, capacityMB: 30 },
      ),
    };
  });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('apply' as const), plan }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('create' as const, 'delete' as const, 'use' as const),
      n: fc.nat(5),
      sizeMB: fc.constantFrom(1n, 8n, 30n),
      thin: fc.boolean(),
    }),
  },
);

/** Everything that has an id, by it, as the port shows it. */
async function things(port: StorageArrayPort): Promise<ReadonlyMap<string, unknown>> {
  return new Map<string, unknown>([
    ...(await port.processors()).map((each) => [each.processorId, each] as const),
    ...(await port.ports()).map((each) => [each.portId, each] as const),
    ...(await port.pools()).map(({ poolId, name }) => [poolId, name] as const),
    ...(await port.containers()).map((each) => [each.containerId, each] as const),
    ...(await port.endpoints()).map((each) => [each.endpointId, each] as const),
    ...(await port.luns()).map((each) => [each.lunId, each] as const),
  ]);
}

/** Volumes, bindings and use that stand in the way of plans; what does not fit is not done. */
async function use(
  { port, administration }: ServedSimulator,
  wish: { do: string; n: number; sizeMB: bigint; thin: boolean },
) {
  const all = await port.findVolumes([{ key: 'k', value: undefined }], {
    after: undefined,
    limit: 100,
  });
  const containerIds = (await port.containers()).map(({ containerId }) => containerId);
  const containerId = containerIds[wish.n % containerIds.length];
  const vvolId = all.items[wish.n % Math.max(1, all.items.length)];
  const lun = (await port.luns())[wish.n];
  if (wish.do === 'create' && containerId !== undefined) {
    const metadata = [{ key: 'k', value: 'v' }];
    const made = await create(port, wish.sizeMB, { containerId, thin: wish.thin, metadata });
    await bind(port, made, HOST);
  } else if (wish.do === 'delete' && vvolId !== undefined) {
    await port.unbindFromAllHosts(vvolId);
    await port.deleteVolume(vvolId);
  } else if (wish.do === 'use' && lun !== undefined) {
    await administration.setUsed(lun.lunId, Number(wish.sizeMB));
  }
}

/** Undefined when it was done; the array's own no is none of our business, anything else is. */
async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof ArrayError) || error.kind === 'failed') {
      const isBind =
        error instanceof ArrayError && error.message.includes('no endpoint of the host');
      if (!isBind) throw error;
    }
    return error instanceof ArrayError ? error.kind : undefined;
  }
}

it('any inventory can follow any other, or is refused without a trace', async () => {
  await fc.assert(
    fc.asyncProperty(plan, fc.array(step, { maxLength: 12 }), async (first, steps) => {
      const folder = newFolder();
      const options = { inventory: { arrays: [first] }, seed: 's' };
      let opened: ServedSimulator;
      try {
        opened = await openWhole(folder, options);
      } catch (error) {
        // LUNs that have no room in their pool: no such array can be made.
        if (error instanceof ArrayError) return;
        throw error;
      }
      const { port, administration, check } = opened;
      const file = join(folder, 'inventory.yaml');
      const gone = new Set<string>();
      for (const one of steps) {
        const before = await things(port);
        if (one.do !== 'apply') {
          await refusalOf(use(opened, one));
          continue;
        }
        writeFileSync(file, JSON.stringify({ arrays: [one.plan] }));
        const { newest } = await port.changes(0n, 1);
        const refusal = await refusalOf(administration.applyInventory(file));
        const after = await things(port);
        const { changes } = await port.changes(newest, 1_000);
        if (refusal !== undefined) {
          expect(after).toEqual(before);
          expect(changes).toEqual([]);
          continue;
        }
        const told = (kind: string) =>
          changes.flatMap((each) =>
            each.kind === kind && (before.has(each.entityId) || after.has(each.entityId))
              ? [each.entityId]
              : [],
          );
        const ofThings = (ids: Iterable<string>) => [...new Set(ids)].sort();
        expect(ofThings(told('new').filter((id) => !before.has(id)))).toEqual(
          ofThings([...after.keys()].filter((id) => !before.has(id))),
        );
        const left = [...before.keys()].filter((id) => !after.has(id));
        expect(ofThings(told('delete').filter((id) => !after.has(id)))).toEqual(ofThings(left));
        for (const id of after.keys()) expect(gone.has(id)).toBe(false);
        for (const id of left) gone.add(id);
        expect((await port.containers()).map(({ name }) => name).sort()).toEqual(
          one.plan.containers.map(({ name }) => name).sort(),
        );
      }
      expect(check()).toEqual([]);
      const last = await things(port);
      await port.close();
      const again = await openWhole(folder);
      expect(await things(again.port)).toEqual(last);
      await again.port.close();
    }),
    { numRuns: 40 },
  );
}, 120_000);
