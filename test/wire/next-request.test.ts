/**
 * Goal: a client that sends a request of more than one TLS record the moment it has a long answer keeps its connection.
 * The answer is still being written as far as the server knows, and both records can come in one read: Node's
 * parser of HTTP, left to read TLS by itself, then refuses the second one as `HPE_PAUSED`. The client is a process
 * of its own, so that it is quick enough.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { createShedding } from '../../src/wire/admission/shedding.ts';
import { createListener, type Listener } from '../../src/wire/listener.ts';
import { recordingLog } from '../support/wire/log.ts';

const run = promisify(execFile);
const CONNECTIONS = 8;
const REQUESTS = 20;
/** More than a socket takes without waiting. */
const ANSWER_BYTES = 30_000;
/** A TLS record of 16,384 bytes and a short one. */
const REQUEST_BYTES = 17_000;
const BUSY_MS = 2;

const CLIENT = `
const { connect } = require('node:tls');
const { options, request, answerBytes, connections, requests } = JSON.parse(process.argv[1]);
let open = connections;
let answered = 0;
for (let index = 0; index < connections; index += 1) {
  const socket = connect(options);
  let missing = 0;
  let own = 0;
  socket.on('secureConnect', () => socket.write(request));
  socket.on('data', (part) => {
    if (missing === 0) missing = part.indexOf('\\r\\n\\r\\n') + 4 + answerBytes;
    missing -= part.length;
    if (missing > 0) return;
    answered += 1;
    own += 1;
    if (own < requests) socket.write(request);
    else socket.end();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    open -= 1;
    if (open === 0) process.stdout.write(String(answered));
  });
}`;

let listener: Listener;
let port: number;
let trust: string;
const log = recordingLog();

beforeAll(async () => {
  const authority = await makeAuthority();
  const { keyPem: key, chainPem: cert } = await authority.issueServer();
  trust = authority.certificatePem;
  listener = createListener({
    host: '127.0.0.1',
    port: 0,
    tls: { key, cert },
    limits: LIMITS,
    shedding: createShedding(LIMITS, () => undefined),
    serverHeader: 'test',
    log,
  });
  const body = Buffer.alloc(ANSWER_BYTES, 'a');
  listener.server.on('request', (request, response) => {
    request.resume();
    request.on('end', () =>
      setImmediate(() => {
        response.writeHead(200, { 'content-length': ANSWER_BYTES });
        response.end(body);
        // What else a busy provider does before it comes back to this socket.
        const until = performance.now() + BUSY_MS;
        while (performance.now() < until);
      }),
    );
  });
  port = await listener.listen();
});
afterAll(() => listener.close(0));

test('a request of two records that follows a long answer at once is answered', async () => {
  const head = `POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${REQUEST_BYTES}\r\n\r\n`;
  const told = {
    options: { host: '127.0.0.1', servername: 'localhost', port, ca: trust },
    request: head + 'b'.repeat(REQUEST_BYTES),
    answerBytes: ANSWER_BYTES,
    connections: CONNECTIONS,
    requests: REQUESTS,
  };
  const { stdout } = await run(process.execPath, ['-e', CLIENT, JSON.stringify(told)]);
  expect(log.failures).toEqual([]);
  expect(Number(stdout)).toBe(CONNECTIONS * REQUESTS);
});
