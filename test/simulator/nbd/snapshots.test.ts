/** Snapshots of many volumes in one call, with writes under way by NBD: one point in time for all of them. */
import { expect, it, onTestFinished } from 'vitest';
import { exportName } from '../../../simulator/exports.ts';
import type { NbdAddress } from '../../../simulator/nbd/address.ts';
import type { HostId, VvolId } from '../../../src/model/ids.ts';
import { bind, create, done, newFolder, newId, newJob, openWhole } from '../world.ts';
import { RawClient, uint } from './support/raw-client.ts';

const HOST = 'host-1' as HostId;
const READER = 'host-2' as HostId;
const DISKS = 4;
/** Chains of writes at once: each on a chunk of its own, so that every disk has writes in flight. */
const CHAINS = 6;
const ROUNDS = 12;
const CHUNK = 64 * 1024;
const WRITE = 1;

/** Writes 1, 2, 3... each on the next disk and only when the one before was acknowledged, until `over`. */
async function chain(
  address: NbdAddress,
  disks: readonly VvolId[],
  offset: number,
  over: () => boolean,
): Promise<number> {
  const clients = await Promise.all(
    disks.map(async (vvolId) => {
      const client = new RawClient(address);
      onTestFinished(() => client.close());
      await client.go(exportName({ hostId: HOST, vvolId }));
      return client;
    }),
  );
  for (let turn = 1; ; turn += 1) {
    if (over()) return turn - 1;
    const client = clients[turn % clients.length];
    client?.request(WRITE, offset, 4, { data: uint(4, turn) });
    expect(await client?.outcome()).toBe(0);
  }
}

it('what is acknowledged before what a snapshot has is in the snapshots of the other disks', async () => {
  const { port, dataPath, nbd, check } = await openWhole(newFolder(), { nbd: { port: 0 } });
  if (nbd === undefined) throw new Error('no data is served');
  const disks: VvolId[] = [];
  for (let disk = 0; disk < DISKS; disk += 1) disks.push(await create(port, 1n));
  for (const vvolId of disks) await bind(port, vvolId, HOST);

  let isOver = false;
  const writing = Promise.all(
    Array.from({ length: CHAINS }, (_, place) => chain(nbd, disks, place * CHUNK, () => isOver)),
  );
  let latest = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = disks.map(() => newId());
    for (const [disk, vvolId] of disks.entries()) {
      const snapshotId = ids[disk] ?? newId();
      const request = { vvolId, snapshotId, readOnly: true, profile: undefined };
      await done(port, port.prepareSnapshot(newJob(), request));
    }
    const entries = ids.map((snapshotId) => ({ snapshotId, metadata: [] }));
    expect(await port.takeSnapshots(entries, 60_000)).toEqual(disks.map(() => undefined));
    for (const vvolId of ids) await bind(port, vvolId, READER);
    for (let place = 0; place < CHAINS; place += 1) {
      const read = async (vvolId: VvolId) =>
        (await dataPath.read({ hostId: READER, vvolId }, place * CHUNK, 4)).readUInt32BE(0);
      const numbers = (await Promise.all(ids.map(read))).sort((a, b) => a - b);
      const newest = numbers.at(-1) ?? 0;
      // The last writes of the chain, one on each disk: one without those before it would leave a gap.
      const expected = disks.map((_, disk) => Math.max(0, newest - DISKS + 1 + disk));
      expect(numbers).toEqual(expected);
      latest = Math.max(latest, newest);
    }
  }
  isOver = true;
  const written = await writing;
  expect(latest).toBeGreaterThan(ROUNDS);
  expect(Math.max(...written)).toBeGreaterThanOrEqual(latest);
  expect(check()).toEqual([]);
});
