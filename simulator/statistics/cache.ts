/**
 * The simulated array's cache, as far as statistics need it: which chunks were touched lately. It holds no
 * data and makes nothing faster; a read or write of chunks that are all here counts as a hit.
 */
import { LIMITS } from '../../src/model/limits.ts';

export class TouchedChunks {
  /** Oldest first. */
  readonly #touched = new Set<string>();
  readonly #most: number;

  constructor(most: number = LIMITS.simulatedCacheChunks) {
    this.#most = most;
  }

  /** Touches chunks `first` to `last` of a volume. True when all were here already. */
  touch(volume: string, first: number, last: number): boolean {
    let isHit = true;
    for (let chunk = first; chunk <= last; chunk += 1) {
      const name = `${volume}:${chunk}`;
      if (!this.#touched.delete(name)) isHit = false;
      this.#touched.add(name);
      if (this.#touched.size > this.#most) {
        const [oldest = name] = this.#touched;
        this.#touched.delete(oldest);
      }
    }
    return isHit;
  }
}
