/** Planned moves of a host's bindings. */
import { expect, it } from 'vitest';
import { failureOf, type Harness, newHostId, newJob, newVvolId } from './harness.ts';

export function moveSentences(harness: Harness): void {
  it('a move is prepared and ended either way, repeatably, and the bindings stay as they are', async () => {
    const { vvolId, containerId } = await harness.create();
    const candidates = await harness.endpointsOf(containerId);
    const [from, to] = [newHostId(), newHostId()];
    const bound = await harness.array.bind(vvolId, from, { candidates, rebind: false });
    for (const outcome of ['complete', 'cancel'] as const) {
      const prepared = harness.array.prepareBindingChange(newJob(), [vvolId], to);
      expect(await failureOf(prepared, harness.array)).toBeUndefined();
      for (let repeat = 0; repeat < 2; repeat += 1) {
        expect(await failureOf(harness.array.endBindingChange(vvolId, outcome))).toBeUndefined();
      }
    }
    expect(await harness.array.bindings({ vvolId })).toEqual([bound]);
  });

  it('an unknown volume is notFound', async () => {
    const { vvolId } = await harness.create();
    const both = [vvolId, newVvolId()];
    const call = harness.array.prepareBindingChange(newJob(), both, newHostId());
    expect(await failureOf(call, harness.array)).toBe('notFound');
    const end = harness.array.endBindingChange(newVvolId(), 'complete');
    expect(await failureOf(end)).toBe('notFound');
  });
}
