/** Runs a program under the recorder, and gives what it did to its files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Recorded, readRecords } from './record.ts';

export interface Recording {
  readonly records: readonly Recorded[];
  /** The provider's data folder, as it was called then. */
  readonly dataFolder: string;
}

/** Plays `program`, whose argument is its file of marks; `folder` is empty. Throws when it fails. */
export function recordingOf(program: URL, folder: string): Recording {
  const [recorder, journal, root] = ['recorder.so', 'journal', 'disk'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const marks = join(root, 'marks');
  const source = join(import.meta.dirname, 'recorder.cpp');
  run('g++', ['-O1', '-shared', '-fPIC', '-o', recorder, source, '-ldl'], {});
  mkdirSync(root);
  run(process.execPath, ['--import', 'tsx', fileURLToPath(program), marks], {
    TMPDIR: root,
    LD_PRELOAD: recorder,
    RECORDER_ROOT: root,
    RECORDER_FILE: journal,
  });
  const records = readRecords(journal, marks);
  const database = records.find(({ path }) => path.endsWith('/provider.db'));
  return { records, dataFolder: dirname(database?.path ?? '') };
}

function run(command: string, args: readonly string[], environment: Record<string, string>): void {
  const env = { PATH: process.env['PATH'], ...environment };
  const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/** Words of a mark; none of any other record. */
export function wordsOf({ kind, data }: Recorded): readonly [word: string, name: string] {
  const [word = '', name = ''] = kind === 'mark' ? data.toString().split(' ') : [];
  return [word, name];
}
