/**
 * The closed list of what can be measured: name, kind, labels with their meaning, and help. Metrics are made
 * from it, docs/monitoring.md shows it, and tests hold the dashboard and the alert rules against it. Names and
 * units follow the customs of Prometheus. No label ever carries the id of a volume, host or session: each new
 * value is a time series for ever. Knows nothing of where values come from.
 */

interface MetricEntry {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Label to its meaning. */
  readonly labels: Readonly<Record<string, string>>;
}

const LANE = { lane: 'lane of admission: `session`, `urgent`, `normal`, `bulk`' } as const;
const OPERATION = {
  operation:
    'VASA operation, a document that is read (`wsdl`, `versionXml`, `catalog`), or `unknown`',
} as const;

/** Every metric of the provider. Those of the process itself come from the library beside these. */
export const METRICS = {
  keelson_build_info: {
    type: 'gauge',
    help: 'Always 1; its labels say which release answers.',
    labels: {
      release: 'release signature',
      version: 'version number',
      build: 'what was built, `unbuilt` when run from source',
    },
  },
  keelson_healthy: {
    type: 'gauge',
    help: '1 while the provider serves and its array answers, as /healthz says; else 0.',
    labels: {},
  },
  keelson_start_time_seconds: {
    type: 'gauge',
    help: 'When the provider began to listen, in seconds since 1970.',
    labels: {},
  },

  keelson_requests_total: {
    type: 'counter',
    help: 'Requests that were answered.',
    labels: {
      ...OPERATION,
      api_version: '`1.0`, `2.0`, or `none` for what is no call',
      outcome:
        '`ok`, the name of a VASA fault, `Client` or `Server`; `other` for what is none of these',
    },
  },
  keelson_request_duration_seconds: {
    type: 'histogram',
    help: 'From the headers of a request to its answer, waiting included; measured in whole milliseconds.',
    labels: OPERATION,
  },
  keelson_request_bytes_total: {
    type: 'counter',
    help: 'Bodies of requests and answers, in bytes.',
    labels: { direction: '`in` or `out`' },
  },
  keelson_batch_items_total: {
    type: 'counter',
    help: 'Items of batch calls that were answered.',
    labels: { outcome: '`ok` or `failed`' },
  },
  keelson_injected_faults_total: {
    type: 'counter',
    help: 'Calls that a fault rule hit: what they show is no real failure.',
    labels: {},
  },

  keelson_queue_wait_seconds: {
    type: 'histogram',
    help: 'How long calls waited for their turn before they began; most wait 0.',
    labels: LANE,
  },
  keelson_calls_under_way: { type: 'gauge', help: 'Calls under way.', labels: LANE },
  keelson_calls_waiting: { type: 'gauge', help: 'Calls that wait for their turn.', labels: LANE },
  keelson_calls_admitted_total: { type: 'counter', help: 'Calls that began.', labels: LANE },
  keelson_calls_refused_total: {
    type: 'counter',
    help: 'Calls turned away under load, as VasaProviderBusy or 503.',
    labels: LANE,
  },
  keelson_connections: { type: 'gauge', help: 'Open connections.', labels: {} },
  keelson_handshakes_in_state: {
    type: 'gauge',
    help: 'Connections before the end of their TLS handshake.',
    labels: { state: '`silent`, `waiting`, `under_way`, `unfinished`' },
  },
  keelson_handshakes_total: {
    type: 'counter',
    help: 'TLS handshakes that came to an end, and connections ended before that under load.',
    labels: {
      result:
        '`completed`; dropped for want of room (`connections`, `crowded`) or of time (`silent`, `waited`)',
    },
  },
  keelson_connections_failed_total: {
    type: 'counter',
    help: 'Connections that failed before they became a call and have a line in the log.',
    labels: {},
  },
  keelson_shed_total: {
    type: 'counter',
    help: 'What was refused under load, as the log line `shedding` counts it.',
    labels: { what: '`calls`, `connections`, or `lines` of the log about failed connections' },
  },

  keelson_sessions: { type: 'gauge', help: 'Live sessions of hosts and vCenters.', labels: {} },
  keelson_registrations: { type: 'gauge', help: 'Registrations by vCenters.', labels: {} },
  keelson_certificate_days_left: {
    type: 'gauge',
    help: 'Days until a certificate or CRL ends, by the provider’s clock; negative once it has. The nearest to their end alone.',
    labels: {
      kind: '`served` (what TLS shows), `authority` (a CA that a vCenter brought), `client` (a certificate registered for itself), `crl`',
      fingerprint: 'first 16 hex digits of its SHA-256, as in the log',
    },
  },

  keelson_array_answers: {
    type: 'gauge',
    help: '1 when the array answered in time, else 0.',
    labels: {},
  },
  keelson_volumes: {
    type: 'gauge',
    help: 'Virtual volumes, when the array was last asked.',
    labels: {},
  },
  keelson_bindings: { type: 'gauge', help: 'Bindings, when the array was last asked.', labels: {} },
  keelson_bound_hosts: {
    type: 'gauge',
    help: 'Hosts that hold bindings, when the array was last asked.',
    labels: {},
  },
  keelson_endpoints: {
    type: 'gauge',
    help: 'Protocol endpoints.',
    labels: { state: '`online` or `offline`' },
  },
  keelson_pool_bytes: {
    type: 'gauge',
    help: 'Space of a pool, when the array was last asked.',
    labels: { pool: 'its name', kind: '`total` or `used`' },
  },
  keelson_array_figures_age_seconds: {
    type: 'gauge',
    help: 'How old the figures of the array are: it is asked no more than once a minute.',
    labels: {},
  },
  keelson_tasks: {
    type: 'gauge',
    help: 'Tasks of the array that have not ended.',
    labels: { state: '`queued` or `running`' },
  },

  keelson_events_newest_id: { type: 'gauge', help: 'Id of the newest event.', labels: {} },
  keelson_events_behind: {
    type: 'gauge',
    help: 'Changes of the array that are not numbered as events yet.',
    labels: {},
  },
  keelson_alarms: {
    type: 'gauge',
    help: 'Active alarms.',
    labels: { status: '`Red` or `Yellow`' },
  },

  keelson_store_write_seconds: {
    type: 'histogram',
    help: 'How long a change of the provider’s own database took, making it durable included.',
    labels: {},
  },
  keelson_store_write_failures_total: {
    type: 'counter',
    help: 'Changes that the provider’s own database refused.',
    labels: {},
  },
  keelson_database_bytes: {
    type: 'gauge',
    help: 'Size of the provider’s own database on the disk.',
    labels: { file: '`database`, or its write-ahead `log`' },
  },

  keelson_fault_rules: { type: 'gauge', help: 'Fault rules in force.', labels: {} },
  keelson_verbose_switches: { type: 'gauge', help: 'Verbose switches that are on.', labels: {} },
  keelson_audit_intact: {
    type: 'gauge',
    help: '1 while the audit trail was found whole at the start and can be written; else 0.',
    labels: {},
  },
  keelson_audit_records_total: {
    type: 'counter',
    help: 'Records written to the audit trail since the start.',
    labels: {},
  },
  keelson_audit_failures_total: {
    type: 'counter',
    help: 'Records that could not be written to the audit trail.',
    labels: {},
  },
  keelson_trace_spans_total: {
    type: 'counter',
    help: 'Spans of traces, where tracing is on.',
    labels: { result: '`exported`, `failed`, or `dropped` because too many waited' },
  },
  keelson_metrics_failures_total: {
    type: 'counter',
    help: 'Times that a part could not be asked for its figures; they are missing then.',
    labels: { source: 'which part' },
  },
} as const satisfies Readonly<Record<string, MetricEntry>>;

export type MetricName = keyof typeof METRICS;

/** Names of the metrics of a kind. */
export type NameOf<Type extends MetricEntry['type']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];

/** Labels of a metric with their values. */
export type LabelsOf<Name extends MetricName> = Readonly<
  Record<keyof (typeof METRICS)[Name]['labels'] & string, string>
>;
