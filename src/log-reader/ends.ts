/** Keeps the beginning and the end of a sequence, and says what was left out between them. */

export interface LeftOut {
  readonly count: number;
  /** Milliseconds since the epoch: of the first and the last that is missing. */
  readonly from: number;
  readonly to: number;
}

/** Lives for one reading. Holds at most `most` items. */
export class Ends<Item extends { readonly at: number }> {
  readonly #most: number;
  readonly #first: Item[] = [];
  /** A ring: the oldest stands at `#next`. */
  readonly #last: Item[] = [];
  #next = 0;
  #leftOut: LeftOut | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** Gives the item that had to go for this one, if any had to. */
  add(item: Item): Item | undefined {
    const half = Math.floor(this.#most / 2);
    if (this.#first.length < half) {
      this.#first.push(item);
      return undefined;
    }
    if (this.#last.length < this.#most - half) {
      this.#last.push(item);
      return undefined;
    }
    const gone = this.#last[this.#next];
    this.#last[this.#next] = item;
    this.#next = (this.#next + 1) % this.#last.length;
    if (gone !== undefined) this.#leave(gone);
    return gone;
  }

  items(): readonly Item[] {
    return [...this.#first, ...this.#last.slice(this.#next), ...this.#last.slice(0, this.#next)];
  }

  /** Undefined: all are there. */
  get leftOut(): LeftOut | undefined {
    return this.#leftOut;
  }

  #leave({ at }: Item): void {
    const { count, from, to } = this.#leftOut ?? { count: 0, from: at, to: at };
    this.#leftOut = { count: count + 1, from: Math.min(from, at), to: Math.max(to, at) };
  }
}
