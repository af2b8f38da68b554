/**
 * queryComplianceResult: whether volumes get what their profiles ask for, when somebody asks. The judgement
 * itself is in `compliance.ts`; here is who is asked about, and whether the caller has the same profile in
 * mind as the volume has.
 */
import type { Volume } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import type { VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type {
  ComplianceResult,
  ComplianceSubject,
  QueryComplianceResult,
  QueryComplianceResultResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, vvolIdOf } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { type Compliance, compliances } from './compliance.ts';

/** One question: a volume, and the profile that the caller has in mind, where one was named. */
interface Question extends Pick<ComplianceSubject, 'profileId' | 'generationId'> {
  readonly vvolId: VvolId;
}

function questionsOf(subjects: readonly ComplianceSubject[]): readonly Question[] {
  if (subjects.length === 0) throw invalid('compliance is empty');
  const count = subjects.reduce((sum, { objectId }) => sum + objectId.length, 0);
  if (count > LIMITS.complianceSubjects)
    throw invalid(`${count} objects in one call; the most is ${LIMITS.complianceSubjects}`);
  return subjects.flatMap(({ generationId, objectId, profileId }) => {
    if (objectId.length === 0) throw invalid('objectId is empty');
    if (profileId?.trim() === '') throw invalid('a profile id is blank');
    return objectId.map((each) => ({ vvolId: vvolIdOf(each), profileId, generationId }));
  });
}

/** Does the volume have another profile, or another edit of it, than the one asked about? */
function isMismatch({ profileId, generationId }: Question, { profile }: Volume): boolean {
  if (profileId !== undefined && profileId !== profile?.profileId) return true;
  return generationId !== undefined && generationId !== profile?.generationId;
}

/** The answer to one question; undefined where there is nothing to judge by. */
function resultOf(
  question: Question,
  volume: Volume,
  judged: { readonly compliance: Compliance | undefined; readonly checkTime: number },
): ComplianceResult | undefined {
  const { profile, vvolId } = volume;
  if (profile === undefined && question.profileId === undefined) return undefined;
  const { compliance, checkTime } = judged;
  const profileMismatch = isMismatch(question, volume);
  const isJudged = compliance !== undefined && !profileMismatch;
  return {
    checkTime,
    complianceStatus: isJudged ? compliance.complianceStatus : 'unknown',
    objectId: vvolId,
    operationalStatus: compliance?.operationalStatus,
    profileId: question.profileId ?? profile?.profileId,
    profileMismatch,
    violatedPolicy: isJudged ? compliance.violatedPolicy : [],
  };
}

/**
 * Whether volumes get what their profiles ask for, at this moment. Without a profile id each volume is
 * judged by its own; with another one than its own, or another generation, the answer is a mismatch and
 * unknown. A volume without a profile, none being asked about, has no row.
 * Faults: InvalidArgument (empty list, malformed volume id, blank profile id, too many), NotFound (volume).
 */
export async function queryComplianceResult(
  { call, provider }: SessionContext,
  { compliance }: QueryComplianceResult,
): Promise<QueryComplianceResultResponse> {
  const { array, clock } = provider;
  const questions = questionsOf(compliance);
  const vvolIds = [...new Set(questions.map(({ vvolId }) => vvolId))];
  call.note({ batch_size: questions.length, vvol_ids: vvolIds });
  const volumes = await array.volumes(vvolIds);
  const judged = await compliances(array, volumes);
  const byId = new Map(volumes.map((each) => [each.vvolId, each]));
  const checkTime = clock.now();
  const results = questions.map((question) => {
    const { vvolId } = question;
    const volume = byId.get(vvolId);
    if (volume === undefined)
      throw new VasaFault('NotFound', `there is no virtual volume ${vvolId}`);
    return resultOf(question, volume, { compliance: judged.get(vvolId), checkTime });
  });
  return { return: results.filter((each) => each !== undefined) };
}
