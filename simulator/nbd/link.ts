/**
 * What the two phases of a connection share: its two directions, and what the handshake hands on to the
 * transmission.
 */
import type { Attachment, Attachments } from './attachments.ts';
import type { NbdLimits } from './limits.ts';
import type { NbdDevice, NbdExports } from './port.ts';
import type { ByteReader } from './reader.ts';
import type { MessageWriter } from './writer.ts';

/** One connection's two directions, and what the server has for it. */
export interface Link {
  readonly reader: ByteReader;
  readonly writer: MessageWriter;
  readonly exports: NbdExports;
  readonly attachments: Attachments;
  readonly limits: NbdLimits;
  /** Told of errors that no client is told. */
  readonly failed: (error: unknown) => void;
}

/** What a handshake leads to. */
export interface Session {
  readonly attachment: Attachment;
  /** Behind the attachment's gate. */
  readonly device: NbdDevice;
  /** Whether replies are structured. */
  readonly structured: boolean;
  /** Whether the client may ask for block status. */
  readonly allocation: boolean;
}
