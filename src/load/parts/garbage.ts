/**
 * Clients that send garbage for as long as a storm lasts: bytes that are no TLS, no HTTP, no XML, no VASA, and
 * requests that never end. Each waits until the provider has ended the connection, and comes again.
 */
import { setMaxListeners } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { nameFor } from '../client/connection.ts';
import type { Actor, Stage } from '../stage.ts';

/** One that holds a connection without an end is given up after this, and comes again. */
const GIVEN_UP_AFTER_MS = 1_000;
const PAUSE_MS = 50;

const post = (path: string, body: string, length = Buffer.byteLength(body)) =>
  `POST ${path} HTTP/1.1\r\nHost: garbage\r\nContent-Type: text/xml\r\nContent-Length: ${length}\r\n\r\n${body}`;

/** What is sent, and whether inside TLS. */
const KINDS: readonly { readonly isTls: boolean; bytes(path: string): string }[] = [
  { isTls: false, bytes: () => '\u0016\u0003\u0001\u00ff\u00ff garbage '.repeat(64) },
  { isTls: false, bytes: (path) => `GET ${path} HTTP/1.1\r\n\r\n` },
  { isTls: true, bytes: () => 'garbage '.repeat(4096) },
  { isTls: true, bytes: (path) => post(path, '<not <xml') },
  {
    isTls: true,
    bytes: (path) => post(path, '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
  },
  { isTls: true, bytes: (path) => post(path, 'never ends', 1_000_000) },
];

/** What one of them has done. */
export interface Thrown {
  readonly thrown: number;
  /** Pieces that were answered as if they were sound. */
  readonly accepted: number;
}

/** Goes on until told to stop. Never rejects. */
export async function throwGarbage(
  { endpoint, messages: { path } }: Stage,
  { identity }: Actor,
  number: number,
  signal: AbortSignal,
): Promise<Thrown> {
  const { host, port } = endpoint;
  // All of them wait by the same signal; that is no leak.
  setMaxListeners(0, signal);
  let thrown = 0;
  let accepted = 0;
  for (let turn = Math.floor(number / 10); !signal.aborted; turn += 1) {
    const kind = KINDS[turn % KINDS.length];
    if (kind === undefined) break;
    const socket: Socket = kind.isTls
      ? connectTls({ host, port, servername: nameFor(host), secureContext: identity })
      : connectPlain({ host, port });
    const bytes = kind.bytes(path);
    socket.once(kind.isTls ? 'secureConnect' : 'connect', () => socket.write(bytes, 'latin1'));
    if ((await answered(socket, signal)).startsWith('HTTP/1.1 200')) accepted += 1;
    thrown += 1;
    await pause(PAUSE_MS);
  }
  return { thrown, accepted };
}

/** The beginning of what comes until the provider ends the connection, or it is given up. */
function answered(socket: Socket, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let first = '';
    const giveUp = () => socket.destroy();
    const timer = setTimeout(giveUp, GIVEN_UP_AFTER_MS);
    signal.addEventListener('abort', giveUp);
    socket.on('data', (piece) => {
      if (first === '') first = piece.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      resolve(first);
    });
  });
}
