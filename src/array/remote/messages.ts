/**
 * What is said between an array that is served and a provider that uses it from another process. Each side
 * greets first; then the provider calls, any number at once, and the array answers each call in its time.
 * Source: docs/active-passive.md, "The protocol".
 */
import { z } from 'zod';
import type { ArrayErrorKind } from '../../model/array.ts';
import { LIMITS } from '../../model/limits.ts';
import { FAULT_OF_ARRAY_ERROR } from '../errors.ts';
import { parsedValue } from './values.ts';

/** Of the protocol; another one is refused at the greeting. */
export const PROTOCOL_VERSION = 1;

const callId = z.int().min(0);
const kinds = Object.keys(FAULT_OF_ARRAY_ERROR) as [ArrayErrorKind, ...ArrayErrorKind[]];

const fromClient = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.int() }),
  z.strictObject({
    type: z.literal('call'),
    id: callId,
    part: z.enum(['port', 'administration']),
    method: z.string().max(LIMITS.arrayIdCharacters),
    args: z.array(z.unknown()),
  }),
]);

const fromServer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.int(), administration: z.boolean() }),
  z.strictObject({ type: z.literal('answer'), id: callId, result: z.unknown() }),
  z.strictObject({
    type: z.literal('refusal'),
    id: callId,
    kind: z.enum(kinds),
    message: z.string(),
  }),
  /** Something may be new in the feed. */
  z.strictObject({ type: z.literal('changed') }),
]);

export type ClientMessage = z.output<typeof fromClient>;
export type CallMessage = Extract<ClientMessage, { type: 'call' }>;
export type ServerMessage = z.output<typeof fromServer>;

/** Throws what says that the text is no such message. */
export function clientMessage(text: string): ClientMessage {
  return fromClient.parse(parsedValue(text));
}

/** Throws what says that the text is no such message. */
export function serverMessage(text: string): ServerMessage {
  return fromServer.parse(parsedValue(text));
}
