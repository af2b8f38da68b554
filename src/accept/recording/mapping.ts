/**
 * Which id of a replay stands for which id of its recording. A value that the recording first saw in an answer is
 * bound to what stands in the same place of the new answer, and is replaced by it wherever a later request has it;
 * a value that it first saw in a request is the client's own, and stays as it is.
 *
 * Bound are the UUIDs and long hexadecimal numbers within a text, so that an id is known again inside another
 * (`rfc4122.<UUID>`, `<id>-vm`); where two texts differ in more than those, the texts as a whole. Whole numbers and
 * very short ids mean something in their own element only.
 */
import { natureOf, plainName } from './elements.ts';

/** How a text of the new answer compares: undefined means the same. */
export type Mismatch =
  | 'another value'
  | 'names another thing'
  | 'one id for two things'
  | undefined;

/** A request's text in the replay's ids, or the id that it needs and that never came. */
export type Substituted = { readonly text: string } | { readonly missing: string };

const TOKEN = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}/gi;

/** The cursor before all events. */
const FROM_START = '-1';

/** Shorter ids are words that may stand anywhere. */
const SHORT = 6;

export class Mapping {
  /** First seen in a request: the client's own. */
  readonly #own = new Set<string>();
  /** First seen in an answer, with what stands for each; undefined: nothing came in its place. */
  readonly #forth = new Map<string, string | undefined>();
  readonly #back = new Map<string, string>();
  /** Bound as a whole: looked for inside of other texts too. */
  readonly #whole = new Set<string>();

