/** The operator's orders about fault rules. Knows nothing of what a rule says. */
import type { FaultReport, FaultSummary } from './shapes/operator.ts';

export type { FaultSummary } from './shapes/operator.ts';

export interface FaultAdministration {
  list(): Promise<FaultReport>;
  /** A rule as it is written in the file of rules. Errors: AdminError (what is wrong with it). */
  add(rule: unknown): Promise<FaultSummary>;
  /** Errors: AdminError (none of that id). */
  remove(id: string): Promise<void>;
  /** How many there were. */
  clear(): Promise<{ readonly count: number }>;
}
