/** Profiles as they stand in requests and intents of jobs. */
import type { AppliedProfile } from '../src/model/array.ts';
import type { ProfileId } from '../src/model/ids.ts';
import { decodeValues, encodeValues } from './capability-values.ts';
import type { ProfileText } from './job-rows.ts';

/** A profile as one argument of a request; none is the empty text. */
export function profileText(profile: AppliedProfile | undefined): string {
  return profile === undefined ? '' : JSON.stringify(profileFields(profile));
}

/** A profile as JSON. */
export function profileFields({
  profileId,
  generationId,
  document,
  asked,
}: AppliedProfile): ProfileText {
  return [profileId, String(generationId), document, encodeValues(asked)];
}

/** What `profileFields` has written. */
export function profileOfIntent(profile: ProfileText | undefined): AppliedProfile | undefined {
  if (profile === undefined) return undefined;
  const [profileId, generationId, document, asked] = profile;
  return {
    // It was a profile id when it was written.
    profileId: profileId as ProfileId,
    generationId: BigInt(generationId),
    document,
    asked: decodeValues(asked),
  };
}
