/**
 * The closed list of what a log line may hold: kinds of line, and the fields of each with their meaning.
 * docs/logging.md shows this list, and a test compares both with the lines that are written.
 */
import type { CallRecord } from '../wire/call.ts';

/** Fields of every line. */
export const BASE_FIELDS = {
  level: '`info`, `warn`, `error` or `fatal`',
  time: 'ISO 8601, UTC, milliseconds',
  release: 'release signature of the provider that wrote the line',
  event: 'kind of line: one of the headings below',
  id: 'what the line says, for good: [troubleshooting.md](troubleshooting.md) explains every id',
  msg: 'the same in words, for people',
} as const;

/** Fields of the line `request`: the wire's record of a call. */
const REQUEST_FIELDS = {
  request_id: 'id of the call; also in the text of a fault',
  operation: 'VASA operation, or `unknown`',
  api_version: 'VASA version of the service that was called, e.g. `2.0`',
  soap_version: '`1.1`, `1.2`, or `none` for calls in process',
  outcome: '`ok`, the fault’s name, or `Client`/`Server` for a plain SOAP fault',
  reason: 'text of the fault as sent',
  cause: 'what lay behind a fault, outermost first: type, message and, at level error, stack',
  refusal: 'why the caller was refused, for support staff; never sent',
  http_status: 'HTTP status of the answer',
  duration_ms: 'from the last byte read to the answer written',
  queue_ms: 'time spent waiting before the handler began',
  request_bytes: 'body of the request on the wire',
  response_bytes: 'body of the answer on the wire',
  batch_size: 'items in a batch call',
  failed_items: 'items answered with a fault of their own',
  item_faults: 'names of those faults, each with how many items got it',
  item_cause: 'the first StorageFault among them, as in `cause`',
  host_id: 'host that the session belongs to',
  vcenter_id: 'vCenter that the session belongs to',
  session: 'first 12 hex digits of SHA-256 of the session id',
  vvol_ids: 'first volumes the call is about',
  vvol_count: 'how many volumes the call is about, when more than are named',
  injected: 'fault rules that hit the call, each with what it did: the failure is no real one',
  task_id: 'task that the call started or asked about',
  took_over_from: 'URL of the provider that served the array before the call',
  connection: 'id of the TLS connection',
  peer_address: 'address the call came from',
  peer_certificate: 'first 16 hex digits of SHA-256 of the client certificate',
  trace_parent: 'the client’s `traceparent` header (W3C Trace Context), when one came',
} as const satisfies Record<keyof CallRecord | 'vvol_count', string>;

/** Every kind of line with its fields beyond those of every line. */
export const LOG_LINES = {
  request: REQUEST_FIELDS,
  bodies: {
    request_id: 'the call whose bodies these are',
    operation: 'as in its `request` line',
    request_body: 'SOAP of the request, secrets hidden',
    response_body: 'SOAP of the answer, secrets hidden',
  },
  connection_failed: {
    peer_address: 'address that tried',
    code: 'error code of TLS or HTTP',
    reason: 'its text',
  },
  notice: {
    subject: 'what it is about: the first word of `id`',
    facts: 'name and value pairs, those of the message with this id',
    cause: 'as in `request`',
  },
  started: {
    version_xml: 'URL to register',
    port: 'port of the VASA endpoint',
    pid: 'process id',
    data_directory: 'data folder',
    uid: 'identity of this provider towards vCenter',
    array_module: 'array adapter in use',
  },
  stopping: { signal: 'what asked for it' },
  stopped: { exit_code: 'code the process ends with' },
  fatal: { cause: 'as in `request`' },
  verbose_on: {
    switch: 'number of the switch',
    target: '`everything`, `host <id>` or `volume <id>`',
    until: 'ISO 8601, when it goes off by itself',
  },
  verbose_off: {
    switch: 'as above',
    target: 'as above',
    reason: '`expired`, or who switched it off',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type LogEvent = keyof typeof LOG_LINES;
/** What a line of this kind may hold: its declared fields and no others. */
export type LogFields<Event extends LogEvent> = Partial<
  Record<keyof (typeof LOG_LINES)[Event], unknown>
>;
