/**
 * The life of one connection: handshake, transmission, end. Whatever a client does wrong ends its own
 * connection and nothing else. An idle client may stay; one that owes something may not for long.
 */
import type { Socket } from 'node:net';
import { negotiate } from './handshake/negotiation.ts';
import type { Link, Session } from './link.ts';
import { ByteReader, ConnectionEnded, ProtocolViolation } from './reader.ts';
import { transmit } from './transmission/transmission.ts';
import { MessageWriter } from './writer.ts';

/** What all connections of a server share. */
export type Shared = Omit<Link, 'reader' | 'writer'>;

/** Serves a client from its first byte to its last; settles when nothing is under way for it. */
export async function serveConnection(socket: Socket, shared: Shared): Promise<void> {
  const { limits, attachments, failed } = shared;
  const link: Link = {
    ...shared,
    reader: new ByteReader(socket),
    writer: new MessageWriter(socket),
  };
  // The reader and the writer learn of a lost connection by themselves.
  socket.on('error', () => undefined);
  socket.setTimeout(limits.stallTimeoutMs, () => {
    if (link.reader.starved || socket.writableLength > 0) socket.destroy();
  });
  let session: Session | undefined;
  try {
    session = await negotiateInTime(socket, link);
    if (session !== undefined) {
      endWhenWithdrawn(socket, session, limits.withdrawalGraceMs);
      await transmit(link, session);
    }
  } catch (error) {
    // What was sent before a broken message may be lost with it; a client that just went gets it all.
    if (!(error instanceof ConnectionEnded)) socket.destroy();
    const expected = error instanceof ConnectionEnded || error instanceof ProtocolViolation;
    if (!expected) failed(error);
  } finally {
    socket.destroySoon();
    if (session !== undefined) attachments.detach(session.attachment);
  }
}

async function negotiateInTime(socket: Socket, link: Link): Promise<Session | undefined> {
  const timer = setTimeout(() => socket.destroy(), link.limits.handshakeTimeoutMs);
  try {
    return await negotiate(link);
  } finally {
    clearTimeout(timer);
  }
}

/** Leaves the client some time to ask, to be told, and to go by itself. */
function endWhenWithdrawn(socket: Socket, { attachment }: Session, graceMs: number): void {
  const { withdrawal } = attachment;
  const end = (): void => {
    setTimeout(() => socket.destroySoon(), graceMs).unref();
  };
  if (withdrawal.aborted) end();
  else withdrawal.addEventListener('abort', end, { once: true });
}
