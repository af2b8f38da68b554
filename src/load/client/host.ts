/**
 * A host or vCenter that puts load on a provider: its certificate, its session, a few connections. Every
 * answer is looked at: it must be a response of the right kind, and no fault. Nothing is tried twice.
 */
import type { SecureContext } from 'node:tls';
import type { Meter } from '../meter.ts';
import { Connection, type Endpoint, type Manner } from './connection.ts';
import { CallFailure, faultIn, wordsOf } from './failure.ts';
import type { HttpAnswer } from './http.ts';
import { type Message, requestText } from './messages.ts';
import { textIn } from './reading.ts';

export interface HostOptions {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly identity: SecureContext;
  /** For the handshake, and for each answer. */
  readonly timeoutMs: number;
  /** Calls in flight at once; more wait for their turn. */
  readonly connections: number;
  readonly manner?: Manner;
}

export class Host {
  readonly options: HostOptions;
  session: string | undefined;
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;

  constructor(options: HostOptions) {
    this.options = options;
  }

  /** The answer's body. Rejects with CallFailure; `meter` has the time of what was answered well. */
  async call(meter: Meter, message: Message): Promise<string> {
    const { operation } = message;
    const connection = await this.#taken(meter, operation);
    const start = performance.now();
    let answer: HttpAnswer;
    try {
      answer = await connection.exchange(requestText(message, this.session));
    } catch (error) {
      throw new CallFailure(operation, wordsOf(error));
    } finally {
      this.#giveBack(connection);
    }
    const body = checked(message, answer);
    meter.took(operation, performance.now() - start);
    if (answer.session !== undefined && answer.session !== '0') this.session = answer.session;
    return body;
  }

  /** Opens the session: later calls are in it. */
  async open(meter: Meter, setContext: Message): Promise<void> {
    this.session = undefined;
    const body = await this.call(meter, setContext);
    // The id is in the answer too, for clients that do not look at cookies.
    this.session ??= textIn(body, 'sessionId');
  }

  /** Ends the connections; the session lives on. Nothing may be in flight. */
  close(): void {
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  async #taken(meter: Meter, operation: string): Promise<Connection> {
    const { connections, endpoint, identity, timeoutMs, manner } = this.options;
    if (this.#inUse >= connections)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#inUse += 1;
    const idle = this.#idle.pop();
    if (idle?.isOpen === true) return idle;
    const start = performance.now();
    try {
      const made = await Connection.open(endpoint, identity, timeoutMs, manner);
      meter.took('handshake', performance.now() - start);
      return made;
    } catch (error) {
      this.#next();
      throw new CallFailure('handshake', wordsOf(error), `for ${operation}`);
    }
  }

  #giveBack(connection: Connection): void {
    if (connection.isOpen) this.#idle.push(connection);
    this.#next();
  }

  /** The place in flight goes to the one that waits longest. */
  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inUse -= 1;
    else next();
  }
}

/** Longest part of a wrong answer that is shown. */
const SHOWN = 300;

function checked(message: Message, { status, body }: HttpAnswer): string {
  const { operation, expect, refuse } = message;
  const isRefused = refuse !== undefined && body.includes(refuse);
  if (status === 200 && body.includes(expect) && !isRefused) return body;
  if (/<(?:[\w.-]+:)?Fault\b/.test(body)) {
    const { name, text } = faultIn(body);
    throw new CallFailure(operation, `fault ${name}`, text.slice(0, SHOWN));
  }
  if (status !== 200) throw new CallFailure(operation, `HTTP ${status}`, body.slice(0, SHOWN));
  // Of a batch that was answered, the fault is in a row.
  const row = /<(?:[\w.-]+:)?(?:fault|error)\b[^>]*type="(?:[\w.-]+:)?([\w.-]+)"/.exec(body)?.[1];
  const what = row === undefined ? `an answer without ${expect}` : `${row} in a row`;
  throw new CallFailure(operation, what, body.slice(0, SHOWN));
}
