/**
 * A program that plays every operation of the matrix on a provider and its array, one after the other, and says in
 * the file of marks what it is about to ask and what was answered. It runs under the recorder. Argument: the file.
 */
import { openSync, writeSync } from 'node:fs';
import { ROWS } from '../../matrix/rows.ts';
import { openStage } from '../../matrix/stage.ts';
import { Xml } from '../../matrix/xml.ts';

async function main(marks: string): Promise<void> {
  const file = openSync(marks, 'a');
  const mark = (words: string) => writeSync(file, words);
  const stage = (await openStage()).on('2.0');
  mark('start');
  for (const row of Object.values(ROWS).flat()) {
    if (row.versions !== undefined && !row.versions.includes('2.0')) continue;
    const asked = await row.ask(stage);
    const usual = stage.clients[row.by ?? 'host'];
    const { message, client } =
      asked === null || asked instanceof Xml ? { message: asked, client: usual } : asked;
    mark(`ask ${row.operation}`);
    const reply = await client.call(row.operation, message === null ? null : message.text);
    if (reply.fault !== undefined) throw new Error(`${row.operation}: ${reply.body}`);
    mark(`answer ${row.operation}`);
    await row.check?.(reply.body, stage);
    mark(`done ${row.operation}`);
  }
  // Without closing anything: what is on the disk now is what counts.
  process.exit(0);
}

await main(process.argv[2] ?? '');
