/**
 * Fault rules as data: which calls of the array port a rule is about, and what is to go wrong with them.
 * Nothing here reads files or knows how a rule is written down; who applies rules is `layer.ts`.
 * Source: docs/fault-rules.md.
 */
import type { ArrayErrorKind } from '../../model/array.ts';
import type { EpochMs } from '../../model/units.ts';
import type { CrashPoint } from '../crash-points.ts';

/** What goes wrong. Times are milliseconds. */
export type FaultEffect =
  | { readonly kind: 'error'; readonly error: ArrayErrorKind; readonly message: string }
  /** `during`: the job that the call starts is held for that long, by the clock. */
  | { readonly kind: 'delay'; readonly ms: number; readonly at: 'before' | 'during' | 'after' }
  /** The work is done; then, after `afterMs`, the call fails as if the connection had been lost. */
  | { readonly kind: 'lostReply'; readonly afterMs: number }
  /** Endpoints whose ids match are down: listed so, and nothing new is bound to them. */
  | { readonly kind: 'endpointGone'; readonly endpoint: string }
  /**
   * Pools whose ids match are degraded: listed so, and volumes there are unhealthy and do not get the
   * properties `without` (`capability.property`; undefined: any property at all).
   */
  | {
      readonly kind: 'poolDegraded';
      readonly pool: string;
      readonly without: readonly string[] | undefined;
    }
  /** The process dies at once, before or after the call, or when the array next reaches the point. */
  | { readonly kind: 'crash'; readonly at: 'before' | 'after' | CrashPoint };

/**
 * One rule. A pattern is a whole word, or the beginning of one followed by `*`; undefined matches every
 * call, also one that is about nothing of the kind.
 */
export interface FaultRule {
  /** Undefined: the set of rules gives it one. */
  readonly id: string | undefined;
  /** Methods of the port and VASA operations. At least one. */
  readonly on: readonly string[];
  readonly host: string | undefined;
  readonly volume: string | undefined;
  readonly container: string | undefined;
  readonly array: string | undefined;
  readonly effect: FaultEffect;
  /** 0 to 1, of each matching call that is not skipped. */
  readonly probability: number;
  /** Matching calls that are left alone at first. */
  readonly skip: number;
  /** Injections after which the rule rests; undefined: never. */
  readonly most: number | undefined;
  /** When it is in force: from the first moment, until before the second. */
  readonly from: EpochMs | undefined;
  readonly until: EpochMs | undefined;
}

/** A rule in force, and what has come of it. */
export interface FaultRuleReport {
  readonly id: string;
  readonly rule: FaultRule;
  /** Calls that matched, skipped ones included. */
  readonly matched: number;
  readonly injected: number;
}

/** Whether a word meets a pattern. */
export function meets(pattern: string, word: string): boolean {
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;
}

/** What a rule does, in a few words for people. */
export function effectText(effect: FaultEffect): string {
  switch (effect.kind) {
    case 'error':
      return `error ${effect.error}`;
    case 'delay':
      return `delay of ${effect.ms} ms ${effect.at} the work`;
    case 'lostReply':
      return 'lost reply';
    case 'endpointGone':
      return `endpoints ${effect.endpoint} gone`;
    case 'poolDegraded':
      return `pools ${effect.pool} degraded`;
    case 'crash':
      return `crash at ${effect.at}`;
  }
}
