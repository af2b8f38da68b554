/**
 * Which calls may be under way. When there is room a call goes on at once, without a promise; else it waits
 * in its lane, where callers are served in turn, until there is room, it is refused, or its client has gone.
 * A session has no more calls under way than were advertised to it. Knows no HTTP, no XML and no operation.
 *
 * Source: docs/admission.md; VASA `VasaProviderInfo.maxConcurrentRequestsPerSession`.
 */
import { FairQueue, type Place } from '../../model/fair-queue.ts';
import type { Lane } from '../call.ts';
import { isOpen, LANES } from './lane.ts';

/** Bounds; see `LIMITS` for each. */
export interface CallLimits {
  readonly callsAtOnce: number;
  readonly callsPerTurn: number;
  readonly callsWaiting: number;
  readonly callsWaitingPerSession: number;
  readonly callWaitMs: number;
  readonly concurrentRequestsPerSession: number;
}

/** Too many of the session, of all (`crowded`), too long, or the client has gone. */
export type CallRefusal = 'session' | 'crowded' | 'waited' | 'left';

export interface AskedCall {
  readonly lane: Lane;
  /** Between whom lanes are fair. */
  readonly caller: string;
  /** Whose calls under way are counted against what was advertised. */
  readonly session: string;
  /** Asked only when the call must wait; `left` is to be called when its client goes. */
  readonly onLeft: (left: () => void) => void;
}

/** A call under way. `release` it once it is done, however it ended; a second time does nothing. */
export interface Ticket {
  release(): void;
}

/** Of this moment (`underWay`, `waiting`) and since the start. */
export interface LaneFigures {
  readonly underWay: number;
  readonly waiting: number;
  readonly admitted: number;
  readonly refused: number;
}
export type CallFigures = Readonly<Record<Lane, LaneFigures>>;

interface LaneState {
  readonly name: Lane;
  readonly queue: FairQueue<Waiter>;
  underWay: number;
  admitted: number;
  refused: number;
}

interface SessionState {
  readonly key: string;
  underWay: number;
  waiting: number;
}

interface Waiter {
  readonly lane: LaneState;
  readonly session: SessionState;
  readonly since: number;
  readonly start: (ticket: Ticket) => void;
  readonly refuse: (error: Error) => void;
}

export interface CallsOptions {
  readonly limits: CallLimits;
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
  /** Makes the error of a call that is not let in; called once for each. */
  readonly refusal: (lane: Lane, why: CallRefusal) => Error;
  /** Told of each call that begins, and how long it has waited. */
  readonly began: (lane: Lane, waitedMs: number) => void;
}

