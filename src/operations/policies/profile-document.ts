/**
 * A storage profile as text, for the array to keep verbatim beside the volume it was made with. Every digit
 * of a 64-bit number is kept, because a generation id is compared exactly.
 */
import type { AnyStorageProfile } from '../../wire/generated/vasa-2.0/types.ts';
import { fromTaggedJson, toTaggedJson } from '../tagged-json.ts';

/** The profile as text; the same profile gives the same text. */
export function profileDocument(profile: AnyStorageProfile): string {
  return toTaggedJson(profile);
}

/** The profile that `profileDocument` wrote. Throws for a text that it did not write. */
export function readProfileDocument(document: string): AnyStorageProfile {
  // What was written by the function above is of the type that it took.
  return fromTaggedJson(document) as AnyStorageProfile;
}
