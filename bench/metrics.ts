/**
 * What it costs to be watched: the log line of one call, counting it, making its span, one reading of all metrics,
 * and one record of the audit trail, beside the cheapest real call, a poll that finds nothing. In turns, without
 * sockets, in processor time of this process: the ratios are the point.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditTrail } from '../src/audit/trail.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { observeProcess } from '../src/metrics/process.ts';
import { systemClock } from '../src/model/clock.ts';
import { openTracing } from '../src/tracing/tracing.ts';
import type { CallRecord, WireLog } from '../src/wire/call.ts';
import { service } from '../src/wire/generated/vasa-2.0/service.ts';
import { createTokenizer } from '../src/wire/tokenizer.ts';
import { envelope } from '../test/support/soap-client.ts';
import * as messages from './messages.ts';
import { measure, type Part } from './wire.ts';
import { openWireStage } from './wire-stage.ts';

const DEAF: WireLog = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};

/** Prints µs of each part, and its share of the poll. */
export async function metrics(short: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-metrics-'));
  const stage = await openWireStage(1, createTokenizer());
  const names = new Set(Object.keys(service.operations));
  const counted = createMetrics(names);
  const log = counted.counting(DEAF);
  const anchor = { read: async () => undefined, save: async () => undefined };
  const trail = await openAuditTrail({ folder, anchor, clock: systemClock, release: 'bench' });
  // Nobody listens there: what is timed is the way to the queue, and dropping when it is full.
  const tracing = await openTracing({
    ...{
      endpoint: 'http://127.0.0.1:9/',
      percent: 100,
      resource: {},
      now: () => systemClock.now(),
    },
    ...{ onFailure: () => undefined, onRecovery: () => undefined },
  });
  const readProcess = observeProcess();
  try {
    for (const operation of names) log.finished(recordOf(operation));
    const { operation, children } = messages.getEvents(stage.lastEventId);
    const body = Buffer.from(envelope(operation, children, '1.1'));
    const asked = { soap: '1.1', action: `urn:${operation}`, body, receivedAt: 0 } as const;
    const record = recordOf(operation);
    const parts: Readonly<Record<string, Part>> = {
      'a poll that finds nothing, without its socket': () =>
        stage.dispatcher.answer({ ...asked, ...stage.caller }),
      'counting one call': () => {
        counted.callBegan('normal', 0);
        log.finished(record);
      },
      'making one span': () => tracing.finished(record),
      'reading all metrics, every operation seen': () => counted.text([]),
      'reading those of the process': readProcess,
      'one record of the audit trail, on the disk': () =>
        trail.append({
          ...{ actor: { kind: 'provider' }, action: 'user.save', subject: 'bench' },
          ...{ outcome: 'told', details: {} },
        }),
    };
    const times = await measure(parts, short);
    const unit = [...times.values()][0] ?? Number.NaN;
    const rows = [...times].map(
      ([name, time]) => `| ${name} | ${time.toFixed(1)} | ${(time / unit).toFixed(3)} |`,
    );
    process.stdout.write(
      `\n### µs of processor time, and as a share of the poll\n\n| part | µs | share |\n|---|---|---|\n${rows.join('\n')}\n`,
    );
  } finally {
    await tracing.close();
    await trail.close();
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function recordOf(operation: string): CallRecord {
  return {
    ...{ request_id: '1', operation, api_version: '2.0', soap_version: '1.1', outcome: 'ok' },
    ...{ http_status: 200, duration_ms: 1, queue_ms: 0, request_bytes: 1_000, response_bytes: 800 },
    ...{ connection: '1', peer_address: '192.0.2.1', host_id: 'host-1' },
  };
}
