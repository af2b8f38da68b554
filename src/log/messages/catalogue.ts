/**
 * The closed list of what the provider says in its log outside of calls. An id that is not here, or a fact
 * that its message does not name, does not compile. What is said of calls and connections: `lines.ts`.
 */
import { ADMIN_MESSAGES, CERTIFICATE_MESSAGES, USER_MESSAGES } from './access.ts';
import { ALARM_MESSAGES, ARRAY_MESSAGES, EVENT_MESSAGES, FAULT_RULE_MESSAGES } from './array.ts';
import type { FactValue, Message } from './message.ts';
import { PROVIDER_MESSAGES } from './provider.ts';
import { TRUST_MESSAGES } from './trust.ts';
import { AUDIT_MESSAGES, TRACING_MESSAGES } from './watching.ts';

/** By id: dotted words, the first of which is the subject. An id never changes and is never used again. */
export const MESSAGES = {
  ...ADMIN_MESSAGES,
  ...ALARM_MESSAGES,
  ...ARRAY_MESSAGES,
  ...AUDIT_MESSAGES,
  ...CERTIFICATE_MESSAGES,
  ...EVENT_MESSAGES,
  ...FAULT_RULE_MESSAGES,
  ...PROVIDER_MESSAGES,
  ...TRACING_MESSAGES,
  ...TRUST_MESSAGES,
  ...USER_MESSAGES,
} as const satisfies Readonly<Record<string, Message>>;

export type MessageId = keyof typeof MESSAGES;

/** The facts of a message, each of which has to be given, and what was caught, if something was. */
export type FactsOf<Id extends MessageId> = Readonly<
  Record<keyof (typeof MESSAGES)[Id]['facts'], FactValue>
> & { readonly cause?: unknown };

/** One message with its facts. */
export type Notice = {
  readonly [Id in MessageId]: { readonly id: Id; readonly facts: FactsOf<Id> };
}[MessageId];

/** The message with this id, from wherever it comes; undefined: this release has none such. */
export function messageOf(id: string): Message | undefined {
  return Object.hasOwn(MESSAGES, id) ? MESSAGES[id as MessageId] : undefined;
}

/** What a message is about: the first word of its id. */
export function subjectOf(id: MessageId): string {
  return id.slice(0, id.indexOf('.'));
}
