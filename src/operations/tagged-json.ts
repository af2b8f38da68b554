/**
 * Values of the wire's types as text, for keeping them: JSON, with a tagged object for what JSON has no word
 * for, 64-bit numbers, which must keep every digit, and bytes.
 */
const LONG = '$long';
const BYTES = '$base64';

/** The value as text; the same value gives the same text. */
export function toTaggedJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return { [LONG]: each.toString() };
    if (each instanceof Uint8Array) return { [BYTES]: Buffer.from(each).toString('base64') };
    return each;
  });
}

/** The value that `toTaggedJson` wrote. Throws for a text that it did not write. */
export function fromTaggedJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (LONG in value) return BigInt(String(value[LONG]));
    if (BYTES in value) return new Uint8Array(Buffer.from(String(value[BYTES]), 'base64'));
    return value;
  });
}
