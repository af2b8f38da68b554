/**
 * What support staff are told about anything that the provider can log or send: the same three answers for
 * a log message, a fault, a broken connection, an event, an alarm and an exit code. docs/troubleshooting.md
 * is made from them.
 */

export interface Explanation {
  /** What has happened, in one or two sentences. */
  readonly means: string;
  /** What usually lies behind it, the likeliest first; empty where it is as it should be. */
  readonly causes: readonly string[];
  /** What to do now; `Nothing.` with a reason where nothing is to be done. */
  readonly remedy: string;
}
