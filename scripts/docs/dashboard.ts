/**
 * docs/monitoring/grafana-dashboard.json: panels in rows, each a title, a unit and its queries. Everything that
 * Grafana wants beside that is the same for all and is added here.
 */

interface Panel {
  readonly title: string;
  /** What it tells, for whoever looks at it for the first time. */
  readonly about: string;
  /** Of Grafana: `short`, `s`, `reqps`, `percentunit`, `bytes`, `d`, `dateTimeAsIso`. */
  readonly unit: string;
  /** Legend to PromQL. */
  readonly queries: Readonly<Record<string, string>>;
  readonly kind?: 'timeseries' | 'stat' | 'table';
  /** Values from which it turns yellow and red; the second lower than the first: low values are bad. */
  readonly thresholds?: readonly [number, number];
}

const OF = 'instance=~"$instance"';
const RATE = '[$__rate_interval]';
const quantile = (of: number, metric: string, by: string) =>
  `histogram_quantile(${of}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket{${OF}}${RATE})))`;

const ROWS: Readonly<Record<string, readonly Panel[]>> = {
  'At a glance': [
    {
      ...{ title: 'Healthy', kind: 'stat', unit: 'short', thresholds: [1, 0.5] },
      about: '1 while the provider serves and its array answers.',
      queries: { '{{instance}}': `keelson_healthy{${OF}}` },
    },
    {
      ...{ title: 'Release', kind: 'stat', unit: 'short' },
      about: 'Which release answers.',
      queries: { '{{release}}': `keelson_build_info{${OF}}` },
    },
    {
      ...{ title: 'Sessions', kind: 'stat', unit: 'short' },
      about: 'Live sessions of hosts and vCenters.',
      queries: { '{{instance}}': `keelson_sessions{${OF}}` },
    },
    {
      ...{ title: 'Certificate days left', kind: 'stat', unit: 'd', thresholds: [30, 7] },
      about: 'Of the certificate that TLS serves.',
      queries: {
        '{{instance}}': `min by (instance) (keelson_certificate_days_left{${OF}, kind="served"})`,
      },
    },
    {
      ...{ title: 'Alarms', kind: 'stat', unit: 'short', thresholds: [1, 5] },
      about: 'Active alarms, as vCenter shows them.',
      queries: { '{{status}}': `sum by (status) (keelson_alarms{${OF}})` },
    },
    {
      ...{ title: 'Audit trail', kind: 'stat', unit: 'short', thresholds: [1, 0.5] },
      about: '1 while it is whole and can be written.',
      queries: { '{{instance}}': `keelson_audit_intact{${OF}}` },
    },
  ],
  Requests: [
    {
      ...{ title: 'Requests by operation', unit: 'reqps' },
      about: 'Answered requests; polls for events and alarms are most of them.',
      queries: {
        '{{operation}}': `sum by (operation) (rate(keelson_requests_total{${OF}}${RATE}))`,
      },
    },
    {
      ...{ title: 'Faults by outcome', unit: 'reqps' },
      about:
        'Answers that were no success. InvalidSession after a restart is usual, StorageFault never is.',
      queries: {
        '{{outcome}}': `sum by (outcome) (rate(keelson_requests_total{${OF}, outcome!="ok"}${RATE}))`,
      },
    },
    {
      ...{ title: 'Duration, 99 of 100', unit: 's' },
      about: 'The time within which 99 of 100 requests were answered, by operation.',
      queries: { '{{operation}}': quantile(0.99, 'keelson_request_duration_seconds', 'operation') },
    },
    {
      ...{ title: 'Duration, half of them', unit: 's' },
      about: 'The time within which half of the requests were answered.',
      queries: { all: quantile(0.5, 'keelson_request_duration_seconds', '') },
    },
    {
      ...{ title: 'Bodies', unit: 'Bps' },
      about: 'Bytes of requests and answers.',
      queries: {
        '{{direction}}': `sum by (direction) (rate(keelson_request_bytes_total{${OF}}${RATE}))`,
      },
    },
    {
      ...{ title: 'Items of batches', unit: 'short' },
      about: 'Items of batch calls in a second, those that failed beside the others.',
      queries: {
        '{{outcome}}': `sum by (outcome) (rate(keelson_batch_items_total{${OF}}${RATE}))`,
      },
    },
  ],
  'Admission and connections': [
    {
      ...{ title: 'Calls under way and waiting', unit: 'short' },
      about: 'By lane. Waiting for seconds means that more is asked than can be done.',
      queries: {
        '{{lane}} under way': `sum by (lane) (keelson_calls_under_way{${OF}})`,
        '{{lane}} waiting': `sum by (lane) (keelson_calls_waiting{${OF}})`,
      },
    },
    {
      ...{ title: 'Wait before a call begins, 99 of 100', unit: 's' },
      about: 'Most calls wait for nothing.',
      queries: { '{{lane}}': quantile(0.99, 'keelson_queue_wait_seconds', 'lane') },
    },
    {
      ...{ title: 'Turned away', unit: 'reqps' },
      about: 'Calls refused as busy, and what was shed.',
      queries: {
        'calls, {{lane}}': `sum by (lane) (rate(keelson_calls_refused_total{${OF}}${RATE}))`,
        'shed {{what}}': `sum by (what) (rate(keelson_shed_total{${OF}}${RATE}))`,
      },
    },
    {
      ...{ title: 'Calls begun', unit: 'reqps' },
      about: 'By lane.',
      queries: { '{{lane}}': `sum by (lane) (rate(keelson_calls_admitted_total{${OF}}${RATE}))` },
    },
    {
      ...{ title: 'Connections', unit: 'short' },
      about: 'Open ones, and those before the end of their handshake.',
      queries: {
        open: `sum(keelson_connections{${OF}})`,
        '{{state}}': `sum by (state) (keelson_handshakes_in_state{${OF}})`,
      },
    },
    {
      ...{ title: 'Handshakes', unit: 'reqps' },
      about: 'Completed, and dropped by reason; connections that failed have a line in the log.',
      queries: {
        '{{result}}': `sum by (result) (rate(keelson_handshakes_total{${OF}}${RATE}))`,
        failed: `sum(rate(keelson_connections_failed_total{${OF}}${RATE}))`,
      },
    },
  ],
  'Trust, events and tasks': [
    {
      ...{ title: 'Certificates and CRLs', kind: 'table', unit: 'd', thresholds: [30, 7] },
      about: 'Days until each ends.',
      queries: { '{{kind}} {{fingerprint}}': `sort(keelson_certificate_days_left{${OF}})` },
    },
    {
      ...{ title: 'Sessions and registrations', unit: 'short' },
      about: 'Many sessions that go at once mean a restart, or trust that was taken away.',
      queries: {
        sessions: `sum(keelson_sessions{${OF}})`,
        registrations: `sum(keelson_registrations{${OF}})`,
      },
    },
    {
      ...{ title: 'Changes not numbered yet', unit: 'short' },
      about: 'Changes of the array that are no events yet.',
      queries: { '{{instance}}': `keelson_events_behind{${OF}}` },
    },
    {
      ...{ title: 'Events', unit: 'short' },
      about: 'New events in a second.',
      queries: { '{{instance}}': `deriv(keelson_events_newest_id{${OF}}${RATE})` },
    },
    {
      ...{ title: 'Tasks', unit: 'short' },
      about: 'Tasks of the array that have not ended.',
      queries: { '{{state}}': `sum by (state) (keelson_tasks{${OF}})` },
    },
    {
      ...{ title: 'Faults on purpose, verbose mode', unit: 'short' },
      about: 'Fault rules and verbose switches in force, and calls that a rule has hit.',
      queries: {
        'fault rules': `sum(keelson_fault_rules{${OF}})`,
        'verbose switches': `sum(keelson_verbose_switches{${OF}})`,
        'hits a second': `sum(rate(keelson_injected_faults_total{${OF}}${RATE}))`,
      },
    },
  ],
  Array: [
    {
      ...{ title: 'Volumes and bindings', unit: 'short' },
      about: 'As the array counts them, once a minute.',
      queries: {
        volumes: `sum(keelson_volumes{${OF}})`,
        bindings: `sum(keelson_bindings{${OF}})`,
        'bound hosts': `sum(keelson_bound_hosts{${OF}})`,
      },
    },
    {
      ...{ title: 'Pools, used', unit: 'percentunit', thresholds: [0.8, 0.95] },
      about: 'Share of each pool that is used.',
      queries: {
        '{{pool}}': `sum by (pool) (keelson_pool_bytes{${OF}, kind="used"}) / sum by (pool) (keelson_pool_bytes{${OF}, kind="total"})`,
      },
    },
    {
      ...{ title: 'Protocol endpoints', unit: 'short' },
      about: 'Through which hosts reach volumes.',
      queries: { '{{state}}': `sum by (state) (keelson_endpoints{${OF}})` },
    },
  ],
  'Provider itself': [
    {
      ...{ title: 'Changes of the database, 99 of 100', unit: 's' },
      about: 'Making durable included: the disk.',
      queries: { '{{instance}}': quantile(0.99, 'keelson_store_write_seconds', 'instance') },
    },
    {
      ...{ title: 'Database', unit: 'bytes' },
      about: 'On the disk.',
      queries: { '{{file}}': `sum by (file) (keelson_database_bytes{${OF}})` },
    },
    {
      ...{ title: 'Processor', unit: 'percentunit' },
      about: 'Of one processor.',
      queries: { '{{instance}}': `rate(process_cpu_seconds_total{${OF}}${RATE})` },
    },
    {
      ...{ title: 'Memory', unit: 'bytes' },
      about: 'Of the process.',
      queries: { '{{instance}}': `process_resident_memory_bytes{${OF}}` },
    },
    {
      ...{ title: 'Event loop, 99 of 100', unit: 's' },
      about: 'How late its turns come: above some tenths of a second everybody waits.',
      queries: { '{{instance}}': `nodejs_eventloop_lag_p99_seconds{${OF}}` },
    },
    {
      ...{ title: 'Traces and figures that failed', unit: 'short' },
      about: 'Spans by result, and parts that could not be asked for their figures.',
      queries: {
        'spans {{result}}': `sum by (result) (rate(keelson_trace_spans_total{${OF}}${RATE}))`,
        'no figures of {{source}}': `sum by (source) (rate(keelson_metrics_failures_total{${OF}}${RATE}))`,
      },
    },
  ],
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
const SOURCE = { type: 'prometheus', uid: '${datasource}' };
const [PER_ROW, HEIGHT] = [3, 8];

function panelOf(
  { title, about, unit, queries, kind = 'timeseries', thresholds }: Panel,
  id: number,
  place: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
): object {
  const steps =
    thresholds === undefined ? [{ color: 'green', value: null }] : stepsOf(...thresholds);
  const targets = Object.entries(queries).map(([legendFormat, expr], index) => ({
    ...{ datasource: SOURCE, expr, legendFormat, refId: String.fromCharCode(65 + index) },
    ...(kind === 'timeseries' ? {} : { instant: true }),
    ...(kind === 'table' ? { format: 'table' } : {}),
  }));
  return {
    ...{ id, title, description: about, type: kind, gridPos: place, datasource: SOURCE },
    fieldConfig: { defaults: { unit, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: title === 'Release' ? { textMode: 'name' } : {},
    targets,
  };
}

function stepsOf(yellow: number, red: number): object {
  return yellow < red
    ? [
        { color: 'green', value: null },
        { color: 'yellow', value: yellow },
        { color: 'red', value: red },
      ]
    : [
        { color: 'red', value: null },
        { color: 'yellow', value: red },
        { color: 'green', value: yellow },
      ];
}

/** The dashboard as Grafana 10 and later import it. */
export function dashboard(): string {
  const panels: object[] = [];
  let y = 0;
  for (const [title, row] of Object.entries(ROWS)) {
    const place = { x: 0, y, w: 24, h: 1 };
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      gridPos: place,
      collapsed: false,
      panels: [],
    });
    y += 1;
    const [perRow, h] = row.every(({ kind }) => kind === 'stat')
      ? [row.length, 4]
      : [PER_ROW, HEIGHT];
    const w = Math.floor(24 / perRow);
    for (const [index, panel] of row.entries()) {
      const where = { x: (index % perRow) * w, y: y + Math.floor(index / perRow) * h, w, h };
      panels.push(panelOf(panel, panels.length + 1, where));
    }
    y += Math.ceil(row.length / perRow) * h;
  }
  const variable = (name: string, label: string, more: object) => ({
    name,
    label,
    hide: 0,
    ...more,
  });
  const made = {
    ...{
      title: 'Keelson',
      uid: 'keelson',
      tags: ['vasa', 'keelson'],
      schemaVersion: 39,
      version: 1,
    },
    ...{ editable: true, timezone: '', refresh: '30s', time: { from: 'now-6h', to: 'now' } },
    description: 'A Keelson VASA provider: docs/monitoring.md says what each metric means.',
    templating: {
      list: [
        variable('datasource', 'Data source', { type: 'datasource', query: 'prometheus' }),
        variable('instance', 'Provider', {
          ...{ type: 'query', datasource: SOURCE, multi: true, includeAll: true, refresh: 2 },
          query: { query: 'label_values(keelson_build_info, instance)', refId: 'instance' },
        }),
      ],
    },
    annotations: { list: [] },
    panels,
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}
