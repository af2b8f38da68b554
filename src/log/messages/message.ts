/**
 * The form of a message of the log: something that happened outside a call, under an id that never changes,
 * in words that never vary. What varies is in its facts. Knows no message.
 */
import type { Explanation } from '../../model/explanation.ts';

export interface Message extends Explanation {
  readonly level: 'info' | 'warn' | 'error';
  /** The words of the line. */
  readonly text: string;
  /** Name to meaning of every fact, a caught error apart, which any message may carry as its cause. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The value of a fact. A fact that does not apply is left out of the line. */
export type FactValue =
  | string
  | number
  | boolean
  | bigint
  | readonly string[]
  | Readonly<Record<string, number>>
  | undefined;

/** Facts about who made a call that changed something; without any: the operator of this machine did. */
export const ACTOR_FACTS = {
  peer_address: 'address that the call came from; left out: the operator did it on this machine',
  peer_certificate: 'first 16 hex digits of SHA-256 of the client certificate that was presented',
  user: 'user whose name and password came with the call',
} as const;
