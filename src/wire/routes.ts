/**
 * What is at which path, and the one place where an answer leaves: `send`, which also makes the
 * request's one log line. Knows headers and status codes, no operation and no XML.
 *
 * The line is written before the answer is handed to the socket, so that no client can hold an answer
 * whose line a crash has lost.
 * Source: docs/wire.md, "Paths" and "Status codes".
 */
import { randomUUID } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../model/clock.ts';
import type { Peer, WireLog } from './call.ts';
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
import type { PeerOf } from './peer.ts';
import { type CallFacts, documentFacts, recordOf } from './record.ts';

/** A service at its path. */
export interface RoutedService {
  readonly dispatcher: Pick<Dispatcher, 'answer' | 'refuse'>;
  readonly contract: Contract;
}

export interface RouteOptions {
  /** By path. */
  readonly services: ReadonlyMap<string, RoutedService>;
  readonly versionXml: () => string;
  readonly catalogs: ReadonlyMap<string, CatalogFile>;
  readonly serverHeader: string;
  readonly log: WireLog;
  readonly clock: Clock;
  readonly peerOf: PeerOf;
  /** The server is on its way down: connections end after this answer. */
  readonly isClosing: () => boolean;
}

export interface Routes {
  /** Notes when a request's headers were there. */
  arrived(request: FastifyRequest): void;
  /** Answers any request whose HTTP part could be read. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /** Answers one whose HTTP part could not: body too large, broken off, path malformed. */
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

interface Answered {
  readonly answer: Answer;
  readonly facts: CallFacts;
}

const HOST = /^[A-Za-z0-9._[\]:-]{1,255}$/;

function document(name: string, answer: Answer, cause?: unknown): Answered {
  const facts = documentFacts(randomUUID(), name, answer.status);
  return { answer, facts: cause === undefined ? facts : { ...facts, cause } };
}

function soapAnswer(soap: SoapVersion, { status, body, session, facts }: SoapAnswer): Answered {
  const headers = session === undefined ? {} : { 'set-cookie': sessionCookie(session) };
  return { answer: { status, body, contentType: contentTypeOf(soap), headers }, facts };
}

/** An answer to a request whose body may still be on its way, so that the connection must end. */
function hangingUp({ answer, facts }: Answered): Answered {
  return { answer: { ...answer, headers: { ...answer.headers, connection: 'close' } }, facts };
}

function partsOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const at = url.indexOf('?');
  if (at < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) };
}

function countHosts(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
}

/** Where the client believes the service to be: its own word, or else the address it reached. */
function baseOf({ headers, raw }: FastifyRequest, path: string): string {
  const { localAddress = 'localhost', localPort = 443 } = raw.socket;
  const own = `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
  const { host = own } = headers;
  return `https://${HOST.test(host) ? host : own}${path}`;
}

const bodyOf = ({ body }: FastifyRequest): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.alloc(0);

/** Reads what a service's caller sent; the dispatcher does the rest. */
async function answerCall(
  { dispatcher }: RoutedService,
  request: FastifyRequest,
  peer: Peer,
  receivedAt: number,
): Promise<Answered> {
  const { headers } = request;
  const contentType = headers['content-type'];
  try {
    const action = headers['soapaction'];
    const read = readSoapHeaders(
      contentType,
      Array.isArray(action) ? action.join() : action,
      headers['content-encoding'],
    );
    const sessionId = readSessionCookie(headers.cookie);
    const body = bodyOf(request);
    const answer = await dispatcher.answer({ ...read, body, peer, sessionId, receivedAt });
    return soapAnswer(read.soap, answer);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    const soap = soapVersionOf(contentType) ?? '1.1';
    return soapAnswer(soap, dispatcher.refuse(error, soap));
  }
}

export function createRoutes(options: RouteOptions): Routes {
  const { services, catalogs, clock, log } = options;
  const arrivals = new WeakMap<FastifyRequest, number>();
  // The listener speaks nothing but TLS.
  const peerOf = (request: FastifyRequest): Peer => options.peerOf(request.raw.socket as TLSSocket);

  /** The one way out. */
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    { answer, facts }: Answered,
  ): FastifyReply => {
    const peer = peerOf(request);
    const asked = bodyOf(request);
    const body = Buffer.from(answer.body);
    const now = clock.now();
    const record = recordOf(facts, {
      peer,
      status: answer.status,
      durationMs: Math.max(0, now - (arrivals.get(request) ?? now)),
      requestBytes: asked.length,
      responseBytes: body.length,
    });
    log.finished(record);
    const { remoteAddress: peerAddress } = peer;
    if (facts.soap_version !== 'none' && log.wantsBodies({ notes: facts, peerAddress })) {
      log.bodies(record, asked.toString('utf8'), answer.body);
    }
    void reply.code(answer.status).headers({
      server: options.serverHeader,
      'content-type': answer.contentType,
      ...(options.isClosing() && { connection: 'close' }),
      ...answer.headers,
    });
    return reply.send(body);
  };

  const answerRead = (request: FastifyRequest): Answered => {
    const { path, query } = partsOf(request.url);
    const service = services.get(path);
    if (service !== undefined) {
      const answer = contractDocument(service.contract, query, baseOf(request, path));
      return document('wsdl', answer);
    }
    const catalog = catalogs.get(path);
    if (catalog !== undefined) {
      return document('catalog', catalogDocument(catalog, request.headers));
    }
    if (path !== VERSION_XML_PATH) return document('unknown', shortText(404, 'no such path'));
    return document('versionXml', xmlDocument(options.versionXml()));
  };

  const answer = async (request: FastifyRequest): Promise<Answered> => {
    const { method, raw } = request;
    const hosts = countHosts(raw.rawHeaders);
    if (hosts > 1 || (hosts === 0 && raw.httpVersion !== '1.0')) {
      return document('unknown', shortText(400, 'exactly one Host header is needed'));
    }
    const { path } = partsOf(request.url);
    const service = services.get(path);
    if (method === 'POST' && service !== undefined) {
      return answerCall(service, request, peerOf(request), arrivals.get(request) ?? clock.now());
    }
    if (method === 'GET' || method === 'HEAD') return answerRead(request);
    if (service === undefined && !catalogs.has(path) && path !== VERSION_XML_PATH) {
      return document('unknown', shortText(404, 'no such path'));
    }
    const allow = service === undefined ? 'GET, HEAD' : 'GET, HEAD, POST';
    return document('unknown', shortText(405, 'not by this method', { allow }));
  };

  return {
    arrived: (request) => {
      arrivals.set(request, clock.now());
    },
    handle: async (request, reply) => send(request, reply, await answer(request)),
    refuse: (error, request, reply) => {
      const { code, statusCode = 500 } = error as { code?: string; statusCode?: number };
      const tooLarge = code === 'FST_ERR_CTP_BODY_TOO_LARGE';
      const theirs = statusCode >= 400 && statusCode < 500;
      const service = services.get(partsOf(request.url).path);
      const soap = soapVersionOf(request.headers['content-type']) ?? '1.1';
      if (service !== undefined && (tooLarge || !theirs)) {
        const told = tooLarge ? new MessageError('size', 'the request is too large') : error;
        return send(
          request,
          reply,
          hangingUp(soapAnswer(soap, service.dispatcher.refuse(told, soap))),
        );
      }
      const status = tooLarge ? 413 : theirs ? 400 : 500;
      const words = theirs ? 'the request cannot be read' : 'the provider failed';
      return send(request, reply, hangingUp(document('unknown', shortText(status, words), error)));
    },
  };
}
