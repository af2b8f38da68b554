/** What goes on by itself in a running provider. */
import type { Log } from '../log/log.ts';
import { LIMITS } from '../model/limits.ts';
import type { Provider } from '../operations/context.ts';

/** Notices of expiry, alarms, and clearing away what has ended unasked. Rejects when the store fails. */
export async function startTimers(
  { alarms, trust, sessions }: Provider,
  log: Log,
): Promise<{ catchUp(): Promise<void>; stop(): void }> {
  const watch = () =>
    trust
      .watchExpiry()
      .catch((cause: unknown) => log.notice('certificate.watch_failed', { cause }));
  const sweep = () => {
    log.verbose.active();
    return sessions.list();
  };
  await watch();
  alarms.start();
  const timers = [setInterval(watch, LIMITS.expiryWatchMs), setInterval(sweep, LIMITS.sweepMs)];
  for (const timer of timers) timer.unref();
  return {
    /** When the clock was moved. The array looks at its clock by itself, every second. */
    catchUp: async () => {
      await Promise.all([watch(), sweep(), alarms.look()]);
    },
    stop: () => timers.forEach(clearInterval),
  };
}
