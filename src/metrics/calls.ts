/**
 * Counts the calls: a wire log that stands before the real one and hands everything on. Counts are plain numbers
 * until somebody reads metrics, because finding the series of a label is what the library takes longest for. Knows
 * nothing of what the log does.
 */
import { FAULTS } from '../model/faults.ts';
import type { CallRecord, WireLog } from '../wire/call.ts';
import type { Instruments } from './instruments.ts';

const DOCUMENTS = ['wsdl', 'versionXml', 'catalog'] as const;
const OUTCOMES: ReadonlySet<string> = new Set(['ok', 'Client', 'Server', ...Object.keys(FAULTS)]);
const VERSIONS: ReadonlySet<string> = new Set(['1.0', '2.0', 'none']);

/** Counts of calls. */
export interface CallCounts {
  /** `log`, with everything counted that it is told. */
  counting(log: WireLog): WireLog;
  /** Gives what was counted to the metrics. */
  settle(): void;
}

/** A count that is given to its series now and then. */
interface Tally {
  count: number;
  readonly series: { inc(value: number): void };
}

/** `operations`: names that may become a label; all others count as `unknown`, so that no client makes series. */
export function createCallCounts(
  instruments: Instruments,
  operations: ReadonlySet<string>,
): CallCounts {
  const known = new Set<string>([...operations, ...DOCUMENTS]);
  const requests = instruments.counter('keelson_requests_total');
  const durations = instruments.histogram('keelson_request_duration_seconds');
  const bytes = instruments.counter('keelson_request_bytes_total');
  const items = instruments.counter('keelson_batch_items_total');
  const injected = instruments.counter('keelson_injected_faults_total');
  const failed = instruments.counter('keelson_connections_failed_total');
  const shed = instruments.counter('keelson_shed_total');
  const tallies: Tally[] = [];
  const tally = (series: Tally['series']): Tally => {
    const made = { count: 0, series };
    tallies.push(made);
    return made;
  };
  const [bytesIn, bytesOut] = [tally(bytes.labels('in')), tally(bytes.labels('out'))];
  const seriesOf = remembered((operation, version, outcome) => ({
    requests: tally(requests.labels(operation, version, outcome)),
    duration: durations.labels(operation),
  }));
  const count = (record: CallRecord): void => {
    const { operation, api_version: version, outcome } = record;
    const series = seriesOf(
      known.has(operation) ? operation : 'unknown',
      VERSIONS.has(version) ? version : 'none',
      OUTCOMES.has(outcome) ? outcome : 'other',
    );
    series.requests.count += 1;
    series.duration.observe(record.duration_ms / 1_000);
    bytesIn.count += record.request_bytes;
    bytesOut.count += record.response_bytes;
    if (record.injected !== undefined) injected.inc();
    if (record.batch_size === undefined) return;
    const bad = record.failed_items ?? 0;
    items.inc({ outcome: 'failed' }, bad);
    items.inc({ outcome: 'ok' }, Math.max(0, record.batch_size - bad));
  };
  const counting = (log: WireLog): WireLog => ({
    ...log,
    finished: (record) => {
      count(record);
      log.finished(record);
    },
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
  });
  return {
    counting,
    settle: () => {
      for (const each of tallies) {
        each.series.inc(each.count);
        each.count = 0;
      }
    },
  };
}

/** The words of the shedding line, folded into a few. */
function kindOfShed(what: string): string {
  if (what === 'connection_failed') return 'lines';
  return what.startsWith('connection ') ? 'connections' : 'calls';
}

/** Remembers what `make` gives for three words, of which there are few. */
function remembered<Made>(
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
