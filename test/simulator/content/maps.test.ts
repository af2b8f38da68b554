import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { capacityOf } from '../../../simulator/content/geometry.ts';
import type { BitmapStep } from '../../../simulator/content/maps.ts';
import { type Harness, openHarness, SMALL } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

const CAPACITY = capacityOf(SMALL);
const CHUNKS = CAPACITY / SMALL.chunkBytes;

type Kind = 'data' | 'zero' | 'hole';

const kinds = fc.array(fc.constantFrom<Kind>('data', 'zero', 'hole', 'hole'), {
  minLength: CHUNKS,
  maxLength: CHUNKS,
});
const ranges = fc
  .tuple(fc.nat({ max: CAPACITY }), fc.nat({ max: CAPACITY }))
  .map(([start, length]) => ({ start, length: Math.min(length, CAPACITY - start) }));

function withContent(check: (harness: Harness) => void): void {
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  check(harness);
  harness.close();
}

/** A content whose chunks are of these kinds; data differs from chunk to chunk. */
function made({ content }: Harness, layout: readonly Kind[]): number {
  return layout.reduce((root, kind, index) => {
    if (kind === 'hole') return root;
    const data = Buffer.alloc(SMALL.chunkBytes, kind === 'zero' ? 0 : index + 1);
    return content.write(root, index * SMALL.chunkBytes, data, 1);
  }, EMPTY);
}

/** The bitmap in which a chunk of the range is set when one of its bytes is. */
function expectedBitmap(
  range: { start: number; length: number; chunkBytes: number },
  isSet: (byte: number) => boolean,
): Uint8Array {
  const count = Math.ceil(range.length / range.chunkBytes);
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let byte = 0; byte < range.length; byte += 1) {
    if (!isSet(range.start + byte)) continue;
    const bit = Math.floor(byte / range.chunkBytes);
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return bits;
}

const chunkOf = (byte: number) => Math.floor(byte / SMALL.chunkBytes);

test('The allocated bitmap says for any range and size of chunk where something is allocated.', () => {
  withContent((harness) => {
    fc.assert(
      fc.property(kinds, ranges, fc.integer({ min: 1, max: 200 }), (layout, range, chunkBytes) => {
        const asked = { ...range, chunkBytes };
        const isSet = (byte: number) => layout[chunkOf(byte)] !== 'hole';
        const { bits } = harness.content.allocated(made(harness, layout), asked);
        expect(bits).toEqual(expectedBitmap(asked, isSet));
      }),
    );
  });
});

test('The bitmap of differences compares bytes, so that zeros and holes are alike.', () => {
  withContent((harness) => {
    fc.assert(
      fc.property(
        kinds,
        kinds,
        ranges,
        fc.integer({ min: 1, max: 200 }),
        (left, right, range, chunkBytes) => {
          const asked = { ...range, chunkBytes };
          const reads = (layout: readonly Kind[], byte: number) => layout[chunkOf(byte)] === 'data';
          const isSet = (byte: number) => reads(left, byte) !== reads(right, byte);
          const { content } = harness;
          const { bits } = content.differing([made(harness, left), made(harness, right)], asked);
          expect(bits).toEqual(expectedBitmap(asked, isSet));
        },
      ),
    );
  });
});

test('A bitmap made in small steps is the one that is made at once.', () => {
  withContent((harness) => {
    const { content } = harness;
    fc.assert(
      fc.property(kinds, kinds, ranges, fc.nat({ max: 12 }), (left, right, range, budget) => {
        const asked = { ...range, chunkBytes: 48 };
        const roots = [made(harness, left), made(harness, right)] as const;
        const makers = [
          (step?: BitmapStep) => content.allocated(roots[0], asked, step),
          (step?: BitmapStep) => content.differing(roots, asked, step),
        ];
        for (const make of makers) {
          let begun = make({ begun: undefined, budget });
          for (let next = begun.next; next !== undefined; next = begun.next) {
            begun = make({ begun, budget });
            expect(begun.next ?? Number.POSITIVE_INFINITY).toBeGreaterThan(next);
          }
          expect(begun.bits).toEqual(make().bits);
        }
      }),
    );
  });
});

test('Extents cover a range without gaps, each as long as it can be, up to the number asked for.', () => {
  withContent((harness) => {
    fc.assert(
      fc.property(kinds, ranges, fc.integer({ min: 1, max: 80 }), (layout, range, most) => {
        const found = harness.content.extents(made(harness, layout), range, most);
        let at = range.start;
        for (const [place, { offset, length, kind }] of found.entries()) {
          expect(offset).toBe(at);
          expect(length).toBeGreaterThan(0);
          expect(kind).not.toBe(found[place + 1]?.kind);
          for (let byte = offset; byte < offset + length; byte += 1) {
            expect(layout[chunkOf(byte)]).toBe(kind);
          }
          at += length;
        }
        if (found.length < most) expect(at).toBe(range.start + range.length);
        else expect(found.length).toBe(most);
      }),
    );
  });
});

test('Extents in steps, of few nodes each, come to the same, and each step comes further.', () => {
  withContent((harness) => {
    fc.assert(
      fc.property(kinds, ranges, fc.nat({ max: 12 }), (layout, range, budget) => {
        const root = made(harness, layout);
        const end = range.start + range.length;
        let at = range.start;
        while (at < end) {
          const rest = { start: at, length: end - at };
          for (const { offset, length, kind } of harness.content.extents(root, rest, 80, budget)) {
            expect(offset).toBe(at);
            expect(length).toBeGreaterThan(0);
            for (let byte = offset; byte < offset + length; byte += 1) {
              expect(layout[chunkOf(byte)]).toBe(kind);
            }
            at += length;
          }
        }
        expect(at).toBe(end);
      }),
    );
  });
});

test('A bitmap that could not be sent, or has no chunks, is refused.', () => {
  const harness = openHarness({ file: new LossyFile() });
  const length = harness.content.capacity;
  for (const chunkBytes of [0, -1, 0.5, 4096]) {
    const asked = () => harness.content.allocated(EMPTY, { start: 0, length, chunkBytes });
    expect(asked).toThrow(expect.objectContaining({ kind: 'invalid' }));
  }
  harness.close();
});

test('Counting in small steps comes to the same as counting at once.', () => {
  withContent((harness) => {
    const { content } = harness;
    fc.assert(
      fc.property(kinds, kinds, ranges, fc.nat({ max: 12 }), (left, right, range, budget) => {
        const shared = made(harness, left);
        const root = content.write(content.fork(shared), 70, Buffer.alloc(200, 'x'), 1);
        for (const base of [undefined, made(harness, right)]) {
          const all = content.countUnshared(root, base, range, 1_000);
          const end = range.start + range.length;
          let unshared = 0;
          let scanned = 0;
          while (scanned < all.scanned) {
            const start = Math.max(
              range.start,
              (chunkOf(range.start) + scanned) * SMALL.chunkBytes,
            );
            const step = content.countUnshared(root, base, { start, length: end - start }, budget);
            expect(step.scanned).toBeGreaterThan(0);
            unshared += step.unshared;
            scanned += step.scanned;
          }
          expect({ scanned, unshared }).toEqual({
            scanned: all.scanned,
            unshared: all.unshared,
          });
        }
      }),
    );
  });
});

test('What is unshared is unknown when too much would have to be looked at.', () => {
  withContent((harness) => {
    const root = made(harness, new Array<Kind>(CHUNKS).fill('data'));
    expect(harness.content.unshared(root, 3)).toBeUndefined();
    expect(harness.content.unshared(root, 100)).toBe(CAPACITY);
  });
});
