/**
 * What there is to be looked at: the data folder, and whether a provider runs on it and answers. Looks and
 * changes nothing: it takes no lock and makes no file, so that it may be done beside a provider that is ill.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { adminClient } from '../admin/client.ts';
import type { RunningAdministration, StatusReport } from '../admin/port.ts';
import { findSocket } from '../admin/socket.ts';
import { type LastStart, readLastStart } from '../config/last-start.ts';
import type { LoadedConfig } from '../config/load.ts';
import { LIMITS } from '../model/limits.ts';
import { within } from './within.ts';

/** A provider that answers its operator. */
export interface Answering {
  readonly admin: RunningAdministration;
  readonly status: StatusReport;
}

export interface Installation {
  /** Absolute. */
  readonly dataDir: string;
  readonly database: string;
  /**
   * `running`: a provider answers; `silent`: a process holds the folder and does not answer; `stopped`: nobody
   * has it; `absent`: there is no data folder, or nothing in it yet.
   */
  readonly state: 'running' | 'silent' | 'stopped' | 'absent';
  /** Set when `running`. */
  readonly answering: Answering | undefined;
  /** Settings that the last start went by; undefined: none is known. */
  readonly lastStart: LastStart | undefined;
  /** Process ids that hold the database; empty also where the system does not tell. */
  readonly holders: readonly number[];
}

/** Looks at a data folder. Never rejects. */
export async function findInstallation(dataDir: string): Promise<Installation> {
  const folder = resolve(dataDir);
  const database = join(folder, 'provider.db');
  const found = { dataDir: folder, database, lastStart: readLastStart(folder) };
  const socket = await findSocket(folder);
  const holders = holdersOf(database);
  if (socket !== undefined) {
    const admin = adminClient(socket);
    const status = await within(LIMITS.supportStatusMs, () => admin.status()).catch(
      () => undefined,
    );
    if (status === undefined) return { ...found, state: 'silent', answering: undefined, holders };
    const pids = [...new Set([status.pid, ...holders])];
    return { ...found, state: 'running', answering: { admin, status }, holders: pids };
  }
  const rest = { ...found, answering: undefined, holders };
  if (holders.length > 0) return { ...rest, state: 'silent' };
  return { ...rest, state: existsSync(database) ? 'stopped' : 'absent' };
}

/** The settings that the process on the folder goes by, when it is known; else `given`. */
export function settingsInForce<Given extends LoadedConfig | string>(
  { lastStart, holders }: Installation,
  given: Given,
): LoadedConfig | Given {
  return lastStart !== undefined && holders.includes(lastStart.pid) ? lastStart : given;
}

/** Who holds a lock on the file, as Linux tells it: opening the file to find out would disturb them. */
function holdersOf(file: string): readonly number[] {
  try {
    const { ino } = statSync(file);
    const held = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map((line) => /\bWRITE\s+(-?\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/i.exec(line))
      .filter((match) => match?.[2] === `${ino}`);
    return [...new Set(held.map((match) => Number(match?.[1])))].filter((pid) => pid > 0);
  } catch {
    return [];
  }
}