  /** Notes a text of a recorded request. */
  ask(element: string, text: string): void {
    const tokens = tokensOf(element, text);
    const isMade = tokens.some((each) => this.#forth.has(keyOf(element, each)));
    for (const each of isMade ? tokens : [text, ...tokens]) {
      const key = keyOf(element, each);
      if (!this.#forth.has(key)) this.#own.add(key);
    }
  }

  /** Notes a text of a recorded answer, whether or not anything came in its place. */
  tell(element: string, text: string): void {
    if (natureOf(element) === 'bits') return;
    const tokens = tokensOf(element, text);
    const isWhole =
      natureOf(element, text) === 'id' &&
      (tokens.length === 0 || this.#forth.has(keyOf(element, text)));
    for (const each of isWhole ? [text, ...tokens] : tokens) {
      const key = keyOf(element, each);
      if (!this.#own.has(key) && !this.#forth.has(key)) this.#forth.set(key, undefined);
    }
  }

  /** Compares two texts in the same place, and binds what is not bound yet. */
  match(element: string, before: string, after: string): Mismatch {
    const nature = natureOf(element, before);
    if (nature === 'bits') return before === after ? undefined : 'another value';
    this.tell(element, before);
    const whole = keyOf(element, before);
    if (nature === 'id' && (this.#own.has(whole) || this.#isBound(whole)))
      return this.#pair(element, before, after);
    const taken = this.#back.get(keyOf(element, after));
    const isLoose = isLocal(after) && !isCursor(element);
    if (nature === 'id' && taken !== undefined && taken !== before && !isLoose)
      return 'one id for two things';
    const [tokens, others] = [tokensOf(element, before), tokensOf(element, after)];
    const isAlike = bare(element, before) === bare(element, after);
    if (isAlike && tokens.length > 0) {
      const mismatch = this.#matchTokens(element, tokens, others);
      // As a whole it must name the same thing from now on, too.
      if (nature === 'id' && mismatch === undefined) this.#bind(element, before, after);
      return mismatch;
    }
    if (nature === 'id') return this.#pair(element, before, after);
    if (before === after || this.#replaced(element, before) === after) return undefined;
    return 'another value';
  }

  /** A request's text with the ids of the replay. */
  substitute(element: string, text: string): Substituted {
    const key = keyOf(element, text);
    if (this.#forth.has(key)) {
      const bound = this.#forth.get(key);
      if (bound !== undefined) return { text: bound };
      const before = this.#cursor(element, text);
      if (before !== undefined) return { text: before };
      if (tokensOf(element, text).length === 0) return { missing: text };
    }
    const later = this.#cursor(element, text);
    if (later !== undefined) return { text: later };
    const missing: string[] = [];
    const replaced = this.#replaced(element, text, (each) => missing.push(each));
    const [first] = missing;
    return first === undefined ? { text: replaced } : { missing: first };
  }

  /** How a text reads when ids that are bound are named alike on both sides, and all others left out. */
  plain(element: string, text: string, side: 'before' | 'after'): string {
    const known = (each: string): string | undefined => {
      const key = keyOf(element, each);
      if (this.#own.has(key)) return each;
      if (side === 'before') return this.#forth.get(key);
      return this.#back.has(key) ? each : undefined;
    };
    if (natureOf(element) === 'bits') return text;
    const whole = known(text);
    if (whole !== undefined) return whole;
    if (natureOf(element, text) === 'id' && tokensOf(element, text).length === 0) return '#';
    return text.replace(TOKEN, (each) => (isToken(each) ? (known(each) ?? '#') : each));
  }

  /** The replay's id for one of the recording; undefined: none is bound. */
  boundTo(element: string, text: string): string | undefined {
    const plain = this.plain(element, text, 'before');
    return plain.includes('#') ? undefined : plain;
  }

  /** Whether an id of either side has its counterpart. */
  hasCounterpart(side: 'before' | 'after', element: string, text: string): boolean {
    const key = keyOf(element, text);
    return side === 'before' ? this.#isBound(key) : this.#back.has(key);
  }

  /** Whether an id of the replay already stands for one of the recording. */
  isTaken(element: string, text: string): boolean {
    return [text, ...tokensOf(element, text)].some((each) => this.#back.has(keyOf(element, each)));
  }

  #isBound(key: string): boolean {
    return this.#forth.get(key) !== undefined;
  }

  #matchTokens(element: string, tokens: readonly string[], others: readonly string[]): Mismatch {
    let found: Mismatch;
    for (const [at, token] of tokens.entries())
      found ??= this.#pair(element, token, others[at] ?? '');
    return found;
  }

  #pair(element: string, before: string, after: string): Mismatch {
    const [key, other] = [keyOf(element, before), keyOf(element, after)];
    if (this.#own.has(key)) return before === after ? undefined : 'another value';
    const isLoose = isLocal(before) && !isCursor(element);
    const bound = this.#forth.get(key);
    if (bound !== undefined && !isLoose) return bound === after ? undefined : 'names another thing';
    const taken = this.#back.get(other);
    if (taken !== undefined && taken !== before && !isLoose) return 'one id for two things';
    this.#bind(element, before, after);
    const [token] = tokensOf(element, before);
    if (!isLocal(before) && token !== before) this.#whole.add(before);
    return undefined;
  }

  #bind(element: string, before: string, after: string): void {
    this.#forth.set(keyOf(element, before), after);
    this.#back.set(keyOf(element, after), before);
  }

  /** Bound ids replaced wherever they stand in the text; `onMissing` is told of those that nothing came for. */
  #replaced(element: string, text: string, onMissing?: (id: string) => void): string {
    for (const each of this.#whole)
      if (text.includes(each))
        return text
          .split(each)
          .map((piece) => this.#replaced(element, piece, onMissing))
          .join(this.#forth.get(each) ?? each);
    return text.replace(TOKEN, (each) => {
      const key = keyOf(element, each);
      if (!isToken(each) || !this.#forth.has(key)) return each;
      const bound = this.#forth.get(key);
      if (bound === undefined) onMissing?.(each);
      return bound ?? each;
    });
  }

  /**
   * A cursor that has no counterpart: after the last one below that has, or from the start; as far behind it where
   * the client made the cursor up.
   */
  #cursor(element: string, text: string): string | undefined {
    if (!isCursor(element) || !/^\d{1,18}$/.test(text)) return undefined;
    const kind = keyOf(element, '');
    let nearest: readonly [bigint, bigint] | undefined;
    for (const [key, bound] of this.#forth) {
      if (bound === undefined || !key.startsWith(kind)) continue;
      const told = BigInt(key.slice(kind.length));
      if (told <= BigInt(text) && (nearest === undefined || told > nearest[0]))
        nearest = [told, BigInt(bound)];
    }
    const isMadeUp = this.#own.has(keyOf(element, text));
    if (nearest === undefined) return isMadeUp ? undefined : FROM_START;
    return String(isMadeUp ? nearest[1] + BigInt(text) - nearest[0] : nearest[1]);
  }
}

function isCursor(element: string): boolean {
  return /^(eventId|alarmId)$/.test(plainName(element));
}

function isLocal(text: string): boolean {
  return text.length < SHORT || /^-?\d+$/.test(text);
}

function keyOf(element: string, text: string): string {
  return isLocal(text) ? `${plainName(element)}\n${text}` : text;
}

function isToken(text: string): boolean {
  return !/^\d+$/.test(text);
}

function tokensOf(element: string, text: string): readonly string[] {
  return natureOf(element) === 'bits' ? [] : (text.match(TOKEN) ?? []).filter(isToken);
}

function bare(element: string, text: string): string {
  return natureOf(element) === 'bits'
    ? text
    : text.replace(TOKEN, (each) => (isToken(each) ? '#' : each));
}
