/**
 * Values of capabilities as JSON text, for rows and requests. Knows nothing of what they mean.
 */
import type { CapabilityValue } from '../src/model/policies.ts';

/** A bigint has no form of its own in JSON. */
interface LongText {
  readonly long: string;
}

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
  const rows: readonly [string, string, string, CapabilityValue['value']][] = JSON.parse(
    text,
    (_, each: unknown) => (isLong(each) ? BigInt(each.long) : each),
  );
  return rows.map(([namespace, capabilityId, propertyId, value]) => ({
    namespace,
    capabilityId,
    propertyId,
    // JSON leaves out an end that is open.
    value: value.kind === 'range' ? { kind: 'range', min: value.min, max: value.max } : value,
  }));
}

function isLong(value: unknown): value is LongText {
  return typeof value === 'object' && value !== null && 'long' in value;
}
