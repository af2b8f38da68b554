/**
 * What is at which path, and the answer to any request whose HTTP part could be read. Knows headers and
 * status codes, no operation and no XML; answers leave through the outbox.
 *
 * Source: docs/wire.md, "Paths" and "Status codes".
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../model/clock.ts';
import type { Ticket } from './admission/calls.ts';
import type { Gate } from './admission/gate.ts';
import { hasBody, readBody } from './body.ts';
import type { BodyBudget } from './body-budget.ts';
import type { Contract } from './contract.ts';
import type { Dispatcher, SoapAnswer } from './dispatch.ts';
import {
  type Answer,
  type CatalogFile,
  catalogDocument,
  contractDocument,
  shortText,
  VERSION_XML_PATH,
  xmlDocument,
} from './documents.ts';
import type { SoapVersion } from './envelope.ts';
import { MessageError } from './errors.ts';
import {
  contentTypeOf,
  readSessionCookie,
  readSoapHeaders,
  sessionCookie,
  soapVersionOf,
} from './media.ts';
import type { Answered, Exchange, Outbox } from './outbox.ts';
import type { PeerOf } from './peer.ts';
import { documentFacts } from './record.ts';

/** A service at its path. */
export interface RoutedService {
  readonly dispatcher: Pick<Dispatcher, 'answer' | 'called' | 'refuse'>;
  readonly contract: Contract;
}

export interface RouteOptions {
  /** By path. */
  readonly services: ReadonlyMap<string, RoutedService>;
  readonly versionXml: () => string;
  readonly catalogs: ReadonlyMap<string, CatalogFile>;
  readonly clock: Clock;
  readonly peerOf: PeerOf;
  readonly bodies: BodyBudget;
  readonly gate: Gate;
  /** Told once of each connection on which a trusted client speaks. */
  readonly known: (socket: TLSSocket) => void;
  readonly outbox: Outbox;
}

/** Answers a request. Never throws; what goes wrong is in the answer and in the log. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** The status of what is turned away under load, where the operation has no fault for it. */
const BUSY = 503;
const RETRY_AFTER_SECONDS = '2';
const EMPTY: Buffer = Buffer.alloc(0);
const HOST = /^[A-Za-z0-9._[\]:-]{1,255}$/;

function document(name: string, answer: Answer, cause?: unknown): Answered {
  const facts = documentFacts(randomUUID(), name, answer.status);
  return { answer, facts: cause === undefined ? facts : { ...facts, cause } };
}

function soapAnswer(soap: SoapVersion, { status, body, session, facts }: SoapAnswer): Answered {
  const headers: Record<string, string> =
    status === BUSY
      ? { 'retry-after': RETRY_AFTER_SECONDS, connection: 'close' }
      : session === undefined
        ? {}
        : { 'set-cookie': sessionCookie(session) };
  return { answer: { status, body, contentType: contentTypeOf(soap), headers }, facts };
}

/** An answer to a request whose body may still be on its way, so that the connection must end. */
function hangingUp({ answer, facts }: Answered): Answered {
  return { answer: { ...answer, headers: { ...answer.headers, connection: 'close' } }, facts };
}

