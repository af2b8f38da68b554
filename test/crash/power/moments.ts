/**
 * The moments at which a crash is tried: every record of an operation that changed something, or some of them, each
 * with what is left of what was not synced.
 */
import type { Random } from '../load.ts';
import type { Loss } from './disk.ts';
import type { Recorded } from './record.ts';
import { wordsOf } from './recording.ts';

/** A crash in the midst of an operation. */
export interface Moment {
  /** Index of the last record that was done. */
  readonly at: number;
  readonly operation: string;
  readonly loss: Loss;
  /** In words. */
  readonly where: string;
}

/** Operations that changed something, with the indexes of what they did, from the question to what came of it. */
export function changesIn(records: readonly Recorded[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  let operation: string | undefined;
  for (const [index, record] of records.entries()) {
    const [word, name] = wordsOf(record);
    if (word === 'ask') operation = name;
    if (word === 'done') operation = undefined;
    if (operation === undefined || record.kind === 'mark') continue;
    found.set(operation, [...(found.get(operation) ?? []), index]);
  }
  return found;
}

/** All moments of an operation; with a number, so many by the dice. */
export function momentsOf(
  operation: string,
  indexes: readonly number[],
  random: Random,
  most: number | undefined,
): readonly Moment[] {
  const losses: readonly (readonly [string, Loss])[] = [
    ['kill -9', 'kill'],
    ['power loss, nothing unsynced is there', 'unsynced'],
    ['power loss, some is', random],
  ];
  const all = losses.flatMap(([name, loss]) =>
    indexes.map((at): Moment => {
      return { at, operation, loss, where: `${operation}, record ${at}, ${name}` };
    }),
  );
  if (most === undefined) return all;
  return Array.from({ length: most }, () => all[random(all.length)]).flatMap((each) => each ?? []);
}
