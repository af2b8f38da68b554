/** The operator's verbs on a data folder that no provider runs on: store and trust, no array and no port. */
import { existsSync } from 'node:fs';
import type { Administration } from '../admin/port.ts';
import type { RepairReport } from '../array/administration.ts';
import type { AuditHead } from '../audit/record.ts';
import type { Config } from '../config/schema.ts';
import { systemClock } from '../model/clock.ts';
import { createSessions } from '../trust/sessions.ts';
import { administration } from './administration.ts';
import { createAudit, openFolderTrail, thisAccount } from './audit/audit.ts';
import { createBackup } from './backup/create.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { inspectStoppedArray } from './load-array.ts';
import { openFolderTrust } from './provider-parts.ts';
import { publicNames } from './public-names.ts';
import { StartError } from './start-error.ts';

export interface OfflineAdministration {
  readonly administration: Administration;
  close(): Promise<void>;
}

/** Opens the folder, which is locked until `close`. Throws StartError or StoreError. */
export async function openAdministration(config: Config): Promise<OfflineAdministration> {
  const folder = openDataFolder(config.dataDir, systemClock);
  try {
    const { names } = await publicNames(config.publicNames, config.host);
    const trust = await openFolderTrust(folder, {
      names,
      clock: systemClock,
      sessions: createSessions(systemClock),
      policy: config.trust,
      // Nobody is there to be told: the command says itself what it did.
      announce: () => undefined,
    });
    const audit = createAudit(await openFolderTrail(folder, systemClock), undefined);
    const verbs = administration(folder.store, trust, (file) =>
      createBackup({ dataDir: folder.path, store: folder.store, clock: systemClock }, file),
    );
    return {
      administration: audit.recording(verbs, thisAccount()),
      close: async () => {
        await audit.trail.close();
        await folder.store.close();
      },
    };
  } catch (error) {
    await folder.store.close();
    throw error;
  }
}

/**
 * The end of the audit trail that the data folder remembers, which no provider runs on; the trail itself is left
 * as it is. Throws StartError or StoreError.
 */
export async function stoppedAuditHead({ dataDir }: Config): Promise<AuditHead | undefined> {
  if (!existsSync(dataDir)) throw new StartError('refused', `there is no data folder ${dataDir}`);
  const { store } = openDataFolder(dataDir, systemClock);
  try {
    return await store.auditHead();
  } finally {
    await store.close();
  }
}

/** Checks, or mends, the array of a data folder that no provider runs on. Throws StartError or StoreError. */
export async function inspectStopped(
  config: Config,
  wish: { readonly repair: boolean },
): Promise<RepairReport> {
  if (!existsSync(config.dataDir)) {
    throw new StartError('refused', `there is no data folder ${config.dataDir}`);
  }
  const folder = openDataFolder(config.dataDir, systemClock);
  try {
    const inspect = () => inspectStoppedArray(config.array, folder.path, wish);
    return await (wish.repair ? recordedRepair(folder, inspect) : inspect());
  } finally {
    await folder.store.close();
  }
}

async function recordedRepair(
  folder: DataFolder,
  repair: () => Promise<RepairReport>,
): Promise<RepairReport> {
  const { recording, trail } = createAudit(await openFolderTrail(folder, systemClock), undefined);
  try {
    return await recording({ array: { repair } }, thisAccount()).array.repair();
  } finally {
    await trail.close();
  }
}
