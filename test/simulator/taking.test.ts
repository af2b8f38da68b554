/** Snapshots that are late by the time they are committed are taken back, whatever stands in the way. */
import { expect, it, onTestFinished } from 'vitest';
import { openSimulator } from '../../simulator/index.ts';
import type { CrashPoint } from '../../src/array/crash-points.ts';
import { movableClock } from '../../src/model/clock.ts';
import type { VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { create, done, newFolder, newId, newJob } from './world.ts';

/** An array with prepared snapshots of one volume; what happens at a point of a transaction is settable. */
async function prepared(count: number) {
  const clock = movableClock();
  let at: (point: CrashPoint) => void = () => undefined;
  const environment = { dataDirectory: newFolder(), clock, options: {} };
  const simulator = await openSimulator({ ...environment, reach: (point) => at(point) });
  const { port, check } = simulator;
  onTestFinished(() => port.close());
  const vvolId = await create(port, 1n);
  const entries: { readonly snapshotId: VvolId; readonly metadata: [] }[] = [];
  for (let n = 0; n < count; n += 1) {
    const snapshotId = newId();
    entries.push({ snapshotId, metadata: [] });
    const request = { vvolId, snapshotId, readOnly: true, profile: undefined };
    await done(port, port.prepareSnapshot(newJob(), request));
  }
  const none = { set: [], remove: [] };
  return {
    port,
    clock,
    check,
    entries,
    ids: entries.map(({ snapshotId }) => snapshotId),
    /** Any change. */
    touch: () => port.updateMetadata(vvolId, none),
    when: (act: (point: CrashPoint) => void) => {
      at = act;
    },
  };
}

it('when too many other calls wait', async () => {
  const { port, clock, check, entries, ids, touch, when } = await prepared(3);
  const others: Promise<unknown>[] = [];
  when((point) => {
    if (point !== 'array:after-commit') return;
    when(() => undefined);
    clock.moveBy(10_000);
    for (let n = 0; n < LIMITS.arrayCallsWaiting; n += 1) others.push(touch());
    others.push(expect(touch()).rejects.toMatchObject({ kind: 'busy' }));
  });
  const answers = await port.takeSnapshots(entries, 5_000);
  await Promise.all(others);
  expect(answers.map((answer) => answer?.kind)).toEqual(['timedOut', 'timedOut', 'timedOut']);
  expect(await port.volumes(ids)).toEqual([]);
  expect(check()).toEqual([]);
});

it('when the transaction that takes them back fails a few times', async () => {
  const { port, clock, check, entries, ids, when } = await prepared(2);
  let failures = 3;
  when((point) => {
    if (point === 'array:after-commit') clock.moveBy(10_000);
    else if (point === 'array:before-commit' && clock.offsetMs() > 0 && failures > 0) {
      failures -= 1;
      throw new Error('the disk is away');
    }
  });
  const answers = await port.takeSnapshots(entries, 5_000);
  expect(failures).toBe(0);
  expect(answers.map((answer) => answer?.kind)).toEqual(['timedOut', 'timedOut']);
  expect(await port.volumes(ids)).toEqual([]);
  expect(check()).toEqual([]);
  when(() => undefined);
  expect(await port.takeSnapshots(entries, 60_000)).toEqual([undefined, undefined]);
});

it('a repeat that comes too late is answered as taken, and takes nothing back', async () => {
  const { port, clock, entries, ids } = await prepared(2);
  expect(await port.takeSnapshots(entries, 5_000)).toEqual([undefined, undefined]);
  const answers = port.takeSnapshots(entries, 5_000);
  clock.moveBy(10_000);
  expect(await answers).toEqual([undefined, undefined]);
  expect(await port.volumes(ids)).toHaveLength(2);
});
