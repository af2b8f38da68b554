/**
 * Every setting of the provider: name, form, default and what it is for. Flags, environment variables,
 * the file's keys and docs/configuration.md are all derived from this one declaration: `log.level` is
 * `--log-level`, `KEELSON_LOG_LEVEL`, and `level` under `log` in the file. Knows nothing of who uses them.
 */
import { z } from 'zod';
import { LIMITS } from '../model/limits.ts';

/** What a setting's `.meta()` holds beside its form. */
export interface SettingMeta {
  readonly help: string;
  /** Taken from the environment alone and never shown. */
  readonly secret?: true;
}

function meta(
  help: string,
  more: Omit<SettingMeta, 'help'> = {},
): SettingMeta & Record<string, unknown> {
  return { help, ...more };
}

const text = z.string().min(1);
const hostName = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,253}$/, 'expected a host name or address without port or brackets');
const port = z.int().min(0).max(65_535);
const count = z.int().min(1);
const seconds = z.int().min(1).max(86_400);

const admin = z.strictObject({
  user: text
    .max(LIMITS.credentialCharacters)
    .default('admin')
    .meta(meta('User that the first start makes, for registering the provider in vCenter.')),
  password: text
    .max(LIMITS.credentialCharacters)
    .optional()
    .meta(
      meta('Password of that user. Not set: the first start makes one and shows it once.', {
        secret: true,
      }),
    ),
});

const health = z.strictObject({
  host: text.default('127.0.0.1').meta(meta('Address of the `/healthz` listener (plain HTTP).')),
  port: port.default(0).meta(meta('Its port; 0 picks a free one, which the ready file names.')),
  metrics: z
    .boolean()
    .default(true)
    .meta(meta('Whether the `/healthz` listener also shows `/metrics`, for Prometheus.')),
});

const console = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(meta('Whether there is a console: a page that shows what the provider does.')),
  host: text
    .default('127.0.0.1')
    .meta(
      meta(
        'Address of the console. Plain HTTP where only this machine reaches it; any other address is served with TLS.',
      ),
    ),
  port: port
    .default(8444)
    .meta(
      meta(
        'Its port; 0 picks a free one, which the ready file names. The provider serves without a console when it is taken.',
      ),
    ),
});

const log = z.strictObject({
  level: z
    .enum(['info', 'warn', 'error'])
    .default('info')
    .meta(meta('Least level that is written.')),
  stdout: z.boolean().default(true).meta(meta('Write the log to standard output.')),
  directory: text.optional().meta(meta('Folder for log files. Not set: no files.')),
  maxFileMB: count
    .max(4_096)
    .default(50)
    .meta(meta('Size in MB (2^20 bytes) at which a new file is begun.')),
  maxFileHours: count
    .max(8_760)
    .default(24)
    .meta(meta('Age in hours at which a new file is begun.')),
  maxFiles: count
    .max(10_000)
    .default(14)
    .meta(meta('Files kept, the open one included; the oldest goes.')),
});

const array = z.strictObject({
  module: text
    .default('simulator')
    .meta(
      meta(
        'The array adapter: `simulator`, `remote` (an array that `keelson array serve` offers), the path of a module, or a package name.',
      ),
    ),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .meta(meta('Handed to the adapter as they are.')),
  socket: text
    .optional()
    .meta(
      meta(
        'Unix socket on which `keelson array serve` offers the array. Not set: `array.sock` in the data folder.',
      ),
    ),
});

const group = z.strictObject({
  needsExplicitActivation: z
    .boolean()
    .default(false)
    .meta(
      meta(
        'Active/passive: of the providers of an array, only the one that was activated for it serves it.',
      ),
    ),
  priority: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta(
      meta(
        'Priority of this provider for its arrays; the highest is activated first. Not set: what the array says.',
      ),
    ),
});

