/**
 * Goal: what a provider says of itself in numbers follows what happens to it, is what docs/monitoring.md lists, and
 * cannot be made to grow by anybody; and the alert rules and the dashboard ask for nothing that is not there.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { processMetrics } from '../../scripts/docs/monitoring-page.ts';
import { openHealthServer } from '../../src/admin/health.ts';
import { METRICS } from '../../src/metrics/catalogue.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { observeProcess } from '../../src/metrics/process.ts';
import type { CallRecord, WireLog } from '../../src/wire/call.ts';
import { onStage } from '../support/scenes/stage.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PROCESS = new Set(processMetrics().map(({ name }) => name));
let before: Sample[];
let after: Sample[];
let told: string;

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text form; throws on a line that is none of it. */
function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    if (line === '' || /^# (HELP|TYPE) [a-z0-9_:]+ /.test(line)) return [];
    const [, name = '', labels = '', value = ''] =
      /^([a-zA-Z0-9_:]+)(?:\{(.*)\})? (-?[0-9.e+-]+|\+Inf|N[aA][nN])$/.exec(line) ?? [];
    if (name === '') throw new Error(`no sample: ${line}`);
    const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)];
    return [
      {
        name,
        labels: Object.fromEntries(pairs.map(([, key, text]) => [key, text])),
        value: Number(value),
      },
    ];
  });
}

function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number {
  const fitting = samples.filter(
    (each) =>
      each.name === name &&
      Object.entries(labels).every(([key, value]) => each.labels[key] === value),
  );
  return fitting.reduce((sum, { value }) => sum + value, 0);
}

beforeAll(async () => {
  const logs = await mkdtemp(join(tmpdir(), 'keelson-metrics-'));
  try {
    await onStage({ hosts: 1 }, { directory: logs, verbose: false }, async (stage) => {
      const provider = stage.provider();
      const read = async () => samplesOf(await provider.metrics());
      const [host] = stage.world.hosts;
      before = await read();
      await host?.call('queryArrays', { arrayUniqueId: [] });
      await host?.call('queryArrays', { arrayUniqueId: [] });
      await host
        ?.call('queryStorageContainer', {
          containerId: ['rfc4122.00000000-0000-4000-8000-000000000000'],
        })
        .catch(() => undefined);
      await provider.administration.faults
        .add({ id: 'one', on: { operation: 'bind' }, effect: { error: 'busy' } })
        .catch(() => undefined);
      await provider.administration.verboseOn({ seconds: 60 });
      after = await read();
      const listening = await openHealthServer(
        { host: '127.0.0.1', port: 0 },
        () => provider.health(),
        () => provider.metrics(),
      );
      const answer = await fetch(new URL('/metrics', listening.url));
      told = `${answer.status} ${answer.headers.get('content-type')} ${(await answer.text()).length > 1_000}`;
      await listening.close();
    });
  } finally {
    await rm(logs, { recursive: true, force: true });
  }
});

