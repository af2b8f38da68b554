/**
 * The numbering of events: takes the array's feed of changes into the store, in order, each change once,
 * and reads events back for clients. Where it has got to is known to the store alone, which takes a
 * change and the new place in one step; so dying at any point loses and doubles nothing, and several
 * providers may do this at once. Where the feed cannot be continued the numbering is begun anew, and every
 * client is told to read the inventory. Knows nothing of what an event looks like on the wire.
 */
import type { ChangePage } from '../../array/changes.ts';
import type { StorageArrayPort } from '../../array/port.ts';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import type { EventRecord, ProviderStore } from '../../store/port.ts';
import {
  type SystemEventName,
  type SystemEventParameters,
  systemMessageId,
} from '../catalog/event-messages.ts';
import { fromTheStart, lostBetween, placeAfter } from './cursor.ts';

/** What one client asks for. */
export interface EventReading {
  /** Whoever reads, e.g. its session; always sees the same kinds of events under the same `view`. */
  readonly reader: object;
  readonly view: string;
  /** The last id that the client has; undefined or -1: from the start of what is kept. */
  readonly after: bigint | undefined;
  readonly wants: (record: EventRecord) => boolean | Promise<boolean>;
}

export interface ProviderEvents {
  /** Numbers what the feed holds, and from now on what it brings. Rejects when array or store fails. */
  start(): Promise<void>;
  /** Ends what `start` began, and waits for what is under way. */
  stop(): Promise<void>;
  /** To be called after a change that this provider made: the next `read` is sure to see it. */
  arrayChanged(): void;
  /** Adds a system event: a fact about the provider itself, for the administrator. */
  announce<Name extends SystemEventName>(
    name: Name,
    parameters: SystemEventParameters<Name>,
  ): Promise<void>;
  /**
   * The next events, oldest first, at most `LIMITS.eventsPerReply`; none: nothing new. Every change that
   * was acknowledged by this provider before is in it or before it. Faults: see `placeAfter`.
   */
  read(reading: EventReading): Promise<readonly EventRecord[]>;
}

interface ProviderEventsOptions {
  readonly array: StorageArrayPort;
  readonly store: ProviderStore;
  readonly clock: Clock;
  /** Told when the feed could not be read although nobody waits for it; it is tried again. */
  readonly onError: (error: unknown) => void;
  /** Told when the numbering had to be begun anew. */
  readonly onRestart: (facts: FeedBreak) => void;
}

/** Why the feed could not be continued after the change that was numbered last. Positions of the feed. */
export interface FeedBreak {
  /**
   * `trimmed`: what follows is no longer kept; `behind`: the feed ends before it; `other`: another
   * change stands there, or the feed says that it is another one. The latter two: the array's data has
   * been replaced, as by a restored backup.
   */
  readonly reason: 'trimmed' | 'behind' | 'other';
  readonly numberedUpTo: bigint;
  readonly oldestKept: bigint;
  readonly newest: bigint;
}

/** How far a reader's filter has been applied beyond the id that the client holds. */
interface Place {
  readonly view: string;
  readonly after: bigint | undefined;
  readonly readTo: bigint;
}

export function createProviderEvents(options: ProviderEventsOptions): ProviderEvents {
  return new Numbering(options);
}

class Numbering implements ProviderEvents {
  readonly #options: ProviderEventsOptions;
  readonly #places = new WeakMap<object, Place>();
  /** There may be changes that are not numbered yet. */
  #hasNews = true;
  /** The feed that is known to be the one that is numbered; undefined: what this process began with. */
  #feedId: string | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #endWatch: (() => void) | undefined;

