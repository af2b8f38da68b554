/**
 * Where lines come from: files, folders of log files, support bundles and standard input, in the order in
 * which they were written. Knows nothing of what lines say.
 */
import { on, once } from 'node:events';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { Parser, type ReadEntry } from 'tar';
import { unpacked } from './lines.ts';

/** One log file. */
export interface LogFile {
  /** What evidence calls it. */
  readonly name: string;
  /** The folder or bundle that it is of: the log of one provider. Files named one by one are of one. */
  readonly group: string;
  readonly stream: Readable;
}

/** Where standard input comes from, and the name that means it. */
export const STANDARD_INPUT = '-';

const LOG_NAME = /\.log(\.\d+)?(\.gz)?$|^(vvold|sps)\b.*\.gz$/i;
const BUNDLE = /\.(tar|tgz|tar\.gz)$/i;
/** Files of a bundle that are logs. */
const LOG_PATH = /(^|\/)logs\/[^/]+$/;

/**
 * The log files of these places, one after the other; each has to be read before the next is asked for. A
 * folder gives its log files in the order of their names, by which the provider's are in order of time, and
 * those in its folder `logs`. Errors: those of the file system; RangeError when a place holds no log.
 */
export async function* logFiles(
  places: readonly string[],
  standardInput: Readable,
): AsyncGenerator<LogFile> {
  const prefix = (place: string) => (places.length > 1 ? `${basename(place)}/` : '');
  for (const place of places) {
    if (place === STANDARD_INPUT)
      yield { name: 'standard input', group: '', stream: standardInput };
    else if (statSync(place).isDirectory()) yield* ofFolder(place, prefix(place));
    else if (BUNDLE.test(place)) yield* ofBundle(place, prefix(place));
    else yield ofFile(place, { name: basename(place), group: '' });
  }
}

function ofFile(path: string, called: Omit<LogFile, 'stream'>): LogFile {
  return { ...called, stream: unpacked(createReadStream(path), path) };
}

function* ofFolder(folder: string, prefix: string): Generator<LogFile> {
  const names = [folder, join(folder, 'logs')].flatMap((each) => logNamesIn(each));
  if (names.length === 0) throw new RangeError(`there is no log in ${folder}`);
  for (const path of names)
    yield ofFile(path, { name: `${prefix}${basename(path)}`, group: folder });
}

function logNamesIn(folder: string): readonly string[] {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return entries
    .filter((each) => each.isFile() && LOG_NAME.test(each.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => join(folder, name));
}

async function* ofBundle(file: string, prefix: string): AsyncGenerator<LogFile> {
  const bytes = createReadStream(file);
  const parser = new Parser({ strict: true });
  bytes.on('error', (error) => parser.abort(error));
  const entries = on(parser, 'entry', { close: ['end'] });
  await once(bytes, 'open');
  bytes.pipe(parser);
  let logs = 0;
  try {
    for await (const [entry] of entries as AsyncIterable<[ReadEntry]>) {
      if (entry.type === 'File' && LOG_PATH.test(entry.path)) {
        logs += 1;
        const name = `${prefix}${basename(entry.path)}`;
        yield { name, group: file, stream: unpacked(Readable.from(entry), name) };
      }
      entry.resume();
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new RangeError(`${file} is no bundle that can be read: ${words}`, { cause: error });
  }
  if (logs === 0) throw new RangeError(`there is no log in ${file}`);
}