describe('metrics of a provider', () => {
  it('follow what happens', () => {
    const rise = (name: string, labels: Record<string, string>) =>
      sumOf(after, name, labels) - sumOf(before, name, labels);
    expect(rise('keelson_requests_total', { operation: 'queryArrays', outcome: 'ok' })).toBe(2);
    expect(rise('keelson_request_duration_seconds_count', { operation: 'queryArrays' })).toBe(2);
    expect(rise('keelson_queue_wait_seconds_count', {})).toBeGreaterThanOrEqual(3);
    expect(rise('keelson_calls_admitted_total', {})).toBeGreaterThanOrEqual(3);
    expect(rise('keelson_request_bytes_total', { direction: 'in' })).toBeGreaterThan(500);
    expect(rise('keelson_verbose_switches', {})).toBe(1);
    expect(rise('keelson_audit_records_total', {})).toBeGreaterThanOrEqual(2);
  });

  it('say how it is', () => {
    const sure = {
      keelson_healthy: 1,
      keelson_array_answers: 1,
      keelson_build_info: 1,
      keelson_audit_intact: 1,
    };
    for (const [name, value] of Object.entries(sure)) expect(sumOf(after, name), name).toBe(value);
    for (const name of [
      ...['keelson_sessions', 'keelson_registrations', 'keelson_connections', 'keelson_endpoints'],
      ...['keelson_database_bytes', 'keelson_start_time_seconds', 'keelson_pool_bytes'],
      ...['keelson_events_newest_id', 'keelson_store_write_seconds_count'],
    ]) {
      expect(sumOf(after, name), name).toBeGreaterThan(0);
    }
    expect(sumOf(after, 'keelson_metrics_failures_total')).toBe(0);
    expect(sumOf(after, 'keelson_certificate_days_left', { kind: 'served' })).toBeGreaterThan(30);
    expect(sumOf(after, 'keelson_certificate_days_left', { kind: 'authority' })).not.toBe(0);
  });

  it('have names and labels of the list alone, and no label that could be a volume, host or session', () => {
    for (const { name, labels } of after) {
      const declared = Object.entries(METRICS).find(
        ([each]) => name === each || name.replace(/_(bucket|sum|count)$/, '') === each,
      );
      expect(declared, name).toBeDefined();
      const known = new Set([...Object.keys(declared?.[1].labels ?? {}), 'le']);
      for (const label of Object.keys(labels)) expect(known, name).toContain(label);
      for (const value of Object.values(labels))
        expect(value).not.toMatch(/rfc4122|naa\.|[0-9a-f]{8}-[0-9a-f]{4}/);
    }
  });

  it('are on the health listener, in the form that Prometheus reads', () => {
    expect(told).toBe('200 text/plain; version=0.0.4; charset=utf-8 true');
  });
});

/** A wire log that forgets. */
const DEAF: WireLog = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};

const RECORD: CallRecord = {
  ...{
    request_id: '1',
    operation: 'getEvents',
    api_version: '2.0',
    soap_version: '1.1',
    outcome: 'ok',
  },
  ...{ http_status: 200, duration_ms: 3, queue_ms: 0, request_bytes: 10, response_bytes: 20 },
  ...{ connection: '1', peer_address: '192.0.2.1' },
};

describe('counting', () => {
  it('makes no series for names that clients invent', async () => {
    const metrics = createMetrics(new Set(['getEvents']));
    const log = metrics.counting(DEAF);
    log.finished(RECORD);
    const few = samplesOf(await metrics.text([])).length;
    for (let number = 0; number < 1_000; number += 1) {
      const invented = {
        operation: `op${number}`,
        outcome: `Fault${number}`,
        api_version: `${number}`,
      };
      log.finished({ ...RECORD, ...invented });
      log.shedding({ [`${number} call waited`]: 1 });
    }
    const samples = samplesOf(await metrics.text([]));
    expect(samples.length).toBeLessThan(few + 30);
    expect(
      sumOf(samples, 'keelson_requests_total', { operation: 'unknown', outcome: 'other' }),
    ).toBe(1_000);
    expect(sumOf(samples, 'keelson_shed_total', { what: 'calls' })).toBe(1_000);
  });

  it('leaves out a part that fails or is silent, says so, and does not ask it again meanwhile', async () => {
    const metrics = createMetrics(new Set(), 20);
    let asked = 0;
    const silent = {
      name: 'array',
      metrics: ['keelson_volumes'] as const,
      read: () => {
        asked += 1;
        return new Promise<never>(() => undefined);
      },
    };
    const broken = {
      name: 'events',
      metrics: ['keelson_events_behind'] as const,
      read: () => {
        throw new Error('broken');
      },
    };
    const first = samplesOf(await metrics.text([silent, broken]));
    const second = samplesOf(await metrics.text([silent, broken]));
    expect(asked).toBe(1);
    expect(first.some(({ name }) => name === 'keelson_volumes')).toBe(false);
    expect(sumOf(second, 'keelson_metrics_failures_total', { source: 'array' })).toBe(2);
    expect(sumOf(second, 'keelson_metrics_failures_total', { source: 'events' })).toBe(2);
  });
});

