/**
 * Lets workers work, and stops them between two steps: who closes the gate waits until nobody is beyond it.
 * And the pace: calls leave one after the other, at a rate that does not follow how fast they are answered.
 */
import { setTimeout as pause } from 'node:timers/promises';

export class Gate {
  #isOpen = false;
  #beyond = 0;
  #waiting: (() => void)[] = [];
  #emptied: (() => void) | undefined;

  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Resolves when everybody has come back. */
  async close(): Promise<void> {
    this.#isOpen = false;
    if (this.#beyond > 0) await new Promise<void>((done) => (this.#emptied = done));
  }

  /** Does a step as soon as the gate is open. */
  async pass(step: () => Promise<void>): Promise<void> {
    while (!this.#isOpen) await new Promise<void>((go) => this.#waiting.push(go));
    this.#beyond += 1;
    try {
      await step();
    } finally {
      this.#beyond -= 1;
      if (this.#beyond === 0) this.#emptied?.();
    }
  }
}

/** A function that resolves when the next call may leave: `perSecond` in all, however many ask. */
export function paced(perSecond: number): () => Promise<void> {
  const apartMs = 1_000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    next = Math.max(next + apartMs, now);
    if (next > now) await pause(next - now);
  };
}
