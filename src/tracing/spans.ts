/**
 * Spans by OpenTelemetry: made of the record of a request when it has been answered, gathered, and handed to the
 * collector. How many may wait is bounded here, and counted; what fails is counted and told, and never in the way.
 * Nothing of OpenTelemetry's is made global.
 */
import {
  type Context,
  ROOT_CONTEXT,
  type SpanAttributes,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { LIMITS } from '../model/limits.ts';
import type { CallRecord } from '../wire/call.ts';
import type { SpanCounts, Tracing, TracingOptions } from './port.ts';

/** Outcomes that mean that we or the array are ill, as in the log. */
const ILL: ReadonlySet<string> = new Set(['StorageFault', 'Server']);
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Begins to make spans; see `openTracing`. */
export function createTracing(options: TracingOptions): Tracing {
  const { endpoint, percent, resource, now, gatherMs = 5_000 } = options;
  const counts = { exported: 0, failed: 0, dropped: 0, waiting: 0 };
  const exporter = watched(new OTLPTraceExporter({ url: endpoint }), counts, options);
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: options.waiting ?? LIMITS.traceSpans,
    maxExportBatchSize: Math.min(options.waiting ?? LIMITS.traceSpans, 512),
    scheduledDelayMillis: gatherMs,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ ...resource }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(percent / 100) }),
    spanProcessors: [bounded(processor, counts, options.waiting ?? LIMITS.traceSpans)],
  });
  const tracer = provider.getTracer('keelson');
  return {
    finished: (record) => {
      const end = now();
      const span = tracer.startSpan(
        record.operation,
        {
          kind: SpanKind.SERVER,
          startTime: new Date(end - record.duration_ms),
          attributes: attributesOf(record),
        },
        contextOf(record.trace_parent),
      );
      if (ILL.has(record.outcome)) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(new Date(end));
    },
    counts: (): SpanCounts => ({ ...counts }),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** What the log line of the request says, but for sessions, volumes and texts. */
function attributesOf(record: CallRecord): SpanAttributes {
  const { batch_size: items, failed_items: failed, host_id: host, vcenter_id: vcenter } = record;
  return {
    'rpc.system': 'soap',
    'rpc.service': 'vasa',
    'rpc.method': record.operation,
    'vasa.api_version': record.api_version,
    'vasa.outcome': record.outcome,
    'vasa.request_id': record.request_id,
    'vasa.queue_ms': record.queue_ms,
    'http.response.status_code': record.http_status,
    'client.address': record.peer_address,
    ...(items === undefined ? {} : { 'vasa.batch_size': items, 'vasa.failed_items': failed ?? 0 }),
    ...(host === undefined ? {} : { 'vasa.host_id': host }),
    ...(vcenter === undefined ? {} : { 'vasa.vcenter_id': vcenter }),
  };
}

/** The client's own span as the parent, where its request named one. */
function contextOf(traceParent: string | undefined): Context {
  const [, traceId, spanId, flags = '00'] = TRACE_PARENT.exec(traceParent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

interface Counting {
  exported: number;
  failed: number;
  dropped: number;
  /** On their way, from the end of the span until the collector has it or not. */
  waiting: number;
}

/** Drops spans when too many wait: the library would do so too, but tells nobody. */
function bounded(inner: SpanProcessor, counts: Counting, most: number): SpanProcessor {
  return {
    onStart: (span, context) => inner.onStart(span, context),
    onEnd: (span) => {
      // One that is not in the sample goes nowhere.
      if ((span.spanContext().traceFlags & 1) === 0) return;
      if (counts.waiting >= most) {
        counts.dropped += 1;
        return;
      }
      counts.waiting += 1;
      inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

/** The exporter, with what becomes of spans counted and the first failure of a row told. */
function watched(
  inner: SpanExporter,
  counts: Counting,
  { onFailure, onRecovery }: Pick<TracingOptions, 'onFailure' | 'onRecovery'>,
): SpanExporter {
  let failedInRow = 0;
  return {
    export: (spans: ReadableSpan[], done) =>
      inner.export(spans, (result) => {
        counts.waiting -= spans.length;
        if (result.code === 0) {
          counts.exported += spans.length;
          if (failedInRow > 0) onRecovery(failedInRow);
          failedInRow = 0;
        } else {
          counts.failed += spans.length;
          failedInRow += spans.length;
          if (failedInRow === spans.length) onFailure(failedInRow, result.error);
        }
        done(result);
      }),
    shutdown: () => inner.shutdown(),
    forceFlush: () => inner.forceFlush?.() ?? Promise.resolve(),
  };
}
