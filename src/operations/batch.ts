/**
 * Batches: one answer per item, in the order asked, each a result or a fault of its own. Items run side
 * by side, so that an array which commits in groups can do so; how many at once is bounded.
 * Knows nothing of what an item is.
 */
import { type FaultName, VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import type { Call } from '../wire/call.ts';
import type { AnyValue } from '../wire/descriptor.ts';
import type { BatchReturnStatus } from '../wire/generated/vasa-2.0/types.ts';
import { invalid } from './arguments.ts';
import { toFault } from './to-fault.ts';

export type Outcome<Result> =
  | { readonly result: Result; readonly fault?: undefined }
  | { readonly result?: undefined; readonly fault: VasaFault };

/** Raises TooMany, with the largest number allowed, when `count` is above `most`. */
export function refuseTooMany(count: number, most: number): void {
  if (count <= most) return;
  throw new VasaFault('TooMany', `${count} items in one call; the most is ${most}`, {
    data: { maxBatchSize: BigInt(most) },
  });
}

/** Checks the list of a batch before its first item: InvalidArgument when empty, TooMany when too long. */
export function checkBatch(list: readonly unknown[], argument: string): void {
  if (list.length === 0) throw invalid(`${argument} is empty`);
  refuseTooMany(list.length, LIMITS.batchItems);
}

/**
 * Runs `one` for every item and gives an outcome per item, in order. Items with the same key are one
 * piece of work whose outcome they share, so that a repetition inside a call is as harmless as a
 * repeated call. Notes how many there are, which faults they got, and what lay behind the first
 * StorageFault. Never rejects.
 */
export async function batch<Item, Result>(
  call: Call,
  list: { readonly items: readonly Item[]; readonly keyOf: (item: Item) => unknown },
  one: (item: Item) => Promise<Result>,
): Promise<readonly Outcome<Result>[]> {
  const distinct = new Map(list.items.map((item) => [list.keyOf(item), item]));
  const outcomes = new Map<unknown, Outcome<Result>>();
  const waiting = distinct.entries();
  const work = async () => {
    for (const [key, item] of waiting) outcomes.set(key, await outcomeOf(() => one(item)));
  };
  const workers = Math.min(distinct.size, LIMITS.batchParallelItems);
  await Promise.all(Array.from({ length: workers }, work));
  const answers = list.items.map(
    (item) =>
      outcomes.get(list.keyOf(item)) ?? { fault: toFault(new Error('item without outcome')) },
  );
  note(call, answers);
  return answers;
}

/** Tells the log what the answer says in its items, where a call that succeeds hides it. */
function note(call: Call, answers: readonly Outcome<unknown>[]): void {
  const faults = answers.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
  call.note({ batch_size: answers.length, failed_items: faults.length });
  if (faults.length === 0) return;
  const counts: Partial<Record<FaultName, number>> = {};
  for (const { fault } of faults) counts[fault] = (counts[fault] ?? 0) + 1;
  const worst = faults.find(({ fault }) => fault === 'StorageFault');
  call.note({ item_faults: counts, ...(worst === undefined ? {} : { item_cause: worst }) });
}

/** What became of one item. Never rejects. */
export async function outcomeOf<Result>(work: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { result: await work() };
  } catch (thrown) {
    return { fault: toFault(thrown) };
  }
}

/** A fault as the typed value that batch items and tasks carry. */
export function faultValue({ fault, data }: VasaFault): AnyValue & { readonly type: FaultName } {
  return { type: fault, value: { ...data } };
}

/** One row of an answer that says of each item only whether it succeeded. */
export function returnStatus(
  uniqueId: string,
  outcome: Outcome<unknown> | undefined,
): BatchReturnStatus {
  if (outcome?.fault === undefined) return { uniqueId };
  return { uniqueId, errorResult: { error: [faultValue(outcome.fault)] } };
}
