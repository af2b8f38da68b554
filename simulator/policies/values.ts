/**
 * Values of properties: which scalars are in one, and which to choose where several would do. A single
 * value is a set of one; a range may lack an end. Knows nothing of profiles or volumes.
 */
import type { PropertyValue, Scalar, TimeSpan } from '../../src/model/policies.ts';

/** Months and years have no length of their own; these are common means. */
const SECONDS: Readonly<Record<TimeSpan['unit'], number>> = {
  SECONDS: 1,
  MINUTES: 60,
  HOURS: 3_600,
  DAYS: 86_400,
  WEEKS: 604_800,
  MONTHS: 2_629_746,
  YEARS: 31_556_952,
};

/** What scalars of one type are compared by. */
function keyOf(scalar: Scalar): bigint | number | string | boolean {
  return typeof scalar === 'object' ? scalar.value * SECONDS[scalar.unit] : scalar;
}

/** The scalars that a value names: all of a single one or a set, the ends of a range. */
export function namedIn(value: PropertyValue): readonly Scalar[] {
  if (value.kind === 'single') return [value.value];
  if (value.kind === 'set') return value.values;
  return [value.min, value.max].filter((end) => end !== undefined);
}

/** Whether the scalar is one of those that `value` stands for. */
export function has(value: PropertyValue, scalar: Scalar): boolean {
  const key = keyOf(scalar);
  if (value.kind !== 'range') return namedIn(value).some((each) => keyOf(each) === key);
  const { min, max } = value;
  return (min === undefined || key >= keyOf(min)) && (max === undefined || key <= keyOf(max));
}

/** Whether all that `inner` stands for is in `outer`: of ranges the ends tell it. */
export function isWithin(inner: PropertyValue, outer: PropertyValue): boolean {
  if (inner.kind === 'range') {
    if (outer.kind !== 'range') return false;
    const isOpen = (end: 'min' | 'max') => inner[end] === undefined && outer[end] !== undefined;
    if (isOpen('min') || isOpen('max')) return false;
  }
  return namedIn(inner).every((each) => has(outer, each));
}

/** Whether no scalar can be in it: its ends stand the wrong way round. */
export function isUpsideDown(value: PropertyValue): boolean {
  if (value.kind !== 'range' || value.min === undefined || value.max === undefined) return false;
  return keyOf(value.min) > keyOf(value.max);
}

/**
 * One scalar that all of `values` have: the earliest that one of them names, so the preferred one first.
 * Undefined when they have nothing in common. Of two ranges that overlap one's end is in the other.
 */
export function commonScalar(values: readonly PropertyValue[]): Scalar | undefined {
  return values.flatMap(namedIn).find((scalar) => values.every((value) => has(value, scalar)));
}
