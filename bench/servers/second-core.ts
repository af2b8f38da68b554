/**
 * A spike, no product: Keelson's door and codec before a handler that does next to nothing, in three forms.
 * `one`: all in one process. `cluster`: TLS, HTTP and XML in two front processes, the handler in the process
 * that would hold the database; what is asked of it in one turn is one message. `worker`: door and handler
 * in the main thread, XML in a worker thread. Form and certificate come by standard input, as JSON; front
 * processes get them by their environment.
 */
import cluster from 'node:cluster';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { VasaFault } from '../../src/model/faults.ts';
import type { OperationTable, WireLog } from '../../src/wire/call.ts';
import { createDispatcher, type SoapAnswer, type SoapRequest } from '../../src/wire/dispatch.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import { createWireServer } from '../../src/wire/server.ts';

type Ask = (request: unknown) => Promise<unknown>;

const Input = z.object({
  form: z.enum(['one', 'cluster', 'worker']),
  cert: z.string(),
  key: z.string(),
});
const FRONTS = 2;
const log: WireLog = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};

/** What bindVirtualVolume answers for two volumes, without an array. */
function work(request: unknown): unknown {
  const { vvolId = [] } = request as { vvolId?: string[] };
  return { return: vvolId.map((id) => ({ vvolId: id })) };
}

/** Asks over a channel of messages, all of one turn in one; the other end answers a list with a list. */
function asker(
  post: (batch: unknown[]) => void,
  listen: (heard: (batch: unknown[]) => void) => void,
): Ask {
  let batch: unknown[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  listen((answers) => {
    for (const answer of answers) waiting.shift()?.(answer);
  });
  return (request) =>
    new Promise((done) => {
      waiting.push(done);
      if (batch.push(request) > 1) return;
      setImmediate(() => {
        post(batch);
        batch = [];
      });
    });
}

function dispatcherOf(ask: Ask) {
  const operations: OperationTable<undefined> = {
    bindVirtualVolume: { session: 'open', handler: async (_, request) => ask(request) },
  };
  return createDispatcher<undefined>({
    service,
    operations,
    guard: async () => undefined,
    toFault: (thrown) => new VasaFault('StorageFault', String(thrown)),
    signature: 'spike',
    log,
  });
}

async function serve(
  tls: { cert: string; key: string },
  answer: (request: SoapRequest) => Promise<SoapAnswer>,
): Promise<void> {
  const dispatcher = dispatcherOf(async (request) => work(request));
  const server = await createWireServer({
    host: 'localhost',
    port: 0,
    tls,
    services: [
      {
        path: '/service',
        wsdlDirectory: resolve(import.meta.dirname, '../../wsdl/vasa-2.0'),
        dispatcher: { ...dispatcher, answer },
      },
    ],
    versionXml: () => '',
    catalogs: new Map(),
    serverHeader: 'bench',
    log,
  });
  const port = await server.listen();
  if (process.send === undefined) process.stdout.write(`${port}\n`);
  else process.send({ port });
}

async function main(): Promise<void> {
  const { form, ...tls } = Input.parse(await json(process.stdin));
  if (form === 'one') {
    await serve(tls, dispatcherOf(async (request) => work(request)).answer);
    return;
  }
  if (form === 'worker') {
    // A worker of Node 20 does not read TypeScript by the loader of its process.
    const program = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(import.meta.url)}); })`;
    const worker = new Worker(program, { eval: true });
    // The whole codec in the worker, so that what crosses is bytes in and text out.
    const ask = asker(
      (batch) => worker.postMessage(batch),
      (heard) => worker.on('message', heard),
    );
    await serve(tls, async ({ soap, action, body, sessionId, receivedAt }) => {
      const answer = await ask({ soap, action, body, sessionId, receivedAt });
      // The handler's share of the main thread.
      work({});
      return answer as SoapAnswer;
    });
    return;
  }
  cluster.setupPrimary({ serialization: 'advanced' });
  let told = false;
  for (let front = 0; front < FRONTS; front += 1) {
    const child = cluster.fork({ SPIKE: JSON.stringify(tls) });
    child.on('message', (message: unknown[] | { port: number }) => {
      if (Array.isArray(message)) child.send(message.map(work));
      else if (!told) {
        told = true;
        process.stdout.write(`${message.port}\n`);
      }
    });
  }
  process.once('SIGTERM', () => {
    for (const child of Object.values(cluster.workers ?? {})) child?.process.kill('SIGKILL');
    process.exit(0);
  });
}

if (!isMainThread) {
  const port = parentPort;
  const { answer } = dispatcherOf(async (request) => work(request));
  const peer = { connectionId: '1', remoteAddress: '', certificate: undefined, resumed: false };
  port?.on('message', (batch: Omit<SoapRequest, 'peer'>[]) => {
    void Promise.all(batch.map((each) => answer({ ...each, peer }))).then((answers) =>
      port.postMessage(answers),
    );
  });
} else if (cluster.isWorker) {
  const tls = JSON.parse(process.env['SPIKE'] ?? '{}') as { cert: string; key: string };
  const ask = asker(
    (batch) => process.send?.(batch),
    (heard) => process.on('message', heard),
  );
  await serve(tls, dispatcherOf(ask).answer);
} else await main();
