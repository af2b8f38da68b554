/**
 * Counts the calls: a wire log that stands before the real one and hands everything on. One call costs it a
 * few lookups, because what the library needs for a series is bound once. Knows nothing of what the log does.
 */
import { FAULTS } from '../model/faults.ts';
import type { CallRecord, WireLog } from '../wire/call.ts';
import type { Instruments } from './instruments.ts';

const DOCUMENTS = ['wsdl', 'versionXml', 'catalog'] as const;
const OUTCOMES: ReadonlySet<string> = new Set(['ok', 'Client', 'Server', ...Object.keys(FAULTS)]);
const VERSIONS: ReadonlySet<string> = new Set(['1.0', '2.0', 'none']);

/**
 * A wire log that counts what it is told and tells it `log`. `operations`: the names that may become a
 * label; all others count as `unknown`, so that no client makes series.
 */
export function countingLog(
  log: WireLog,
  instruments: Instruments,
  operations: ReadonlySet<string>,
): WireLog {
  const known = new Set<string>([...operations, ...DOCUMENTS]);
  const requests = instruments.counter('keelson_requests_total');
  const durations = instruments.histogram('keelson_request_duration_seconds');
  const bytes = instruments.counter('keelson_request_bytes_total');
  const items = instruments.counter('keelson_batch_items_total');
  const injected = instruments.counter('keelson_injected_faults_total');
  const failed = instruments.counter('keelson_connections_failed_total');
  const shed = instruments.counter('keelson_shed_total');
  const [bytesIn, bytesOut] = [bytes.labels('in'), bytes.labels('out')];
  const seriesOf = series((operation, version, outcome) => ({
    count: requests.labels(operation, version, outcome),
    duration: durations.labels(operation),
  }));
  const count = (record: CallRecord): void => {
    const { operation, api_version: version, outcome } = record;
    const { count: counter, duration } = seriesOf(
      known.has(operation) ? operation : 'unknown',
      VERSIONS.has(version) ? version : 'none',
      OUTCOMES.has(outcome) ? outcome : 'other',
    );
    counter.inc();
    duration.observe(record.duration_ms / 1_000);
    bytesIn.inc(record.request_bytes);
    bytesOut.inc(record.response_bytes);
    if (record.injected !== undefined) injected.inc();
    if (record.batch_size === undefined) return;
    const bad = record.failed_items ?? 0;
    items.inc({ outcome: 'failed' }, bad);
    items.inc({ outcome: 'ok' }, Math.max(0, record.batch_size - bad));
  };
  return {
    finished: (record) => {
      count(record);
      log.finished(record);
    },
    flush: () => log.flush(),
    wantsBodies: (call) => log.wantsBodies(call),
    bodies: (record, request, response) => log.bodies(record, request, response),
    connectionFailed: (facts) => {
      failed.inc();
      log.connectionFailed(facts);
    },
    shedding: (counts) => {
      for (const [what, refused] of Object.entries(counts)) {
        shed.inc({ what: kindOfShed(what) }, refused);
      }
      log.shedding(counts);
    },
  };
}

/** The words of the shedding line, folded into a few. */
function kindOfShed(what: string): string {
  if (what === 'connection_failed') return 'lines';
  return what.startsWith('connection ') ? 'connections' : 'calls';
}

/** Remembers what `make` gives for three words, of which there are few. */
function series<Made>(
  make: (operation: string, version: string, outcome: string) => Made,
): (operation: string, version: string, outcome: string) => Made {
  const made = new Map<string, Made>();
  return (operation, version, outcome) => {
    const key = `${operation} ${version} ${outcome}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(operation, version, outcome);
    made.set(key, fresh);
    return fresh;
  };
}
