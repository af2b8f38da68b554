/**
 * What the data folder holds, looked at in copies: the provider's database, and the array where it keeps its data in
 * the folder too. Of a running provider the array is asked to check itself.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LIMITS } from '../../../model/limits.ts';
import { readMigrations } from '../../../store/sqlite/migrate.ts';
import { auditTrail } from '../../audit.ts';
import { copyOfStopped } from '../../database-copy.ts';
import { type SqliteFacts, sqliteFacts } from '../../sqlite-facts.ts';
import { type Check, type Finding, notChecked, ok, problem } from '../finding.ts';

const RESTORE =
  'Stop the provider, move provider.db away, and bring back a backup (keelson backup restore); without one, start anew and register again: volumes are not lost, they are the array’s.';

export const checkStore: Check = async ({ copy, installation }) => {
  if (copy === undefined || installation === undefined) return [];
  if (installation.state === 'absent')
    return [notChecked('store.sound', 'there is no database yet')];
  const folder = await copy.folder();
  let facts: SqliteFacts;
  try {
    facts = sqliteFacts(join(folder, 'provider.db'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [problem('store.sound', `provider.db cannot be read: ${why}`, RESTORE)];
  }
  if (facts.damage.length > 0)
    return [problem('store.sound', `provider.db is damaged: ${facts.damage[0]}`, RESTORE)];
  const rows = Object.values(facts.rows).reduce((sum, each) => sum + each, 0);
  return [ok('store.sound', `provider.db is whole: ${rows} rows`), release(facts)];
};

function release({ userVersion }: SqliteFacts): Finding {
  const known = readMigrations().length;
  const seen = `its shape is number ${userVersion}, and this release knows ${known}`;
  if (userVersion === known) return ok('store.release', seen);
  if (userVersion < known) return ok('store.release', `${seen}: the next start brings it there`);
  const advice = 'Run the release that wrote it, or bring back a backup of before the upgrade.';
  return problem('store.release', seen, advice);
}

/** Whether the audit trail stands. */
export const checkAudit: Check = async ({ copy, installation, clock }) => {
  if (copy === undefined || installation === undefined || installation.state === 'absent')
    return [];
  const { verdict } = await auditTrail(installation, copy, clock);
  const { broken, records } = verdict;
  if (broken === undefined)
    return [ok('audit.chain', `${records} records of the audit trail stand`)];
  const seen = `the audit trail is broken: ${broken.file}, line ${broken.line}: ${broken.why}`;
  const advice =
    'Keep the files as they are, and find out who changed them (keelson audit verify).';
  return [problem('audit.chain', seen, advice)];
};

/** What is wrong with the array, in the array's own words. */
export const checkArray: Check = async ({ installation }) => {
  if (installation === undefined) return [];
  const { answering, dataDir, state } = installation;
  const advice = 'Save a copy of the data folder, then run keelson array repair.';
  if (answering !== undefined) {
    if (!answering.status.arrayAnswers) {
      const seen = 'the array does not answer the provider';
      const what = 'Look at the array, and at the way to it; the log says since when.';
      return [problem('array.sound', seen, what)];
    }
    const { problems } = await answering.admin.array.check();
    if (problems.length === 0) return [ok('array.sound', 'everything in the array adds up')];
    const seen = `${problems.length} things in the array do not add up: ${problems[0]}`;
    return [problem('array.sound', seen, advice)];
  }
  if (state === 'silent') return [notChecked('array.sound', 'a process has it')];
  const files = databasesOf(join(dataDir, 'array'));
  if (files.length === 0)
    return [notChecked('array.sound', 'the array keeps nothing in the data folder')];
  return files.map((file) => {
    const { damage, bytes } = factsOfStopped(file);
    const name = basename(file);
    if (damage.length === 0) return ok('array.sound', `${name} is whole, ${bytes} bytes`);
    return problem('array.sound', `${name} is damaged: ${damage[0]}`, advice);
  });
};

/** Databases that lie in the folder, not larger than is copied. */
export function databasesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size <= LIMITS.supportDatabaseBytes);
}

/** Facts of a database that nobody has open, looked at in a copy. Throws SQLite's error. */
export function factsOfStopped(file: string): SqliteFacts {
  const copied = copyOfStopped(file);
  try {
    return sqliteFacts(join(copied, basename(file)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { bytes: 0, userVersion: 0, applicationId: 0, damage: [why], rows: {}, schema: [] };
  } finally {
    rmSync(copied, { recursive: true, force: true });
  }
}
