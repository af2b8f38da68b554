/**
 * Makes TLS connections, a few at a time, each with one small request, and ends them; a process of its own.
 * It reads a `HandshakePlan` from standard input and writes how many it made to standard output.
 */
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import type { HandshakePlan, Handshakes } from './plan.ts';

const plan: HandshakePlan = JSON.parse(await text(process.stdin));
const { host, port, trust, identity, milliseconds, isResumed } = plan;
const REQUEST = `GET /vasa/version.xml HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

/** Resolves with whether the session was resumed, when the server has ended the connection. */
function once(session: Buffer | undefined, kept: (session: Buffer) => void): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const { certificate: cert, key } = identity;
    const socket = connect({
      ...{ host, port, servername: host, ca: trust, cert, key },
      ...(session && { session }),
    });
    let wasResumed = false;
    socket.once('secureConnect', () => {
      wasResumed = socket.isSessionReused();
      socket.write(REQUEST);
    });
    socket.on('session', kept);
    socket.once('error', reject).once('close', () => resolve(wasResumed));
    socket.resume();
  });
}

async function drive(deadline: number, made: { full: number; resumed: number }): Promise<void> {
  let session: Buffer | undefined;
  while (performance.now() < deadline) {
    const wasResumed = await once(session, (latest) => {
      if (isResumed) session = latest;
    });
    if (wasResumed) made.resumed += 1;
    else made.full += 1;
  }
}

const made = { full: 0, resumed: 0 };
const start = performance.now();
await Promise.all(Array.from({ length: plan.atOnce }, () => drive(start + milliseconds, made)));
const answer: Handshakes = { ...made, elapsedMs: performance.now() - start };
process.stdout.write(JSON.stringify(answer));
