/** Goal: every volume of a tree has a place of its own, beside its parent, however the tree is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Node {
  readonly id: string;
  readonly parentId?: string | undefined;
}
interface Place {
  readonly node: Node;
  readonly column: number;
  readonly row: number;
  readonly parent: Place | undefined;
}

// The page is JavaScript with types of its own; here it is what a browser would load.
const { placesOf } = (await import(
  new URL('../../src/console/tree-layout.js', import.meta.url).href
)) as { placesOf(nodes: readonly Node[]): readonly Place[] };

/** Trees and forests: the parent of each is one before it, or somebody who is gone. */
const forest = fc
  .array(fc.nat(), { maxLength: 60 })
  .map((numbers) =>
    numbers.map((number, at): Node => ({ id: `${at}`, parentId: parentOf(number, at) })),
  );

function parentOf(number: number, at: number): string | undefined {
  return number % 7 === 0 ? 'gone' : at === 0 ? undefined : `${number % at}`;
}

describe('the places of a tree', () => {
  it('are one for each volume, none twice, a column right of the parent', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const places = placesOf(nodes);
        expect(places.map(({ node }) => node.id).sort()).toEqual(nodes.map(({ id }) => id).sort());
        expect(new Set(places.map(({ column, row }) => `${column} ${row}`)).size).toBe(
          nodes.length,
        );
        for (const { column, row, parent } of places) {
          expect(column).toBe(parent === undefined ? 0 : parent.column + 1);
          expect(row).toBeGreaterThanOrEqual(parent?.row ?? 0);
        }
      }),
    );
  });

  it('put a chain of snapshots on one line, the oldest first', () => {
    const chain = Array.from({ length: 1_000 }, (_, at) => ({
      id: `${at}`,
      parentId: at === 0 ? undefined : `${at - 1}`,
    }));
    const places = placesOf(chain);
    expect(places.map(({ column }) => column)).toEqual(chain.map((_, at) => at));
    expect(new Set(places.map(({ row }) => row))).toEqual(new Set([0]));
  });
});
