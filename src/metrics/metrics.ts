/**
 * The metrics of one provider: what is counted as it happens, and what is asked for when somebody reads them.
 * A part that does not answer in time, or fails, has its figures left out and its failure counted; nobody who
 * reads metrics waits for a silent array. Knows nothing of where metrics are read.
 */
import { LIMITS } from '../model/limits.ts';
import type { Lane, WireLog } from '../wire/call.ts';
import { createCallCounts } from './calls.ts';
import type { MetricName } from './catalogue.ts';
import { createInstruments } from './instruments.ts';
import type { Reading } from './reading.ts';

/** A part that is asked for its figures when metrics are read. */
export interface MetricSource {
  /** One word, for the label of its failures. */
  readonly name: string;
  /** The metrics that it gives; hidden while it does not answer. */
  readonly metrics: readonly MetricName[];
  readonly read: () => Promise<readonly Reading[]> | readonly Reading[];
}

export interface Metrics {
  /** `log`, with everything counted that it is told. */
  counting(log: WireLog): WireLog;
  /** A call began after it had waited so long. */
  callBegan(lane: Lane, waitedMs: number): void;
  /** A change of the provider's own database has ended. */
  stored(milliseconds: number, isDone: boolean): void;
  /** Everything in Prometheus' text form. Never rejects. Those who ask at once share one answer. */
  text(sources: readonly MetricSource[]): Promise<string>;
}

/** Metrics of their own; `operations` may become labels (see `createCallCounts`). `patienceMs`: for each part. */
export function createMetrics(
  operations: ReadonlySet<string>,
  patienceMs: number = LIMITS.healthCheckMs,
): Metrics {
  const instruments = createInstruments();
  const calls = createCallCounts(instruments, operations);
  const waits = instruments.histogram('keelson_queue_wait_seconds');
  const waitOf: Readonly<Record<Lane, { observe(seconds: number): void }>> = {
    session: waits.labels('session'),
    urgent: waits.labels('urgent'),
    normal: waits.labels('normal'),
    bulk: waits.labels('bulk'),
  };
  const writes = instruments.histogram('keelson_store_write_seconds');
  const writeFailures = instruments.counter('keelson_store_write_failures_total');
  const failures = instruments.counter('keelson_metrics_failures_total');
  /** Sources that have not answered yet: they are not asked again until they have. */
  const asked = new Set<string>();
  let reading: Promise<string> | undefined;

  const ask = async ({ name, metrics, read }: MetricSource): Promise<void> => {
    try {
      if (asked.has(name)) throw new Error('has not answered yet');
      asked.add(name);
      const answer = (async () => read())().finally(() => asked.delete(name));
      instruments.show(await inTime(answer, patienceMs));
    } catch {
      // What failed is told by those who need it; whoever reads metrics sees that it is missing.
      failures.inc({ source: name });
      instruments.hide(metrics);
    }
  };
  const everything = async (sources: readonly MetricSource[]): Promise<string> => {
    await Promise.all(sources.map(ask));
    calls.settle();
    return instruments.text();
  };
  return {
    counting: calls.counting,
    callBegan: (lane, waitedMs) => waitOf[lane].observe(waitedMs / 1_000),
    stored: (milliseconds, isDone) => {
      writes.observe(milliseconds / 1_000);
      if (!isDone) writeFailures.inc();
    },
    text: (sources) => {
      reading ??= everything(sources).finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

/** Rejects when the answer is not there in time. */
async function inTime<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
