/**
 * Values of properties as sets: what two of them have in common, and whether one lies wholly in another.
 * A single value is a set of one; a range may lack an end. The wish of a profile, the offer of a container
 * and what a volume gets are all compared by these two questions. Knows nothing of the wire.
 */
import type { PropertyType, PropertyValue, Scalar } from '../../model/policies.ts';
import { type Key, SCALAR_TYPES } from './scalars.ts';

type Range = Extract<PropertyValue, { kind: 'range' }>;

/** The values of a single one or a set. */
function membersOf(value: Exclude<PropertyValue, Range>): readonly Scalar[] {
  return value.kind === 'single' ? [value.value] : value.values;
}

/** Is the value of the type? One that was kept may not be any more: the type can have been declared anew. */
export function isOfType(type: PropertyType, value: PropertyValue): boolean {
  const { ends, key } = SCALAR_TYPES[type];
  if (value.kind === 'range' && ends === undefined) return false;
  const scalars = value.kind === 'range' ? [value.min, value.max] : membersOf(value);
  try {
    for (const scalar of scalars) if (scalar !== undefined) key(scalar);
    return true;
  } catch {
    return false;
  }
}

/** A test whether a scalar of this type is in `value`. */
function testOf(type: PropertyType, value: PropertyValue): (scalar: Scalar) => boolean {
  const { key } = SCALAR_TYPES[type];
  if (value.kind !== 'range') {
    const keys = new Set<Key>(membersOf(value).map(key));
    return (scalar) => keys.has(key(scalar));
  }
  const { min, max } = value;
  return (scalar) => {
    const at = key(scalar);
    return (min === undefined || at >= key(min)) && (max === undefined || at <= key(max));
  };
}

/** The one of two ends that leaves less: the larger lower end, the smaller upper one. */
function tighter(
  type: PropertyType,
  ends: readonly [Scalar | undefined, Scalar | undefined],
  isTighter: (one: Key, other: Key) => boolean,
): Scalar | undefined {
  const [one, other] = ends;
  if (one === undefined || other === undefined) return one ?? other;
  const { key } = SCALAR_TYPES[type];
  return isTighter(key(other), key(one)) ? other : one;
}

function commonRange(type: PropertyType, one: Range, other: Range): PropertyValue | undefined {
  const { key } = SCALAR_TYPES[type];
  const min = tighter(type, [one.min, other.min], (a, b) => a > b);
  const max = tighter(type, [one.max, other.max], (a, b) => a < b);
  if (min === undefined || max === undefined) return { kind: 'range', min, max };
  if (key(min) > key(max)) return undefined;
  return key(min) === key(max) ? { kind: 'single', value: min } : { kind: 'range', min, max };
}

/**
 * The values that are in both, in the spelling of `offer` where both name them one by one; a single one
 * where only one is left; undefined when there is none.
 */
export function common(
  type: PropertyType,
  wish: PropertyValue,
  offer: PropertyValue,
): PropertyValue | undefined {
  if (wish.kind === 'range' && offer.kind === 'range') return commonRange(type, wish, offer);
  const [named, other] = offer.kind === 'range' ? [wish, offer] : [offer, wish];
  // Only one of the two can be a range here, and it is not the first.
  if (named.kind === 'range') return undefined;
  const { key } = SCALAR_TYPES[type];
  const isIn = testOf(type, other);
  const left = new Map(
    membersOf(named)
      .filter(isIn)
      .map((each) => [key(each), each]),
  );
  const [first, ...more] = left.values();
  if (first === undefined) return undefined;
  return more.length === 0
    ? { kind: 'single', value: first }
    : { kind: 'set', values: [first, ...more] };
}

/** Is every value of `inner` one of `outer`? A range counts as more than one value unless its ends are equal. */
export function isWithin(type: PropertyType, inner: PropertyValue, outer: PropertyValue): boolean {
  if (inner.kind !== 'range') return membersOf(inner).every(testOf(type, outer));
  const shared = common(type, inner, outer);
  if (shared === undefined) return false;
  const { key } = SCALAR_TYPES[type];
  const same = (one: Scalar | undefined, other: Scalar | undefined) =>
    one === undefined || other === undefined ? one === other : key(one) === key(other);
  if (shared.kind === 'single')
    return same(inner.min, shared.value) && same(inner.max, shared.value);
  return shared.kind === 'range' && same(inner.min, shared.min) && same(inner.max, shared.max);
}
