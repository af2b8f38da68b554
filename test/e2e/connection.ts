/**
 * One TLS connection that a test holds in its hands: which certificate it was served, whether its session
 * was resumed, and SOAP calls over it that cannot move to another connection. Verification is always on.
 */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import type { Issued } from '../../certs/make.ts';
import { envelope, headersOf } from '../support/soap-client.ts';

interface ConnectionOptions {
  /** URL of the service. */
  readonly url: string;
  /** The only certificates that are trusted, PEM. */
  readonly trust: string;
  readonly identity?: Issued | undefined;
  readonly version?: SecureVersion;
  /** A TLS session to resume. */
  readonly resume?: Buffer | undefined;
}

export interface Connection {
  /** SHA-256 of the server's certificate, lower-case hex; undefined when the session was resumed. */
  readonly served: string | undefined;
  readonly resumed: boolean;
  /** Status, `VASASESSIONID` that was set, and the typed fault's name; undefined without. */
  call(
    operation: string,
    children: string | null,
    cookie?: string,
  ): Promise<{ status: number; session: string | undefined; fault: string | undefined }>;
  /** The newest TLS session, for resuming it later. */
  ticket(): Buffer;
  close(): void;
}

/** Rejects when the server's certificate is not trusted. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { hostname, port, pathname } = new URL(options.url);
  let ticket: Buffer | undefined;
  const socket = connect({
    host: hostname,
    servername: hostname,
    port: Number(port),
    ca: options.trust,
    ...(options.identity && { cert: options.identity.chainPem, key: options.identity.keyPem }),
    ...(options.version && { minVersion: options.version, maxVersion: options.version }),
    ...(options.resume && { session: options.resume }),
  });
  socket.on('session', (session: Buffer) => {
    ticket = session;
  });
  await once(socket, 'secureConnect');
  return {
    served: servedBy(socket),
    resumed: socket.isSessionReused(),
    async call(operation, children, cookie) {
      const answer = await exchange(socket, httpRequest(pathname, operation, children, cookie));
      return {
        status: Number(answer.slice(9, 12)),
        session: /^set-cookie: VASASESSIONID=([^;\r]*)/im.exec(answer)?.[1],
        fault: faultIn(answer),
      };
    },
    ticket() {
      if (ticket === undefined) throw new Error('the server gave no TLS session');
      return ticket;
    },
    close: () => socket.destroy(),
  };
}

function servedBy(socket: TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate && createHash('sha256').update(certificate.raw).digest('hex');
}

function httpRequest(
  path: string,
  operation: string,
  children: string | null,
  cookie: string | undefined,
): string {
  const body = envelope(operation, children, '1.1');
  const headers = {
    Host: 'localhost',
    ...headersOf(operation, '1.1'),
    'Content-Length': String(Buffer.byteLength(body)),
    ...(cookie === undefined ? {} : { Cookie: `VASASESSIONID=${cookie}` }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (act: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      act();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('the connection was closed')));
    const onData = (part: Buffer) => {
      text += part.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = /^content-length: *(\d+)/im.exec(text)?.[1];
      if (end < 0 || length === undefined) return;
      if (text.length >= end + 4 + Number(length)) settle(() => resolve(text));
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.write(request);
  });
}

function faultIn(answer: string): string | undefined {
  if (!answer.includes(':Fault>')) return undefined;
  return /<detail>\s*<(?:\w+:)?(\w+)/.exec(answer)?.[1] ?? 'untyped';
}
