/** A log that remembers, for tests of who was told what. */
import type { CallRecord, WireLog } from '../../../src/wire/call.ts';

export interface RecordingLog extends WireLog {
  readonly records: CallRecord[];
  readonly failures: { remoteAddress: string; code: string; message: string }[];
  readonly kept: { record: CallRecord; request: string; response: string }[];
  readonly shed: Readonly<Record<string, number>>[];
  /** Whether bodies are wanted; false at first. */
  verbose: boolean;
}

export function recordingLog(): RecordingLog {
  const log: RecordingLog = {
    records: [],
    failures: [],
    kept: [],
    shed: [],
    verbose: false,
    finished: (record) => void log.records.push(record),
    flush: () => undefined,
    wantsBodies: () => log.verbose,
    bodies: (record, request, response) => void log.kept.push({ record, request, response }),
    connectionFailed: (facts) => void log.failures.push(facts),
    shedding: (counts) => void log.shed.push(counts),
  };
  return log;
}
