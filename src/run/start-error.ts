/**
 * Why the program, or a part of it, cannot do what it was started for, in a line for the operator. Each reason has an
 * exit code of its name in `cli/exit.ts`.
 */

export type StartFailure =
  | 'usage'
  | 'address'
  | 'dataFolder'
  | 'inUse'
  | 'newer'
  | 'diskFull'
  | 'array'
  | 'refused';

/** Thrown where a part cannot start; `message` is the one line for the operator. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly failure: StartFailure;

  constructor(failure: StartFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}
