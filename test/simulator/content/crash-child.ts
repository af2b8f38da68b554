/**
 * The process that is killed: carries out one change after the other in small transactions and says after
 * each COMMIT how far it is. Argument: the folder.
 */
import { type Change, changeOf, VOLUMES } from './crash-script.ts';
import { openHarness } from './harness.ts';

const CHANGES_PER_COMMIT = 3;

const { db, content } = openHarness({ directory: process.argv[2] ?? '' });
db.exec(`CREATE TABLE IF NOT EXISTS volume (volume_no INTEGER PRIMARY KEY, root INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS progress (changes INTEGER NOT NULL)`);
if (db.prepare('SELECT 1 FROM progress').get() === undefined) {
  db.exec('INSERT INTO progress VALUES (0)');
  for (let volume = 0; volume < VOLUMES; volume += 1)
    db.exec(`INSERT INTO volume VALUES (${volume}, 0)`);
}
const rootOf = db
  .prepare<[number], number>('SELECT root FROM volume WHERE volume_no = ?')
  .pluck()
  .safeIntegers(false);
const setRoot = db.prepare('UPDATE volume SET root = ? WHERE volume_no = ?');
const setProgress = db.prepare('UPDATE progress SET changes = ?');

function changed(change: Change): number {
  const root = rootOf.get(change.volume) ?? 0;
  if (change.kind === 'write') return content.write(root, change.at, change.data, 1);
  if (change.kind === 'trim') return content.trim(root, change.at, change.length, 1);
  const fork = content.fork(rootOf.get(change.from) ?? 0);
  content.release(root);
  return fork;
}

let done = Number(db.prepare<[], bigint>('SELECT changes FROM progress').pluck().get());
for (;;) {
  db.transaction(() => {
    for (let each = 0; each < CHANGES_PER_COMMIT; each += 1) {
      const change = changeOf(done);
      setRoot.run(changed(change), change.volume);
      done += 1;
    }
    setProgress.run(done);
    content.flush();
  }).immediate();
  process.stdout.write(`${done}\n`);
  content.settle();
}
