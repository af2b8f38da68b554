/**
 * The log, newest first as far as there is room, line by line through the redactor; and what follows from it: who
 * connected with which certificate, and how the provider's lives began and ended.
 */
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { LIMITS } from '../../model/limits.ts';
import { createLives } from './lives.ts';
import { createPeers } from './peers.ts';
import type { Collect, SourceContext } from './source.ts';

const LOG_FILE = /^keelson(-\d{8}T\d{9}Z-\d{3})?\.log$/;

const KEY_BEGINS = /-----BEGIN[A-Z0-9 ]*PRIVATE KEY-----/;
const KEY_ENDS = /-----END[A-Z0-9 ]*PRIVATE KEY-----/;

interface Piece {
  readonly path: string;
  readonly name: string;
  /** Where reading begins: 0, or somewhere in a line of which the rest is left out. */
  readonly start: number;
}

export const collectLogs: Collect = async (context) => {
  const { installation, loaded, bundle } = context;
  const configured = loaded.config.log.directory;
  const directory =
    installation.answering?.status.logDirectory ?? (configured && resolve(configured));
  if (directory === undefined)
    return [
      'log.directory is not set: the log went to standard output, and has to be fetched there',
    ];
  if (!existsSync(directory)) return [`there is no folder ${directory}`];
  const { pieces, notes } = chosen(directory, context);
  const [peers, lives] = [createPeers(), createLives()];
  for (const piece of pieces.toReversed()) {
    const name = `logs/${piece.name}`;
    await bundle.lines(
      name,
      fitLines(context, piece, (line) => {
        peers.take(line);
        lives.take(line);
      }),
    );
  }
  bundle.data('certificates/peers.json', peers.list());
  bundle.data('lives.json', lives.list(installation.answering?.status.pid));
  return notes;
};

/** Newest first, until there is no more room: the last one in part. */
function chosen(directory: string, { since, logBytes }: SourceContext) {
  const notes: string[] = [];
  const pieces: Piece[] = [];
  let room = logBytes;
  const files = readdirSync(directory)
    .filter((name) => LOG_FILE.test(name))
    // The open file has no time in its name, and is the newest.
    .sort((a, b) => (a === 'keelson.log' ? -1 : b === 'keelson.log' ? 1 : a < b ? 1 : -1));
  for (const name of files) {
    const path = join(directory, name);
    const { size, mtimeMs } = statSync(path);
    if (since !== undefined && mtimeMs < since) {
      notes.push(`${name} is left out: its last line is older than was asked for`);
    } else if (room <= 0) {
      notes.push(`${name} is left out, ${size} bytes: there is no more room`);
    } else {
      const start = Math.max(0, size - room);
      if (start > 0) notes.push(`of ${name} the first ${start} bytes are left out: no more room`);
      pieces.push({ path, name, start });
      room -= size;
    }
  }
  if (files.length === 0) notes.push(`there are no log files in ${directory}`);
  return { pieces, notes };
}

type Line = Readonly<Record<string, unknown>>;

async function* fitLines(
  { since, bundle: { redactor } }: SourceContext,
  { path, name, start }: Piece,
  seen: (line: Line) => void,
): AsyncGenerator<string> {
  const file = `logs/${name}`;
  // What is written while we read belongs to the next bundle.
  const end = statSync(path).size - 1;
  if (end < start) return;
  const isBroken = start > 0 && byteAt(path, start - 1) !== 10;
  const input = createReadStream(path, { start, end, encoding: 'utf8' });
  let isFirst = true;
  let isInKey = false;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const isRest = isFirst && isBroken;
    isFirst = false;
    if (isRest || text === '') continue;
    if (text.length > LIMITS.supportLineCharacters) {
      yield `[a line of ${text.length} characters is left out]`;
      continue;
    }
    const line = parsed(text);
    if (line === undefined) {
      // A private key that was printed as it is has many lines, of which only the first says what it is.
      if (!isInKey) yield redactor.text(file, text);
      if (KEY_BEGINS.test(text)) isInKey = true;
      if (KEY_ENDS.test(text)) isInKey = false;
      continue;
    }
    isInKey = false;
    if (since !== undefined && isBefore(line, since)) continue;
    const fit = redactor.data(file, line);
    seen(fit as Line);
    yield JSON.stringify(fit);
  }
}

function byteAt(path: string, at: number): number | undefined {
  const handle = openSync(path, 'r');
  try {
    const byte = Buffer.alloc(1);
    return readSync(handle, byte, 0, 1, at) === 1 ? byte[0] : undefined;
  } finally {
    closeSync(handle);
  }
}

function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

function isBefore({ time }: Line, since: number): boolean {
  return typeof time === 'string' && Date.parse(time) < since;
}
