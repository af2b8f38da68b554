/**
 * One call from envelope to envelope: which operation, may this caller, what was asked, the handler,
 * the answer. Two doors lead here, SOAP (`answer`) and plain objects in process (`call`); both take the
 * same way through `perform`. It knows no operation's meaning and keeps nothing between calls.
 *
 * Order matters: who may not call is told so before being told what is wrong with the request.
 * Source: docs/wire.md; docs/adr/0005-four-hops-no-middleware.md.
 */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import { createTurns, inTurns, type NextTurn } from '../model/turns.ts';
import type { Call, CallNotes, OperationTable, Peer, SessionGuard, WireLog } from './call.ts';
import { compileCodec } from './codec.ts';
import {
  compileMessageReader,
  type SoapVersion,
  writeEnvelope,
  writeEnvelopePieces,
} from './envelope.ts';
import { clipped, MessageError } from './errors.ts';
import { outcomeOf, type Refusal, writeFault } from './fault.ts';
import { type CallFacts, recordOf } from './record.ts';
import { createRefuse, type RefusalOptions } from './refusal.ts';
import type { Tokenize } from './tokenizer.ts';

/** A generated `Operations` type, or anything of its form. */
export type OperationTypes<Types> = {
  readonly [Name in keyof Types]: { readonly request: unknown; readonly response: unknown };
};

export interface DispatcherOptions<Context> extends RefusalOptions {
  /** The handlers. An operation of the service without a row is answered NotImplemented. */
  readonly operations: OperationTable<Context>;
  readonly guard: SessionGuard<Context>;
  /** Told of each call in process; the SOAP door's caller tells it itself. */
  readonly log: WireLog;
  readonly clock?: Clock;
  /** Shared by the services of one process; a new one by default. */
  readonly tokenize?: Tokenize;
  /** For long answers; shared by all that works in slices, else a new one. */
  readonly nextTurn?: NextTurn;
  /** Must give a new one each time; for tests that compare texts. */
  readonly newRequestId?: () => string;
}

/** Who calls. */
export interface Caller {
  readonly peer: Peer;
  readonly sessionId: string | undefined;
}

