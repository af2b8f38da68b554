/**
 * Goal: a collector is told of each request what the log says of it, in the trace of the client where there is one;
 * a collector that fails, or is not there, costs spans and nothing else; and nothing is loaded that nobody wants.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Tracing, TracingOptions } from '../../src/tracing/port.ts';
import { openTracing, tracingLog } from '../../src/tracing/tracing.ts';
import type { CallRecord, WireLog } from '../../src/wire/call.ts';
import { readTraceParent } from '../../src/wire/media.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const RECORD: CallRecord = {
  ...{
    request_id: 'request-1',
    operation: 'bindVirtualVolume',
    api_version: '2.0',
    soap_version: '1.1',
  },
  ...{
    outcome: 'ok',
    http_status: 200,
    duration_ms: 12,
    queue_ms: 3,
    request_bytes: 1,
    response_bytes: 2,
  },
  ...{
    connection: '1',
    peer_address: '192.0.2.1',
    session: 'secret12hex',
    vvol_ids: ['rfc4122.1'],
  },
  ...{ host_id: 'host-1', batch_size: 4, failed_items: 1 },
};

let collector: Server;
let status: number;
let spans: Span[];
let resources: string;
let heard: () => void;
let open: Tracing[];
let told: string[];

beforeEach(async () => {
  [status, spans, resources, open, told, heard] = [200, [], '', [], [], () => undefined];
  collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { resourceSpans } = JSON.parse(body);
    if (status === 200) {
      resources += JSON.stringify(resourceSpans[0].resource);
      spans.push(...resourceSpans[0].scopeSpans[0].spans);
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    heard();
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
});
afterEach(async () => {
  for (const tracing of open) await tracing.close();
  collector.closeAllConnections();
  collector.close();
});

async function tracing(more: Partial<TracingOptions> = {}): Promise<Tracing> {
  const { port } = collector.address() as AddressInfo;
  const made = await openTracing({
    ...{
      endpoint: `http://127.0.0.1:${port}/v1/traces`,
      percent: 100,
      gatherMs: 10,
      now: () => NOW,
    },
    resource: { 'service.name': 'keelson', 'keelson.release': 'Keelson test' },
    onFailure: (failed) => void told.push(`failed ${failed}`),
    onRecovery: (failed) => void told.push(`works after ${failed}`),
    ...more,
  });
  open.push(made);
  return made;
}

function received(): Promise<void> {
  return new Promise((resolve) => {
    heard = resolve;
  });
}

it('a request is a span with what its log line says, and no session or volume', async () => {
  const made = await tracing();
  const there = received();
  made.finished(RECORD);
  await there;
  const [span] = spans;
  expect(span).toMatchObject({ name: 'bindVirtualVolume' });
  expect(span?.parentSpanId ?? '').toBe('');
  expect(span?.startTimeUnixNano).toBe(`${BigInt(NOW - 12) * 1_000_000n}`);
  expect(span?.endTimeUnixNano).toBe(`${BigInt(NOW) * 1_000_000n}`);
  const text = JSON.stringify(span);
  for (const word of ['request-1', 'vasa.outcome', 'vasa.queue_ms', 'host-1', '192.0.2.1']) {
    expect(text).toContain(word);
  }
  for (const word of ['secret12hex', 'rfc4122']) expect(text).not.toContain(word);
  expect(resources).toContain('Keelson test');
});

it('a client’s traceparent makes it part of its trace, also where few others are taken', async () => {
  const made = await tracing({ percent: 1 });
  const there = received();
  for (let number = 0; number < 5; number += 1) made.finished({ ...RECORD, trace_parent: PARENT });
  made.finished({ ...RECORD, trace_parent: PARENT.replace(/01$/, '00') });
  await there;
  expect(spans).toHaveLength(5);
  expect(spans[0]).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentSpanId: 'b7ad6b7169203331',
  });
});

it('only a well-formed traceparent counts', () => {
  expect(readTraceParent(PARENT)).toBe(PARENT);
  const wrong = [
    ...['', 'x', PARENT.toUpperCase(), `${PARENT}-x`, PARENT.replace(/^00/, 'ff')],
    ...[
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    ],
  ];
  for (const header of [undefined, [PARENT, PARENT], ...wrong]) {
    expect(readTraceParent(header)).toBeUndefined();
  }
});

it('what array or provider are ill of is an error', async () => {
  const made = await tracing();
  const there = received();
  made.finished({ ...RECORD, outcome: 'StorageFault' });
  made.finished({ ...RECORD, outcome: 'NotFound' });
  await there;
  expect(spans.map(({ status: { code = 0 } }) => code)).toEqual([2, 0]);
});

it('a collector that refuses is told once, and once more when it works again', async () => {
  status = 400;
  const made = await tracing();
  for (let round = 0; round < 2; round += 1) {
    const there = received();
    made.finished(RECORD);
    await there;
  }
  // Settled before the next begins: only then is it known what became of the last.
  await untilCounted(made, 'failed', 2);
  status = 200;
  const there = received();
  made.finished(RECORD);
  await there;
  await untilCounted(made, 'exported', 1);
  expect(told).toEqual(['failed 1', 'works after 2']);
  expect(made.counts()).toMatchObject({ exported: 1, failed: 2, dropped: 0 });
});

it('above its bound spans are dropped and counted, and nobody waits', async () => {
  const made = await tracing({ waiting: 8, gatherMs: 60_000 });
  // Fewer than a batch, so that nothing leaves meanwhile.
  for (let number = 0; number < 20; number += 1) made.finished(RECORD);
  expect(made.counts().dropped).toBe(12);
  await made.close();
  expect(spans).toHaveLength(8);
});

it('stands before a log and hands everything on', () => {
  const seen: string[] = [];
  const log: WireLog = {
    finished: () => void seen.push('finished'),
    flush: () => void seen.push('flush'),
    wantsBodies: () => true,
    bodies: () => void seen.push('bodies'),
    connectionFailed: () => void seen.push('connectionFailed'),
    shedding: () => void seen.push('shedding'),
  };
  const traced = tracingLog(log, { finished: () => void seen.push('span') });
  traced.finished(RECORD);
  traced.flush();
  traced.shedding({});
  expect(seen).toEqual(['finished', 'span', 'flush', 'shedding']);
});

it('what is not asked for is not loaded', () => {
  const source = join(import.meta.dirname, '../../src/run/tracing.ts');
  const script = `
    import { createRequire } from 'node:module';
    const { configuredTracing } = await import(${JSON.stringify(source)});
    const cached = () =>
      Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('@opentelemetry')).length;
    const parts = { clock: { now: () => 0 }, log: { notice: () => undefined } };
    const off = await configuredTracing({ tracing: { endpoint: undefined, percent: 100 } }, 'uid', parts);
    const without = cached();
    const on = await configuredTracing({ tracing: { endpoint: 'http://127.0.0.1:9/', percent: 100 } }, 'uid', parts);
    await on.close();
    console.log(JSON.stringify([off === undefined, without, cached() > 0]));`;
  const said = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    {
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '../..'),
    },
  );
  expect(JSON.parse(said)).toEqual([true, 0, true]);
});

async function untilCounted(
  made: Tracing,
  what: 'exported' | 'failed',
  least: number,
): Promise<void> {
  while (made.counts()[what] < least) await new Promise((resolve) => setImmediate(resolve));
}
