/**
 * The whole server over real TLS, with handlers of the test's own making, and a client for it that
 * trusts only the test's CA. Close what you open: `stop` does.
 */

import type { IncomingMessage } from 'node:http';
import { type Agent, request as httpsRequest } from 'node:https';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { type Authority, type Issued, makeAuthority } from '../../../certs/make.ts';
import { VasaFault } from '../../../src/model/faults.ts';
import type { Call, OperationTable, SessionRule } from '../../../src/wire/call.ts';
import { createDispatcher } from '../../../src/wire/dispatch.ts';
import { service } from '../../../src/wire/generated/vasa-2.0/service.ts';
import {
  createWireServer,
  type WireServer,
  type WireServerOptions,
} from '../../../src/wire/server.ts';
import { type RecordingLog, recordingLog } from './log.ts';

export const SERVICE_PATH = '/vasa/services/vasaService';
export const SIGNATURE = 'Keelson 0.0.0 (2026-01-01) build test';

export interface TestContext {
  readonly rule: SessionRule;
  readonly call: Call;
}

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Uint8Array;
  readonly identity?: Issued;
  readonly tls?: ConnectionOptions;
  readonly agent?: Agent;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly server: WireServer;
  readonly authority: Authority;
  readonly identity: Issued;
  readonly port: number;
  readonly log: RecordingLog;
  /** One request on a connection of its own unless an agent is given. */
  ask(asked: Asked): Promise<Answered>;
  /** A TLS connection without HTTP. Resolves after the handshake. */
  open(options?: ConnectionOptions): Promise<TLSSocket>;
  stop(): Promise<void>;
}

export async function startServer(
  operations: OperationTable<TestContext>,
  options: Partial<WireServerOptions> = {},
): Promise<TestServer> {
  const authority = await makeAuthority();
  const identity = await authority.issueServer();
  const log = recordingLog();
  const dispatcher = createDispatcher<TestContext>({
    service,
    operations,
    guard: async (rule, call) => ({ rule, call }),
    toFault: (thrown) =>
      thrown instanceof VasaFault
        ? thrown
        : new VasaFault('StorageFault', 'the array failed', { cause: thrown }),
    signature: SIGNATURE,
    log,
  });
  const server = await createWireServer({
    host: '127.0.0.1',
    port: 0,
    tls: { key: identity.keyPem, cert: identity.chainPem },
    services: [
      {
        path: SERVICE_PATH,
        wsdlDirectory: fileURLToPath(new URL('../../../wsdl/vasa-2.0/', import.meta.url)),
        dispatcher,
      },
    ],
    versionXml: () => '<vasa-provider/>',
    catalogs: new Map(),
    serverHeader: SIGNATURE,
    log,
    ...options,
  });
  const port = await server.listen();
  const trust: ConnectionOptions = {
    host: '127.0.0.1',
    // Or the client would hold the certificate against the Host header that a test makes up.
    servername: 'localhost',
    port,
    ca: authority.certificatePem,
  };
  return {
    server,
    authority,
    identity,
    port,
    log,
    ask: (asked) => ask(trust, asked),
    open: (more = {}) =>
      new Promise((resolve, reject) => {
        const socket = connect({ ...trust, ...more });
        socket.once('secureConnect', () => resolve(socket));
        socket.once('error', reject);
      }),
    stop: () => server.close({ drainMs: 1_000 }),
  };
}

function ask(trust: ConnectionOptions, asked: Asked): Promise<Answered> {
  const { method = 'GET', path = SERVICE_PATH, headers = {}, body, identity, tls, agent } = asked;
  const own = identity === undefined ? {} : { key: identity.keyPem, cert: identity.chainPem };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      { ...trust, ...own, ...tls, agent: agent ?? false, method, path, headers },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Everything a socket receives until it ends. */
export function drained(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    // A reset after the answer is an end like any other.
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(pieces).toString('utf8')));
  });
}

/** Resolves when `condition` holds; rejects after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to pass within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
