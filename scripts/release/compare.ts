/** Whether two folders hold the same files with the same bytes: the proof that a release can be made again. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from './archive.ts';

function filesOf(folder: string): readonly string[] {
  return entriesOf(folder).filter((entry) => statSync(join(folder, entry)).isFile());
}

/** The names of files that only one has, or that differ. Empty: the same. */
export function differences(a: string, b: string): readonly string[] {
  const [left, right] = [filesOf(a), filesOf(b)];
  const both = left.filter((name) => right.includes(name));
  return [
    ...left.filter((name) => !right.includes(name)).map((name) => `${name}: only in ${a}`),
    ...right.filter((name) => !left.includes(name)).map((name) => `${name}: only in ${b}`),
    ...both
      .filter((name) => !readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
      .map((name) => `${name}: other bytes`),
  ];
}
