/** What the doctor says: one finding for each thing that was looked at, always with what was seen. */
import type { LoadedConfig } from '../../config/load.ts';
import type { Clock } from '../../model/clock.ts';
import type { DatabaseCopy } from '../database-copy.ts';
import type { Installation } from '../installation.ts';
import type { CheckName } from './catalogue.ts';
import type { Target } from './target.ts';

export type Verdict = 'ok' | 'warning' | 'problem' | 'not checked';

export interface Finding {
  /** Area and name, e.g. `folder.space`; the same in every release. */
  readonly check: CheckName;
  readonly verdict: Verdict;
  readonly seen: string;
  /** What to do; undefined where nothing is to be done. */
  readonly advice?: string | undefined;
}

/** What the checks look at. */
export interface DoctorContext {
  /** Undefined: a provider elsewhere is looked at, and nothing of it but what the network shows. */
  readonly installation: Installation | undefined;
  /** Undefined: the configuration cannot be read; a string says why. */
  readonly loaded: LoadedConfig | string | undefined;
  readonly copy: DatabaseCopy | undefined;
  /** PEM of what the provider serves, leaf first, as far as it is known here. */
  readonly served: string | undefined;
  /** The provider as its clients meet it; undefined: none is there to be met. */
  readonly target: Target | undefined;
  /** Name or address in the URL that clients have, or will have after the next start. */
  readonly host: string | undefined;
  /** Name or address of a vCenter, and its HTTPS port. */
  readonly vcenter: { readonly host: string; readonly port: number } | undefined;
  /** PEM that is trusted beside what the data folder has. */
  readonly trust: readonly string[];
  readonly clock: Clock;
  /** Whether a registration is tried, without name and password. */
  readonly triesRegistration: boolean;
}

/** One check. Gives what it found; what it throws is told as not checked. */
export type Check = (context: DoctorContext) => readonly Finding[] | Promise<readonly Finding[]>;

export function ok(check: CheckName, seen: string): Finding {
  return { check, verdict: 'ok', seen };
}

export function warning(check: CheckName, seen: string, advice: string): Finding {
  return { check, verdict: 'warning', seen, advice };
}

export function problem(check: CheckName, seen: string, advice: string): Finding {
  return { check, verdict: 'problem', seen, advice };
}

export function notChecked(check: CheckName, seen: string, advice?: string): Finding {
  return { check, verdict: 'not checked', seen, advice };
}
