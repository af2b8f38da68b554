/**
 * The files of a report folder, for verification where it lies: the same parts that its archive holds. The archive
 * itself, and the certificate beside it, are signed by nobody and left out.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHIVE_BYTES, ARCHIVE_FILES } from './archive.ts';
import { ARCHIVE_NAME, CERTIFICATE_NAME, type Files, MANIFEST_NAME } from './manifest.ts';

/** Beside what is signed. */
const UNSIGNED: readonly string[] = [ARCHIVE_NAME, CERTIFICATE_NAME];
const NOTHING = Buffer.alloc(0);

/**
 * Reads a folder. What is no plain file is there and empty, so that it is found as changed or added. Throws
 * RangeError when it has neither manifest nor report, or is too large.
 */
export function filesIn(folder: string): Files {
  const names = readdirSync(folder).filter((name) => !UNSIGNED.includes(name));
  if (!names.includes(MANIFEST_NAME) && !names.includes('report.json'))
    throw new RangeError(`${folder} is no report folder: it has neither manifest nor report`);
  const found = names.map((name) => ({ name, stat: lstatSync(join(folder, name)) }));
  const bytes = found.reduce((sum, { stat }) => sum + stat.size, 0);
  if (names.length > ARCHIVE_FILES || bytes > ARCHIVE_BYTES)
    throw new RangeError(`${folder} is no report folder: it is too large`);
  return new Map(
    found.map(({ name, stat }) => [
      name,
      stat.isFile() ? readFileSync(join(folder, name)) : NOTHING,
    ]),
  );
}
