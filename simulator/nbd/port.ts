/**
 * What the NBD server serves: devices by name. Whoever has something to export implements these two
 * interfaces; the server knows nothing of volumes, bindings or hosts.
 */
import type { ERROR } from './protocol.ts';

/** The error values that the protocol lets a server send. */
export type NbdErrorName = keyof typeof ERROR;

/**
 * A refusal that the client is told, with a message that its user may read. Any other error of a device
 * reaches the client as EIO without words.
 */
export class NbdError extends Error {
  readonly code: NbdErrorName;

  constructor(code: NbdErrorName, message: string) {
    super(message);
    this.name = 'NbdError';
    this.code = code;
  }
}

/**
 * A run of bytes alike. `data`: stored bytes, or nobody knows; `zero`: space is held and reads as zeroes;
 * `hole`: no space is held and it reads as zeroes. `length` is at least 1.
 */
export interface NbdExtent {
  readonly length: number;
  readonly kind: 'data' | 'zero' | 'hole';
}

/** Whether the change must be durable before it is answered. */
export interface NbdChange {
  readonly fua: boolean;
}

/**
 * A range of bytes that can be read and written at any offset. The server calls methods at once, from
 * all connections, and asks only for ranges of at least one byte within `size`. All may reject with
 * NbdError; ENOSPC where space is missing. The order of calls under way at the same time is open.
 */
export interface NbdDevice {
  /** In bytes. Clients learn it when they connect; later requests are held against the present value. */
  readonly size: bigint;
  /** The server refuses changes by itself (EPERM). */
  readonly readOnly: boolean;
  /**
   * Whether a flush, or a change with `fua`, covers what any other connection to the same bytes has
   * completed. Only then are clients told that they may use several connections.
   */
  readonly flushCoversAll: boolean;

  /** Exactly `length` bytes, at most those of one payload. */
  read(offset: bigint, length: number): Promise<Buffer>;
  /** `data` belongs to the caller again when the promise settles: copy what is kept. */
  write(offset: bigint, data: Buffer, change: NbdChange): Promise<void>;
  /** A hint that the bytes are no longer needed; may do nothing. Up to 4 GiB. */
  trim(offset: bigint, length: number, change: NbdChange): Promise<void>;
  /** Makes the bytes read as zeroes; without `mayHole` the space must be held afterwards. Up to 4 GiB. */
  writeZeroes(
    offset: bigint,
    length: number,
    change: NbdChange & { readonly mayHole: boolean },
  ): Promise<void>;
  /** Settles when every change answered before is durable. */
  flush(): Promise<void>;
  /** Extents in order from `offset`: at least one, together at most `length`; may end early. */
  status(offset: bigint, length: number): Promise<readonly NbdExtent[]>;
}

export interface NbdExports {
  /** Names of what can be opened now, for clients that ask; at most 4,096 bytes of UTF-8 each. */
  list(): Promise<readonly string[]>;
  /**
   * The device of that name; undefined when there is none. Asked once by each connection, and once for
   * each question about an export. The empty name is the default export.
   */
  open(name: string): Promise<NbdDevice | undefined>;
}
