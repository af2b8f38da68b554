/**
 * Where the provider's metrics come from: for each part what it is asked, and what that becomes. Everything
 * here is cheap for the part that is asked; figures that an array has to count are asked for once a minute.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Health } from '../admin/health.ts';
import type { ArrayAdministration, ArrayReport } from '../array/administration.ts';
import type { StorageArrayPort } from '../array/port.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { MetricSource } from '../metrics/metrics.ts';
import { type Reading, reading } from '../metrics/reading.ts';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { Provider } from '../operations/context.ts';
import { RELEASE } from '../release/release.ts';
import type { SpanCounts } from '../tracing/port.ts';
import type { Trust } from '../trust/trust.ts';
import { LANES } from '../wire/admission/lane.ts';
import type { WireFigures } from '../wire/server.ts';

/** What is asked when somebody reads metrics. */
export interface MetricParts {
  readonly provider: Provider;
  readonly dataDirectory: string;
  readonly arrayAdministration: Pick<ArrayAdministration, 'show'>;
  readonly wire: { figures(): WireFigures };
  /** Fault rules in force, verbose switches that are on. */
  readonly inForce: () => { readonly faultRules: number; readonly verbose: number };
  readonly audit: AuditTrail['state'];
  /** Undefined where tracing is off. */
  readonly spans: () => SpanCounts | undefined;
  readonly health: () => Promise<Health>;
  readonly startedAt: number;
}

const DAY_MS = 86_400_000;
const NONE = {};

/** The parts of one provider, each with its figures. */
export function metricSources(parts: MetricParts): readonly MetricSource[] {
  const { provider, dataDirectory, wire } = parts;
  const { alarms, array, clock, sessions, trust } = provider;
  return [
    source(
      'provider',
      [
        'keelson_build_info',
        'keelson_start_time_seconds',
        'keelson_fault_rules',
        'keelson_verbose_switches',
      ],
      () => {
        const { faultRules, verbose } = parts.inForce();
        return [
          reading('keelson_build_info', buildLabels(), 1),
          reading('keelson_start_time_seconds', NONE, parts.startedAt / 1_000),
          reading('keelson_fault_rules', NONE, faultRules),
          reading('keelson_verbose_switches', NONE, verbose),
        ];
      },
    ),
    source('health', ['keelson_healthy', 'keelson_array_answers'], async () => {
      const { healthy, array: state } = await parts.health();
      return [
        reading('keelson_healthy', NONE, healthy ? 1 : 0),
        reading('keelson_array_answers', NONE, state === 'answers' ? 1 : 0),
      ];
    }),
    source('wire', WIRE, () => wireReadings(wire.figures())),
    source(
      'trust',
      ['keelson_sessions', 'keelson_registrations', 'keelson_certificate_days_left'],
      async () => [
        reading('keelson_sessions', NONE, (await sessions.list()).length),
        reading('keelson_registrations', NONE, trust.registrations.all().length),
        ...certificateReadings(trust, clock.now()),
      ],
    ),
    source('alarms', ['keelson_alarms'], () => {
      const active = alarms.active();
      return (['Red', 'Yellow'] as const).map((status) =>
        reading(
          'keelson_alarms',
          { status },
          active.filter(({ alarm }) => alarm.status === status).length,
        ),
      );
    }),
    source('array', ['keelson_endpoints', 'keelson_tasks'], () => arrayReadings(array)),
    source('figures', FIGURES, figuresOf(parts.arrayAdministration, provider.clock)),
    source('events', ['keelson_events_newest_id', 'keelson_events_behind'], () =>
      eventReadings(provider),
    ),
    source('audit', AUDIT, () => auditReadings(parts.audit())),
    source('tracing', ['keelson_trace_spans_total'], () => {
      const { exported, failed, dropped } = parts.spans() ?? { exported: 0, failed: 0, dropped: 0 };
      return Object.entries({ exported, failed, dropped }).map(([result, count]) =>
        reading('keelson_trace_spans_total', { result }, count),
      );
    }),
    source('database', ['keelson_database_bytes'], () => [
      reading(
        'keelson_database_bytes',
        { file: 'database' },
        bytesOf(join(dataDirectory, 'provider.db')),
      ),
      reading(
        'keelson_database_bytes',
        { file: 'log' },
        bytesOf(join(dataDirectory, 'provider.db-wal')),
      ),
    ]),
  ];
}

function source(
  name: string,
  metrics: MetricSource['metrics'],
  read: MetricSource['read'],
): MetricSource {
  return { name, metrics, read };
}

function buildLabels() {
  const { signature, version, build } = RELEASE;
  return { release: signature, version, build };
}

const WIRE = [
  'keelson_calls_under_way',
  'keelson_calls_waiting',
  'keelson_calls_admitted_total',
  'keelson_calls_refused_total',
  'keelson_connections',
  'keelson_handshakes_in_state',
  'keelson_handshakes_total',
] as const;

