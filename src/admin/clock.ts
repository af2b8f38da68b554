/** The operator's orders about the clock of a running provider. */
import type { ClockReport } from './shapes/operator.ts';

export type { ClockReport } from './shapes/operator.ts';

export interface ClockAdministration {
  show(): Promise<ClockReport>;
  /** Errors: AdminError (not movable, too far). Resolves when what waited for the time has been done. */
  moveBy(milliseconds: number): Promise<ClockReport>;
  /** Back to the machine's time. Errors: AdminError (not movable). */
  reset(): Promise<ClockReport>;
}
