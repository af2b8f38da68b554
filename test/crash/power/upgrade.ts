/**
 * A program that opens the data of the first release, and so brings both databases to their present shapes. It runs
 * under the recorder. Argument: the file of marks.
 */
import { fsyncSync, mkdirSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase } from '../../../simulator/open.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { readMigrations } from '../../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { writeFirstShape } from '../../simulator/first-shape.ts';

const file = openSync(process.argv[2] ?? '', 'a');
const mark = (words: string) => writeSync(file, words);
const data = mkdtempSync(join(tmpdir(), 'old-'));
const array = join(data, 'array');
mkdirSync(array);
writeFirstShape(array);
const old = new Database(join(data, 'provider.db'));
old.exec(readMigrations()[0]?.sql ?? '');
old.exec(`INSERT INTO installation VALUES (1, '00000000-0000-4000-8000-000000000001', 5, NULL);
  INSERT INTO event_numbering VALUES (1, 1000, 7);
  INSERT INTO user VALUES ('alice', 'hash', 5, 5)`);
old.pragma(`application_id = ${0x4b45454c}`);
old.pragma('user_version = 1');
old.close();
// The first release left its data when it stopped in order; a journal that comes back would be of no release.
for (const folder of [array, data]) fsyncSync(openSync(folder, 'r'));
mark('ask upgrade');
openSqliteStore({ dir: data, clock: systemClock });
openDatabase(array);
mark('done upgrade');
// Without closing anything: what is on the disk now is what counts.
process.exit(0);
