/**
 * A thrown value as data for a log line: the chain of errors, outermost first, bounded, with texts of a
 * secret's shape hidden.
 */
import { LIMITS } from '../model/limits.ts';
import { hideSecretShapes } from './redaction.ts';

export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/** Text for a log line: secrets of a known shape hidden, then cut to the limit. */
export function logText(text: string): string {
  // Shapes are looked for before the cut, or half a key would pass as none.
  const hidden = hideSecretShapes(text);
  const { logTextCharacters } = LIMITS;
  return hidden.length <= logTextCharacters ? hidden : `${hidden.slice(0, logTextCharacters)}…`;
}

/** The chain behind `thrown`, which may be anything. `stacks` says whether to add the stack of each. */
export function causeChain(thrown: unknown, stacks: boolean): readonly LoggedError[] {
  const chain: LoggedError[] = [];
  let next = thrown;
  while (next !== undefined && next !== null && chain.length < LIMITS.logCauses) {
    if (!(next instanceof Error)) {
      chain.push({ type: typeof next, message: logText(String(next)) });
      break;
    }
    const code = 'code' in next && typeof next.code === 'string' ? { code: next.code } : {};
    const stack = stacks && next.stack !== undefined ? { stack: logText(next.stack) } : {};
    chain.push({ type: next.name, message: logText(next.message), ...code, ...stack });
    next = next.cause;
  }
  return chain;
}
