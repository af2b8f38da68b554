/** Sample facts of calls, and a log that keeps its lines, for the tests of this folder. */
import { type Log, type LogOptions, openLog } from '../../src/log/log.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import { epochMs } from '../../src/model/units.ts';
import { RELEASE } from '../../src/release/release.ts';
import type { CallRecord } from '../../src/wire/call.ts';

export type Line = Readonly<Record<string, unknown>>;

export interface KeptLog {
  readonly log: Log;
  readonly lines: () => readonly Line[];
  readonly text: () => string;
  readonly clock: MovableClock;
}

/** A clock that stands still until it is moved. */
export function standingClock(): MovableClock {
  return movableClock({ now: () => epochMs(Date.UTC(2026, 10, 22, 12)) });
}

export function keptLog(options: Partial<LogOptions> = {}): KeptLog {
  const clock = standingClock();
  let text = '';
  const stream = {
    write: (line: string) => {
      text += line;
    },
  };
  const log = openLog({
    release: RELEASE.signature,
    level: 'info',
    stream,
    files: undefined,
    clock,
    ...options,
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Line => JSON.parse(line));
  return { log, lines, text: () => text, clock };
}

/** A record with every field that a call may have. */
export function fullRecord(change: Partial<CallRecord> = {}): CallRecord {
  return {
    request_id: 'r-1',
    operation: 'bindVirtualVolume',
    api_version: '2.0',
    soap_version: '1.1',
    outcome: 'ok',
    reason: 'none',
    refusal: 'none',
    cause: new Error('outer', { cause: new TypeError('inner') }),
    http_status: 200,
    duration_ms: 3,
    queue_ms: 1,
    request_bytes: 900,
    response_bytes: 800,
    connection: 'c-1',
    peer_address: '192.0.2.7',
    peer_certificate: '0123456789abcdef',
    host_id: 'host-1',
    vcenter_id: 'vcenter-1',
    session: '0123456789ab',
    batch_size: 2,
    failed_items: 1,
    item_faults: { NotFound: 1 },
    vvol_ids: ['rfc4122.1'],
    injected: ['rule-1: error busy'],
    task_id: 'task-1',
    trace_parent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    took_over_from: 'https://other.example.com:8443/vasa/version.xml',
    ...change,
  };
}
