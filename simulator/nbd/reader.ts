/**
 * Bytes from a client, taken by the number that the next part of a message has. Nothing is read from the
 * socket that nobody asked for, beyond the stream's own small buffer: a client that sends faster than it
 * is served waits.
 */
import type { Socket } from 'node:net';

/** The client went away, or was cut off. */
export class ConnectionEnded extends Error {
  constructor() {
    super('the connection has ended');
    this.name = 'ConnectionEnded';
  }
}

/** The client sent what no client may send; nothing it sends further can be understood. */
export class ProtocolViolation extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolViolation';
  }
}

const NOTHING = Buffer.alloc(0);

export class ByteReader {
  readonly #socket: Socket;
  #rest: Buffer = NOTHING;
  #starved = false;
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    // The events of the socket are listened to always, so that none is missed between two reads.
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => this.#wake());
  }

  /** Whether the client owes the rest of a message that it has begun. */
  get starved(): boolean {
    return this.#starved;
  }

  /** The first bytes of a message: as long as none has come, the client owes nothing. */
  first(length: number): Promise<Buffer> {
    return this.#take(length, false);
  }

  /** The next bytes of a message. All errors here are ConnectionEnded. */
  read(length: number): Promise<Buffer> {
    return this.#take(length, true);
  }

  async #take(length: number, begun: boolean): Promise<Buffer> {
    if (this.#rest.length < length) return this.#gather(length, begun);
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #gather(length: number, begun: boolean): Promise<Buffer> {
    const gathered = Buffer.allocUnsafe(length);
    let filled = 0;
    for (;;) {
      const copied = this.#rest.copy(gathered, filled);
      filled += copied;
      this.#rest = this.#rest.subarray(copied);
      if (filled === length) return gathered;
      await this.#more(begun || filled > 0);
    }
  }

  async #more(begun: boolean): Promise<void> {
    this.#starved = begun;
    try {
      this.#rest = await this.#chunk();
    } finally {
      this.#starved = false;
    }
  }

  async #chunk(): Promise<Buffer> {
    for (;;) {
      const chunk: Buffer | null = this.#socket.read();
      if (chunk !== null) return chunk;
      if (this.#socket.readableEnded || this.#socket.destroyed) throw new ConnectionEnded();
      await new Promise<void>((settle) => {
        this.#wake = settle;
      });
    }
  }
}
