/**
 * Which connection uses which export, and the gate between them. Withdrawing an export shuts the gates of
 * all its connections: what has reached the device is waited for, nothing more gets there.
 */
import { type NbdDevice, NbdError } from './port.ts';

/** One connection's use of one export, from before the device is opened until the connection is gone. */
export class Attachment {
  readonly name: string;
  readonly #withdrawal = new AbortController();
  #calls = 0;
  #idle: (() => void) | undefined;
  #settled: Promise<void> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Aborted when the export is withdrawn. */
  get withdrawal(): AbortSignal {
    return this.#withdrawal.signal;
  }

  /** The device behind the gate: ESHUTDOWN for every call that begins after the withdrawal. */
  guard(device: NbdDevice): NbdDevice {
    return {
      get size() {
        return device.size;
      },
      readOnly: device.readOnly,
      flushCoversAll: device.flushCoversAll,
      read: (offset, length) => this.#pass(() => device.read(offset, length)),
      write: (offset, data, change) => this.#pass(() => device.write(offset, data, change)),
      trim: (offset, length, change) => this.#pass(() => device.trim(offset, length, change)),
      writeZeroes: (offset, length, change) =>
        this.#pass(() => device.writeZeroes(offset, length, change)),
      flush: () => this.#pass(() => device.flush()),
      status: (offset, length) => this.#pass(() => device.status(offset, length)),
    };
  }

  /** Shuts the gate; settles when no call is under way. May be repeated. */
  withdraw(): Promise<void> {
    this.#withdrawal.abort();
    this.#settled ??=
      this.#calls === 0
        ? Promise.resolve()
        : new Promise((settle) => {
            this.#idle = settle;
          });
    return this.#settled;
  }

  async #pass<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.withdrawal.aborted) throw new NbdError('ESHUTDOWN', 'the export has been withdrawn');
    this.#calls += 1;
    try {
      return await call();
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) this.#idle?.();
    }
  }
}

/** All attachments of one server. */
export class Attachments {
  readonly #all = new Set<Attachment>();
  #closed = false;

  /** Call it before the device is opened, so that a withdrawal meanwhile is not missed. */
  attach(name: string): Attachment {
    const attachment = new Attachment(name);
    if (this.#closed) void attachment.withdraw();
    this.#all.add(attachment);
    return attachment;
  }

  detach(attachment: Attachment): void {
    this.#all.delete(attachment);
  }

  /** Shuts the gates of the export of that name; settles when nothing more is under way there. */
  async withdraw(name: string): Promise<void> {
    const affected = [...this.#all].filter((one) => one.name === name);
    await Promise.all(affected.map((one) => one.withdraw()));
  }

  /** Shuts all gates, also those to come; settles when nothing more is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((one) => one.withdraw()));
  }
}
