/**
 * Damage below SOAP: requests as bytes, broken in the way of HTTP, over real TLS connections with and without a
 * certificate. What must hold: as many answers as there can be requests at the most, none a 5xx that is no SOAP
 * fault, and afterwards a good request is answered.
 */
import { connect, type TLSSocket } from 'node:tls';
import { BYTES } from './mutations.ts';
import { type Random, randomFrom } from './random.ts';
import type { FuzzStage } from './stage.ts';

const PATHS = [
  '/vasa/2.0/vasaService',
  '/vasa/1.0/vasaService',
  '/vasa/version.xml',
  '/',
  '*',
  '//',
  '/%2e',
];
const METHODS = [
  'POST',
  'POST',
  'POST',
  'GET',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'TRACE',
  'get',
  'PRI',
];
const HEADERS = [
  ...['Content-Type: text/xml', 'Content-Type: application/soap+xml; action="urn:getEvents"'],
  ...[
    'Content-Type: text/xml; charset=utf-16',
    'Content-Type: multipart/related',
    'SOAPAction: "urn:getEvents"',
  ],
  ...[
    'Content-Length: 0',
    'Content-Length: 5',
    'Content-Length: 99999999999999999999',
    'Content-Length: -1',
  ],
  ...[
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding:\tchunked',
  ],
  ...[
    'Content-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: x',
    'Connection: close',
    'Connection: upgrade',
  ],
  ...[
    'Upgrade: h2c',
    'Host: other',
    'Cookie: VASASESSIONID=0',
    'Cookie: ;;=;VASASESSIONID',
    'Range: bytes=0-',
  ],
  ...[
    `Cookie: ${'a=b; '.repeat(2_000)}`,
    ' folded: x',
    'Bad Name: x',
    ': empty',
    'A: \u0000',
    'If-Modified-Since: x',
  ],
];
const BODY =
  '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><m:getEvents xmlns:m="http://com.vmware.vim.vasa/2.0/xsd"/></S:Body></S:Envelope>';

/** One request, more or less. */
function requestFrom(random: Random): string {
  const headers = Array.from({ length: random.below(5) }, () => random.pick(HEADERS));
  const version = random.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', '']);
  const body = random.pick([
    BODY,
    BODY,
    '',
    `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
    '0\r\n\r\n',
  ]);
  const length = random.chance(0.5) ? [`Content-Length: ${body.length}`] : [];
  const host = random.chance(0.9) ? ['Host: h'] : [];
  const lines = [
    `${random.pick(METHODS)} ${random.pick(PATHS)} ${version}`,
    ...host,
    ...headers,
    ...length,
  ];
  return `${lines.join(random.chance(0.97) ? '\r\n' : '\n')}\r\n\r\n${body}`;
}

function bytesFrom(random: Random): Buffer {
  const text = Array.from({ length: random.pick([1, 1, 2, 4]) }, () => requestFrom(random)).join(
    '',
  );
  const bytes = Buffer.from(text, 'latin1');
  if (random.chance(0.6)) return bytes;
  const kind = random.pick(Object.keys(BYTES));
  return Buffer.from(BYTES[kind]?.(bytes, random) ?? bytes);
}

/** How long a connection may say nothing before it counts as waiting for more, which is no mistake. */
const QUIET_MS = 150;

async function exchanged(socket: TLSSocket, bytes: Buffer): Promise<string> {
  const pieces: Buffer[] = [];
  await new Promise<void>((resolve) => {
    let quiet = setTimeout(resolve, QUIET_MS);
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      clearTimeout(quiet);
      quiet = setTimeout(resolve, QUIET_MS);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(quiet);
      resolve();
    });
    socket.write(bytes);
  });
  socket.destroy();
  return Buffer.concat(pieces).toString('latin1');
}

/** What is wrong with the answers to some bytes; undefined: nothing. */
function httpMistake(bytes: Buffer, answers: string): string | undefined {
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) =>
    Number(status),
  );
  const most = bytes.toString('latin1').split(/HTTP|\r?\n\r?\n/).length;
  if (statuses.length > most) return `${statuses.length} answers to ${most} requests at the most`;
  const servers = statuses.filter((status) => status >= 500).length;
  const faults = answers.match(/<(?:\w+:)?Fault>/g)?.length ?? 0;
  if (servers > faults) return 'a server error that is no SOAP fault';
  return /\bat .{1,80}:\d+:\d+|node_modules/.test(answers) ? 'tells of its insides' : undefined;
}

export interface HttpReport {
  readonly sent: number;
  readonly failures: readonly { readonly mistake: string; readonly bytes: Buffer }[];
}

/** Sends until the number or the time is over. Rejects when a good request is not answered any more. */
export async function runHttp(
  stage: FuzzStage,
  options: { readonly seed: number; readonly sent?: number; readonly milliseconds?: number },
): Promise<HttpReport> {
  const random = randomFrom(options.seed);
  const { sent: most = Number.POSITIVE_INFINITY, milliseconds = Number.POSITIVE_INFINITY } =
    options;
  const until = performance.now() + milliseconds;
  const failures = new Map<string, { mistake: string; bytes: Buffer }>();
  const { keyPem: key, chainPem: cert } = stage.identity;
  const where = { host: '127.0.0.1', port: stage.port, servername: 'localhost' };
  const ca = stage.vcenter.authority.certificatePem;
  const one = async (): Promise<void> => {
    const bytes = bytesFrom(random);
    const socket = connect({ ...where, ca, ...(random.chance(0.3) && { key, cert }) });
    const mistake = httpMistake(bytes, await exchanged(socket, bytes));
    if (mistake !== undefined) failures.set(mistake, { mistake, bytes });
  };
  const bystander = await stage.vcenter.host('fuzz-bystander');
  let sent = 0;
  for (; sent < most && performance.now() < until; sent += 16) {
    await Promise.all(Array.from({ length: 16 }, one));
    await bystander.ask('queryStorageContainer', '');
  }
  bystander.close();
  return { sent, failures: [...failures.values()] };
}
