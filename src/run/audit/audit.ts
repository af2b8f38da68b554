/**
 * The audit trail of a provider: who writes what into it, and what happens when it cannot be written. An operator's
 * change is recorded before it is made and once more when it has ended, so that none is made unseen, however the
 * process dies; without a record it is not made. What a vCenter changes is recorded before it is answered.
 */
import { userInfo } from 'node:os';
import { AdminError, type ConsoleLogin, type Operator } from '../../admin/port.ts';
import type { AuditActor, AuditEntry, Detail } from '../../audit/record.ts';
import { type AuditTrail, openAuditTrail } from '../../audit/trail.ts';
import type { Log } from '../../log/log.ts';
import { hideSecretShapes } from '../../log/redaction.ts';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import { RELEASE } from '../../release/release.ts';
import type { ProviderStore } from '../../store/port.ts';
import type { TrustListener } from '../../trust/events.ts';
import { StartError } from '../start-error.ts';
import { entryOf, isByStrangers } from './trust.ts';
import { auditedVerbs, type RecordOrder, type SomeVerbs } from './verbs.ts';

export interface Audit {
  readonly trail: AuditTrail;
  /** Records what the room of trust tells. Returns at once and never throws. */
  readonly trust: TrustListener;
  /** The same verbs in somebody's name. Errors, beside the verbs' own: AdminError when nothing can be recorded. */
  recording<Port extends SomeVerbs>(port: Port, by: Operator): Port;
  /** Never throws. */
  consoleLogin(login: ConsoleLogin): void;
  /** Something that the provider itself has done. Never throws. */
  told(action: string, subject: string, details: AuditEntry['details']): void;
}

/** Opens the trail of a data folder that is this process's. Rejects with StartError. */
export async function openFolderTrail(
  folder: { readonly path: string; readonly store: ProviderStore },
  clock: Clock,
): Promise<AuditTrail> {
  const { path, store } = folder;
  const anchor = { read: () => store.auditHead(), save: store.saveAuditHead };
  try {
    return await openAuditTrail({ folder: path, anchor, clock, release: RELEASE.signature });
  } catch (error) {
    const isFull = /ENOSPC|EDQUOT/.test(messageOf(error));
    throw new StartError(isFull ? 'diskFull' : 'dataFolder', `${path}: ${messageOf(error)}`, error);
  }
}

/** Whoever runs this process, and so may open the data folder or the admin socket in it. */
export function thisAccount(): Operator {
  const { username, uid } = userInfo();
  return { kind: 'operator', account: `${username} (uid ${uid})` };
}

/** `log`: told of what cannot be written; undefined where there is none. */
export function createAudit(trail: AuditTrail, log: Pick<Log, 'notice'> | undefined): Audit {
  const write = (entry: AuditEntry): void => {
    try {
      trail.append(bounded(entry));
    } catch (cause) {
      log?.notice('audit.write_failed', { action: entry.action, cause });
    }
  };
  const tell = (
    actor: AuditActor,
    action: string,
    subject: string,
    details: AuditEntry['details'],
  ) => write({ actor, action, subject, outcome: 'told', details });
  const strangers = fewOf(LIMITS.auditTellsPerMinute, (left) =>
    tell({ kind: 'provider' }, 'login.more', '', { left_out: left }),
  );
  const { found } = trail.state();
  if (found !== undefined) log?.notice('audit.broken', { why: found });
  return {
    trail,
    trust: (event) => {
      const entry = entryOf(event);
      if (entry === undefined || (isByStrangers(event) && !strangers())) return;
      write(entry);
    },
    recording: (port, by) => auditedVerbs(port, recordOrders(trail, by, write)),
    consoleLogin: ({ user, peerAddress, outcome }) => {
      if (outcome === 'refused' && !strangers()) return;
      const action = outcome === 'ended' ? 'console.logout' : 'console.login';
      tell({ kind: 'console', user, peerAddress }, action, user, { outcome });
    },
    told: (action, subject, details) => tell({ kind: 'provider' }, action, subject, details),
  };
}

type Write = (entry: AuditEntry) => void;

/** `write` is for what may not fail any more, since the order has failed already. */
function recordOrders(trail: AuditTrail, actor: Operator, write: Write): RecordOrder {
  return async ({ action, subject, details }, work, outcomeOf) => {
    const entry = (outcome: AuditEntry['outcome'], more: Details): AuditEntry => {
      return { actor, action, subject, outcome, details: known(more) };
    };
    const must = (outcome: AuditEntry['outcome'], more: Details, consequence: string): number => {
      try {
        return trail.append(bounded(entry(outcome, more))).seq;
      } catch (error) {
        throw new AdminError(`${messageOf(error)}; ${consequence}`);
      }
    };
    const of = must('begun', details, 'nothing was changed');
    const answer = await work().catch((error: unknown) => {
      write(entry('failed', { of, why: messageOf(error) }));
      throw error;
    });
    must('done', { of, ...outcomeOf(answer) }, 'the change itself was made');
    await trail.anchored();
    return answer;
  };
}

type Details = Readonly<Record<string, Detail | undefined>>;

/** Without what does not apply. */
function known(details: Details): AuditEntry['details'] {
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** With every text cut to its bound, and what looks like a secret hidden: somebody may log in with a key as the name. */
function bounded(entry: AuditEntry): AuditEntry {
  // Only texts are replaced, and those by texts.
  return JSON.parse(
    JSON.stringify(entry, (_name, value: unknown) =>
      typeof value === 'string' ? cut(hideSecretShapes(value)) : value,
    ),
  ) as AuditEntry;
}

function cut(text: string): string {
  const most = LIMITS.auditTextCharacters;
  return text.length <= most ? text : `${text.slice(0, most)} … (${text.length} characters)`;
}

/** True so often within a minute; how many were refused is told when the next one is allowed. */
function fewOf(most: number, more: (left: number) => void): () => boolean {
  let [since, count, left] = [performance.now(), 0, 0];
  return () => {
    if (performance.now() - since >= 60_000) {
      if (left > 0) more(left);
      [since, count, left] = [performance.now(), 0, 0];
    }
    count += 1;
    if (count <= most) return true;
    left += 1;
    return false;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
