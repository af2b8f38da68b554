/**
 * The entries that are told, of all logs on one time line: what tells of a fault or a change is kept before what
 * is ordinary, polling is told once with its number, and the logs of others are joined to the provider's by
 * operation and time. Keeps a bounded number, and says what it left out.
 */
import { LIMITS } from '../model/limits.ts';
import type { ClockOffset } from './clocks.ts';
import { Ends, type LeftOut } from './ends.ts';
import { type Entry, hasFailed } from './entry.ts';
import { BoundedMap, type Names } from './names.ts';
import { isWished, isWithin, type Wishes } from './selection.ts';
import { soapLines } from './soap.ts';

export interface Told {
  readonly entry: Entry;
  /** By the provider's clock. */
  readonly at: number;
  readonly who: string;
  /** How many of the same kind are told by this one, and when the last of them was. */
  readonly times: number;
  readonly until: number;
  /** The provider's request that this line of another log is about, as far as time and operation tell. */
  readonly requestId: string | undefined;
  readonly soap:
    | { readonly request: readonly string[]; readonly response: readonly string[] }
    | undefined;
}

export interface Tale {
  readonly told: readonly Told[];
  readonly leftOut: readonly LeftOut[];
}

type Kept = { -readonly [Key in keyof Told]: Told[Key] };

const ROUTINE = /^(get|query|versionXml$|document$)/;
/** Calls that are further apart are told anew. */
const TOGETHER_MS = 60_000;
/** A host notes the end of a call within so long a time. */
const JOINED_MS = 2_000;

/** Lives for one reading. */
export class Story {
  readonly #wishes: Wishes;
  readonly #names: Names;
  readonly #clocks: ReadonlyMap<string, ClockOffset>;
  readonly #telling = new Ends<Kept>(LIMITS.logReaderEntries);
  readonly #ordinary = new Ends<Kept>(LIMITS.logReaderOrdinary);
  /** Lines of others that may belong to a request that is told. */
  readonly #others = new Ends<Kept>(LIMITS.logReaderEntries);
  readonly #routine = new BoundedMap<Kept>(LIMITS.logReaderOrdinary);
  readonly #byRequest = new Map<string, Kept>();

  /** `clocks`: those that are known before; others are given to `tell`. */
  constructor(wishes: Wishes, names: Names, clocks: readonly ClockOffset[]) {
    this.#wishes = wishes;
    this.#names = names;
    this.#clocks = new Map(clocks.map((each) => [each.file, each]));
  }

  see(entry: Entry): void {
    if (entry.bodies !== undefined) {
      const { requestId, request, response } = entry.bodies;
      const kept = this.#byRequest.get(requestId);
      if (kept !== undefined)
        kept.soap = { request: soapLines(request), response: soapLines(response) };
      return;
    }
    const isOurs = entry.log === 'provider';
    if (isOurs && !isWithin(entry.at, this.#wishes)) return;
    const kept: Kept = {
      ...{ entry, at: entry.at, until: entry.at, who: this.#names.whoOf(entry), times: 1 },
      ...{ requestId: undefined, soap: undefined },
    };
    if (isWished(entry, this.#wishes, this.#names) || this.#isOfClient(entry)) this.#keep(kept);
    else if (!isOurs && entry.call !== undefined) this.#others.add(kept);
  }

  /** All that is told, in order of the provider's time. */
  tell(clocks: readonly ClockOffset[]): Tale {
    const offsets = new Map(clocks.map(({ file, offsetMs }) => [file, offsetMs]));
    const byOurClock = (kept: Kept): Told => {
      const offset = kept.entry.log === 'provider' ? 0 : (offsets.get(kept.entry.file) ?? 0);
      return { ...kept, at: kept.at - offset, until: kept.until - offset };
    };
    const own = [...this.#telling.items(), ...this.#ordinary.items()].map(byOurClock);
    const requests = own.filter(({ entry }) => entry.call?.requestId !== undefined);
    const joined = own.map((each) => joinedTo(each, requests));
    const others = this.#others
      .items()
      .map((each) => joinedTo(byOurClock(each), requests))
      .filter(({ requestId }) => requestId !== undefined);
    const told = [...joined, ...others]
      .filter(({ at, entry }) => entry.log === 'provider' || isWithin(at, this.#wishes))
      .sort((a, b) => a.at - b.at);
    const leftOut = [this.#telling.leftOut, this.#ordinary.leftOut];
    return { told, leftOut: leftOut.filter((each) => each !== undefined) };
  }

  /** Whether it stands in the log of the host or vCenter that was asked for. */
  #isOfClient({ log, file, call }: Entry): boolean {
    const { host, vcenter, faultsOnly } = this.#wishes;
    const client = this.#clocks.get(file)?.client?.toLowerCase();
    if (log === 'provider' || client === undefined) return false;
    if (faultsOnly === true && (call === undefined || !hasFailed(call))) return false;
    return [host, vcenter].some(
      (wish) => wish !== undefined && client.startsWith(wish.toLowerCase()),
    );
  }

  #keep(kept: Kept): void {
    const { call, level } = kept.entry;
    const isOrdinary =
      call === undefined ? level === 'info' && kept.entry.event === 'message' : !hasFailed(call);
    if (isOrdinary && this.#isToldAlready(kept)) return;
    const gone = (isOrdinary ? this.#ordinary : this.#telling).add(kept);
    if (gone?.entry.call?.requestId !== undefined)
      this.#byRequest.delete(gone.entry.call.requestId);
    if (call?.requestId !== undefined) this.#byRequest.set(call.requestId, kept);
  }

  /** Polling and the like: counted with the one before it. */
  #isToldAlready(kept: Kept): boolean {
    const { call, file } = kept.entry;
    if (call === undefined || !ROUTINE.test(call.operation) || this.#wishes.request !== undefined)
      return false;
    const key = `${file} ${call.operation} ${call.outcome} ${kept.who} ${call.taskId ?? ''}`;
    const before = this.#routine.get(key);
    if (before === undefined || Math.abs(kept.at - before.until) > TOGETHER_MS) {
      this.#routine.set(key, kept);
      return false;
    }
    before.times += 1;
    before.until = kept.at;
    return true;
  }
}

/** A line of another log with the provider's request of the same operation next to it in time. */
function joinedTo(told: Told, requests: readonly Told[]): Told {
  const { call, log } = told.entry;
  if (log === 'provider' || call === undefined) return told;
  let best: { readonly told: Told; readonly apart: number } | undefined;
  for (const each of requests) {
    if (each.entry.call?.operation !== call.operation) continue;
    // The provider's line is of the end of a call.
    const began = each.at - (each.entry.call.durationMs ?? 0);
    const apart = Math.abs((call.outcome === 'begun' ? began : each.at) - told.at);
    if (apart <= JOINED_MS && apart < (best?.apart ?? Infinity)) best = { told: each, apart };
  }
  return best === undefined ? told : { ...told, requestId: best.told.entry.call?.requestId };
}
