/**
 * The rules in force, with what has come of each, and the dice: whether a matching call is hit follows
 * from the seed, the rule's id and how many calls matched it before, so that a run can be repeated.
 * Knows nothing of how an effect is brought about.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import type { CrashPoint } from '../crash-points.ts';
import { type FaultRule, type FaultRuleReport, meets } from './rule.ts';
import type { PortMethod } from './subject.ts';

/** What a call is known by when rules are held against it. */
export interface FacedCall {
  readonly method: PortMethod;
  /** The VASA operation whose work this call is; undefined: it asks by the way, or nobody's call is served. */
  readonly operation: string | undefined;
  readonly hosts: readonly string[];
  readonly volumes: readonly string[];
  readonly containers: readonly string[];
  readonly arrays: readonly string[];
}

interface Entry {
  readonly id: string;
  readonly rule: FaultRule;
  matched: number;
  injected: number;
}

/** Thrown when a rule cannot be added; the message is for the operator. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
}

export class FaultRules {
  /** What the dice follow from. */
  readonly seed: string;
  readonly #clock: Clock;
  readonly #crash: () => void;
  readonly #entries = new Map<string, Entry>();
  readonly #armed = new Set<CrashPoint>();
  #given = 0;

  /** `crash` ends the process at once. */
  constructor(parts: { readonly seed: string; readonly clock: Clock; readonly crash: () => void }) {
    this.seed = parts.seed;
    this.#clock = parts.clock;
    this.#crash = parts.crash;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether any rule asks where volumes lie. */
  get askPlaces(): boolean {
    return [...this.#entries.values()].some(
      ({ rule }) => rule.container !== undefined || rule.array !== undefined,
    );
  }

  /** Puts a rule in force and gives its id. Errors: FaultRuleError (id taken, too many). */
  add(rule: FaultRule): string {
    if (this.#entries.size >= LIMITS.faultRules) {
      throw new FaultRuleError(`there are ${LIMITS.faultRules} fault rules already`);
    }
    const id = rule.id ?? this.#nextId();
    if (this.#entries.has(id)) throw new FaultRuleError(`there is a fault rule ${id} already`);
    this.#entries.set(id, { id, rule, matched: 0, injected: 0 });
    return id;
  }

  /** False when there was none of that id. */
  remove(id: string): boolean {
    const removed = this.#entries.delete(id);
    if (this.#entries.size === 0) this.#armed.clear();
    return removed;
  }

  /** Takes all away and gives their number. */
  clear(): number {
    const count = this.#entries.size;
    this.#entries.clear();
    this.#armed.clear();
    return count;
  }

  /** In the order in which they were added. */
  list(): readonly FaultRuleReport[] {
    return [...this.#entries.values()].map((entry) => Object.freeze({ ...entry }));
  }

  /** Those that hit the call, in order; counts it with all that match. */
  hits(call: FacedCall): readonly FaultRuleReport[] {
    return [...this.#entries.values()].filter((entry) => this.#isHit(entry, call));
  }

  /** From now on the process dies when the array reaches the point. */
  arm(point: CrashPoint): void {
    this.#armed.add(point);
  }

  /** What an array tells when it gets to a point. */
  reach(point: CrashPoint): void {
    if (this.#armed.has(point)) this.#crash();
  }

  #nextId(): string {
    do this.#given += 1;
    while (this.#entries.has(`rule-${this.#given}`));
    return `rule-${this.#given}`;
  }

  #isHit(entry: Entry, call: FacedCall): boolean {
    const { id, rule } = entry;
    const now = this.#clock.now();
    if (rule.from !== undefined && now < rule.from) return false;
    if (rule.until !== undefined && now >= rule.until) return false;
    if (!isAbout(rule, call)) return false;
    entry.matched += 1;
    if (entry.matched <= rule.skip) return false;
    if (rule.most !== undefined && entry.injected >= rule.most) return false;
    if (this.#dice(id, entry.matched) >= rule.probability) return false;
    entry.injected += 1;
    return true;
  }

  /** At least 0 and below 1. */
  #dice(id: string, turn: number): number {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.seed, id, turn]))
      .digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  }
}

function isAbout(rule: FaultRule, call: FacedCall): boolean {
  const names = call.operation === undefined ? [call.method] : [call.method, call.operation];
  const any = (pattern: string | undefined, words: readonly string[]) =>
    pattern === undefined || words.some((word) => meets(pattern, word));
  return (
    rule.on.some((pattern) => any(pattern, names)) &&
    any(rule.host, call.hosts) &&
    any(rule.volume, call.volumes) &&
    any(rule.container, call.containers) &&
    any(rule.array, call.arrays)
  );
}
