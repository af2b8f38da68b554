/**
 * Traces, where somebody wants them: each request becomes a span for a collector. What OpenTelemetry needs is loaded
 * here and only when it is asked for; without it no request does anything for traces. Knows no collector.
 */
import type { WireLog } from '../wire/call.ts';
import type { Tracing, TracingOptions } from './port.ts';

/** Loads OpenTelemetry and begins. */
export async function openTracing(options: TracingOptions): Promise<Tracing> {
  const { createTracing } = await import('./spans.ts');
  return createTracing(options);
}

/** `log`, with a span made of each request that it is told. */
export function tracingLog(log: WireLog, tracing: Pick<Tracing, 'finished'>): WireLog {
  return {
    ...log,
    finished: (record) => {
      log.finished(record);
      tracing.finished(record);
    },
  };
}
