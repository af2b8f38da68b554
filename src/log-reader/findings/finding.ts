/**
 * The form of what a log tells when all of it is seen: what happened, why, and what to do. Each kind of
 * finding is a rule in a file beside this one, which sees every entry once and keeps little.
 */
import { LIMITS } from '../../model/limits.ts';
import type { Entry } from '../entry.ts';
import type { Names } from '../names.ts';

/** Worst first. */
export const SEVERITIES = ['failure', 'warning', 'remark'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Evidence {
  readonly file: string;
  readonly line: number;
  readonly at: number;
  readonly text: string;
}

export interface Finding {
  /** Kebab-case, stable: programs may go by it. */
  readonly id: string;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  /** The first, the second and the last line of it. */
  readonly evidence: readonly Evidence[];
  /** Hosts, volumes, certificates and so on that it is about; none: the provider as a whole. */
  readonly about: readonly string[];
}

/** Lives for one reading. */
export interface Rule {
  see(entry: Entry, names: Names): void;
  /** Asked once, after the last entry. */
  findings(names: Names): readonly Finding[];
}

export interface Group<Facts> {
  readonly facts: Facts;
  readonly count: number;
  readonly first: Entry;
  readonly last: Entry;
  readonly evidence: readonly Evidence[];
}

/** Entries counted by key, each with the facts of its first one and a few lines as evidence. */
export class Tally<Facts> {
  readonly #groups = new Map<string, { facts: Facts; entries: Entry[]; count: number }>();

  add(key: string, entry: Entry, facts: Facts): void {
    const known = this.#groups.get(key);
    if (known === undefined) {
      if (this.#groups.size >= LIMITS.logReaderGroups) return;
      this.#groups.set(key, { facts, entries: [entry], count: 1 });
      return;
    }
    known.count += 1;
    // The first two, and always the last.
    known.entries.splice(2, 1);
    known.entries.push(entry);
  }

  groups(): readonly Group<Facts>[] {
    return [...this.#groups.values()].flatMap(({ facts, entries, count }) => {
      const [first, last] = [entries[0], entries.at(-1)];
      if (first === undefined || last === undefined) return [];
      return [{ facts, count, first, last, evidence: entries.map(evidenceOf) }];
    });
  }
}

/** A line as evidence. */
export function evidenceOf({ file, line, at, text, call, facts }: Entry): Evidence {
  const more = call?.refusal ?? call?.reason ?? call?.causes.at(-1);
  const items = Object.keys(call?.itemFaults ?? {}).join(', ');
  const own = typeof facts['words'] === 'string' ? facts['words'] : text;
  const words = items === '' || call === undefined ? own : `${call.operation} ${items}`;
  return { file, line, at, text: more === undefined ? words : `${words}: ${more}` };
}

/** `1 call`, `3 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `once`, `twice`, `3 times`. */
export function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}

/** When it was: one moment, or from the first to the last. */
export function span({ first, last }: { readonly first: Entry; readonly last: Entry }): string {
  const [from, to] = [timeText(first.at), timeText(last.at)];
  return from === to ? `at ${from}` : `from ${from} to ${to}`;
}

/** ISO 8601 to the second, UTC. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Several sentences as one text. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** Causes as one sentence of possibilities. */
export function perhaps(causes: readonly string[]): string {
  return causes.length === 0 ? '' : `Usual causes: ${causes.join(' ')}`;
}

/** A sentence when a failure was made on purpose. */
export function onPurpose(injected: readonly string[]): string | undefined {
  return injected.length === 0
    ? undefined
    : `A fault rule made it fail on purpose (${injected.join('; ')}): it is no real failure.`;
}
