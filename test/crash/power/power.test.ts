/**
 * Goal: whatever moment the process is killed at, or the power is lost, nothing acknowledged is missing and nothing is
 * half done. Every operation of the matrix is played once, and data of the first release upgraded, under a recorder
 * that sees each write and sync; from the record the disk is made as it could be found at a moment, and opened.
 * KEELSON_CRASH_MOMENTS=all takes every write of everything; the suite takes some. KEELSON_CRASH_SEED as in
 * kill.test.ts; KEELSON_CRASH_KEEP names a file for what was tried.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../../simulator/open.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { describeWithTool, TOOLS } from '../../support/tools.ts';
import { seeded } from '../load.ts';
import { Acceptable, onDisk } from './acceptable.ts';
import { Disk } from './disk.ts';
import { problemsOf } from './found.ts';
import { changesIn, momentsOf } from './moments.ts';
import { type Recording, recordingOf, wordsOf } from './recording.ts';

const SEED = Number(process.env['KEELSON_CRASH_SEED'] ?? Date.now() % 1_000_000);
const ALL = process.env['KEELSON_CRASH_MOMENTS'] === 'all';
const TIMEOUT_MS = ALL ? 3_600_000 : 180_000;
/** Fewer operations than this never change anything on the disk. */
const LEAST_CHANGING = 25;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keelson-power-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function recorded(program: URL): Recording {
  return recordingOf(program, mkdtempSync(join(folder, 'recording-')));
}

/** Tries `most` crashes in each operation, or all, and looks at what each leaves. Gives how many of each. */
async function crashes(
  { records, dataFolder }: Recording,
  most: number,
  look: (data: string) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, number>>> {
  const random = seeded(SEED);
  const changing = changesIn(records);
  const moments = [...changing].flatMap(([operation, indexes]) =>
    momentsOf(operation, indexes, random, ALL ? undefined : most),
  );
  const disk = new Disk();
  const states = new Acceptable(disk, dataFolder);
  const tried: Record<string, number> = {};
  let isWatched = false;
  for (const [index, record] of records.entries()) {
    disk.apply(record);
    const [word, name] = wordsOf(record);
    if (record.kind === 'mark') isWatched = word !== 'done' && changing.has(name);
    if (isWatched && record.kind === 'mark') await states.acknowledged();
    else if (isWatched && record.kind === 'sync') await states.add();
    for (const { operation, loss, where } of moments.filter(({ at }) => at === index)) {
      await states.add();
      await onDisk(disk, dataFolder, loss, async (data) => {
        states.expectIn(data, where);
        expect(await look(data), where).toEqual([]);
      });
      tried[operation] = (tried[operation] ?? 0) + 1;
    }
  }
  const file = process.env['KEELSON_CRASH_KEEP'];
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(tried)}\n`, { flag: 'a' });
  return tried;
}

/** Goes on with the upgrade, as a start does. */
async function upgraded(data: string): Promise<readonly string[]> {
  const store = openSqliteStore({ dir: data, clock: systemClock });
  const users = (await store.users()).map(({ userName }) => userName);
  await store.close();
  const database = openDatabase(join(data, 'array'));
  const volumes = database.prepare('SELECT vvol_id FROM volume').pluck().all();
  database.close();
  const isWhole = users.join() === 'alice' && volumes.join() === 'kept';
  return isWhole ? [] : [`there are ${users} and ${volumes}`];
}

describeWithTool('after a crash at any moment', [TOOLS.cxx], () => {
  it(`in an operation, what was acknowledged is there, and all adds up (seed ${SEED})`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const tried = await crashes(recorded(new URL('./child.ts', import.meta.url)), 1, problemsOf);
    expect(Object.keys(tried).length).toBeGreaterThan(LEAST_CHANGING);
  });

  it(`in an upgrade, the next start goes on, and all is there (seed ${SEED})`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const tried = await crashes(recorded(new URL('./upgrade.ts', import.meta.url)), 8, upgraded);
    expect(tried['upgrade']).toBeGreaterThan(7);
  });
});
