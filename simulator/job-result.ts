/**
 * Results of jobs as text of array.db and back. JSON has no 64-bit numbers: they are written as
 * `{"int64": "…"}`, a form that nothing else in a result has.
 */
import type { JobResult } from '../src/model/array.ts';

export function encodeResult(result: JobResult): string {
  return JSON.stringify(result, (_key, value: unknown) =>
    typeof value === 'bigint' ? { int64: String(value) } : value,
  );
}

/** Of a text that `encodeResult` wrote. */
export function decodeResult(text: string): JobResult {
  const result: JobResult = JSON.parse(text, (_key, value: unknown) =>
    isInt64(value) ? BigInt(value.int64) : value,
  );
  if (result.kind !== 'preparedSnapshot') return result;
  // What is undefined JSON leaves out.
  const { parent, parentSpace } = result;
  return {
    ...result,
    parent: { ...parent, profile: parent.profile },
    parentSpace: { ...parentSpace, unshared: parentSpace.unshared },
  };
}

function isInt64(value: unknown): value is { readonly int64: string } {
  return typeof value === 'object' && value !== null && 'int64' in value;
}
