/**
 * One client of a provider: a TLS identity, a session, connections. Asks operations by name with plain
 * objects, keeps every exchange, and notes what is wrong with an answer whatever was asked: schema,
 * undeclared faults, SOAP version, media type, HTTP status. TLS is verified always.
 * Source: docs/wire.md.
 */
import { Agent, request as httpsRequest } from 'node:https';
import type { Codec } from '../../wire/codec.ts';
import type { OperationDescriptor } from '../../wire/descriptor.ts';
import { type SoapVersion, writeEnvelope } from '../../wire/envelope.ts';
import { clipped } from '../../wire/errors.ts';
import type { Operations as Operations20 } from '../../wire/generated/vasa-2.0/operations.ts';
import { contentTypeOf, soapVersionOf } from '../../wire/media.ts';
import { type Answer, type FaultAnswer, readAnswer } from './answer.ts';
import { type ApiVersion, type Recorder, withoutSecrets } from './exchange.ts';
import type { SchemaCheck } from './schemas.ts';

/** Messages of one API version: how to write, read and check them. */
export interface Contract {
  readonly api: ApiVersion;
  readonly codec: Codec;
  readonly schemas: SchemaCheck;
}

export interface Identity {
  /** Leaf first. */
  readonly chainPem: string;
  readonly keyPem: string;
}

export interface ClientOptions {
  /** Who it is, for reports. */
  readonly name: string;
  readonly url: string;
  /** PEM; nothing else is trusted. */
  readonly trust: readonly string[];
  readonly identity: Identity | undefined;
  readonly contract: Contract;
  readonly soap: SoapVersion;
  readonly recorder: Recorder;
  readonly now: () => number;
  /** For one answer. */
  readonly timeoutMs: number;
  /** Connections side by side; ESXi has been seen to keep 5 calls in flight. */
  readonly connections?: number;
}

const NOT_OFFERED = 'NotImplemented';

/** A call that ended in a fault. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly operation: string;
  readonly fault: FaultAnswer;

  constructor(operation: string, fault: FaultAnswer) {
    super(`${operation} answered ${fault.name ?? 'an untyped fault'}: ${clipped(fault.text)}`);
    this.operation = operation;
    this.fault = fault;
  }
}

/**
 * Whether a scenario ended because the provider does not offer an operation. Where the operation does not
 * declare NotImplemented the answer has a complaint too, which fails the scenario.
 */
export function isNotOffered(error: unknown): boolean {
  return error instanceof FaultError && error.fault.name === NOT_OFFERED;
}

/** A call that got no answer that can be read. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

type Request<Name extends keyof Operations20> = Operations20[Name]['request'];
type Response<Name extends keyof Operations20> = Operations20[Name]['response'];

interface HttpAnswer {
  readonly status: number;
  readonly media: string | undefined;
  readonly server: string | undefined;
  readonly session: string | undefined;
  readonly body: string;
}

/** Largest answer that is read: 100,000 ids are 8 MB. */
const ANSWER_BYTES = 64 * 1024 * 1024;

export class VasaClient {
  readonly options: ClientOptions;
  /** The session id that goes with each call; settable, to try one that is not ours. */
  session: string | undefined;
  readonly #agent: Agent;

