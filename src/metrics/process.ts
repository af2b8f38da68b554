/**
 * Figures of the process: processor time, memory, open files, delays of the event loop, garbage collection.
 * They belong to the process and not to a provider, and the library cannot take its observers down again:
 * so they are begun once, by the program, and never by tests that start many providers.
 */
import { collectDefaultMetrics, Registry } from 'prom-client';

/** Begins to observe; gives the figures in Prometheus' text form. To be called once in a process. */
export function observeProcess(): () => Promise<string> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return () => register.metrics();
}