/** One per server. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #lanes: Readonly<Record<Lane, LaneState>>;
  /** Those with calls under way or waiting. */
  readonly #sessions = new Map<string, SessionState>();
  #underWay = 0;
  #waiting = 0;
  #startedThisTurn = 0;
  #turnPending = false;
  #sweeps: NodeJS.Timeout | undefined;

  constructor(options: CallsOptions) {
    this.#options = options;
    const made = (name: Lane): LaneState => ({
      name,
      queue: new FairQueue(options.limits.callsWaiting),
      underWay: 0,
      admitted: 0,
      refused: 0,
    });
    this.#lanes = {
      session: made('session'),
      urgent: made('urgent'),
      normal: made('normal'),
      bulk: made('bulk'),
    };
  }

  figures(): CallFigures {
    const figuresOf = ({ queue, underWay, admitted, refused }: LaneState): LaneFigures => ({
      underWay,
      waiting: queue.size,
      admitted,
      refused,
    });
    const { session, urgent, normal, bulk } = this.#lanes;
    return {
      session: figuresOf(session),
      urgent: figuresOf(urgent),
      normal: figuresOf(normal),
      bulk: figuresOf(bulk),
    };
  }

  /** Lets the call in, now or later. Throws what `refusal` makes, or rejects with it. */
  enter(asked: AskedCall): Ticket | Promise<Ticket> {
    const lane = this.#lanes[asked.lane];
    const session = this.#sessionOf(asked.session);
    // Those who wait and could go on do so first, in the turn that is pending.
    const first = this.#waiting === 0 || !this.#turnPending;
    if (first && this.#isReady(lane, session) && this.#hasTurn())
      return this.#start(lane, session, 0);
    return this.#wait(asked, lane, session);
  }

  #wait(asked: AskedCall, lane: LaneState, session: SessionState): Promise<Ticket> {
    if (session.waiting >= this.#options.limits.callsWaitingPerSession) {
      throw this.#refused(lane, 'session');
    }
    this.#makeRoom(asked, lane, session);
    return new Promise((start, refuse) => {
      const waiter: Waiter = { lane, session, since: this.#options.elapsed(), start, refuse };
      const place = lane.queue.add(asked.caller, waiter);
      this.#waiting += 1;
      session.waiting += 1;
      this.#sweeps ??= setInterval(() => this.#sweep(), 1_000).unref();
      asked.onLeft(() => this.#left(place));
    });
  }

  /** Whoever crowds a full lane pays: the caller itself, or one with more than its share of the places. */
  #makeRoom({ caller }: AskedCall, lane: LaneState, session: SessionState): void {
    const { queue } = lane;
    if (!queue.isFull) return;
    const payer = queue.payer(caller);
    const gone = payer === caller ? undefined : queue.takeOf(payer, 'newest');
    if (gone !== undefined) {
      this.#turnAway(gone, 'crowded');
      return;
    }
    this.#forget(session);
    throw this.#refused(lane, 'crowded');
  }

  #start(lane: LaneState, session: SessionState, waitedMs: number): Ticket {
    // The next turn begins when everything that is ready now has been looked at.
    if (this.#startedThisTurn === 0) this.#plan();
    this.#startedThisTurn += 1;
    this.#underWay += 1;
    lane.underWay += 1;
    lane.admitted += 1;
    session.underWay += 1;
    this.#options.began(lane.name, waitedMs);
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#underWay -= 1;
        lane.underWay -= 1;
        session.underWay -= 1;
        this.#forget(session);
        if (this.#waiting > 0) this.#plan();
      },
    };
  }

  /** Has `#turn` called once everything that is ready now has been looked at. */
  #plan(): void {
    if (this.#turnPending) return;
    this.#turnPending = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#turnPending = false;
    this.#startedThisTurn = 0;
    if (this.#waiting === 0) return;
    // One of each first: also the last lane gets on.
    for (const lane of LANES) this.#startNext(this.#lanes[lane]);
    for (const lane of LANES) {
      while (this.#startNext(this.#lanes[lane]));
    }
    if (this.#waiting > 0 && !this.#hasTurn()) this.#plan();
  }

  #startNext(lane: LaneState): boolean {
    if (!this.#hasTurn()) return false;
    const waiter = lane.queue.next(({ session }) => this.#isReady(lane, session));
    if (waiter === undefined) return false;
    this.#stopWaiting(waiter);
    const waitedMs = this.#options.elapsed() - waiter.since;
    waiter.start(this.#start(lane, waiter.session, waitedMs));
    return true;
  }

  #hasTurn(): boolean {
    return this.#startedThisTurn < this.#options.limits.callsPerTurn;
  }

  #isReady(lane: LaneState, session: SessionState): boolean {
    const { concurrentRequestsPerSession, callsAtOnce } = this.#options.limits;
    return (
      session.underWay < concurrentRequestsPerSession &&
      isOpen(lane.name, lane.underWay, this.#underWay, callsAtOnce)
    );
  }

  #left(place: Place<Waiter>): void {
    const waiter = place.item;
    if (waiter.lane.queue.remove(place)) this.#turnAway(waiter, 'left');
  }

  #sweep(): void {
    const before = this.#options.elapsed() - this.#options.limits.callWaitMs;
    for (const lane of LANES) {
      const late = this.#lanes[lane].queue.takeAll(({ since }) => since <= before);
      for (const waiter of late) this.#turnAway(waiter, 'waited');
    }
  }

  /** What has been taken from its queue is answered. */
  #turnAway(waiter: Waiter, why: CallRefusal): void {
    this.#stopWaiting(waiter);
    this.#forget(waiter.session);
    waiter.refuse(this.#refused(waiter.lane, why));
  }

  #stopWaiting({ session }: Waiter): void {
    this.#waiting -= 1;
    session.waiting -= 1;
    if (this.#waiting > 0) return;
    clearInterval(this.#sweeps);
    this.#sweeps = undefined;
  }

  #refused(lane: LaneState, why: CallRefusal): Error {
    lane.refused += 1;
    return this.#options.refusal(lane.name, why);
  }

  #sessionOf(key: string): SessionState {
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const fresh: SessionState = { key, underWay: 0, waiting: 0 };
    this.#sessions.set(key, fresh);
    return fresh;
  }

  #forget(session: SessionState): void {
    if (session.underWay === 0 && session.waiting === 0) this.#sessions.delete(session.key);
  }
}
