/**
 * Opens one array of the scale bench in this process and says, on standard output, how long it took to
 * the first answer and what memory it takes. Arguments: the folder of the arrays, the number of volumes.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSubject } from './scale-arrays.ts';
import { QUESTIONS } from './scale-questions.ts';

const MB = 1024 * 1024;
const residentMB = () => process.memoryUsage.rss() / MB;
/** Files that are mapped, the program's own among them: memory that can be taken back. Linux tells it. */
const mappedMB = () => {
  if (process.platform !== 'linux') return Number.NaN;
  const kilobytes = /^RssFile:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
};

const [parent = '', volumes = ''] = process.argv.slice(2);
const emptyMB = residentMB();
const start = performance.now();
// Its first answer is that the volume made last is there.
const subject = await openSubject(parent, { volumes: Number(volumes), depth: 1 });
const milliseconds = performance.now() - start;
const openMB = residentMB();
const listing = QUESTIONS.at(-1);
for (let turn = 0; turn < 1_000; turn += 1) {
  const asking = await listing?.about(subject);
  await asking?.after(await asking.ask());
}
const usedMB = residentMB();
const filesMB = mappedMB();
const fileMB = statSync(join(subject.folder, 'array.db')).size / MB;
await subject.array.close();
process.stdout.write(JSON.stringify({ milliseconds, emptyMB, openMB, usedMB, filesMB, fileMB }));