/** Names of metrics in a query; throws when Prometheus' grammar does not read it. */
function namesIn(query: string): readonly string[] {
  const names: string[] = [];
  const plain = query.replaceAll('$__rate_interval', '5m').replaceAll('"$instance"', '".*"');
  parser.parse(plain).iterate({
    enter: (node) => {
      if (node.type.isError) throw new Error(`not PromQL: ${query}`);
      if (node.name === 'Identifier') names.push(plain.slice(node.from, node.to));
    },
  });
  return names;
}

function isMeasured(name: string): boolean {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  return (
    name === 'up' ||
    Object.hasOwn(METRICS, name) ||
    PROCESS.has(name) ||
    (Object.hasOwn(METRICS, base) && METRICS[base as keyof typeof METRICS].type === 'histogram')
  );
}

const read = (name: string) => readFileSync(join(DOCS, name), 'utf8');

describe('what is made of them', () => {
  it('the alert rules ask for metrics that are there, and each says what it means and what to do', () => {
    const { groups } = parse(read('monitoring/prometheus-alerts.yaml'));
    const rules = groups.flatMap((group: { rules: unknown[] }) => group.rules);
    expect(rules.length).toBeGreaterThan(20);
    expect(new Set(rules.map(({ alert }: { alert: string }) => alert)).size).toBe(rules.length);
    for (const { alert, expr, labels, annotations } of rules) {
      const names = namesIn(expr);
      expect(names.length, alert).toBeGreaterThan(0);
      for (const name of names) expect(isMeasured(name), `${alert}: ${name}`).toBe(true);
      expect(['warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(20);
      expect(annotations.remedy.length).toBeGreaterThan(10);
    }
  });

  it('the dashboard asks for metrics that are there, and shows every one of the provider', () => {
    const { panels, templating } = JSON.parse(read('monitoring/grafana-dashboard.json'));
    expect(templating.list.map(({ name }: { name: string }) => name)).toEqual([
      'datasource',
      'instance',
    ]);
    const shown = new Set<string>();
    const ids = new Set<number>();
    for (const { id, title, type, targets = [], description } of panels) {
      ids.add(id);
      if (type === 'row') continue;
      expect(description, title).toMatch(/\.$/);
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr } of targets) {
        for (const name of namesIn(expr)) {
          expect(isMeasured(name), `${title}: ${name}`).toBe(true);
          shown.add(name.replace(/_bucket$/, ''));
        }
      }
    }
    expect(ids.size).toBe(panels.length);
    const unseen = Object.keys(METRICS).filter((name) => !shown.has(name));
    expect(unseen).toEqual([
      ...[
        'keelson_start_time_seconds',
        'keelson_array_answers',
        'keelson_array_figures_age_seconds',
      ],
      ...[
        'keelson_store_write_failures_total',
        'keelson_audit_records_total',
        'keelson_audit_failures_total',
      ],
    ]);
  });

  it('the example of a scrape is YAML that names the path and the rules', () => {
    const { rule_files: rules, scrape_configs: scrapes } = parse(read('monitoring/prometheus.yml'));
    expect(rules).toEqual(['prometheus-alerts.yaml']);
    expect(scrapes[0]).toMatchObject({ job_name: 'keelson', metrics_path: '/metrics' });
  });

  it('the page lists what there is, of the provider and of the process', async () => {
    const page = read('monitoring.md');
    const listed = [...page.matchAll(/^\| `([a-z0-9_]+)` \|/gm)].map(([, name]) => name);
    expect(new Set(listed)).toEqual(new Set([...Object.keys(METRICS), ...PROCESS]));
    const seen = samplesOf(await observeProcess()()).map(({ name }) =>
      name.replace(/_(bucket|sum|count)$/, ''),
    );
    for (const name of seen) expect(listed).toContain(name);
  });
});
