/**
 * One TLS connection to the provider with one request in flight. The provider's certificate is always
 * verified; a handshake is always a full one, as after a provider's restart. Knows nothing of SOAP.
 */

import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { wordsOf } from './failure.ts';
import { AnswerReader, type HttpAnswer } from './http.ts';

/** Where the provider's service is. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * How a client behaves: `pauseMs` 0 is promptly; else it dribbles its requests, with such a pause after each of a
 * few pieces, and does not read before.
 */
export interface Manner {
  readonly pauseMs: number;
}

export const PROMPT: Manner = { pauseMs: 0 };
const PIECES = 4;

/** What is done with the end of an exchange. */
interface Waiting {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (error: Error) => void;
}

export class Connection {
  readonly #socket: TLSSocket;
  readonly #reader = new AnswerReader();
  readonly #timeoutMs: number;
  readonly #manner: Manner;
  #waiting: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Why it can be used no more. */
  #ended: Error | undefined;

  private constructor(socket: TLSSocket, timeoutMs: number, manner: Manner) {
    this.#socket = socket;
    this.#timeoutMs = timeoutMs;
    this.#manner = manner;
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('closed by the provider')));
  }

  /** Connects and shakes hands. Rejects when that fails or takes longer than `timeoutMs`. */
  static open(
    endpoint: Endpoint,
    identity: SecureContext,
    timeoutMs: number,
    manner: Manner = PROMPT,
  ): Promise<Connection> {
    const { host, port } = endpoint;
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, servername: nameFor(host), secureContext: identity });
      const give = (error: Error) => {
        clearTimeout(timer);
        socket.on('error', () => undefined).destroy();
        reject(error);
      };
      const timer = setTimeout(() => give(new Error(`no handshake in ${timeoutMs} ms`)), timeoutMs);
      const onClose = () => give(new Error('closed in the handshake'));
      socket.once('error', give).once('close', onClose);
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        socket.off('error', give).off('close', onClose).setNoDelay(true);
        resolve(new Connection(socket, timeoutMs, manner));
      });
    });
  }

  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /** Sends a request and gives its answer; rejects where none comes. One at a time. */
  exchange(request: string): Promise<HttpAnswer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (this.#waiting !== undefined) throw new Error('the connection has a request in flight');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#timer = setTimeout(
        () => this.#end(new Error(`no answer in ${this.#timeoutMs} ms`)),
        this.#timeoutMs,
      );
      if (this.#manner.pauseMs === 0) this.#socket.write(request);
      else
        void this.#dribble(request).catch((error: unknown) => this.#end(new Error(wordsOf(error))));
    });
  }

  close(): void {
    this.#end(new Error('closed by the client'));
  }

  async #dribble(request: string): Promise<void> {
    const piece = Math.ceil(request.length / PIECES);
    this.#socket.pause();
    for (let at = 0; at < request.length && this.#ended === undefined; at += piece) {
      if (at > 0) await pause(this.#manner.pauseMs);
      this.#socket.write(request.slice(at, at + piece));
    }
    await pause(this.#manner.pauseMs);
    this.#socket.resume();
  }

  #take(piece: Buffer): void {
    const waiting = this.#waiting;
    try {
      if (waiting === undefined) throw new Error('an answer that nobody asked for');
      const answer = this.#reader.take(piece);
      if (answer === undefined) return;
      clearTimeout(this.#timer);
      this.#waiting = undefined;
      if (answer.isLast) this.#end(new Error('closed by the provider'));
      waiting.resolve(answer);
    } catch (error) {
      this.#end(new Error(wordsOf(error)));
    }
  }

  #end(error: Error): void {
    this.#ended ??= error;
    clearTimeout(this.#timer);
    this.#socket.destroy();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}

/** What the client names in the handshake: addresses are not named (RFC 6066 section 3). */
export function nameFor(host: string): string {
  return isIP(host) === 0 ? host : '';
}
