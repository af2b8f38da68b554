/**
 * How far the clocks of the logs are apart: calls of the same operation are paired, and the difference that
 * most pairs agree on is the offset. Calls that everybody makes all the time say nothing and are left out.
 */
import { LIMITS } from '../model/limits.ts';
import type { Entry, LogKind } from './entry.ts';
import type { Evidence } from './findings/finding.ts';

export interface ClockOffset {
  readonly file: string;
  readonly log: LogKind;
  /** That log's clock minus the provider's. */
  readonly offsetMs: number;
  /** Calls that were found in both. */
  readonly matched: number;
  /** Host or vCenter that made most of those calls. */
  readonly client: string | undefined;
  /** The first such call, as that log has it. */
  readonly example: Evidence;
}

export interface ClockFacts {
  readonly offsets: readonly ClockOffset[];
  /** Files of others for which too few calls stand in both logs. */
  readonly unknown: readonly string[];
}

interface Sample {
  readonly example: Evidence;
  readonly operation: string;
  readonly at: number;
  readonly client: string | undefined;
}

/** Polling is the same at every moment. */
const SAYS_NOTHING = /^(get(Events|Alarms|TaskUpdate)|versionXml|document)$/;
const BIN_MS = 500;
const LEAST = 3;
/** The share of calls that must agree, beside the least number. */
const SHARE = 0.5;

/** Lives for one reading. */
export class Clocks {
  readonly #ours: Sample[] = [];
  readonly #theirs = new Map<string, { readonly log: LogKind; readonly samples: Sample[] }>();

  see({ call, log, file, line, text, at }: Entry): void {
    if (call === undefined || SAYS_NOTHING.test(call.operation)) return;
    const most = LIMITS.logReaderClockCalls;
    const client = call.hostId ?? call.vcenterId;
    const sample = { operation: call.operation, at, client, example: { file, line, at, text } };
    if (log === 'provider') {
      if (this.#ours.length < most) this.#ours.push(sample);
      return;
    }
    // The end of a call is when the provider has written its line.
    if (call.outcome === 'begun' && log === 'host') return;
    const known = this.#theirs.get(file) ?? { log, samples: [] };
    this.#theirs.set(file, known);
    if (known.samples.length < most) known.samples.push(sample);
  }

  /** What the logs of others tell of their clocks. */
  facts(): ClockFacts {
    const offsets: ClockOffset[] = [];
    const unknown: string[] = [];
    for (const [file, { log, samples }] of this.#theirs) {
      const found = offsetOf(this.#ours, samples);
      if (found === undefined) unknown.push(file);
      else offsets.push({ file, log, ...found });
    }
    return { offsets, unknown };
  }
}

type Found = Pick<ClockOffset, 'offsetMs' | 'matched' | 'client' | 'example'>;

/** Undefined when too few calls agree. */
export function offsetOf(ours: readonly Sample[], theirs: readonly Sample[]): Found | undefined {
  const byOperation = grouped(ours, ({ operation }) => operation);
  const votes = new Map<number, number>();
  for (const { operation, at } of theirs)
    for (const bin of new Set(
      (byOperation.get(operation) ?? []).map((own) => Math.round((at - own.at) / BIN_MS)),
    ))
      votes.set(bin, (votes.get(bin) ?? 0) + 1);
  const together = (bin: number) =>
    (votes.get(bin - 1) ?? 0) + (votes.get(bin) ?? 0) + (votes.get(bin + 1) ?? 0);
  const [best] = [...votes.keys()].toSorted(
    (a, b) => together(b) - together(a) || Math.abs(a) - Math.abs(b),
  );
  if (best === undefined) return undefined;
  const pairs = theirs.flatMap(({ operation, at, example }) => {
    const own = nearest(byOperation.get(operation) ?? [], at - best * BIN_MS);
    return own === undefined ? [] : [{ offset: at - own.at, client: own.client, example }];
  });
  const [first] = pairs;
  if (first === undefined || pairs.length < LEAST || pairs.length < theirs.length * SHARE)
    return undefined;
  const offsets = pairs.map(({ offset }) => offset).sort((a, b) => a - b);
  const offsetMs = offsets[Math.floor(offsets.length / 2)] ?? 0;
  const client = mostOf(pairs.map((each) => each.client));
  return { offsetMs, matched: pairs.length, client, example: first.example };
}

function nearest(samples: readonly Sample[], at: number): Sample | undefined {
  const within = samples.filter((each) => Math.abs(each.at - at) <= 2 * BIN_MS);
  return within.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
}

function mostOf(clients: readonly (string | undefined)[]): string | undefined {
  const groups = [...grouped(clients, (each) => each)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
