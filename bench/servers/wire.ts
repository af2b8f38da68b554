/**
 * Keelson's door alone: its listener, its paths and its log, before a dispatcher that answers the same few
 * bytes to everything. What it costs above the empty Fastify handler is the price of the way in and out.
 * Its certificate comes by standard input, as JSON.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { pino } from 'pino';
import { z } from 'zod';
import { openLog } from '../../src/log/log.ts';
import { wireLog } from '../../src/log/wire-log.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { SoapAnswer } from '../../src/wire/dispatch.ts';
import { createWireServer } from '../../src/wire/server.ts';

const Identity = z.object({ cert: z.string(), key: z.string() });

const tls = Identity.parse(await json(process.stdin));
const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-wire-'));
// The provider's own log goes to standard output; here that has the port.
const stream = pino.destination({ dest: join(folder, 'log'), sync: true, minLength: 0 });
const log = wireLog(
  openLog({ release: 'bench', level: 'info', stream, files: undefined, clock: systemClock }),
);
const answer = (): SoapAnswer => ({
  status: 200,
  body: '<empty/>',
  session: undefined,
  facts: {
    request_id: randomUUID(),
    operation: 'none',
    api_version: '2.0',
    soap_version: '1.1',
    outcome: 'ok',
    queue_ms: 0,
  },
});
const server = await createWireServer({
  host: 'localhost',
  port: 0,
  tls,
  services: [
    {
      path: '/service',
      wsdlDirectory: resolve(import.meta.dirname, '../../wsdl/vasa-2.0'),
      dispatcher: { answer: async () => answer(), called: () => undefined, refuse: answer },
    },
  ],
  versionXml: () => '',
  catalogs: new Map(),
  serverHeader: 'bench',
  log,
});
process.stdout.write(`${await server.listen()}\n`);
process.once('SIGTERM', () => {
  void server.close({ drainMs: 0 }).then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});