  constructor(options: ProviderEventsOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#endWatch ??= this.#options.array.watch(() => {
      this.#hasNews = true;
      this.#numberSoon();
    });
    await this.#upToDate();
  }

  async stop(): Promise<void> {
    this.#endWatch?.();
    this.#endWatch = undefined;
    clearTimeout(this.#timer);
    await this.#running?.catch(this.#options.onError);
  }

  arrayChanged(): void {
    this.#hasNews = true;
  }

  async announce<Name extends SystemEventName>(
    name: Name,
    parameters: SystemEventParameters<Name>,
  ): Promise<void> {
    const { store, clock } = this.#options;
    const list = Object.entries<string>(parameters).map(([key, value]) => ({ name: key, value }));
    await store.appendSystemEvent(clock.now(), systemMessageId(name), list);
  }

  async read({ reader, view, after, wants }: EventReading): Promise<readonly EventRecord[]> {
    await this.#upToDate();
    const { store } = this.#options;
    const range = await store.eventRange();
    const place = this.#places.get(reader);
    // A reader that is still at the start has been shown nothing that it wants.
    const isThere = place?.after === after || (fromTheStart(place?.after) && fromTheStart(after));
    const known = place?.view === view && isThere ? place.readTo : undefined;
    const isKnown = known !== undefined && known >= range.oldest - 1n && known <= range.newest;
    let position = isKnown ? known : placeAfter(range, after, 'LostEvent');
    const found: EventRecord[] = [];
    while (position < range.newest && found.length < LIMITS.eventsPerReply) {
      const page = await store.events(position, LIMITS.eventsPerRead);
      const [first] = page;
      if (first === undefined) break;
      if (first.eventId > position + 1n && !fromTheStart(after))
        throw lostBetween('LostEvent', position, first.eventId);
      for (const record of page) {
        if (found.length === LIMITS.eventsPerReply) break;
        position = record.eventId;
        if (await wants(record)) found.push(record);
      }
    }
    this.#places.set(reader, { view, after: found.at(-1)?.eventId ?? after, readTo: position });
    return found;
  }

  /** Numbers every change that was in the feed when this was called. */
  async #upToDate(): Promise<void> {
    // A run that is under way may have read the feed before the caller's change was in it.
    await this.#running;
    if (this.#hasNews) this.#number();
    await this.#running;
  }

  /** Numbers what came in the meantime as one group, when nobody has asked for it before. */
  #numberSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#hasNews) this.#number().catch(this.#options.onError);
    }, LIMITS.numberingDelayMs).unref();
  }

  /** One run at a time; a call during a run joins it. */
  #number(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Takes over what is in the feed when it begins; what comes later is for the next run. */
  async #run(): Promise<void> {
    const { array, store } = this.#options;
    this.#hasNews = false;
    try {
      let { position, page } = await this.#next();
      const { newest } = page;
      while (page.changes.length > 0) {
        position = await store.appendChanges(position, page.changes);
        if (position >= newest) break;
        page = await array.changes(position, LIMITS.changesPerRead);
        if (page.feedId !== this.#feedId) ({ position, page } = await this.#next());
      }
    } catch (error) {
      this.#hasNews = true;
      throw error;
    }
  }

  /** The place and what follows it in the feed, in a numbering begun anew where that cannot be told. */
  async #next(): Promise<{ readonly position: bigint; readonly page: ChangePage }> {
    const { array, store, onRestart } = this.#options;
    const position = await store.numberedUpTo();
    const page = await array.changes(position, LIMITS.changesPerRead);
    const reason = await this.#breakAt(position, page);
    this.#feedId = page.feedId;
    if (reason === undefined) return { position, page };
    const { oldestKept, newest } = page;
    if (await store.restartNumbering(position, oldestKept - 1n)) {
      onRestart({ reason, numberedUpTo: position, oldestKept, newest });
      await this.announce('ChangesLost', { after: position.toString() });
    }
    return this.#next();
  }

  /** Why numbering cannot go on at `position`, if so. A numbering that has not begun can. */
  async #breakAt(
    position: bigint,
    { feedId, newest, oldestKept }: ChangePage,
  ): Promise<FeedBreak['reason'] | undefined> {
    if (position === 0n) return undefined;
    if (newest < position) return 'behind';
    if (oldestKept > position + 1n) return 'trimmed';
    if (this.#feedId === feedId) return undefined;
    // Another provider may have begun anew already with a feed that is new to us.
    const isNumbered = (await this.#isNumbered(position)) ?? this.#feedId === undefined;
    return isNumbered ? undefined : 'other';
  }

  /** Is the change at `position` of the feed the one that was numbered there? Undefined where nobody knows. */
  async #isNumbered(position: bigint): Promise<boolean | undefined> {
    const { array, store } = this.#options;
    const { newest } = await store.eventRange();
    const events = await store.events(newest - BigInt(LIMITS.eventsPerRead), LIMITS.eventsPerRead);
    const bodies = events.map(({ body }) => (body.kind === 'change' ? body.change : undefined));
    const numbered = bodies.find((change) => change?.sequence === position);
    const [found] = (await array.changes(position - 1n, 1)).changes;
    if (numbered === undefined || found?.sequence !== position) return undefined;
    return numbered.at === found.at && numbered.entityId === found.entityId;
  }
}
