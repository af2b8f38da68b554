/**
 * What one client has been told of alarms, and what comes next. A client starts with all that are active
 * (none is told of an alarm that has ended before), and then gets what became of alarms, in order. The
 * bounds of the log are known here, so that a poll that finds nothing new asks nobody.
 */
import { LIMITS } from '../../model/limits.ts';
import type { AlarmRecord, ProviderStore } from '../../store/port.ts';
import { fromTheStart, lostBetween, placeAfter, type Range } from '../events/cursor.ts';

/** What one client asks for. */
export interface AlarmReading {
  /** Whoever reads, e.g. its session; always sees the same kinds of alarms under the same `view`. */
  readonly reader: object;
  readonly view: string;
  /** The last id that the client has; undefined or -1: from the start. */
  readonly after: bigint | undefined;
  readonly wants: (record: AlarmRecord) => boolean | Promise<boolean>;
}

/** Where a reader is, beyond the id that the client holds. */
interface Place {
  readonly view: string;
  readonly after: bigint | undefined;
  /** Up to here the log has been looked through for it. */
  readonly readTo: bigint;
  /** Up to here it is told of what is active only: the log tells what was before it started. */
  readonly startedAt: bigint;
}

export class AlarmReadings {
  readonly #store: ProviderStore;
  readonly #active: () => readonly AlarmRecord[];
  readonly #places = new WeakMap<object, Place>();
  #range: Range;

  /** `active`: in order of their ids. */
  constructor(store: ProviderStore, range: Range, active: () => readonly AlarmRecord[]) {
    this.#store = store;
    this.#range = range;
    this.#active = active;
  }

  /** To be called after the log has grown, at its end and perhaps no longer at its beginning. */
  async appended(): Promise<void> {
    this.#range = await this.#store.alarmRange();
  }

  /** See `ProviderAlarms.read`. */
  async read(reading: AlarmReading): Promise<readonly AlarmRecord[]> {
    const { reader, view, after, wants } = reading;
    const place = this.#placeOf(reading);
    const found: AlarmRecord[] = [];
    let { readTo } = place;
    for (const record of readTo < place.startedAt ? this.#active() : []) {
      if (record.alarmId <= readTo || record.alarmId > place.startedAt) continue;
      if (found.length === LIMITS.alarmsPerReply) break;
      readTo = record.alarmId;
      if (await wants(record)) found.push(record);
    }
    if (found.length < LIMITS.alarmsPerReply && readTo < place.startedAt) readTo = place.startedAt;
    while (readTo < this.#range.newest && found.length < LIMITS.alarmsPerReply) {
      const page = await this.#store.alarms(readTo, LIMITS.alarmsPerRead);
      const [first] = page;
      if (first === undefined) break;
      if (first.alarmId > readTo + 1n) throw lostBetween('LostAlarm', readTo, first.alarmId);
      for (const record of page) {
        if (found.length === LIMITS.alarmsPerReply) break;
        readTo = record.alarmId;
        if (await wants(record)) found.push(record);
      }
    }
    const next = found.at(-1)?.alarmId ?? after;
    this.#places.set(reader, { view, after: next, readTo, startedAt: place.startedAt });
    return found;
  }

  /** Where the reader goes on: where it was, when it says so, else where its id says. Faults: `placeAfter`. */
  #placeOf({ reader, view, after }: AlarmReading): Pick<Place, 'readTo' | 'startedAt'> {
    const known = this.#places.get(reader);
    // A reader that is still at the start has been shown nothing that it wants.
    const isThere = known?.after === after || (fromTheStart(known?.after) && fromTheStart(after));
    const { newest, oldest } = this.#range;
    // Nothing is lost to one that is at the start: what it has not seen and is gone, is told by what is active.
    const isKept = !fromTheStart(after) || (known?.readTo ?? -1n) >= oldest - 1n;
    if (known?.view === view && isThere && isKept) return known;
    if (fromTheStart(after)) return { readTo: -1n, startedAt: newest };
    return { readTo: placeAfter(this.#range, after, 'LostAlarm'), startedAt: -1n };
  }
}
