/**
 * Values of capabilities as JSON text, for rows and requests. Knows nothing of what they mean.
 */
import type { CapabilityValue, PropertyValue, Scalar } from '../src/model/policies.ts';

/** A bigint has no form of its own in JSON. */
interface LongText {
  readonly long: string;
}

type WrittenScalar = Exclude<Scalar, bigint> | LongText;

type WrittenValue =
  | { readonly kind: 'single'; readonly value: WrittenScalar }
  | { readonly kind: 'range'; readonly min?: WrittenScalar; readonly max?: WrittenScalar }
  | { readonly kind: 'set'; readonly values: readonly WrittenScalar[] };

/** The values as text; equal values give equal texts, whatever the order of their fields. */
export function encodeValues(values: readonly CapabilityValue[]): string {
  return JSON.stringify(
    values.map(({ namespace, capabilityId, propertyId, value }) => [
      namespace,
      capabilityId,
      propertyId,
      fields(value),
    ]),
    (_, each: unknown) => (typeof each === 'bigint' ? { long: String(each) } : each),
  );
}

function fields(value: CapabilityValue['value']): CapabilityValue['value'] {
  if (value.kind === 'single') return { kind: 'single', value: value.value };
  if (value.kind === 'set') return { kind: 'set', values: value.values };
  return { kind: 'range', min: value.min, max: value.max };
}

/** What `encodeValues` has written. */
export function decodeValues(text: string): readonly CapabilityValue[] {
  const rows: readonly [string, string, string, WrittenValue][] = JSON.parse(text);
  return rows.map(([namespace, capabilityId, propertyId, value]) => ({
    namespace,
    capabilityId,
    propertyId,
    value: read(value),
  }));
}

function read(value: WrittenValue): PropertyValue {
  if (value.kind === 'single') return { kind: 'single', value: scalar(value.value) };
  if (value.kind === 'set') return { kind: 'set', values: value.values.map(scalar) };
  // JSON leaves out an end that is open.
  const end = (written: WrittenScalar | undefined) =>
    written === undefined ? undefined : scalar(written);
  return { kind: 'range', min: end(value.min), max: end(value.max) };
}

function scalar(written: WrittenScalar): Scalar {
  return typeof written === 'object' && 'long' in written ? BigInt(written.long) : written;
}
