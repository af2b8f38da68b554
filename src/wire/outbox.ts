/**
 * The one way out: every answer leaves here, and here every request gets its one log line. The line is with
 * the operating system before the answer is handed to the socket, so that no client can hold an answer
 * whose line a crash has lost.
 *
 * Answers that are ready in the same turn of the event loop leave together: their lines are one write, and
 * a client that is woken by the first finds the others there. Headers and body of an answer are one write
 * as well, and so one TLS record; a large answer leaves in pieces, as fast as its client takes them.
 * Source: docs/wire.md, "An answer".
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { Peer, WireLog } from './call.ts';
import type { Answer } from './documents.ts';
import { readTraceParent } from './media.ts';
import { type CallFacts, recordOf } from './record.ts';

/** A request on its way through. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly peer: Peer;
  /** When its headers were there: milliseconds since the epoch. */
  readonly arrivedAt: number;
}

/** What is to be said, and what is to be noted. */
export interface Answered {
  readonly answer: Answer;
  readonly facts: CallFacts;
}

export interface Outbox {
  /** Notes the call and sends the answer, at the latest at the end of this turn. `asked` is the body. */
  send(exchange: Exchange, asked: Uint8Array, answered: Answered): void;
}

export interface OutboxOptions {
  readonly serverHeader: string;
  readonly log: WireLog;
  readonly clock: Clock;
  /** The server is on its way down: connections end after this answer. */
  readonly isClosing: () => boolean;
}

interface Leaving {
  readonly response: ServerResponse;
  readonly answer: Answer;
  readonly bytes: number;
}

/** One per server. */
export function createOutbox({ serverHeader, log, clock, isClosing }: OutboxOptions): Outbox {
  let leaving: Leaving[] = [];

  const write = ({ response, answer, bytes }: Leaving): void => {
    const headers = [
      'server',
      serverHeader,
      'content-type',
      answer.contentType,
      'content-length',
      String(bytes),
    ];
    const own = answer.headers ?? {};
    if (isClosing() && own['connection'] === undefined) headers.push('connection', 'close');
    for (const [name, value] of Object.entries(own)) headers.push(name, value);
    response.writeHead(answer.status, headers);
    if (typeof answer.body === 'string') response.end(answer.body);
    else writePieces(response, answer.body);
  };
  const flush = (): void => {
    if (leaving.length === 0) return;
    const together = leaving;
    leaving = [];
    log.flush();
    for (const each of together) write(each);
  };

  return {
    send: ({ request, response, peer, arrivedAt }, asked, { answer, facts }) => {
      const bytes = bytesOf(answer.body);
      const record = recordOf(facts, {
        peer,
        status: answer.status,
        durationMs: Math.max(0, clock.now() - arrivedAt),
        requestBytes: asked.length,
        responseBytes: bytes,
        traceParent: readTraceParent(request.headers['traceparent']),
      });
      log.finished(record);
      const { remoteAddress: peerAddress } = peer;
      if (facts.soap_version !== 'none' && log.wantsBodies({ notes: facts, peerAddress })) {
        log.bodies(record, Buffer.from(asked).toString('utf8'), textOf(answer.body));
      }
      leaving.push({ response, answer, bytes });
      // Many may be ready in one turn when many have asked: nobody waits for all of them.
      if (leaving.length >= LIMITS.answersGathered) flush();
      else if (leaving.length === 1) setImmediate(flush);
    },
  };
}

function textOf(body: Answer['body']): string {
  return typeof body === 'string' ? body : Buffer.concat(body).toString('utf8');
}

function bytesOf(body: Answer['body']): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body.reduce((sum, piece) => sum + piece.length, 0);
}

/** Writes a piece when its client has taken those before it. */
function writePieces(response: ServerResponse, pieces: readonly Uint8Array[]): void {
  const last = pieces.length - 1;
  let next = 0;
  const more = (): void => {
    for (; next < last; next += 1) {
      if (response.write(pieces[next] ?? '')) continue;
      next += 1;
      response.once('drain', more);
      return;
    }
    response.end(pieces[last] ?? '');
  };
  more();
}
