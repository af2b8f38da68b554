/**
 * Values of the array port as JSON and back, exactly: what JSON lacks (bigints, bytes, maps, undefined) is
 * an object `{ "$": kind, "v": ... }`, so that an array may be written in any language. Knows no method.
 * Source: docs/active-passive.md, "The protocol".
 */
import { LIMITS } from '../../model/limits.ts';

/** A text is not of this form, or a value has none in it. */
class ValueError extends Error {
  override readonly name = 'ValueError';
}

const TAG = '$';
const INTEGER = /^-?\d{1,40}$/;

/** The text of a value. Throws ValueError: a function, a class's object, a number that is none. */
export function valueText(value: unknown): string {
  return JSON.stringify(encoded(value, 0));
}

/** The value of a text. Throws ValueError. */
export function parsedValue(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ValueError('not JSON', { cause: error });
  }
  return decoded(parsed, 0);
}

function tagged(kind: string, v?: unknown): unknown {
  return v === undefined ? { [TAG]: kind } : { [TAG]: kind, v };
}

function encoded(value: unknown, depth: number): unknown {
  refuseDeep(depth);
  const inner = (one: unknown) => encoded(one, depth + 1);
  if (value === undefined) return tagged('undefined');
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return tagged('bigint', `${value}`);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof Uint8Array) return tagged('bytes', Buffer.from(value).toString('base64'));
  if (value instanceof Map) return tagged('map', [...value].map(inner));
  if (!isRecord(value)) throw new ValueError(`a ${typeof value} cannot be carried`);
  const entries = Object.entries(value).map(([key, one]) => [key, inner(one)] as const);
  const record: unknown = Object.fromEntries(entries);
  return Object.hasOwn(value, TAG) ? tagged('record', record) : record;
}

function decoded(value: unknown, depth: number): unknown {
  refuseDeep(depth);
  const inner = (one: unknown) => decoded(one, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  if (!isRecord(value)) return value;
  if (Object.hasOwn(value, TAG)) return untagged(value[TAG], value['v'], inner);
  return recordOf(value, inner);
}

function recordOf(value: Readonly<Record<string, unknown>>, inner: (one: unknown) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)]));
}

function untagged(kind: unknown, v: unknown, inner: (one: unknown) => unknown): unknown {
  if (kind === 'undefined') return undefined;
  if (kind === 'bigint' && typeof v === 'string' && INTEGER.test(v)) return BigInt(v);
  if (kind === 'bytes' && typeof v === 'string') return new Uint8Array(Buffer.from(v, 'base64'));
  if (kind === 'map' && Array.isArray(v) && v.every(isPair)) {
    return new Map(v.map(([key, one]) => [inner(key), inner(one)]));
  }
  if (kind === 'record' && isRecord(v)) return recordOf(v, inner);
  throw new ValueError('a value of an unknown kind');
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuseDeep(depth: number): void {
  if (depth > LIMITS.arrayMessageDepth) throw new ValueError('nested too deep');
}
