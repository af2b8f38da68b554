import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ArrayError } from '../../src/array/errors.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { batch, checkBatch, faultValue, refuseTooMany } from '../../src/operations/batch.ts';
import type { Call, CallNotes } from '../../src/wire/call.ts';

function noting(): { readonly call: Call; readonly notes: CallNotes } {
  const notes: CallNotes = {};
  const note = (more: CallNotes) => {
    Object.assign(notes, more);
  };
  return { call: { note } as Call, notes };
}

const byText = (items: readonly string[]) => ({ items, keyOf: (item: string) => item });

describe('a batch', () => {
  it('answers in the order asked although items end in another order', async () => {
    const { call } = noting();
    const outcomes = await batch(call, byText(['slow', 'quick']), async (item) => {
      if (item === 'slow') await setImmediate();
      return item;
    });
    expect(outcomes).toEqual([{ result: 'slow' }, { result: 'quick' }]);
  });

  it('keeps the fault of one item in that item, and counts it', async () => {
    const { call, notes } = noting();
    const outcomes = await batch(call, byText(['a', 'b', 'c']), async (item) => {
      if (item === 'b') throw new ArrayError('inUse', 'b is in use');
      return item;
    });
    expect(outcomes.map((each) => each.fault?.fault)).toEqual([
      undefined,
      'ResourceInUse',
      undefined,
    ]);
    const item_faults = { ResourceInUse: 1 };
    expect(notes).toEqual({ batch_size: 3, failed_items: 1, item_faults });
  });

  it('tells the log how many items got which fault, and what lay behind a StorageFault', async () => {
    const { call, notes } = noting();
    const cause = new ArrayError('failed', 'the array is ill');
    await batch(call, byText(['a', 'b', 'c', 'd']), async (item) => {
      throw item === 'a' ? new ArrayError('notFound', 'no a') : cause;
    });
    expect(notes.item_faults).toEqual({ NotFound: 1, StorageFault: 3 });
    expect(notes.item_cause).toMatchObject({ fault: 'StorageFault', cause });
  });

  it('says nothing of faults where there are none', async () => {
    const { call, notes } = noting();
    await batch(call, byText(['a']), async (item) => item);
    expect(notes).toEqual({ batch_size: 1, failed_items: 0 });
  });

  it('turns what an item throws by mistake into a StorageFault of that item', async () => {
    const outcomes = await batch(noting().call, byText(['a']), async () => {
      throw new TypeError('undefined is not a function');
    });
    expect(outcomes[0]?.fault?.fault).toBe('StorageFault');
    expect(outcomes[0]?.fault?.message).not.toContain('undefined');
  });

  it('does equal items once and gives each the same answer', async () => {
    let runs = 0;
    const outcomes = await batch(noting().call, byText(['a', 'b', 'a']), async () => {
      runs += 1;
      return runs;
    });
    expect(runs).toBe(2);
    expect(outcomes[0]).toBe(outcomes[2]);
  });

  it('works on many items at once, but never on more than the limit', async () => {
    let open = 0;
    let most = 0;
    const items = Array.from({ length: 3 * LIMITS.batchParallelItems }, (_, index) => `${index}`);
    await batch(noting().call, byText(items), async () => {
      open += 1;
      most = Math.max(most, open);
      await setImmediate();
      open -= 1;
    });
    expect(most).toBe(LIMITS.batchParallelItems);
  });
});

describe('the size of a batch', () => {
  it('is refused above the limit, with the limit', () => {
    const list = Array.from({ length: LIMITS.batchItems + 1 }, () => 'x');
    expect(() => checkBatch(list, 'vvolId')).toThrow(
      expect.objectContaining({
        fault: 'TooMany',
        data: { maxBatchSize: BigInt(LIMITS.batchItems) },
      }),
    );
    expect(() => checkBatch(list.slice(1), 'vvolId')).not.toThrow();
  });

  it('may not be zero', () => {
    expect(() => checkBatch([], 'vvolId')).toThrow(
      expect.objectContaining({ fault: 'InvalidArgument', message: 'vvolId is empty' }),
    );
    expect(() => refuseTooMany(0, 10)).not.toThrow();
  });
});

describe('a fault inside an item', () => {
  it('is a value typed with the name of the fault, with its data', () => {
    const tooMany = new VasaFault('TooMany', 'x', { data: { maxBatchSize: 5n } });
    expect(faultValue(tooMany)).toEqual({ type: 'TooMany', value: { maxBatchSize: 5n } });
    expect(faultValue(new VasaFault('NotFound', 'x'))).toEqual({ type: 'NotFound', value: {} });
  });
});
