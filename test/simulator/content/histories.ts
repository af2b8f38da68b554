/**
 * Random histories of contents: what may happen, as data that fast-check can shrink. `which` numbers are
 * taken modulo what there is at the time.
 */
import fc from 'fast-check';
import { capacityOf } from '../../../simulator/content/geometry.ts';
import { SMALL } from './harness.ts';
import type { Fate } from './lossy-file.ts';

const CAPACITY = capacityOf(SMALL);

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** What changes contents; may be undone by its savepoint. */
export type Action =
  | { readonly kind: 'create'; readonly pool: number }
  | {
      readonly kind: 'write';
      readonly which: number;
      readonly range: ByteRange;
      readonly fills: readonly number[];
    }
  | { readonly kind: 'trim'; readonly which: number; readonly range: ByteRange }
  | { readonly kind: 'fork'; readonly which: number }
  | { readonly kind: 'release'; readonly which: number }
  | {
      readonly kind: 'copy';
      readonly source: number;
      /** Undefined: a full copy. */
      readonly base: number | undefined;
      readonly target: number;
      readonly budget: number;
    };

export type Step =
  | { readonly kind: 'action'; readonly action: Action; readonly isUndone: boolean }
  | { readonly kind: 'commit' }
  | { readonly kind: 'powerLoss'; readonly fates: readonly Fate[] };

const which = fc.nat({ max: 1_000 });

const range = fc
  .tuple(fc.nat({ max: CAPACITY }), fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: CAPACITY })))
  .map(([offset, length]) => ({ offset, length: Math.min(length, CAPACITY - offset) }));

/** Few different bytes, so that chunks repeat, and zeros are frequent. */
const fills = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 });

const constant = <const Value>(value: Value) => fc.constant(value);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: constant('create'), pool: fc.constantFrom(1, 2) }),
  },
  { weight: 8, arbitrary: fc.record({ kind: constant('write'), which, range, fills }) },
  { weight: 4, arbitrary: fc.record({ kind: constant('trim'), which, range }) },
  { weight: 5, arbitrary: fc.record({ kind: constant('fork'), which }) },
  { weight: 4, arbitrary: fc.record({ kind: constant('release'), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: constant('copy'),
      source: which,
      base: fc.option(which, { nil: undefined }),
      target: which,
      budget: fc.nat({ max: 20 }),
    }),
  },
);

const fates = fc.array(fc.constantFrom<Fate>('kept', 'lost', 'garbled'), {
  minLength: 1,
  maxLength: 4,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: constant('action'),
      action,
      isUndone: fc.nat({ max: 5 }).map((one) => one === 5),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: constant('commit') }) },
  { weight: 1, arbitrary: fc.record({ kind: constant('powerLoss'), fates }) },
);

export const histories: fc.Arbitrary<Step[]> = fc.array(step, { maxLength: 60, size: 'max' });
