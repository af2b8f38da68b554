/**
 * What the parts of a plan are written with: the array that they belong to, ids that are never given twice,
 * and the comparison of what there is with what is planned. Knows nothing of any kind of thing.
 */
import type { Db } from '../open.ts';

/** The array whose inventory is being written. */
export interface Site {
  readonly db: Db;
  readonly seed: string;
  readonly arrayNo: bigint;
  readonly arrayId: string;
  readonly arrayName: string;
  /** From 0 on: what ids and addresses follow from beside the seed. */
  readonly arrayIndex: number;
}

interface Named {
  readonly name: string;
}

/** What is there and planned, planned alone, and there alone; each in its own order. */
export interface Comparison<Row, Item> {
  readonly kept: readonly (readonly [Row, Item])[];
  readonly added: readonly Item[];
  readonly gone: readonly Row[];
}

/** By name; of several that have the same name, by their order. */
export function compared<Row extends Named, Item extends Named>(
  rows: readonly Row[],
  items: readonly Item[],
): Comparison<Row, Item> {
  const left = [...rows];
  const kept: (readonly [Row, Item])[] = [];
  const added: Item[] = [];
  for (const item of items) {
    const at = left.findIndex(({ name }) => name === item.name);
    const [row] = at === -1 ? [] : left.splice(at, 1);
    if (row === undefined) added.push(item);
    else kept.push([row, item]);
  }
  return { kept, added, gone: left };
}

/** How many there are and how many there shall be: the last ones go, and `more` are missing. */
export function counted<Row>(
  rows: readonly Row[],
  wanted: number,
): { readonly gone: readonly Row[]; readonly more: number } {
  return { gone: rows.slice(wanted), more: Math.max(0, wanted - rows.length) };
}

/** The next number of this kind in the array, from 1 on. */
export function nextNumber({ db, arrayNo }: Site, kind: string): number {
  const number = db
    .prepare<[bigint, string], number>(
      `INSERT INTO last_number (array_no, kind, number) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number`,
    )
    .pluck()
    .safeIntegers(false)
    .get(arrayNo, kind);
  if (number === undefined) throw new TypeError(`no number for ${kind}`);
  return number;
}

/** `<array>:<kind>:<number>`. */
export function idOf({ arrayId }: Site, kind: string, number: number): string {
  return `${arrayId}:${kind}:${number}`;
}
