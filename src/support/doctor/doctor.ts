/**
 * Looks at an installation, running or stopped, or at a provider elsewhere, and says what is wrong and what to do.
 * Each check stands for itself: one that fails is told as not checked, and the others go on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../../config/load.ts';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import { RELEASE } from '../../release/release.ts';
import { publicNames } from '../../run/public-names.ts';
import type { DatabaseCopy } from '../database-copy.ts';
import type { Installation } from '../installation.ts';
import { within } from '../within.ts';
import type { CheckName } from './catalogue.ts';
import { checkConfiguration } from './checks/configuration.ts';
import { checkConversation } from './checks/conversation.ts';
import { checkArray, checkAudit, checkStore } from './checks/databases.ts';
import { checkFlush, checkHolder, checkKeys, checkOwner, checkSpace } from './checks/folder.ts';
import {
  checkOpenFiles,
  checkRandomness,
  checkRuntime,
  checkTimeKeeping,
} from './checks/machine.ts';
import { checkCertificateNames, checkResolution } from './checks/names.ts';
import { checkHandshake, checkKey, checkPort, checkValidity } from './checks/tls.ts';
import { checkHosts, checkRegistrations } from './checks/trust.ts';
import { checkVcenter } from './checks/vcenter.ts';
import {
  type Check,
  type DoctorContext,
  type Finding,
  notChecked,
  type Verdict,
} from './finding.ts';
import { targetOf } from './target.ts';

/** What is looked at, in this order, under the name that a check has which fails itself. */
const CHECKS: readonly (readonly [CheckName, Check])[] = [
  ['machine.runtime', checkRuntime],
  ['machine.open-files', checkOpenFiles],
  ['machine.time-keeping', checkTimeKeeping],
  ['machine.randomness', checkRandomness],
  ['folder.owner', checkOwner],
  ['folder.holder', checkHolder],
  ['folder.space', checkSpace],
  ['folder.flush', checkFlush],
  ['folder.keys', checkKeys],
  ['store.sound', checkStore],
  ['audit.chain', checkAudit],
  ['array.sound', checkArray],
  ['trust.registrations', checkRegistrations],
  ['trust.hosts', checkHosts],
  ['configuration.read', checkConfiguration],
  ['names.resolve', checkResolution],
  ['names.certificate', checkCertificateNames],
  ['port.free', checkPort],
  ['tls.validity', checkValidity],
  ['tls.key', checkKey],
  ['tls.handshake', checkHandshake],
  ['wire.version-xml', checkConversation],
  ['vcenter.reach', checkVcenter],
];

export interface Diagnosis {
  readonly release: string;
  /** ISO 8601. */
  readonly at: string;
  /** What was looked at, in words. */
  readonly subject: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly findings: readonly Finding[];
}

export interface DoctorWish {
  readonly installation: Installation | undefined;
  readonly loaded: LoadedConfig | string | undefined;
  readonly copy: DatabaseCopy | undefined;
  /** Of the version.xml to be looked at; undefined: that of the installation. */
  readonly url: string | undefined;
  readonly vcenter: DoctorContext['vcenter'];
  readonly trust: readonly string[];
  readonly clock: Clock;
  readonly triesRegistration: boolean;
  /** Aborted: whoever waited has gone. */
  readonly signal?: AbortSignal;
}

/** Does all checks, one after another. Rejects with RangeError when the URL is none. */
export async function diagnose(wish: DoctorWish): Promise<Diagnosis> {
  const context = await contextOf(wish);
  const findings: Finding[] = [];
  for (const [name, check] of CHECKS)
    findings.push(...(await checked(name, check, context, wish.signal)));
  const counts: Record<Verdict, number> = { ok: 0, warning: 0, problem: 0, 'not checked': 0 };
  for (const { verdict } of findings) counts[verdict] += 1;
  const at = new Date(wish.clock.now()).toISOString();
  return { release: RELEASE.signature, at, subject: subjectOf(wish), counts, findings };
}

function subjectOf({ installation, url }: DoctorWish): string {
  if (installation !== undefined)
    return `the data folder ${installation.dataDir} (${installation.state})`;
  return url === undefined ? 'the configuration' : `the provider at ${url}`;
}

async function checked(
  name: CheckName,
  check: Check,
  context: DoctorContext,
  signal: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  try {
    return await within(LIMITS.doctorCheckMs, async () => check(context), signal);
  } catch (error) {
    signal?.throwIfAborted();
    return [notChecked(name, error instanceof Error ? error.message : String(error))];
  }
}

async function contextOf(wish: DoctorWish): Promise<DoctorContext> {
  const { installation, loaded } = wish;
  const file = installation && join(installation.dataDir, 'provider.pem');
  const served = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const url = wish.url ?? installation?.answering?.status.versionXml;
  const trust = [...(served === undefined ? [] : [served]), ...wish.trust];
  const target = url === undefined ? undefined : targetOf(url, trust);
  const host = target?.host ?? (typeof loaded === 'object' ? await nextHost(loaded) : undefined);
  return { ...wish, served, target, host };
}

/** The name or address that the next start of a stopped provider will put into URLs, without brackets. */
async function nextHost({ config }: LoadedConfig): Promise<string> {
  const { urlHost } = await publicNames(config.publicNames, config.host);
  return urlHost.replace(/^\[(.*)\]$/, '$1');
}
