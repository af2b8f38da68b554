/**
 * Long messages of a report, each kept once: pollers get the same thousand events again and again, and a report that
 * held all copies would be ten times as long. Nothing is left out; what is short stays where it is.
 */
import { createHash } from 'node:crypto';
import { LIMITS } from '../../model/limits.ts';

/** A message, or in its place the SHA-256 of one that is kept elsewhere. */
export type Message = string | { readonly sha256: string };

/** Messages by their SHA-256, lower-case hex. */
export type Messages = Readonly<Record<string, string>>;

interface Shared<Exchange> {
  readonly exchanges: readonly (Omit<Exchange, 'request' | 'answer'> & {
    readonly request: Message;
    readonly answer: Message;
  })[];
  readonly messages: Messages;
}

interface Told {
  readonly request: string;
  readonly answer: string;
}

/** The exchanges with their long messages apart from them. */
export function shared<Exchange extends Told>(exchanges: readonly Exchange[]): Shared<Exchange> {
  const messages: Record<string, string> = {};
  const short = (message: string): Message => {
    if (message.length <= LIMITS.reportInlineCharacters) return message;
    const sha256 = createHash('sha256').update(message).digest('hex');
    messages[sha256] = message;
    return { sha256 };
  };
  const own = exchanges.map((each) => ({
    ...each,
    ...{ request: short(each.request), answer: short(each.answer) },
  }));
  return { exchanges: own, messages };
}

/** The whole message. Throws RangeError when it is kept nowhere. */
export function whole(message: Message, messages: Messages): string {
  if (typeof message === 'string') return message;
  const found = Object.hasOwn(messages, message.sha256) ? messages[message.sha256] : undefined;
  if (found === undefined) throw new RangeError(`the message ${message.sha256} is missing`);
  return found;
}
