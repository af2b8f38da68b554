/** Group commit: what shares a transaction, what is undone, and what a full disk does. */
import { expect, it, onTestFinished } from 'vitest';
import { CommitQueue } from '../../simulator/commit.ts';
import { openContent } from '../../simulator/content/content.ts';
import { type Db, openDatabase } from '../../simulator/open.ts';
import { parseOptions } from '../../simulator/options.ts';
import { simulate } from '../../simulator/simulator.ts';
import { ArrayError } from '../../src/array/errors.ts';
import { systemClock } from '../../src/model/clock.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { create, newFolder } from './world.ts';

/** A queue over a table of numbers, and how many transactions it has made. */
function numbers() {
  const db = openDatabase(newFolder());
  onTestFinished(() => {
    db.close();
  });
  db.exec('CREATE TABLE number (n INTEGER NOT NULL) STRICT');
  const insert = db.prepare<[number]>('INSERT INTO number VALUES (?)');
  let commits = 0;
  const queue = new CommitQueue(db, {
    beforeCommit: () => {},
    afterCommit: () => {
      commits += 1;
    },
  });
  return {
    db,
    queue,
    commits: () => commits,
    add: (n: number) => queue.submit(() => insert.run(n).changes),
    all: () => db.prepare('SELECT n FROM number ORDER BY n').pluck().all(),
  };
}

it('calls made together share one transaction and run in order', async () => {
  const { add, all, commits } = numbers();
  await Promise.all([add(1), add(2), add(3)]);
  expect(all()).toEqual([1n, 2n, 3n]);
  expect(commits()).toBe(1);
});

it('nothing is visible or acknowledged before the commit', async () => {
  const { db, queue, add, all } = numbers();
  const seen: string[] = [];
  const inside = queue.submit(() => {
    seen.push(`inside ${db.inTransaction}`);
  });
  const told = add(1).then(() => seen.push(`told ${db.inTransaction}`));
  expect(all()).toEqual([]);
  expect(seen).toEqual([]);
  await Promise.all([inside, told]);
  expect(seen).toEqual(['inside true', 'told false']);
});

it('a call that fails is undone wholly, and the others of its transaction stand', async () => {
  const { db, queue, add, all, commits } = numbers();
  const failing = queue.submit(() => {
    db.exec('INSERT INTO number VALUES (100), (101)');
    throw new ArrayError('inUse', 'not now');
  });
  const results = await Promise.allSettled([add(1), failing, add(2)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await expect(failing).rejects.toMatchObject({ kind: 'inUse', message: 'not now' });
  expect(all()).toEqual([1n, 2n]);
  expect(commits()).toBe(1);
});

it('an error of our own making is failed, with a message that tells nothing of SQL', async () => {
  const { queue, db } = numbers();
  const failing = queue.submit(() => db.exec('INSERT INTO nowhere VALUES (1)'));
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ kind: 'failed', message: 'the array could not do its work' });
  expect((error as ArrayError).cause).toMatchObject({ code: 'SQLITE_ERROR' });
});

it('when the commit fails every call of the batch fails, and the next batch works', async () => {
  const { db, queue, add, all } = numbers();
  db.exec(`CREATE TABLE child (n INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
           CREATE TABLE parent (n INTEGER PRIMARY KEY)`);
  const orphan = queue.submit(() => db.exec('INSERT INTO child VALUES (1)'));
  const results = await Promise.allSettled([add(1), orphan]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(all()).toEqual([]);
  await add(2);
  expect(all()).toEqual([2n]);
});

it('more calls than one transaction takes are done in several, and too many are busy', async () => {
  const { add, all, commits } = numbers();
  const calls = Array.from({ length: LIMITS.arrayCallsWaiting }, (_, n) => add(n));
  await expect(add(-1)).rejects.toMatchObject({ kind: 'busy' });
  await Promise.all(calls);
  expect(all()).toHaveLength(LIMITS.arrayCallsWaiting);
  expect(commits()).toBe(LIMITS.arrayCallsWaiting / LIMITS.arrayCallsPerCommit);
});

function limitPages(db: Db, more: number): void {
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${pages + more}`);
}

it('on a full disk calls fail as noSpace, what was acknowledged stays, and space lets it go on', async () => {
  const folder = newFolder();
  const db = openDatabase(folder);
  const content = openContent(db, folder);
  const options = parseOptions({});
  const { port: array } = simulate({ db, content, clock: systemClock, options });
  onTestFinished(() => array.close());
  limitPages(db, 4);
  const wish = { metadata: [{ key: 'k', value: 'x'.repeat(1_000) }] };
  const calls = Array.from({ length: 40 }, () => create(array, 1n, wish));
  const results = await Promise.allSettled(calls);
  const made = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failed.length).toBeGreaterThan(0);
  for (const reason of failed) expect(reason).toMatchObject({ kind: 'noSpace' });
  expect(await array.volumes(made)).toHaveLength(made.length);
  expect((await array.changes(0n, 100)).newest).toBe(BigInt(made.length));
  limitPages(db, 1_000);
  const after = await create(array, 1n, wish);
  expect(await array.volumes([after])).toHaveLength(1);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
