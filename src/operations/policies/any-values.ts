/**
 * Values of properties on the wire, where each carries its type: a scalar, a TimeSpan, a Range or a
 * DiscreteSet. The schema wants both ends of a Range; an end that is lacking goes out as the end of the
 * type, and an end of the type comes in as lacking. A scalar that comes without a type is read by that of its
 * property. Source: VASA `Range`, `DiscreteSet`, `TimeSpan`.
 */
import type { Property, PropertyType, PropertyValue, Scalar } from '../../model/policies.ts';
import type { AnyValue, UntypedValue } from '../../wire/descriptor.ts';
import type { DiscreteSet, Range } from '../../wire/generated/vasa-2.0/types.ts';
import { SCALAR_TYPES } from './scalars.ts';

function writeScalar(type: PropertyType, scalar: Scalar): AnyValue {
  const { wire, write } = SCALAR_TYPES[type];
  return { type: wire, value: write(scalar) };
}

/** The value as the wire carries it. Throws TypeError when it is not of the type: the array's mistake. */
export function writeValue(type: PropertyType, value: PropertyValue): AnyValue {
  if (value.kind === 'single') return writeScalar(type, value.value);
  if (value.kind === 'set') {
    const set: DiscreteSet = { values: value.values.map((each) => writeScalar(type, each)) };
    return { type: 'DiscreteSet', value: set };
  }
  const { ends } = SCALAR_TYPES[type];
  if (ends === undefined) throw new TypeError(`a ${type} has no ranges`);
  const { min = ends.min, max = ends.max } = value;
  const range: Range = { max: writeScalar(type, max), min: writeScalar(type, min) };
  return { type: 'Range', value: range };
}

/**
 * The value in the form that its property is declared with: a single one of a property that takes sets is a
 * set of one, and of one that takes ranges a range with equal ends. Throws as `writeValue`.
 */
export function writeDeclared({ form, type }: Property, value: PropertyValue): AnyValue {
  if (value.kind !== 'single' || form === 'single') return writeValue(type, value);
  const { value: only } = value;
  if (form === 'set') return writeValue(type, { kind: 'set', values: [only] });
  return writeValue(type, { kind: 'range', min: only, max: only });
}

/** Values of the wire come with all fields of the type that they name. */
function isRange(any: AnyValue): any is { type: 'Range'; value: Range } {
  return any.type === 'Range';
}

function isDiscreteSet(any: AnyValue): any is { type: 'DiscreteSet'; value: DiscreteSet } {
  return any.type === 'DiscreteSet';
}

/** Clients made from the WSDL alone leave the type out of scalars that they read before. */
function isUntyped(any: AnyValue): any is UntypedValue {
  return any.type === 'xs:anyType';
}

/** One scalar from the wire; undefined when it is none of the type. */
function readScalar(type: PropertyType, any: AnyValue): Scalar | undefined {
  const { wire, read } = SCALAR_TYPES[type];
  if (!isUntyped(any)) return read(any);
  return wire === 'TimeSpan' ? undefined : read({ type: wire, value: any.readAs(wire) });
}

function readRange(type: PropertyType, value: Range): PropertyValue | undefined {
  const { ends, key } = SCALAR_TYPES[type];
  if (ends === undefined) return undefined;
  const [min, max] = [readScalar(type, value.min), readScalar(type, value.max)];
  if (min === undefined || max === undefined || key(min) > key(max)) return undefined;
  return {
    kind: 'range',
    min: key(min) <= key(ends.min) ? undefined : min,
    max: key(max) >= key(ends.max) ? undefined : max,
  };
}

/** The value from the wire; undefined when it is none of the type, an empty set, or a range upside down. */
export function readValue(type: PropertyType, any: AnyValue): PropertyValue | undefined {
  if (isRange(any)) return readRange(type, any.value);
  if (!isDiscreteSet(any)) {
    const value = readScalar(type, any);
    return value === undefined ? undefined : { kind: 'single', value };
  }
  const { values } = any.value;
  const scalars = values.map((each) => readScalar(type, each)).filter((each) => each !== undefined);
  if (scalars.length === 0 || scalars.length < values.length) return undefined;
  return { kind: 'set', values: scalars };
}
