/**
 * A storage profile as text, for the array to keep verbatim beside the volume it was made with. The
 * text is JSON; what JSON has no word for is a tagged object: 64-bit numbers, which must keep every
 * digit because a generation id is compared exactly, and bytes.
 */
import type { AnyStorageProfile } from '../wire/generated/vasa-2.0/types.ts';

const LONG = '$long';
const BYTES = '$base64';

/** The profile as text; the same profile gives the same text. */
export function profileDocument(profile: AnyStorageProfile): string {
  return JSON.stringify(profile, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { [LONG]: value.toString() };
    if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
    return value;
  });
}

/** The profile that `profileDocument` wrote. Throws for a text that it did not write. */
export function readProfileDocument(document: string): AnyStorageProfile {
  return JSON.parse(document, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (LONG in value) return BigInt(String(value[LONG]));
    if (BYTES in value) return new Uint8Array(Buffer.from(String(value[BYTES]), 'base64'));
    return value;
  });
}
