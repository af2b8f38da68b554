/**
 * Requests that no SOAP library would send: any bytes, over TLS that is verified all the same. They are not
 * kept among the exchanges, some being larger than all others together.
 */
import { request as httpsRequest } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { contentTypeOf } from '../../wire/media.ts';
import type { VasaClient } from './client.ts';

export interface RawRequest {
  readonly body: string | Buffer;
  /** Default: that of the client's SOAP version. */
  readonly contentType?: string;
}

export interface RawAnswer {
  /** HTTP status; 0: the connection was closed without an answer. */
  readonly status: number;
  readonly text: string;
}

/** As much of an answer as is looked at. */
const ANSWER_CHARACTERS = 1024 * 1024;

function tlsOf({ options: { identity, trust } }: VasaClient) {
  const shown = identity === undefined ? {} : { cert: identity.chainPem, key: identity.keyPem };
  return { ca: [...trust], ...shown };
}

/** Posts bytes with the client's certificate and session. Rejects when neither an answer nor an end comes. */
export function postRaw(client: VasaClient, { body, contentType }: RawRequest): Promise<RawAnswer> {
  const { url, soap, timeoutMs } = client.options;
  const headers = {
    'content-type': contentType ?? contentTypeOf(soap),
    'content-length': Buffer.byteLength(body),
    soapaction: '"urn:queryArrays"',
    ...(client.session !== undefined && { cookie: `VASASESSIONID=${client.session}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(url, { method: 'POST', agent: false, headers, ...tlsOf(client) });
    const timer = setTimeout(() => {
      reject(new Error(`neither answered nor closed within ${timeoutMs} ms`));
      sent.destroy();
    }, timeoutMs);
    let text = '';
    let status = 0;
    const end = () => {
      clearTimeout(timer);
      resolve({ status, text });
      sent.destroy();
    };
    sent.on('error', end);
    sent.on('close', end);
    sent.on('response', (response) => {
      status = response.statusCode ?? 0;
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        if (text.length < ANSWER_CHARACTERS) text += piece;
      });
      response.on('error', end);
      response.on('end', end);
    });
    sent.end(body);
  });
}

/** A connection that has sent `start` and says no more. Rejects when there is no handshake. */
export function openAndWait(client: VasaClient, start: string): Promise<TLSSocket> {
  const { hostname, port } = new URL(client.options.url);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      timeout: client.options.timeoutMs,
      ...tlsOf(client),
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      // From here on the provider may end it when it likes.
      socket.on('error', () => undefined);
      socket.write(start);
      resolve(socket);
    });
  });
}
