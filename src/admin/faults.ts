/**
 * The orders about fault rules on the admin socket. Both sides are here, so that they cannot differ.
 * Knows nothing of what a rule says.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ReadBody } from './array.ts';

/** A rule in force. */
export interface FaultSummary {
  readonly id: string;
  /** In words. */
  readonly rule: string;
  /** Calls that matched it so far. */
  readonly matched: number;
  /** Of these, how many were hit. */
  readonly injected: number;
}

export interface FaultAdministration {
  list(): Promise<{ readonly seed: string; readonly rules: readonly FaultSummary[] }>;
  /** A rule as it is written in the file of rules. Errors: AdminError (what is wrong with it). */
  add(rule: unknown): Promise<FaultSummary>;
  /** Errors: AdminError (none of that id). */
  remove(id: string): Promise<void>;
  /** How many there were. */
  clear(): Promise<{ readonly count: number }>;
}

const identified = z.strictObject({ id: z.string().min(1).max(64) });

/** The socket's side. */
export function addFaultRoutes(
  app: FastifyInstance,
  faults: FaultAdministration,
  read: ReadBody,
): void {
  app.get('/faults', () => faults.list());
  app.post('/faults', (request) => faults.add(request.body));
  app.delete('/faults', () => faults.clear());
  app.delete('/faults/:id', async (request) => {
    await faults.remove(read(identified, request.params).id);
    return {};
  });
}

/** Sends an order and gives the answer. */
export type Ask = <Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<Answer>;

/** The command's side. */
export function faultClient(ask: Ask): FaultAdministration {
  return {
    list: () => ask('GET', '/faults'),
    add: (rule) => ask('POST', '/faults', rule),
    remove: (id) => ask('DELETE', `/faults/${encodeURIComponent(id)}`),
    clear: () => ask('DELETE', '/faults'),
  };
}
