/**
 * The admin socket: the operator's verbs as JSON over HTTP on a Unix socket that only the owner of the
 * data folder can open. No network reaches it, so it asks for no password.
 */
import { chmodSync } from 'node:fs';
import Fastify from 'fastify';
import { LIMITS } from '../model/limits.ts';
import { LiveFeed } from './live.ts';
import type { RunningAdministration } from './port.ts';
import { addRoutes, answerErrors } from './routes/served.ts';
import { removeStaleSocket } from './socket.ts';

/** Listens at `path`. `failed` is told of errors that are not the operator's, `live` of what was changed. Close with `close()`. */
export async function openAdminServer(
  path: string,
  admin: RunningAdministration,
  failed: (error: unknown) => void,
  live: Pick<LiveFeed, 'changed'> = new LiveFeed(),
): Promise<{ close(): Promise<void> }> {
  const app = Fastify({ bodyLimit: LIMITS.adminBodyBytes, forceCloseConnections: true });
  answerErrors(app, failed);
  addRoutes(app, { administrationFor: () => admin, isLocal: true, live });
  removeStaleSocket(path);
  await app.listen({ path });
  chmodSync(path, 0o600);
  return { close: () => app.close() };
}
