/**
 * The clock of a running provider as its operator sees it: fixed to the machine's unless the
 * configuration says that it can be moved. Where it stands is kept in memory alone, so that a restart
 * always begins at the time of day.
 */
import type { ClockAdministration, ClockReport } from '../admin/clock.ts';
import { AdminError } from '../admin/port.ts';
import type { Log } from '../log/log.ts';
import type { Clock, MovableClock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';

interface ClockParts {
  readonly clock: Clock;
  /** The same clock where it can be moved. */
  readonly movable: MovableClock | undefined;
  readonly log: Log;
  /** Does what timers would do when the time has come. */
  readonly catchUp: () => Promise<void>;
}

/** The operator's orders about the clock. */
export function clockAdministration(parts: ClockParts): ClockAdministration {
  const { clock, movable, log, catchUp } = parts;
  const report = (): ClockReport => ({
    now: new Date(clock.now()).toISOString(),
    offsetMs: movable?.offsetMs() ?? 0,
    movable: movable !== undefined,
  });
  const moveTo = async (find: (offsetMs: number) => number): Promise<ClockReport> => {
    if (movable === undefined) {
      throw new AdminError('the clock cannot be moved: the setting clock.movable is false');
    }
    const wanted = find(movable.offsetMs());
    if (Math.abs(wanted) > LIMITS.clockOffsetMs) {
      throw new AdminError('the clock cannot be moved farther than ten years');
    }
    movable.moveBy(wanted - movable.offsetMs());
    const { now, offsetMs } = report();
    const facts = { provider_time: now, offset_seconds: offsetMs / 1_000 };
    log.notice('clock.moved', facts);
    await catchUp();
    return report();
  };
  return {
    show: async () => report(),
    moveBy: (milliseconds) => moveTo((offsetMs) => offsetMs + milliseconds),
    reset: () => moveTo(() => 0),
  };
}