function wireReadings({ handshakes, calls }: WireFigures): readonly Reading[] {
  const { connections, silent, waiting, underWay, unfinished, completed, dropped } = handshakes;
  const states = { silent, waiting, under_way: underWay, unfinished };
  return [
    reading('keelson_connections', NONE, connections),
    ...Object.entries(states).map(([state, count]) =>
      reading('keelson_handshakes_in_state', { state }, count),
    ),
    ...Object.entries({ completed, ...dropped }).map(([result, count]) =>
      reading('keelson_handshakes_total', { result }, count),
    ),
    ...LANES.flatMap((lane) => [
      reading('keelson_calls_under_way', { lane }, calls[lane].underWay),
      reading('keelson_calls_waiting', { lane }, calls[lane].waiting),
      reading('keelson_calls_admitted_total', { lane }, calls[lane].admitted),
      reading('keelson_calls_refused_total', { lane }, calls[lane].refused),
    ]),
  ];
}

/** The nearest to their end, each thing once however many registrations hold it. */
function certificateReadings(trust: Trust, now: number): readonly Reading[] {
  const ends = new Map<string, { readonly kind: string; readonly notAfter: number }>();
  const add = (kind: string) => (thing: { fingerprint: string; notAfter: number }) =>
    void ends.set(thing.fingerprint, { kind, notAfter: thing.notAfter });
  for (const registration of trust.registrations.all()) {
    const { own, authorities, crls } = trust.registrations.parts(registration);
    authorities.forEach(add('authority'));
    if (own !== undefined) add('client')(own);
    for (const { fingerprint, nextUpdate } of crls) {
      if (nextUpdate !== undefined) add('crl')({ fingerprint, notAfter: nextUpdate });
    }
  }
  trust.certificate.chain().forEach(add('served'));
  const nearest = [...ends].sort(([, a], [, b]) => a.notAfter - b.notAfter);
  return nearest
    .slice(0, LIMITS.metricsCertificates)
    .map(([fingerprint, { kind, notAfter }]) =>
      reading(
        'keelson_certificate_days_left',
        { kind, fingerprint: fingerprint.slice(0, 16) },
        (notAfter - now) / DAY_MS,
      ),
    );
}

/** What the array answers from memory. */
async function arrayReadings(array: StorageArrayPort): Promise<readonly Reading[]> {
  const [endpoints, jobs] = await Promise.all([array.endpoints(), array.openJobs(undefined)]);
  const online = endpoints.filter((each) => each.online).length;
  const running = jobs.filter(({ state }) => state === 'running').length;
  return [
    reading('keelson_endpoints', { state: 'online' }, online),
    reading('keelson_endpoints', { state: 'offline' }, endpoints.length - online),
    reading('keelson_tasks', { state: 'running' }, running),
    reading('keelson_tasks', { state: 'queued' }, jobs.length - running),
  ];
}

const FIGURES = [
  'keelson_volumes',
  'keelson_bindings',
  'keelson_bound_hosts',
  'keelson_pool_bytes',
  'keelson_array_figures_age_seconds',
] as const;

/** What the array's operator would be shown, asked for once a minute at most. */
function figuresOf(
  administration: Pick<ArrayAdministration, 'show'>,
  clock: Clock,
): () => Promise<readonly Reading[]> {
  let known: { readonly report: ArrayReport; readonly at: number } | undefined;
  return async () => {
    const age = known === undefined ? Number.NaN : clock.now() - known.at;
    if (known === undefined || age < 0 || age >= LIMITS.metricsArrayFiguresMs) {
      known = { report: await administration.show(), at: clock.now() };
    }
    const { report, at } = known;
    const pools = report.arrays.flatMap((each) => each.pools).slice(0, LIMITS.metricsPools);
    return [
      reading('keelson_volumes', NONE, report.volumeCount),
      reading('keelson_bindings', NONE, report.bindingCount),
      reading('keelson_bound_hosts', NONE, report.hostCount),
      reading('keelson_array_figures_age_seconds', NONE, (clock.now() - at) / 1_000),
      ...pools.flatMap(({ name: pool, totalBytes, usedBytes }) => [
        reading('keelson_pool_bytes', { pool, kind: 'total' }, totalBytes),
        reading('keelson_pool_bytes', { pool, kind: 'used' }, usedBytes),
      ]),
    ];
  };
}

async function eventReadings({ array, store }: Provider): Promise<readonly Reading[]> {
  const [{ newest }, numbered] = await Promise.all([store.eventRange(), store.numberedUpTo()]);
  const page = await array.changes(numbered, 1);
  const behind = page.newest > numbered ? Number(page.newest - numbered) : 0;
  return [
    reading('keelson_events_newest_id', NONE, Number(newest)),
    reading('keelson_events_behind', NONE, behind),
  ];
}

const AUDIT = [
  'keelson_audit_intact',
  'keelson_audit_records_total',
  'keelson_audit_failures_total',
] as const;

function auditReadings({
  found,
  records,
  failures,
}: ReturnType<AuditTrail['state']>): readonly Reading[] {
  const intact = found === undefined && failures === 0;
  return [
    reading('keelson_audit_intact', NONE, intact ? 1 : 0),
    reading('keelson_audit_records_total', NONE, records),
    reading('keelson_audit_failures_total', NONE, failures),
  ];
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
