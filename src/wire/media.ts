/**
 * What the HTTP headers of a SOAP request say: version, action, session. Pure text work.
 *
 * Source: SOAP 1.1 section 6, SOAP 1.2 part 2 section 7 and RFC 3902 (media types and action),
 * RFC 6265 (cookies); what gSOAP's own cookie jar sends: docs/wire.md.
 */
import type { SoapVersion } from './envelope.ts';
import { clipped, MessageError } from './errors.ts';

export interface SoapHeaders {
  readonly soap: SoapVersion;
  /** Undefined when absent or empty: then the Body alone names the operation. */
  readonly action: string | undefined;
}

const MEDIA_TYPES: Readonly<Record<string, SoapVersion>> = {
  'text/xml': '1.1',
  'application/soap+xml': '1.2',
};

/** The content types that nearly all clients send, word for word: with nothing in them but the version. */
const PLAIN_TYPES: ReadonlyMap<string, SoapVersion> = new Map([
  ['text/xml', '1.1'],
  ['text/xml; charset=utf-8', '1.1'],
  ['text/xml;charset=utf-8', '1.1'],
  ['text/xml; charset=UTF-8', '1.1'],
  ['text/xml;charset=UTF-8', '1.1'],
]);

const PARAMETER = /\s*;\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s"]*))?\s*/y;

/** The content type of a reply in kind. */
export function contentTypeOf(soap: SoapVersion): string {
  return `${soap === '1.1' ? 'text/xml' : 'application/soap+xml'}; charset=utf-8`;
}

/** The version that a content type names, for answering requests that are otherwise unreadable. */
export function soapVersionOf(contentType: string | undefined): SoapVersion | undefined {
  const essence = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(MEDIA_TYPES, essence) ? MEDIA_TYPES[essence] : undefined;
}

/** Reads both headers. Throws MessageError of kind `media` when this is no SOAP request we read. */
export function readSoapHeaders(
  contentType: string | undefined,
  soapAction: string | undefined,
  contentEncoding: string | undefined,
): SoapHeaders {
  const plain = PLAIN_TYPES.get(contentType ?? '');
  if (plain !== undefined && contentEncoding === undefined) {
    const action = unquoted((soapAction ?? '').trim());
    return { soap: plain, action: action === '' ? undefined : action };
  }
  const soap = soapVersionOf(contentType);
  if (soap === undefined || contentType === undefined) {
    const multipart = /^\s*multipart\//i.test(contentType ?? '');
    throw new MessageError(
      'media',
      multipart
        ? 'attachments (multipart, MTOM) are not accepted; send a plain envelope'
        : 'the content type must be text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2)',
    );
  }
  if (contentEncoding !== undefined && !/^\s*(identity)?\s*$/i.test(contentEncoding)) {
    throw new MessageError('media', 'a compressed request is not accepted');
  }
  const parameters = parametersOf(contentType);
  const charset = parameters.get('charset');
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new MessageError('media', `the charset must be utf-8, not ${clipped(charset, 40)}`);
  }
  // gSOAP and others send the SOAP 1.1 header with SOAP 1.2 as well.
  const header = unquoted((soapAction ?? '').trim());
  const parameter = soap === '1.2' ? (parameters.get('action') ?? '') : '';
  if (header !== '' && parameter !== '' && header !== parameter) {
    throw new MessageError('structure', 'the SOAPAction header and the action parameter differ');
  }
  const action = parameter === '' ? header : parameter;
  return { soap, action: action === '' ? undefined : action };
}

function parametersOf(contentType: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const start = contentType.indexOf(';');
  PARAMETER.lastIndex = start < 0 ? contentType.length : start;
  let at = PARAMETER.lastIndex;
  while (at < contentType.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(contentType);
    if (match === null) throw new MessageError('media', 'the content type is malformed');
    at = PARAMETER.lastIndex;
    const name = match[1]?.toLowerCase();
    if (name !== undefined && !found.has(name)) found.set(name, unquoted(match[2] ?? ''));
  }
  return found;
}

function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Name of the session cookie. */
const SESSION_COOKIE = 'VASASESSIONID';

/**
 * The session id in a Cookie header, by the cookie's whole name; undefined when there is none or it is
 * `0`, the protocol's word for no session. Quotes around the value and attributes between the cookies
 * (`$Path`, as RFC 2109 clients send them) are taken.
 */
export function readSessionCookie(cookie: string | undefined): string | undefined {
  for (const pair of (cookie ?? '').split(/[;,]/)) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== SESSION_COOKIE) continue;
    const value = unquoted(pair.slice(equals + 1).trim());
    if (value !== '' && value !== '0') return value;
  }
  return undefined;
}

/** The Set-Cookie header that gives the client `sessionId`; `0` takes its session away. */
export function sessionCookie(sessionId: string): string {
  return `${SESSION_COOKIE}=${sessionId}; Path=/; Secure; HttpOnly`;
}

const TRACE_PARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = /^00-(0{32}-|[0-9a-f]{32}-0{16}-)/;

/** The value of a `traceparent` header (W3C Trace Context, version 00); undefined when it is none. */
export function readTraceParent(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  return TRACE_PARENT.test(header) && !NO_TRACE.test(header) ? header : undefined;
}
