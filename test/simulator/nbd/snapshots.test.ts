/** Snapshots of many volumes in one call, with writes under way by NBD: one point in time for all of them. */
import { expect, it, onTestFinished } from 'vitest';
import { exportName } from '../../../simulator/exports.ts';
import type { NbdAddress } from '../../../simulator/nbd/address.ts';
import type { HostId, VvolId } from '../../../src/model/ids.ts';
import { bind, create, done, newFolder, newId, newJob, openWhole } from '../world.ts';
import { RawClient, uint } from './support/raw-client.ts';

const HOST = 'host-1' as HostId;
const READER = 'host-2' as HostId;
/** So many that chains would get on by several writes while their snapshots were taken one by one. */
const DISKS = 16;
/** Chains of writes at once: each on a chunk of its own, so that every disk has writes in flight. */
const CHAINS = 3;
const ROUNDS = 8;
const CHUNK = 64 * 1024;
const WRITE = 1;

/** Which disk a chain writes to in its turn: no order that taking one snapshot after another could keep to. */
function diskOf(place: number, turn: number): number {
  return ((Math.imul(turn, 2_654_435_761) + place * 40_503) >>> 13) % DISKS;
}

/** What each disk has of a chain after its first `turns` writes. */
function after(place: number, turns: number): readonly number[] {
  const numbers = new Array<number>(DISKS).fill(0);
  for (let turn = 1; turn <= turns; turn += 1) numbers[diskOf(place, turn)] = turn;
  return numbers;
}

/** Writes 1, 2, 3... each only when the one before was acknowledged, until `over`; how many it were. */
async function chain(
  address: NbdAddress,
  disks: readonly VvolId[],
  place: number,
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
    const client = clients[diskOf(place, turn)];
    client?.request(WRITE, place * CHUNK, 4, { data: uint(4, turn) });
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
    Array.from({ length: CHAINS }, (_, place) => chain(nbd, disks, place, () => isOver)),
  );
  // Should the test fail, its end ends the writers too.
  writing.catch(() => undefined);
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
      const numbers = await Promise.all(ids.map(read));
      const newest = Math.max(...numbers);
      expect(numbers).toEqual(after(place, newest));
      latest = Math.max(latest, newest);
    }
  }
  isOver = true;
  const written = await writing;
  expect(latest).toBeGreaterThan(ROUNDS);
  expect(Math.max(...written)).toBeGreaterThanOrEqual(latest);
  expect(check()).toEqual([]);
});
