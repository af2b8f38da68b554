/**
 * The transmission phase of one connection: requests are read one after another and served side by side,
 * each answered when it is done. What a request does is in commands.ts.
 */

import type { NbdLimits } from '../limits.ts';
import type { Link, Session } from '../link.ts';
import { COMMAND, SIZE } from '../protocol.ts';
import { type ByteReader, ConnectionEnded, ProtocolViolation } from '../reader.ts';
import { memoryOf, refuse, serve } from './commands.ts';
import { InFlight } from './in-flight.ts';
import { decodeRequest, type Request, refusal } from './request.ts';

const NOTHING = Buffer.alloc(0);

/** Serves until the client disconnects in order; settles when its last request is answered. */
export async function transmit(link: Link, session: Session): Promise<void> {
  const { reader, limits } = link;
  const flight = new InFlight(limits.requestsInFlight, limits.bytesInFlight);
  try {
    for (;;) {
      const request = decodeRequest(await reader.first(SIZE.request));
      if (request.command === COMMAND.disconnect) return;
      const bytes = memoryOf(request, session, limits);
      await flight.room(bytes);
      const refused = refusal(request, session, limits);
      const data = await payload(reader, request, limits);
      const work = refused
        ? refuse(link, session, request, refused)
        : serve(link, session, request, data);
      flight.start(bytes, work.catch(tellUnlessEnded(link)));
    }
  } finally {
    await flight.empty();
  }
}

/** What follows a write request on the wire, also when it will be refused. */
async function payload(
  reader: ByteReader,
  { command, length }: Request,
  { payloadBytes }: NbdLimits,
): Promise<Buffer> {
  if (command !== COMMAND.write) return NOTHING;
  if (length > payloadBytes) throw new ProtocolViolation('a write is too long');
  return reader.read(length);
}

/** That a client is gone is no news: reading from it tells the same. */
function tellUnlessEnded({ failed }: Link): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ConnectionEnded)) failed(error);
  };
}
