/** What the rest of the provider knows of traces: requests go in, counts come out. Knows no OpenTelemetry. */
import type { CallRecord } from '../wire/call.ts';

export interface TracingOptions {
  /** URL of the collector's traces, OTLP over HTTP. */
  readonly endpoint: string;
  /** Of requests that come without a trace of their own, how many become one. */
  readonly percent: number;
  /** What every span says of this provider. */
  readonly resource: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which a request that ends now has ended. */
  readonly now: () => number;
  /** Told when spans cannot be handed over, once until they can be again. */
  readonly onFailure: (failed: number, cause: unknown) => void;
  /** Told when that works again, and how many were lost meanwhile. */
  readonly onRecovery: (failed: number) => void;
  /** How long spans gather; by default five seconds. For tests. */
  readonly gatherMs?: number;
  /** Spans that may wait; by default `LIMITS.traceSpans`. For tests. */
  readonly waiting?: number;
}

/** Spans since the start. */
export interface SpanCounts {
  readonly exported: number;
  readonly failed: number;
  /** Because too many waited. */
  readonly dropped: number;
}

export interface Tracing {
  /** A request was answered. Returns at once and never throws. */
  finished(record: CallRecord): void;
  counts(): SpanCounts;
  /** Hands over what waits, within a few seconds. Never rejects. */
  close(): Promise<void>;
}
