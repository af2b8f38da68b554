/**
 * Which TCP connections may begin their TLS handshake, and when. A handshake is work of milliseconds on the
 * one thread that answers everybody, so connections wait here, before TLS, in queues that are fair between
 * networks. It sees connections as things to start and to drop, and knows nothing of TLS or HTTP.
 *
 * A connection holds a slot only while its handshake moves on: it gets none before its first bytes are
 * there, and loses it after `handshakeSlotMs`, so that silent and slow clients stand in nobody's way.
 * Source: docs/admission.md.
 */
import { FairQueue, type Place } from '../../model/fair-queue.ts';

/** Bounds; see `LIMITS` for each. */
export interface HandshakeLimits {
  readonly connections: number;
  readonly connectionsSilent: number;
  readonly handshakesAtOnce: number;
  readonly handshakesPerTurn: number;
  readonly handshakesUnfinished: number;
  readonly handshakesWaiting: number;
  readonly handshakeSlotMs: number;
  readonly handshakeTimeoutMs: number;
  readonly handshakeWaitMs: number;
}

/**
 * Why a connection is ended: no room for one more of any kind, none for more in its state, or too long in
 * that state.
 */
export type DropReason = 'connections' | 'crowded' | 'silent' | 'waited';

export interface HandshakeOptions<Connection> {
  readonly limits: HandshakeLimits;
  /** Begins TLS. */
  readonly start: (connection: Connection) => void;
  /** Ends it; `ended` may be told of it or not. */
  readonly drop: (connection: Connection, why: DropReason) => void;
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
}

/** Of this moment, and since the start (`completed`, `dropped`). */
export interface HandshakeFigures {
  /** In any state, those that talk HTTP included. */
  readonly connections: number;
  /** That have sent nothing yet. */
  readonly silent: number;
  /** That wait for a slot. */
  readonly waiting: number;
  readonly underWay: number;
  /** Begun, and too slow to keep a slot. */
  readonly unfinished: number;
  readonly completed: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
}

/** States in which connections stand in a queue. A stranger has not shown yet that it is a client of ours. */
type Queued = 'silent' | 'waiting' | 'unfinished' | 'stranger';

interface Guest<Connection> {
  readonly connection: Connection;
  readonly network: string;
  since: number;
  state: Queued | 'underWay' | 'known';
  place: Place<Guest<Connection>> | undefined;
}

/** One per listener. */
export class Handshakes<Connection> {
  readonly #options: HandshakeOptions<Connection>;
  readonly #guests = new Map<Connection, Guest<Connection>>();
  readonly #queues: Readonly<Record<Queued, FairQueue<Guest<Connection>>>>;
  /** In the order in which they began. */
  readonly #underWay = new Set<Guest<Connection>>();
  readonly #dropped = { connections: 0, crowded: 0, silent: 0, waited: 0 };
  #completed = 0;
  #startedThisTurn = 0;
  #slotTimer: NodeJS.Timeout | undefined;

