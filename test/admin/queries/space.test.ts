/** Goal: the past of a container's space is there for a chart, bounded, and an array that is ill costs no more than a gap. */
import { expect, test } from 'vitest';
import { SpaceWatch } from '../../../src/admin/queries/space.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { movableClock } from '../../../src/model/clock.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { bytes, epochMs } from '../../../src/model/units.ts';

const START = 1_900_000_000_000;

/** An array of these containers, each with as much used as it was looked at. */
function watching() {
  const clock = movableClock({ now: () => epochMs(START) });
  const state = { containers: ['a', 'b'], isIll: false, used: 0n };
  const array = {
    containers: async () => state.containers.map((containerId) => ({ containerId })),
    containerSpace: async () => {
      if (state.isIll) throw new Error('the array is ill');
      state.used += 1n;
      const [physicalTotal, physicalUsed] = [bytes(100n), bytes(state.used)];
      const zero = bytes(0n);
      return {
        ...{ physicalTotal, physicalUsed, physicalFree: zero },
        ...{ logicalLimit: zero, logicalFree: zero, logicalUsed: bytes(7n) },
      };
    },
  };
  // The two methods that are asked.
  return { watch: new SpaceWatch(array as unknown as StorageArrayPort, clock), clock, state };
}

test('each look adds a sample to each container, oldest first', async () => {
  const { watch, clock } = watching();
  await watch.look();
  clock.moveBy(60_000);
  await watch.look();
  const [one] = watch.history().containers;
  expect(one?.containerId).toBe('a');
  expect(one?.samples).toEqual([
    { at: new Date(START).toISOString(), totalBytes: 100, usedBytes: 1, promisedBytes: 7 },
    { at: new Date(START + 60_000).toISOString(), totalBytes: 100, usedBytes: 3, promisedBytes: 7 },
  ]);
});

test('an array that does not answer leaves a gap, and what went before stays', async () => {
  const { watch, state } = watching();
  await watch.look();
  state.isIll = true;
  await watch.look();
  state.isIll = false;
  await watch.look();
  expect(watch.history().containers.map(({ samples }) => samples.length)).toEqual([2, 2]);
});

test('a container that is gone is forgotten, and samples are kept for a day at most', async () => {
  const { watch, state } = watching();
  for (let n = 0; n < LIMITS.spaceSamples + 2; n += 1) await watch.look();
  state.containers = ['b'];
  await watch.look();
  const { containers } = watch.history();
  expect(containers.map(({ containerId }) => containerId)).toEqual(['b']);
  expect(containers[0]?.samples).toHaveLength(LIMITS.spaceSamples);
});
