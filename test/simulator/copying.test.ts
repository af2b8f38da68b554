/** Saving a state and checking the array while hosts work on it: they go on, and what is seen is one moment. */
import { expect, it } from 'vitest';
import type { ServedSimulator } from '../../simulator/index.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { bind, create, newFolder, openWhole } from './world.ts';

const HOST = 'host-1' as HostId;
const CHUNK = 64 * 1024;

/** An array with a database that takes several turns to copy, and two bound volumes. */
async function worked() {
  const whole = await openWhole(newFolder());
  const { port } = whole;
  const metadata = [{ key: 'note', value: 'x'.repeat(1_000) }];
  await Promise.all(Array.from({ length: 1_500 }, () => create(port, 1n, { metadata })));
  const pair = [await create(port, 4n), await create(port, 4n)] as const;
  for (const vvolId of pair) await bind(port, vvolId, HOST);
  return { ...whole, pair };
}

/** A whole chunk of one number, so that a mixture shows. */
function chunkOf(number: number): Buffer {
  const data = Buffer.alloc(CHUNK);
  for (let at = 0; at < CHUNK; at += 4) data.writeUInt32BE(number, at);
  return data;
}

async function numberIn({ dataPath }: ServedSimulator, vvolId: VvolId): Promise<number> {
  const data = await dataPath.read({ hostId: HOST, vvolId }, 0, CHUNK);
  const number = data.readUInt32BE(0);
  expect(data.equals(chunkOf(number))).toBe(true);
  return number;
}

/** Writes 1, 2, 3 and so on into both volumes, first into the one, then into the other, during `work`. */
async function writtenDuring(
  { dataPath, pair }: Awaited<ReturnType<typeof worked>>,
  work: Promise<unknown>,
): Promise<number> {
  let isDone = false;
  const ended = work.finally(() => {
    isDone = true;
  });
  let number = 0;
  while (!isDone) {
    number += 1;
    for (const vvolId of pair) {
      await dataPath.write({ hostId: HOST, vvolId }, 0, chunkOf(number));
    }
  }
  await ended;
  return number;
}

it('hosts write while a state is saved, and the state is of one moment', async () => {
  const whole = await worked();
  const { administration, check, pair, port } = whole;
  for (const name of ['first', 'second', 'third']) {
    const rounds = await writtenDuring(whole, administration.saveState(name));
    // A save that held them up would let one or two through.
    expect(rounds).toBeGreaterThan(4);
    await administration.loadState(name);
    const [one, other] = [await numberIn(whole, pair[0]), await numberIn(whole, pair[1])];
    expect([other, other + 1]).toContain(one);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThanOrEqual(rounds);
    expect(check()).toEqual([]);
  }
  expect(
    (await administration.listStates()).map(({ volumes, bindings }) => [volumes, bindings]),
  ).toEqual([1, 2, 3].map(() => [1_502, 2]));
  // What came free while blocks were held is free again.
  await port.unbindAllFromHost(HOST);
  for (const vvolId of pair) await port.deleteVolume(vvolId);
  expect(check()).toEqual([]);
});

it('hosts write while the array is checked, and what they write is no problem', async () => {
  const whole = await worked();
  const { administration, port } = whole;
  const order: string[] = [];
  const checked = administration.check().finally(() => order.push('checked'));
  const answered = create(port, 1n).then(() => order.push('answered'));
  const rounds = await writtenDuring(whole, checked);
  await answered;
  expect(order).toEqual(['answered', 'checked']);
  expect(rounds).toBeGreaterThan(4);
  expect(await checked).toEqual({ problems: [] });
});

it('a check of an array that is closed meanwhile says that it failed', async () => {
  const whole = await openWhole(newFolder());
  const { administration, port } = whole;
  const first = administration.check();
  await port.close();
  await expect(first).rejects.toMatchObject({ name: 'ArrayError', kind: 'failed' });
});
