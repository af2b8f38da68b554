/**
 * What is found in a data folder after a crash: the rows of both databases as SQLite recovers them, and what the
 * product's own parts say when they open the folder: array, store, and the served certificate with its key.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSimulator } from '../../../simulator/index.ts';
import { systemClock as clock } from '../../../src/model/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { openProviderCertificate } from '../../../src/trust/provider-certificate.ts';
import { INVENTORY, PACING } from '../../matrix/inventory.ts';

/** Below the data folder. */
export const DATABASES = ['array/array.db', 'provider.db'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** A short text for all rows of a database; equal for equal rows. `none` when there is no database. */
export function rowsOf(data: string, name: DatabaseName): string {
  const file = join(data, name);
  if (!existsSync(file)) return 'none';
  const database = new Database(file);
  try {
    const hash = createHash('sha256');
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    for (const table of tables) {
      hash.update(`${table}\n`);
      const select = database.prepare(`SELECT * FROM "${table}"`).raw().safeIntegers();
      for (const row of select.iterate()) hash.update(JSON.stringify(row, bigText));
    }
    return hash.digest('hex');
  } finally {
    database.close();
  }
}

const bigText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

/** Opens everything as a start does, and gives what is wrong. The folder is changed by it. */
export async function problemsOf(data: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const simulator = await openSimulator({
    dataDirectory: join(data, 'array'),
    clock,
    options: { inventory: INVENTORY, pacing: PACING, seed: 'matrix' },
  });
  problems.push(...simulator.check());
  await simulator.port.close();
  const store = openSqliteStore({ dir: data, clock });
  await openProviderCertificate({
    ...{ dataDir: data, names: ['localhost'], store, clock },
    announce: ({ kind }) => {
      if (kind === 'keyLost') problems.push('the key of the certificate is lost');
    },
    policy: { missingCrl: 'accept', expiredCrl: 'accept' },
    registrations: () => [],
  });
  await store.close();
  return problems;
}
