/** The orders about the clock on the admin socket. Both sides are here, so that they cannot differ. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LIMITS } from '../model/limits.ts';
import type { ReadBody } from './array.ts';
import type { Ask } from './faults.ts';

export interface ClockReport {
  /** What provider and array take for the time of day, ISO 8601. */
  readonly now: string;
  /** How far that is from the machine's, in milliseconds. */
  readonly offsetMs: number;
  /** Whether the configuration allows moving it. */
  readonly movable: boolean;
}

export interface ClockAdministration {
  show(): Promise<ClockReport>;
  /** Errors: AdminError (not movable, too far). Resolves when what waited for the time has been done. */
  moveBy(milliseconds: number): Promise<ClockReport>;
  /** Back to the machine's time. Errors: AdminError (not movable). */
  reset(): Promise<ClockReport>;
}

const move = z.strictObject({
  milliseconds: z.int().min(-LIMITS.clockOffsetMs).max(LIMITS.clockOffsetMs),
});

/** The socket's side. */
export function addClockRoutes(
  app: FastifyInstance,
  clock: ClockAdministration,
  read: ReadBody,
): void {
  app.get('/clock', () => clock.show());
  app.post('/clock/move', (request) => clock.moveBy(read(move, request.body).milliseconds));
  app.post('/clock/reset', () => clock.reset());
}

/** The command's side. */
export function clockClient(ask: Ask): ClockAdministration {
  return {
    show: () => ask('GET', '/clock'),
    moveBy: (milliseconds) => ask('POST', '/clock/move', { milliseconds }),
    reset: () => ask('POST', '/clock/reset'),
  };
}