function partsOf(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

function isMalformed(path: string): boolean {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}

/** Where the client believes the service to be: its own word, or else the address it reached. */
function baseOf({ headers, socket }: IncomingMessage, path: string): string {
  const { localAddress = 'localhost', localPort = 443 } = socket;
  const own = `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
  const { host = own } = headers;
  return `https://${HOST.test(host) ? host : own}${path}`;
}

/** Hands to the dispatcher what a service's caller sent. */
async function answerCall(
  { dispatcher }: RoutedService,
  { request, response, peer, arrivedAt: receivedAt }: Exchange,
  body: Buffer,
  { gate, known }: Pick<RouteOptions, 'gate' | 'known'>,
): Promise<Answered> {
  const { headers } = request;
  const contentType = headers['content-type'];
  let operation: string | undefined;
  let ticket: Ticket | undefined;
  try {
    const action = headers['soapaction'];
    const read = readSoapHeaders(
      contentType,
      Array.isArray(action) ? action.join() : action,
      headers['content-encoding'],
    );
    const sessionId = readSessionCookie(headers.cookie);
    operation = read.action === undefined ? undefined : dispatcher.called(read.action);
    const entered = gate.enter({ operation, body, peer, sessionId, response });
    ticket = entered instanceof Promise ? await entered : entered;
    const answer = await dispatcher.answer({ body, peer, sessionId, receivedAt, ...read });
    // Only the holder of a trusted certificate has a live session.
    if (answer.facts.session !== undefined && gate.know(peer)) known(request.socket as TLSSocket);
    return soapAnswer(read.soap, answer);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    const soap = soapVersionOf(contentType) ?? '1.1';
    return soapAnswer(soap, dispatcher.refuse(error, soap, { operation, receivedAt }));
  } finally {
    ticket?.release();
  }
}

/** The answer to a request that could not be read, or that we failed at. */
function refused(service: RoutedService | undefined, request: IncomingMessage, error: unknown) {
  const brokenOff = request.destroyed && !request.complete;
  if (service !== undefined && !brokenOff) {
    const soap = soapVersionOf(request.headers['content-type']) ?? '1.1';
    return hangingUp(soapAnswer(soap, service.dispatcher.refuse(error, soap)));
  }
  const words = brokenOff ? 'the request cannot be read' : 'the provider failed';
  return hangingUp(document('unknown', shortText(brokenOff ? 400 : 500, words), error));
}

/** Makes what answers every request. */
export function createHandle(options: RouteOptions): Handle {
  const { services, catalogs, clock, peerOf, bodies, gate, outbox } = options;

  const answerRead = (request: IncomingMessage, url: string): Answered => {
    const { path, query } = partsOf(url);
    const service = services.get(path);
    if (service !== undefined) {
      const answer = contractDocument(
        service.contract,
        new URLSearchParams(query),
        baseOf(request, path),
      );
      return document('wsdl', answer);
    }
    const catalog = catalogs.get(path);
    if (catalog !== undefined) {
      return document('catalog', catalogDocument(catalog, request.headers));
    }
    if (path === VERSION_XML_PATH) return document('versionXml', xmlDocument(options.versionXml()));
    const answer = isMalformed(path)
      ? shortText(400, 'the path is malformed')
      : shortText(404, 'no such path');
    return document('unknown', answer);
  };

  /** To whatever is no call of a service. A body that comes with it is not read. */
  const answerOther = (request: IncomingMessage, path: string, url: string): Answered => {
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') return answerRead(request, url);
    const service = services.get(path);
    if (service === undefined && !catalogs.has(path) && path !== VERSION_XML_PATH) {
      return document('unknown', shortText(404, 'no such path'));
    }
    const allow = service === undefined ? 'GET, HEAD' : 'GET, HEAD, POST';
    return document('unknown', shortText(405, 'not by this method', { allow }));
  };

  const handle = async (exchange: Exchange): Promise<void> => {
    const { request, response } = exchange;
    const { method, url = '', rawHeaders, httpVersion } = request;
    const { path } = partsOf(url);
    const service = method === 'POST' ? services.get(path) : undefined;
    let body = EMPTY;
    try {
      const hosts = countHosts(rawHeaders);
      if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) {
        const answer = shortText(400, 'exactly one Host header is needed');
        outbox.send(exchange, EMPTY, document('unknown', answer));
        return;
      }
      if (service === undefined) {
        const answered = answerOther(request, path, url);
        outbox.send(exchange, EMPTY, hasBody(request) ? hangingUp(answered) : answered);
        return;
      }
      const allowed = gate.bodyLimit(exchange.peer, request.headers);
      const limit = typeof allowed === 'number' ? allowed : await allowed;
      const hold = bodies.open((giveBack) => void response.once('close', giveBack));
      body = await readBody(request, limit, hold);
      outbox.send(exchange, body, await answerCall(service, exchange, body, options));
    } catch (error) {
      outbox.send(exchange, body, refused(service, request, error));
    }
  };

  return (request, response) => {
    // The listener speaks nothing but TLS.
    const peer = peerOf(request.socket as TLSSocket);
    void handle({ request, response, peer, arrivedAt: clock.now() });
  };
}