const admission = z.strictObject({
  connections: z
    .int()
    .min(16)
    .max(100_000)
    .default(LIMITS.connections)
    .meta(meta('Open connections; above it one that has proved nothing makes room.')),
  handshakesAtOnce: z
    .int()
    .min(1)
    .max(4_096)
    .default(LIMITS.handshakesAtOnce)
    .meta(meta('TLS handshakes under way at once; the others wait.')),
  handshakesWaiting: z
    .int()
    .min(16)
    .max(100_000)
    .default(LIMITS.handshakesWaiting)
    .meta(meta('Connections that may wait to begin their handshake.')),
  callsAtOnce: z
    .int()
    .min(16)
    .max(4_096)
    .default(LIMITS.callsAtOnce)
    .meta(meta('Calls under way at once; the others wait in their lanes.')),
  callsWaiting: z
    .int()
    .min(16)
    .max(100_000)
    .default(LIMITS.callsWaiting)
    .meta(meta('Calls that may wait in each lane.')),
  waitSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(LIMITS.callWaitMs / 1_000)
    .meta(meta('How long a connection or call may wait; less than clients are patient.')),
});

const clock = z.strictObject({
  movable: z
    .boolean()
    .default(false)
    .meta(
      meta('Lets `keelson clock move` change the time for provider and array. For tests alone.'),
    ),
});

const faultRules = z.strictObject({
  file: text.optional().meta(meta('Fault rules (YAML) in force from the start. Not set: none.')),
  seed: text
    .max(128)
    .optional()
    .meta(meta('What the chances of fault rules follow from. Not set: another one at each start.')),
});

const tracing = z.strictObject({
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'expected a URL that begins with http:// or https://')
    .optional()
    .meta(
      meta(
        'Where a span of each request is handed to: URL of a collector’s traces (OTLP over HTTP). Not set: no traces.',
      ),
    ),
  percent: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .meta(meta('Of requests without a trace of their client’s, how many become one.')),
});

const trust = z.strictObject({
  missingCrl: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .meta(meta('Clients of a CA that gave no CRL: accept them, or refuse them.')),
  expiredCrl: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .meta(meta('Clients whose CRL is past its end: go by what it lists, or refuse them.')),
  sharedHostIds: z
    .enum(['refuse', 'accept'])
    .default('refuse')
    .meta(
      meta(
        'A host id that another client certificate uses at the moment: refuse it to a second one, or accept both.',
      ),
    ),
  grantByAddress: z
    .boolean()
    .default(true)
    .meta(
      meta(
        'A registration without client certificate may be continued from the same address. False behind a proxy that hides addresses.',
      ),
    ),
});

const protocol = z.strictObject({
  bitmapBitOrder: z
    .enum(['leastFirst', 'mostFirst'])
    .default('leastFirst')
    .meta(meta('Which bit of a bitmap’s byte is the first of its eight chunks.')),
});

/** The whole configuration. Objects are strict: a key that is not here is refused. */
export const configSchema = z
  .strictObject({
    dataDir: text
      .default('./data')
      .meta(meta('Folder of keys, database and simulated array; made with mode 0700.')),
    host: text.default('0.0.0.0').meta(meta('Address to listen on.')),
    port: port.default(8443).meta(meta('Port of the VASA endpoint; 0 picks a free one.')),
    publicNames: z
      .array(hostName)
      .max(64)
      .default([])
      .meta(
        meta(
          'Names and addresses by which vCenter and hosts reach the provider: in its certificate, the first in URLs. Empty: the machine’s own.',
        ),
      ),
    readyFile: text.optional().meta(meta('File that is written (JSON) once the provider listens.')),
    drainSeconds: seconds
      .default(10)
      .meta(meta('How long calls in flight may take to finish after SIGTERM.')),
    versionXml: text
      .optional()
      .meta(meta('Template to serve as version.xml instead of the built-in one.')),
    admin: admin.readonly().prefault({}),
    health: health.readonly().prefault({}),
    console: console.readonly().prefault({}),
    log: log.readonly().prefault({}),
    array: array.readonly().prefault({}),
    group: group.readonly().prefault({}),
    tracing: tracing.readonly().prefault({}),
    trust: trust.readonly().prefault({}),
    protocol: protocol.readonly().prefault({}),
    admission: admission.readonly().prefault({}),
    clock: clock.readonly().prefault({}),
    faultRules: faultRules.readonly().prefault({}),
  })
  .readonly();

export type Config = z.output<typeof configSchema>;
