/** A row of the table of broken ground in docs/reliability.md: what breaks, and what comes of it. */

export interface GroundRow {
  readonly breaks: string;
  /** What was under way. */
  readonly during: string;
  /** What the operator sees; text in backticks is literal. */
  readonly sees: string;
  /** Of what was acknowledged. */
  readonly lost: string;
  readonly back: string;
  readonly proof: { readonly file: string; readonly test: string };
}

/** A start on broken ground, which the tests play: what is said and how it ends stand here alone. */
export interface BrokenStart extends Omit<GroundRow, 'during' | 'sees' | 'proof'> {
  /** Exit code, and the one line, where DATA is the data folder and … more of the same line. */
  readonly exit: number;
  readonly line: string;
  /** Breaks it. What is returned mends it the way that `back` says; undefined: it cannot be broken here. */
  readonly breakIt: (ground: Ground) => Promise<Mend | undefined>;
}

export type Mend = () => Promise<void> | void;

export interface Ground {
  /** The data folder. A provider was stopped on it in order. */
  readonly data: string;
  /** A copy of the folder from before. */
  readonly copy: string;
  /** A backup from before. */
  readonly backup: string;
}