/** A SOAP request whose HTTP headers have been read. */
export interface SoapRequest extends Caller {
  readonly soap: SoapVersion;
  readonly action: string | undefined;
  readonly body: Uint8Array;
  /** When its HTTP headers were there: milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Text, or where it is long its pieces in order, in UTF-8. */
export type Encoded = string | readonly Uint8Array[];

export interface SoapAnswer {
  readonly status: number;
  readonly body: Encoded;
  /** Value for the session cookie; undefined leaves the client's as it is. */
  readonly session: string | undefined;
  readonly facts: CallFacts;
}

export interface Dispatcher<Types extends OperationTypes<Types> = AnyOperations> {
  /** Of the service it serves, e.g. `2.0`. */
  readonly apiVersion: string;
  /** The SOAP door. Never rejects; whoever sends the answer writes the log record. */
  answer(request: SoapRequest): Promise<SoapAnswer>;
  /** The operation that an action names, which the Body must then name too. */
  called(action: string): string | undefined;
  /**
   * The answer to a request that never reached the envelope: a foreign content type, too large a body, no
   * room. `called`: the operation, as far as is known, and since when it waited.
   */
  refuse(
    error: unknown,
    soap: SoapVersion,
    called?: { readonly operation: string | undefined; readonly receivedAt: number },
  ): SoapAnswer;
  /**
   * The door in process: same guard, same handlers, same faults, same log record; no XML. Gives the
   * response as the handler made it. Throws VasaFault.
   */
  call<Name extends keyof Types & string>(
    operation: Name,
    request: Types[Name]['request'],
    caller: Caller,
  ): Promise<Types[Name]['response']>;
}

/** Where the operations' types are of no interest. */
export type AnyOperations = Readonly<Record<string, { request: unknown; response: unknown }>>;

/** What is to be done, whichever door it came in by. */
interface Job extends Caller {
  readonly requestId: string;
  /** Undefined: the request named none; then `error` says why. */
  readonly operation: string | undefined;
  readonly request: unknown;
  readonly error: unknown;
}

interface Outcome<Response> {
  readonly refusal: Refusal | undefined;
  readonly response: Response | undefined;
  readonly session: string | undefined;
  readonly notes: CallNotes;
}

const ready = (value: number): number => Math.max(0, Math.round(value));

function factsOf(
  job: Pick<Job, 'requestId' | 'operation'>,
  apiVersion: string,
  soap: CallFacts['soap_version'],
  queueMs: number,
  { refusal, notes }: Pick<Outcome<unknown>, 'refusal' | 'notes'>,
): CallFacts {
  return {
    request_id: job.requestId,
    operation: job.operation ?? 'unknown',
    api_version: apiVersion,
    soap_version: soap,
    outcome: refusal === undefined ? 'ok' : outcomeOf(refusal),
    ...(refusal !== undefined && { reason: refusal.reason }),
    ...(refusal?.cause !== undefined && { cause: refusal.cause }),
    queue_ms: ready(queueMs),
    ...notes,
  };
}

/** Builds the dispatcher of one service. Throws when the service's description contradicts itself. */
export function createDispatcher<Context, Types extends OperationTypes<Types> = AnyOperations>(
  options: DispatcherOptions<Context>,
): Dispatcher<Types> {
  const {
    service,
    operations,
    guard,
    log,
    clock = systemClock,
    newRequestId = randomUUID,
    nextTurn = createTurns(),
  } = options;
  const { version: apiVersion } = service;
  const codec = compileCodec(service, options.tokenize);
  const readMessage = compileMessageReader(codec);
  const refusalOf = createRefuse(options);
  const byAction: ReadonlyMap<string, string> = new Map(
    Object.entries(service.operations).map(([name, { soapAction }]) => [soapAction, name]),
  );

  /** The one way through, and the one catch. `finish` makes of the response what the door gives. */
  const perform = async <Response>(
    job: Job,
    finish: (operation: string, response: unknown) => Response | Promise<Response>,
  ): Promise<Outcome<Response>> => {
    const notes: CallNotes = {};
    let session: string | undefined;
    try {
      const { operation, requestId, peer, sessionId } = job;
      if (operation === undefined) throw job.error;
      const call: Call = {
        requestId,
        apiVersion,
        operation,
        peer,
        sessionId,
        note: (more) => {
          Object.assign(notes, more);
        },
        setSession: (id) => {
          session = id;
        },
      };
      const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      const context = await guard(row?.session ?? 'session', call);
      if (job.error !== undefined) throw job.error;
      if (row === undefined) throw notImplemented(operation);
      // The reader made the request from the description that the handler's type was generated from.
      const answer = await row.handler(context, job.request as never);
      const response = await finish(operation, answer);
      return { refusal: undefined, response, session, notes };
    } catch (thrown) {
      const refusal = refusalOf(thrown, job.operation, job.requestId);
      return { refusal, response: undefined, session, notes };
    }
  };
  const notImplemented = (operation: string): VasaFault =>
    new VasaFault('NotImplemented', `${operation} is not implemented by this provider`);
  const encode = (operation: string, response: unknown): Encoded | Promise<Encoded> => {
    const output = service.operations[operation]?.output ?? null;
    if (output === null) return '';
    const slices = codec.encodeInSlices(output, response);
    return slices === undefined ? codec.encode(output, response) : inTurns(slices, nextTurn);
  };

  return {
    apiVersion,
    answer: async ({ soap, action, body, receivedAt, peer, sessionId }) => {
      const queueMs = clock.now() - receivedAt;
      const job: Job = {
        requestId: newRequestId(),
        peer,
        sessionId,
        ...readMessage(soap, action, body),
      };
      const outcome = await perform<Encoded>(job, encode);
      const { refusal, response = '', session } = outcome;
      const facts = factsOf(job, apiVersion, soap, queueMs, outcome);
      if (refusal !== undefined) return { session, facts, ...writeFault(codec, soap, refusal) };
      const whole =
        typeof response === 'string'
          ? writeEnvelope(soap, response)
          : writeEnvelopePieces(soap, response);
      return { status: 200, body: whole, session, facts };
    },
    called: (action) => byAction.get(action),
    refuse: (error, soap, called) => {
      const requestId = newRequestId();
      const operation = called?.operation;
      const refusal = refusalOf(error, operation, requestId);
      const queueMs = called === undefined ? 0 : clock.now() - called.receivedAt;
      const facts = factsOf({ requestId, operation }, apiVersion, soap, queueMs, {
        refusal,
        notes: {},
      });
      return { session: undefined, facts, ...writeFault(codec, soap, refusal) };
    },
    call: async (operation, request, { peer, sessionId }) => {
      const startedAt = clock.now();
      const known = Object.hasOwn(service.operations, operation);
      const error = new MessageError(
        'structure',
        `the service has no operation ${clipped(operation)}`,
      );
      const job: Job = {
        requestId: newRequestId(),
        operation: known ? operation : undefined,
        request,
        error: known ? undefined : error,
        peer,
        sessionId,
      };
      const outcome = await perform(job, (_, response) => response);
      const { refusal } = outcome;
      log.finished(
        recordOf(factsOf(job, apiVersion, 'none', 0, outcome), {
          peer,
          status: 0,
          durationMs: ready(clock.now() - startedAt),
          requestBytes: 0,
          responseBytes: 0,
        }),
      );
      log.flush();
      if (refusal === undefined) return outcome.response;
      throw (
        refusal.fault ?? new VasaFault('InvalidArgument', refusal.reason, { cause: refusal.cause })
      );
    },
  };
}
