/**
 * Goal: whatever moment the process is killed at, or the power is lost, nothing acknowledged is missing and nothing is
 * half done. Every operation of the matrix is played once under a recorder that sees each write and sync; from the
 * record the disk is made as it could be found at a moment, and opened. KEELSON_CRASH_MOMENTS=all takes every
 * write of every operation that changes something; the suite takes some of each. KEELSON_CRASH_SEED as in kill.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithTool, TOOLS } from '../../support/tools.ts';
import { type Random, seeded } from '../load.ts';
import { Disk, type Loss } from './disk.ts';
import { DATABASES, type DatabaseName, problemsOf, rowsOf } from './found.ts';
import { type Recorded, readRecords } from './record.ts';

const SEED = Number(process.env['KEELSON_CRASH_SEED'] ?? Date.now() % 1_000_000);
const ALL = process.env['KEELSON_CRASH_MOMENTS'] === 'all';
/** Operations that change nothing on the disk are read only; there are fewer of the others than this never. */
const LEAST_CHANGING = 25;

/** A crash in the midst of an operation. */
interface Moment {
  /** Index of the last record that was done. */
  readonly at: number;
  readonly operation: string;
  readonly loss: Loss;
  readonly lossName: string;
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keelson-power-')));
const root = join(folder, 'disk');
const marks = join(root, 'marks');
let records: readonly Recorded[] = [];
let dataFolder = '';

function recordAll(): void {
  const recorder = join(folder, 'recorder.so');
  const source = join(import.meta.dirname, 'recorder.cpp');
  const built = spawnSync('g++', ['-O1', '-shared', '-fPIC', '-o', recorder, source, '-ldl']);
  expect(built.status, String(built.stderr)).toBe(0);
  mkdirSync(root);
  const journal = join(folder, 'journal');
  const child = join(import.meta.dirname, 'child.ts');
  const played = spawnSync(process.execPath, ['--import', 'tsx', child, marks], {
    env: {
      PATH: process.env['PATH'],
      TMPDIR: root,
      LD_PRELOAD: recorder,
      RECORDER_ROOT: root,
      RECORDER_FILE: journal,
    },
  });
  expect(played.status, String(played.stderr)).toBe(0);
  records = readRecords(journal, marks);
  const database = records.find(({ path }) => path.endsWith('/provider.db'));
  dataFolder = dirname(database?.path ?? '');
}

const wordsOf = ({ kind, data }: Recorded) => (kind === 'mark' ? data.toString() : '');

/** Indexes of what an operation did, from the question to the end of what came of it. */
function changes(): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  let operation: string | undefined;
  for (const [index, record] of records.entries()) {
    const [word, name] = wordsOf(record).split(' ');
    if (word === 'ask') operation = name;
    if (word === 'done') operation = undefined;
    if (operation === undefined || record.kind === 'mark') continue;
    found.set(operation, [...(found.get(operation) ?? []), index]);
  }
  return found;
}

function momentsOf(operation: string, indexes: readonly number[], random: Random): Moment[] {
  const losses: readonly (readonly [string, Loss])[] = [
    ['kill -9', 'kill'],
    ['power loss, nothing unsynced is there', 'unsynced'],
    ['power loss, some is', random],
  ];
  const all = losses.flatMap(([lossName, loss]) =>
    indexes.map((at): Moment => ({ at, operation, loss, lossName })),
  );
  return ALL ? all : all.slice(random(all.length)).slice(0, 1);
}

describeWithTool('after a crash at any moment', [TOOLS.cxx], () => {
  beforeAll(recordAll, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    `what was acknowledged is there, and all adds up (seed ${SEED})`,
    async () => {
      const random = seeded(SEED);
      const changing = changes();
      expect(changing.size).toBeGreaterThan(LEAST_CHANGING);
      const moments = [...changing].flatMap(([operation, indexes]) =>
        momentsOf(operation, indexes, random),
      );
      const disk = new Disk();
      const states = new Acceptable(disk);
      let isWatched = false;
      for (const [index, record] of records.entries()) {
        disk.apply(record);
        const [word, name = ''] = wordsOf(record).split(' ');
        if (record.kind === 'mark') isWatched = word !== 'done' && changing.has(name);
        if (isWatched && record.kind === 'mark') states.acknowledged();
        else if (isWatched && record.kind === 'sync') states.add();
        for (const moment of moments.filter(({ at }) => at === index)) {
          states.add();
          await expectSound(disk, moment, states);
        }
      }
    },
    ALL ? 3_600_000 : 120_000,
  );
});

/** The rows that each database may have after a crash: as acknowledged last, or as committed since. */
class Acceptable {
  readonly #disk: Disk;
  readonly #rows = new Map<DatabaseName, Set<string>>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Whatever was committed until now has to be there. */
  acknowledged(): void {
    this.#rows.clear();
    this.add();
  }

  add(): void {
    const found = onDisk(this.#disk, 'kill', (data) =>
      DATABASES.map((name) => [name, rowsOf(data, name)] as const),
    );
    for (const [name, rows] of found) this.of(name).add(rows);
  }

  of(name: DatabaseName): Set<string> {
    const known = this.#rows.get(name) ?? new Set();
    this.#rows.set(name, known);
    return known;
  }
}

/** Lays the data folder out as it is found, and takes it away again. */
function onDisk<Result>(disk: Disk, loss: Loss, look: (data: string) => Result): Result {
  const found = mkdtempSync(join(folder, 'found-'));
  disk.writeTo(found, dataFolder, loss);
  try {
    return look(found);
  } finally {
    rmSync(found, { recursive: true, force: true });
  }
}

async function expectSound(disk: Disk, moment: Moment, states: Acceptable): Promise<void> {
  const { operation, at, loss, lossName } = moment;
  const where = `${operation}, record ${at}, ${lossName}`;
  const found = mkdtempSync(join(folder, 'opened-'));
  disk.writeTo(found, dataFolder, loss);
  try {
    for (const name of DATABASES)
      expect([...states.of(name)], `${where}: ${name}`).toContain(rowsOf(found, name));
    expect(await problemsOf(found), where).toEqual([]);
  } finally {
    rmSync(found, { recursive: true, force: true });
  }
}
