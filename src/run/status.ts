/** How the provider is at a moment: for monitors, for its operator, and for the audit trail. */
import type { Health } from '../admin/health.ts';
import type { StatusReport } from '../admin/port.ts';
import type { StorageArrayPort } from '../array/port.ts';
import type { Log } from '../log/log.ts';
import { LIMITS } from '../model/limits.ts';
import type { Provider } from '../operations/context.ts';
import { RELEASE } from '../release/release.ts';
import { verboseSummaries } from './administration.ts';
import { groupStatus } from './group-status.ts';
import type { ProviderParts } from './provider-parts.ts';

/** `closing`: it is on its way down. */
export async function healthOf(array: StorageArrayPort, closing: boolean): Promise<Health> {
  const answers = await arrayAnswers(array);
  return { healthy: answers && !closing, array: answers ? 'answers' : 'silent' };
}

/** Whether the array answers within the time a monitor waits. */
async function arrayAnswers(array: StorageArrayPort): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((settle) => {
    timer = setTimeout(settle, LIMITS.healthCheckMs, false);
  });
  const asked = array.arrays().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the operator is shown, but for what only the running whole knows. */
export async function statusOf(
  { provider, folder }: ProviderParts,
  log: Log,
  facts: Pick<StatusReport, 'versionXml' | 'startedAt'>,
): Promise<Omit<StatusReport, 'clock' | 'faultRules' | 'load'>> {
  const { array, sessions, trust, identity } = provider;
  const answers = await arrayAnswers(array);
  const [leaf] = trust.certificate.chain();
  return {
    ...facts,
    release: RELEASE.signature,
    pid: process.pid,
    dataDirectory: folder.path,
    logDirectory: log.directory,
    uid: identity.uid,
    arrayAnswers: answers,
    arrays: answers ? (await array.arrays()).map(({ name }) => name) : [],
    group: answers ? await groupStatus(provider) : undefined,
    sessions: (await sessions.list()).length,
    registrations: trust.registrations.all().length,
    certificateNotAfter: leaf === undefined ? '' : new Date(leaf.notAfter).toISOString(),
    verbose: verboseSummaries(log.verbose),
  };
}

/** What the audit trail says of the state that a start has found. */
export function startedWith({ trust }: Provider) {
  const [leaf] = trust.certificate.chain();
  const registrations = trust.registrations.all();
  return {
    pid: process.pid,
    registrations: registrations.map(({ registrationId }) => registrationId),
    certificate: leaf?.fingerprint ?? null,
  };
}
