/**
 * What a deliberately broken provider is: ours, with exactly one thing broken, at one of the seams between its
 * rooms. A mutant says which scenario must catch it and in which words: whatever is caught for another reason is
 * not caught.
 */
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { OpenContext } from '../../../src/operations/context.ts';
import type { Sessions } from '../../../src/trust/sessions.ts';
import type { Trust } from '../../../src/trust/trust.ts';
import type { SoapAnswer, SoapRequest } from '../../../src/wire/dispatch.ts';
import type { Operations } from '../../../src/wire/generated/vasa-2.0/operations.ts';
import type { Listener } from '../../../src/wire/listener.ts';
import type { WireServer, WireServerOptions } from '../../../src/wire/server.ts';

type Handler<Name extends keyof Operations> = (
  context: OpenContext,
  request: Operations[Name]['request'],
) => Promise<Operations[Name]['response']>;

/** By operation: what takes the place of its handler, given the good one. */
export type BrokenHandlers = {
  readonly [Name in keyof Operations]?: (good: Handler<Name>) => Handler<Name>;
};

/** An answer with its whole text, however the provider keeps it. */
export type TextAnswer = Omit<SoapAnswer, 'body'> & { readonly body: string };

/** Where it is broken. Each gets the good part and gives what takes the place of some of it. */
export interface Breakage {
  /** The array behind the port. */
  readonly array?: (good: StorageArrayPort) => Partial<StorageArrayPort>;
  readonly handlers?: BrokenHandlers;
  readonly sessions?: (good: Sessions) => Partial<Sessions>;
  readonly trust?: (good: Trust) => Partial<Trust>;
  /** A SOAP answer that is about to leave; its operation is in `facts`. `asked` undefined: it was no message. */
  readonly answer?: (good: TextAnswer, asked: SoapRequest | undefined) => TextAnswer;
  /** What is served beside the services, and how. */
  readonly served?: (good: WireServerOptions) => Partial<WireServerOptions>;
  readonly server?: (good: WireServer) => Partial<WireServer>;
  /** Told of the listener before it listens. */
  readonly listener?: (good: Listener) => void;
  /** Reads the session id out of a Cookie header, in the place of what does. */
  readonly cookie?: (header: string) => string | undefined;
}

export interface Mutant extends Breakage {
  /** Words with dashes. */
  readonly id: string;
  /** What is broken, as a sentence about the provider. */
  readonly sentence: string;
  /** Id of the scenario that must fail; a chapter: every scenario in it. */
  readonly caughtBy: string;
  /** In what the scenario says. */
  readonly says: RegExp;
  /** How many times faster the runner's clock goes: for what is caught by waiting. */
  readonly hurry?: number;
  /** What is broken in the provider that comes back from a restart; else the same as before. */
  readonly afterRestart?: Breakage;
}

/** The answers to one operation that succeeded, with their text changed; all others as they are. */
export function answerOf(
  operation: string,
  change: (body: string) => string,
): NonNullable<Breakage['answer']> {
  return (good) =>
    good.facts.operation === operation && good.status === 200
      ? { ...good, body: change(good.body) }
      : good;
}

/** The faults of one operation, changed; its successes and other operations as they are. */
export function faultOf(
  operation: string,
  change: (fault: TextAnswer) => Partial<TextAnswer>,
): NonNullable<Breakage['answer']> {
  return (good) =>
    good.facts.operation === operation && good.status !== 200 ? { ...good, ...change(good) } : good;
}
