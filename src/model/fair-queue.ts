/**
 * A bounded queue that is fair between those who wait in it: each key (an address, a certificate) has a line
 * of its own, and the lines are served in turn, one item each. With one key it is an ordinary queue. Knows
 * nothing of what waits, nor of time.
 *
 * Source: round robin by flow (J. Nagle, RFC 970), with the longest line paying when there is no room.
 */

/** One place in a queue; for `remove`. */
export interface Place<Item> {
  readonly key: string;
  readonly item: Item;
}

interface Line<Item> {
  readonly key: string;
  readonly places: Place<Item>[];
}

export class FairQueue<Item> {
  readonly #most: number;
  readonly #lines = new Map<string, Line<Item>>();
  /** In the order of their turns. */
  readonly #turns: Line<Item>[] = [];
  #size = 0;

  /** `most`: items it may hold. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** How many keys wait. */
  get keys(): number {
    return this.#turns.length;
  }

  sizeOf(key: string): number {
    return this.#lines.get(key)?.places.length ?? 0;
  }

  get isFull(): boolean {
    return this.#size >= this.#most;
  }

  /**
   * Whose line gives way where `key` wants room: `key` itself where one more would be more than its share,
   * else one that has more than a share.
   */
  payer(key: string): string {
    const own = this.sizeOf(key);
    const share = this.#size / (this.#turns.length + (own === 0 ? 1 : 0));
    if (own + 1 > share) return key;
    // Who has less than the mean proves that somebody has more.
    return this.#turns.find(({ places }) => places.length > share)?.key ?? key;
  }

  /** Adds behind the key's others. RangeError when it is full. */
  add(key: string, item: Item): Place<Item> {
    if (this.isFull) throw new RangeError('the queue is full');
    const place: Place<Item> = { key, item };
    const line = this.#lines.get(key);
    if (line === undefined) {
      const begun: Line<Item> = { key, places: [place] };
      this.#lines.set(key, begun);
      this.#turns.push(begun);
    } else {
      line.places.push(place);
    }
    this.#size += 1;
    return place;
  }

  /**
   * Takes the next item in turn; of each line the first that `isReady`, and a line that has none keeps its
   * turn. Undefined: none is ready.
   */
  next(isReady: (item: Item) => boolean = () => true): Item | undefined {
    for (const [turn, line] of this.#turns.entries()) {
      const at = line.places.findIndex(({ item }) => isReady(item));
      if (at < 0) continue;
      const [place] = line.places.splice(at, 1);
      this.#size -= 1;
      this.#turns.splice(turn, 1);
      if (line.places.length > 0) this.#turns.push(line);
      else this.#lines.delete(line.key);
      return place?.item;
    }
    return undefined;
  }

  /** Takes the oldest or newest item of one key; undefined when it has none. */
  takeOf(key: string, which: 'oldest' | 'newest'): Item | undefined {
    const place = this.#lines.get(key)?.places.at(which === 'oldest' ? 0 : -1);
    if (place === undefined) return undefined;
    this.remove(place);
    return place.item;
  }

  /** False when it is not there any more. */
  remove(place: Place<Item>): boolean {
    const line = this.#lines.get(place.key);
    const at = line?.places.indexOf(place) ?? -1;
    if (line === undefined || at < 0) return false;
    line.places.splice(at, 1);
    this.#size -= 1;
    if (line.places.length === 0) {
      this.#lines.delete(line.key);
      this.#turns.splice(this.#turns.indexOf(line), 1);
    }
    return true;
  }

  /** Takes out every item that is `wanted`. */
  takeAll(wanted: (item: Item) => boolean): readonly Item[] {
    const found = this.#turns.flatMap(({ places }) => places.filter(({ item }) => wanted(item)));
    for (const place of found) this.remove(place);
    return found.map(({ item }) => item);
  }
}
