/** The databases without what is in them: shape, whether they are whole, how many rows; and what the array says of itself. */
import { basename, join } from 'node:path';
import { readMigrations } from '../../store/sqlite/migrate.ts';
import { databasesOf, factsOfStopped } from '../doctor/checks/databases.ts';
import { sqliteFacts } from '../sqlite-facts.ts';
import type { Collect } from './source.ts';

export const collectStore: Collect = async ({ bundle, copy, installation }) => {
  if (installation.state === 'absent') return ['there is no database yet'];
  const steps = readMigrations().map(({ number, name }) => ({ number, name }));
  const facts = sqliteFacts(join(await copy.folder(), basename(installation.database)));
  bundle.data('database/provider.json', { ...facts, stepsOfThisRelease: steps });
  return facts.damage.length === 0 ? [] : [`the database is damaged: ${facts.damage[0]}`];
};

/** Of a running provider the array tells itself; of a stopped one its databases in the data folder are looked at. */
export const collectArray: Collect = async ({ bundle, installation, loaded }) => {
  const { answering, dataDir, state } = installation;
  if (answering !== undefined) {
    const { array } = answering.admin;
    const report = await array.show();
    bundle.data('database/array.json', { report, check: await array.check() });
    return [];
  }
  if (state === 'silent') return ['a process has the array, and does not answer'];
  const files = databasesOf(join(dataDir, 'array'));
  for (const file of files)
    bundle.data(`database/array-${basename(file, '.db')}.json`, factsOfStopped(file));
  const { module } = loaded.config.array;
  return files.length > 0 ? [] : [`the array (${module}) keeps no database in the data folder`];
};
