/** Writes what a replay found into a folder: the differences, and the reports that every run leaves. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeReports } from '../report/folder.ts';
import { differencesOf } from './document.ts';
import type { Replay } from './replay.ts';
import { differencesMarkdown } from './words.ts';

/** Writes into `folder`, which is made; files of an earlier replay are replaced. Gives their paths. */
export function writeReplayReports(folder: string, replay: Replay): readonly string[] {
  const reports = writeReports(folder, replay);
  const document = differencesOf(replay);
  const own: Readonly<Record<string, string>> = {
    'differences.md': differencesMarkdown(document),
    'differences.json': `${JSON.stringify(document, undefined, 2)}\n`,
  };
  const written = Object.entries(own).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  return [...written, ...reports];
}
