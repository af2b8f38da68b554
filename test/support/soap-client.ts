/**
 * A plain SOAP client over verified TLS with kept-alive connections: XML in, XML out. It shares no code
 * with the product's codec, so that both cannot share a mistake. It reads answers by local name only;
 * strict reading is what the zeep and gSOAP clients are for.
 */
import { Agent, request } from 'node:https';
import type { SecureVersion } from 'node:tls';

const ENVELOPE = {
  '1.1': { namespace: 'http://schemas.xmlsoap.org/soap/envelope/', media: 'text/xml' },
  '1.2': { namespace: 'http://www.w3.org/2003/05/soap-envelope', media: 'application/soap+xml' },
} as const;
/** Version of the API, by which the namespace of its messages goes. */
export type ApiVersion = '1.0' | '2.0';

/** Prefixes of requests; `m` is that of the messages. */
const NAMESPACES = [
  ['d', 'data'],
  ['v', 'vvol.data'],
  ['policy', 'policy.data'],
  ['profile', 'profile.policy.data'],
  ['capability', 'capability.policy.data'],
  ['types', 'types.capability.policy.data'],
  ['compliance', 'compliance.policy.data'],
  ['statistics', 'statistics.data'],
].map(([prefix, place]) => `xmlns:${prefix}="http://${place}.vasa.vim.vmware.com/xsd"`);
const SCHEMA = [
  'xmlns:xs="http://www.w3.org/2001/XMLSchema"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
];
const ANSWER_WITHIN_MS = 30_000;

export interface ClientOptions {
  /** URL of the service, e.g. `https://localhost:8443/vasa/…`. */
  readonly url: string;
  /** The only certificates that are trusted, PEM. */
  readonly trust: string;
  readonly identity?: { readonly chainPem: string; readonly keyPem: string } | undefined;
  readonly maxTls?: SecureVersion;
  readonly connections?: number;
  /** Whose messages the service speaks; default 2.0. */
  readonly version?: ApiVersion;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Local name of the typed fault; `untyped` for one without a detail; undefined without fault. */
  readonly fault: string | undefined;
}

export interface SoapClient {
  /**
   * Calls an operation with the XML of its arguments, prefixes `m` (messages), `d` (data), `v` (vvol) and
   * those of policies and statistics declared; null is an empty Body. Rejects when no HTTP answer comes.
   * Keeps the session cookie.
   */
  call(operation: string, children: string | null, soap?: '1.1' | '1.2'): Promise<Reply>;
  /** The same, and rejects on a fault. Gives the answer's XML. */
  ask(operation: string, children: string | null): Promise<string>;
  /** The session id; settable, to try one that is not ours. */
  session: string | undefined;
  /** Ends the connections; the session lives on. */
  close(): void;
}

export function soapClient(options: ClientOptions): SoapClient {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: options.connections ?? 1,
    ca: options.trust,
    ...(options.identity === undefined
      ? {}
      : { cert: options.identity.chainPem, key: options.identity.keyPem }),
    ...(options.maxTls === undefined ? {} : { maxVersion: options.maxTls }),
  });
  const client: SoapClient = {
    session: undefined,
    async call(operation, children, soap = '1.1') {
      const cookie = client.session;
      const sent = { url: options.url, agent, operation, soap, cookie };
      const message = envelope(operation, children, soap, options.version);
      const reply = await post(sent, message);
      if (reply.session !== undefined) client.session = reply.session;
      return reply;
    },
    async ask(operation, children) {
      const reply = await client.call(operation, children);
      if (reply.status !== 200) throw new Error(`${operation}: ${reply.fault}: ${reply.body}`);
      return reply.body;
    },
    close: () => agent.destroy(),
  };
  return client;
}

/** The XML of a request. */
export function envelope(
  operation: string,
  children: string | null,
  soap: '1.1' | '1.2',
  version: ApiVersion = '2.0',
): string {
  const messages = `xmlns:m="http://com.vmware.vim.vasa/${version}/xsd"`;
  const namespaces = [messages, ...NAMESPACES, ...SCHEMA].join(' ');
  const body =
    children === null ? '' : `<m:${operation} ${namespaces}>${children}</m:${operation}>`;
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${ENVELOPE[soap].namespace}"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** HTTP headers that go with `envelope`. */
export function headersOf(operation: string, soap: '1.1' | '1.2'): Record<string, string> {
  const { media } = ENVELOPE[soap];
  return soap === '1.1'
    ? { 'Content-Type': `${media}; charset=utf-8`, SOAPAction: `"urn:${operation}"` }
    : { 'Content-Type': `${media}; charset=utf-8; action="urn:${operation}"` };
}

interface Sent {
  readonly url: string;
  readonly agent: Agent;
  readonly operation: string;
  readonly soap: '1.1' | '1.2';
  readonly cookie: string | undefined;
}

function post(sent: Sent, body: string): Promise<Reply & { session: string | undefined }> {
  const headers: Record<string, string | number> = {
    ...headersOf(sent.operation, sent.soap),
    'Content-Length': Buffer.byteLength(body),
  };
  if (sent.cookie !== undefined) headers['Cookie'] = `VASASESSIONID=${sent.cookie}`;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      sent.url,
      { method: 'POST', agent: sent.agent, headers },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const status = incoming.statusCode ?? 0;
          const session = sessionOf(incoming.headers['set-cookie']);
          resolve({
            status,
            body: text,
            fault: status === 200 ? undefined : faultOf(text),
            session,
          });
        });
      },
    );
    outgoing.setTimeout(ANSWER_WITHIN_MS, () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function sessionOf(cookies: readonly string[] | undefined): string | undefined {
  for (const cookie of cookies ?? []) {
    const found = /^VASASESSIONID=([^;]*)/.exec(cookie)?.[1];
    if (found !== undefined) return found.replaceAll('"', '');
  }
  return undefined;
}

function faultOf(body: string): string {
  const detail = /<(?:\w+:)?[dD]etail\b[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body);
  return detail?.[1] ?? 'untyped';
}

/** Texts of all elements of this local name, in document order, unescaped. */
export function textsOf(xml: string, localName: string): string[] {
  const pattern = new RegExp(`<(?:\\w+:)?${localName}(?:\\s[^>]*)?>([^<]*)</`, 'g');
  return [...xml.matchAll(pattern)].map(([, text = '']) => unescaped(text));
}

/** The first of `textsOf`. Throws when there is none. */
export function textOf(xml: string, localName: string): string {
  const [first] = textsOf(xml, localName);
  if (first === undefined) throw new Error(`no ${localName} in ${xml}`);
  return first;
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return NAMED[name] ?? whole;
  });
}

/** `text` as element content. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (each) => `&${each === '&' ? 'amp' : each === '<' ? 'lt' : 'gt'};`);
}
