/** Where a line stands, for evidence. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}
