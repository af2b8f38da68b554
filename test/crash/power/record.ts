/** What the recorder (recorder.cpp) wrote: everything that a process did to its files, in order. */
import { readFileSync } from 'node:fs';

export interface Recorded {
  /** `mark` is a write to the file of marks: the process says what it has been told, or is about to ask. */
  readonly kind: 'write' | 'truncate' | 'sync' | 'create' | 'mkdir' | 'rename' | 'unlink' | 'mark';
  readonly path: string;
  /** Of a write, where; of a truncation, the size. */
  readonly offset: number;
  /** Of a write what was written, of a rename the new path, of a mark its words. */
  readonly data: Buffer;
}

const KINDS: Readonly<Record<string, Recorded['kind']>> = {
  w: 'write',
  t: 'truncate',
  s: 'sync',
  c: 'create',
  m: 'mkdir',
  r: 'rename',
  u: 'unlink',
  d: 'unlink',
};

/** All records of the file. Writes to `marks` are marks, whatever else happens to that file is left out. */
export function readRecords(file: string, marks: string): readonly Recorded[] {
  const bytes = readFileSync(file);
  const found: Recorded[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = KINDS[String.fromCharCode(bytes[at] ?? 0)];
    if (kind === undefined) throw new Error(`no record at ${at} of ${file}`);
    const pathEnd = at + 17 + bytes.readUInt32LE(at + 1);
    const end = pathEnd + bytes.readUInt32LE(at + 13);
    const path = bytes.toString('utf8', at + 17, pathEnd);
    const offset = Number(bytes.readBigUInt64LE(at + 5));
    const record = { kind, path, offset, data: bytes.subarray(pathEnd, end) };
    at = end;
    if (path !== marks) found.push(record);
    else if (kind === 'write') found.push({ ...record, kind: 'mark' });
  }
  return found;
}