  constructor(options: HandshakeOptions<Connection>) {
    const { limits } = options;
    this.#options = options;
    this.#queues = {
      silent: new FairQueue(limits.connectionsSilent),
      waiting: new FairQueue(limits.handshakesWaiting),
      unfinished: new FairQueue(limits.handshakesUnfinished),
      stranger: new FairQueue(limits.connections),
    };
  }

  figures(): HandshakeFigures {
    return {
      connections: this.#guests.size,
      silent: this.#queues.silent.size,
      waiting: this.#queues.waiting.size,
      underWay: this.#underWay.size,
      unfinished: this.#queues.unfinished.size,
      completed: this.#completed,
      dropped: { ...this.#dropped },
    };
  }

  /** A connection from `network` was accepted; nothing has come from it yet. */
  accepted(connection: Connection, network: string): void {
    const guest: Guest<Connection> = {
      connection,
      network,
      since: this.#options.elapsed(),
      state: 'silent',
      place: undefined,
    };
    if (this.#guests.size >= this.#options.limits.connections && !this.#makeRoom(network)) {
      this.#drop(guest, 'connections');
      return;
    }
    this.#guests.set(connection, guest);
    // The oldest silent one is the least likely to speak yet.
    this.#enter(guest, 'silent', 'oldest');
  }

  /** The first bytes of a handshake have come. */
  spoke(connection: Connection): void {
    const guest = this.#guests.get(connection);
    if (guest?.state !== 'silent') return;
    this.#leave(guest);
    // Here whoever came first stays: else in a flood everybody would wait and nobody be served.
    if (this.#enter(guest, 'waiting', 'newest')) this.#startMore();
  }

  /** The handshake is done. */
  established(connection: Connection): void {
    const guest = this.#guests.get(connection);
    if (guest === undefined) return;
    this.#leave(guest);
    this.#enter(guest, 'stranger', 'oldest');
    this.#completed += 1;
    this.#startMore();
  }

  /** A trusted client speaks on it: it does not make room for others any more. */
  known(connection: Connection): void {
    const guest = this.#guests.get(connection);
    if (guest?.state !== 'stranger') return;
    this.#leave(guest);
    guest.state = 'known';
  }

  /** The connection is closed, by whomever. */
  ended(connection: Connection): void {
    const guest = this.#guests.get(connection);
    if (guest === undefined) return;
    this.#guests.delete(connection);
    this.#leave(guest);
    this.#startMore();
  }

  /** Drops what has stood too long; to be called about once a second. */
  sweep(): void {
    const { handshakeTimeoutMs, handshakeWaitMs } = this.#options.limits;
    const now = this.#options.elapsed();
    const { silent, waiting } = this.#queues;
    const mute = silent.takeAll(({ since }) => now - since >= handshakeTimeoutMs);
    for (const guest of mute) this.#drop(guest, 'silent');
    const late = waiting.takeAll(({ since }) => now - since >= handshakeWaitMs);
    for (const guest of late) this.#drop(guest, 'waited');
    this.#freeSlots();
  }

  #startMore(): void {
    const { handshakesAtOnce, handshakesPerTurn, handshakeSlotMs } = this.#options.limits;
    const { waiting } = this.#queues;
    if (waiting.size === 0) return;
    this.#freeSlots();
    while (this.#underWay.size < handshakesAtOnce && this.#startedThisTurn < handshakesPerTurn) {
      const guest = waiting.next();
      if (guest === undefined) return;
      this.#start(guest);
    }
    const [oldest] = this.#underWay;
    if (waiting.size === 0 || oldest === undefined || this.#slotTimer !== undefined) return;
    const left = oldest.since + handshakeSlotMs - this.#options.elapsed();
    this.#slotTimer = setTimeout(
      () => {
        this.#slotTimer = undefined;
        this.#startMore();
      },
      Math.max(1, left),
    ).unref();
  }

  #start(guest: Guest<Connection>): void {
    // Between two turns of the event loop calls are read and answered.
    if (this.#startedThisTurn === 0) setImmediate(() => this.#nextTurn());
    this.#startedThisTurn += 1;
    guest.state = 'underWay';
    guest.since = this.#options.elapsed();
    this.#underWay.add(guest);
    this.#options.start(guest.connection);
  }

  #nextTurn(): void {
    this.#startedThisTurn = 0;
    this.#startMore();
  }

  /** Takes the slots from those who do not come to an end. */
  #freeSlots(): void {
    const before = this.#options.elapsed() - this.#options.limits.handshakeSlotMs;
    for (const guest of this.#underWay) {
      if (guest.since > before) return;
      this.#underWay.delete(guest);
      this.#enter(guest, 'unfinished', 'oldest');
    }
  }

  /** Ends a connection that has proved nothing yet, for a new one of `network`. */
  #makeRoom(network: string): boolean {
    const { silent, unfinished, waiting, stranger } = this.#queues;
    const paid = (queue: FairQueue<Guest<Connection>>): Guest<Connection> | undefined =>
      queue.takeOf(queue.payer(network), 'oldest');
    // Of those who waste their place the first goes, whosever it is.
    const oldest =
      paid(silent) ??
      silent.next() ??
      paid(unfinished) ??
      unfinished.next() ??
      paid(waiting) ??
      paid(stranger);
    if (oldest === undefined) return false;
    this.#drop(oldest, 'connections');
    return true;
  }

  /** Into a queue, at the cost of whoever crowds it when it is full; false: of the guest itself. */
  #enter(guest: Guest<Connection>, state: Queued, pays: 'oldest' | 'newest'): boolean {
    const queue = this.#queues[state];
    if (queue.isFull) {
      const payer = queue.payer(guest.network);
      const itself = payer === guest.network && pays === 'newest';
      const gone = itself ? guest : (queue.takeOf(payer, pays) ?? queue.next());
      if (gone !== undefined) this.#drop(gone, 'crowded');
      if (itself) return false;
    }
    guest.state = state;
    guest.since = this.#options.elapsed();
    guest.place = queue.add(guest.network, guest);
    return true;
  }

  #leave(guest: Guest<Connection>): void {
    if (guest.state === 'underWay') this.#underWay.delete(guest);
    else if (guest.state !== 'known' && guest.place) this.#queues[guest.state].remove(guest.place);
    guest.place = undefined;
  }

  #drop(guest: Guest<Connection>, why: DropReason): void {
    this.#guests.delete(guest.connection);
    this.#dropped[why] += 1;
    this.#options.drop(guest.connection, why);
  }
}
