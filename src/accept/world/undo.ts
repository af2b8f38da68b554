/**
 * What was made and must go again, last things first. A step that fails does not keep the others from being
 * tried; what could not be undone is told.
 */
export class Undo {
  readonly #steps: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];

  /** Remembers how to undo something. Gives a function that forgets it, for what has gone by itself. */
  add(what: string, undo: () => Promise<unknown>): () => void {
    const step = { what, undo };
    this.#steps.push(step);
    return () => {
      const at = this.#steps.indexOf(step);
      if (at >= 0) this.#steps.splice(at, 1);
    };
  }

  /** Undoes all. What could not be undone, each in a sentence. */
  async all(): Promise<readonly string[]> {
    const left: string[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        left.push(`${step.what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return left;
  }
}