  constructor(options: ClientOptions) {
    this.options = options;
    const { identity, trust, connections = 5 } = options;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: connections,
      ca: [...trust],
      ...(identity === undefined ? {} : { cert: identity.chainPem, key: identity.keyPem }),
    });
  }

  /** The response. Rejects with FaultError, or NoAnswerError, which an answer of another operation is too. */
  async call<Name extends keyof Operations20>(
    operation: Name,
    request: Request<Name>,
  ): Promise<Response<Name>> {
    const answer = await this.#exchange(operation, request);
    if (answer.fault !== undefined) throw new FaultError(operation, answer.fault);
    const output = this.options.contract.codec.service.operations[operation]?.output ?? undefined;
    if (output !== undefined && answer.element !== output)
      throw new NoAnswerError(
        `${operation} was answered with ${answer.element ?? 'an empty Body'} instead of ${output}`,
      );
    // The reader has checked the value against the description that the type was generated from.
    return answer.value as Response<Name>;
  }

  /**
   * The fault that the call must end in. Rejects when it succeeds, or nothing can be read; with FaultError when
   * the operation is not offered, which is no refusal of this call.
   */
  async faultOf<Name extends keyof Operations20>(
    operation: Name,
    request: Request<Name>,
  ): Promise<FaultAnswer> {
    const { fault } = await this.#exchange(operation, request);
    if (fault === undefined) throw new Error(`${operation} succeeded where it should be refused`);
    if (fault.name === NOT_OFFERED) throw new FaultError(operation, fault);
    return fault;
  }

  /** Ends the connections; the session lives on. */
  close(): void {
    this.#agent.destroy();
  }

  async #exchange(operation: string, value: unknown): Promise<Answer> {
    const { contract, soap } = this.options;
    const { input } = this.#described(operation);
    const body = input === null ? '' : contract.codec.encode(input, value);
    return this.send(operation, writeEnvelope(soap, body));
  }

  #described(operation: string): OperationDescriptor {
    const { api, codec } = this.options.contract;
    const description = codec.service.operations[operation];
    if (description === undefined) throw new Error(`VASA ${api} has no ${operation}`);
    return description;
  }

  /** Sends a whole envelope as it is, in the client's SOAP version. Rejects when nothing can be read. */
  async send(operation: string, request: string): Promise<Answer> {
    const { contract, recorder, now, name, soap, identity, trust } = this.options;
    const { api } = contract;
    const description = this.#described(operation);
    const at = now();
    const { session } = this;
    const sent = { client: this, chainPem: identity?.chainPem, trust, session, request };
    const facts = { client: name, api, soap, operation, at, request: withoutSecrets(request) };
    const none = { status: 0, answer: '', fault: undefined, server: undefined };
    let http: HttpAnswer;
    try {
      http = await this.#post(description.soapAction, request);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const complaints = [`no answer: ${words}`];
      const wire = { ...sent, given: undefined, answer: '' };
      recorder.take({ ...facts, ...none, ms: now() - at, complaints }, wire);
      throw new NoAnswerError(`${operation}: ${words}`, { cause: error });
    }
    if (http.session !== undefined) this.session = http.session === '0' ? undefined : http.session;
    const read = this.#read(http);
    const exchange = {
      ...facts,
      ms: now() - at,
      status: http.status,
      answer: withoutSecrets(http.body),
      fault: read.answer?.fault === undefined ? undefined : (read.answer.fault.name ?? 'untyped'),
      server: http.server,
      complaints: [...read.complaints, ...this.#complaints(operation, http, read.answer)],
    };
    recorder.take(exchange, { ...sent, given: http.session, answer: http.body });
    if (read.answer === undefined)
      throw new NoAnswerError(`${operation}: ${read.complaints.join('; ')}`);
    return read.answer;
  }

  #read({ body }: HttpAnswer): { answer: Answer | undefined; complaints: readonly string[] } {
    const { codec, schemas } = this.options.contract;
    try {
      return { answer: readAnswer(codec, body), complaints: schemas.complaints(body) };
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return { answer: undefined, complaints: [`the answer cannot be read: ${words}`] };
    }
  }

  #complaints(operation: string, http: HttpAnswer, answer: Answer | undefined): string[] {
    const { soap, contract } = this.options;
    const described = contract.codec.service.operations[operation];
    const found: string[] = [];
    if (soapVersionOf(http.media) !== soap)
      found.push(`asked in SOAP ${soap}, answered with the content type ${http.media}`);
    if (answer === undefined) return found;
    if (answer.soap !== soap) found.push(`asked in SOAP ${soap}, answered in SOAP ${answer.soap}`);
    const { fault, element } = answer;
    if (fault === undefined && http.status !== 200)
      found.push(`a response with HTTP ${http.status}`);
    if (fault === undefined && element !== (described?.output ?? undefined))
      found.push(`the response is ${element ?? 'empty'}, not ${described?.output ?? 'empty'}`);
    if (fault !== undefined && (http.status < 400 || http.status > 599))
      found.push(`a fault with HTTP ${http.status}`);
    if (fault?.name !== undefined && !described?.faults.includes(fault.name))
      found.push(`${operation} does not declare ${fault.name}`);
    return found;
  }

  #post(action: string, body: string): Promise<HttpAnswer> {
    const { url, soap, timeoutMs } = this.options;
    const headers = {
      ...(soap === '1.1'
        ? { 'content-type': contentTypeOf(soap), soapaction: `"${action}"` }
        : { 'content-type': `${contentTypeOf(soap)}; action="${action}"` }),
      ...(this.session !== undefined && { cookie: `VASASESSIONID=${this.session}` }),
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(url, { method: 'POST', agent: this.#agent, headers });
      const timer = setTimeout(
        () => sent.destroy(new Error(`none within ${timeoutMs} ms`)),
        timeoutMs,
      );
      sent.on('close', () => clearTimeout(timer));
      sent.on('error', reject);
      sent.on('response', (response) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        response.on('data', (piece: Buffer) => {
          pieces.push(piece);
          bytes += piece.length;
          if (bytes > ANSWER_BYTES) response.destroy(new Error('the answer is too long'));
        });
        response.on('error', reject);
        response.on('end', () => {
          const cookies = (response.headers['set-cookie'] ?? []).join(';');
          resolve({
            status: response.statusCode ?? 0,
            media: response.headers['content-type'],
            server: [response.headers['server'] ?? []].flat()[0],
            session: /(?:^|[;,\s])VASASESSIONID="?([^;",\s]*)/.exec(cookies)?.[1],
            body: Buffer.concat(pieces).toString('utf8'),
          });
        });
      });
      sent.end(body);
    });
  }
}
