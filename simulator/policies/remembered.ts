/** Answers that cost more to find than to keep. Whoever asks sees to it that an answer stays right. */
import { LIMITS } from '../../src/model/limits.ts';

export class Remembered<Answer> {
  readonly #answers = new Map<string, Answer>();

  /** The answer for `key`; `find` is asked for one that is not kept, and what it throws is not kept. */
  get(key: string, find: () => Answer): Answer {
    const kept = this.#answers.get(key);
    if (kept !== undefined) return kept;
    const found = find();
    if (this.#answers.size >= LIMITS.policyAnswersKept) this.#answers.clear();
    this.#answers.set(key, found);
    return found;
  }

  forget(): void {
    this.#answers.clear();
  }
}
