/**
 * How a command reaches the provider: over the admin socket when one runs on the data folder, else, for
 * what needs none running, in the data folder itself. The store's lock keeps the two apart.
 */
import { adminClient } from '../admin/client.ts';
import type { Administration, RunningAdministration } from '../admin/port.ts';
import { findSocket } from '../admin/socket.ts';
import type { Config } from '../config/schema.ts';
import { openAdministration } from '../run/offline.ts';
import { StartError } from '../run/start-error.ts';

/** The provider that runs on the data folder. Throws StartError when none does. */
export async function reachRunning(config: Config): Promise<RunningAdministration> {
  const socket = await findSocket(config.dataDir);
  if (socket === undefined) {
    throw new StartError('refused', `no provider runs on the data folder ${config.dataDir}`);
  }
  return adminClient(socket);
}

/** Does `work` with the provider, running or not. */
export async function withAdministration<Result>(
  config: Config,
  work: (administration: Administration) => Promise<Result>,
): Promise<Result> {
  const socket = await findSocket(config.dataDir);
  if (socket !== undefined) return work(adminClient(socket));
  const direct = await openAdministration(config);
  try {
    return await work(direct.administration);
  } finally {
    await direct.close();
  }
}
