/** Recordings on disk: lines of JSON, compressed by gzip. Whatever a file holds, reading it stays within bounds. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import {
  FIRST_LINE,
  FORMAT,
  type Header,
  LINE,
  type Line,
  type RecordedCall,
  type RecordedCertificate,
  type RecordedClient,
  type RecordedList,
  type Recording,
  VERSION,
} from './format.ts';

/** Writes lines into `file`; one that is there is replaced. */
export async function writeRecording(file: string, lines: Iterable<Line>): Promise<void> {
  const written = function* () {
    for (const line of lines) yield `${JSON.stringify(line)}\n`;
  };
  await pipeline(Readable.from(written()), createGzip(), createWriteStream(file));
}

/** Reads a recording. Rejects with RangeError, which says what is wrong, when it is none that can be replayed. */
export async function readRecording(file: string): Promise<Recording> {
  const reading = new Reading();
  try {
    let number = 0;
    for await (const line of linesOf(file)) {
      number += 1;
      reading.take(line, number);
    }
    return reading.result();
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${file}: ${error.message}`) : error;
  }
}

/** Codes of gunzip that say what a file is not, in words. */
const BROKEN: Readonly<Record<string, string>> = {
  Z_DATA_ERROR: 'it is no recording, or was damaged: it is not compressed as one',
  Z_BUF_ERROR: 'the recording is cut off',
};

async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const pieces = createReadStream(file);
  const plain = createGunzip();
  pieces.on('error', (error) => plain.destroy(error)).pipe(plain);
  let bytes = 0;
  let rest = '';
  try {
    for await (const piece of plain) {
      bytes += piece.length;
      if (bytes > LIMITS.recordingBytes)
        throw new RangeError(`the recording has more than ${LIMITS.recordingBytes} bytes`);
      const text = decoder.write(piece);
      // A long line comes in many pieces, and is looked through only once.
      const lines = text.includes('\n') ? (rest + text).split('\n') : [];
      rest = lines.pop() ?? rest + text;
      if (rest.length > LIMITS.recordingLineCharacters)
        throw new RangeError(`a line has more than ${LIMITS.recordingLineCharacters} characters`);
      yield* lines;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const words = BROKEN[code];
    if (words === undefined) throw error;
    throw new RangeError(words, { cause: error });
  } finally {
    pieces.destroy();
  }
  if (rest !== '') yield rest;
}

/** Takes lines one by one, and checks that what a call refers to was there before it. */
class Reading {
  #header: Header | undefined;
  readonly #certificates = new Map<number, RecordedCertificate>();
  readonly #lists = new Map<number, RecordedList>();
  readonly #clients = new Map<number, RecordedClient>();
  readonly #calls: RecordedCall[] = [];
  #end: Extract<Line, { kind: 'end' }> | undefined;

  take(text: string, number: number): void {
    const value = jsonOf(text, number);
    if (this.#header === undefined) {
      this.#header = headerOf(value);
      return;
    }
    if (this.#end !== undefined) throw new RangeError(`line ${number} comes after the end`);
    const read = LINE.safeParse(value);
    if (!read.success) throw new RangeError(`line ${number}: ${z.prettifyError(read.error)}`);
    const line = read.data;
    if (line.kind === 'certificate') this.#certificates.set(line.number, line);
    else if (line.kind === 'list') this.#lists.set(line.number, line);
    else if (line.kind === 'client') this.#clients.set(line.number, line);
    else if (line.kind === 'call') this.#takeCall(line, number);
    else this.#end = line;
  }

  #takeCall(call: RecordedCall, number: number): void {
    if (!this.#clients.has(call.client))
      throw new RangeError(`line ${number}: there is no client ${call.client}`);
    if (this.#calls.length >= LIMITS.recordingCalls)
      throw new RangeError(`the recording has more than ${LIMITS.recordingCalls} calls`);
    this.#calls.push(call);
  }

  result(): Recording {
    if (this.#header === undefined) throw new RangeError('it is no recording: it is empty');
    if (this.#end === undefined) throw new RangeError('the recording is cut off: it has no end');
    if (this.#end.calls !== this.#calls.length)
      throw new RangeError(`calls are missing: ${this.#calls.length} of ${this.#end.calls}`);
    return {
      header: this.#header,
      certificates: this.#certificates,
      lists: this.#lists,
      clients: this.#clients,
      calls: this.#calls,
      leftOut: this.#end.leftOut,
    };
  }
}

function jsonOf(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = number === 1 ? 'it is no recording' : `line ${number} is damaged`;
    throw new RangeError(`${what}: no JSON`, { cause: error });
  }
}

function headerOf(value: unknown): Header {
  const { format, version } = z.looseObject({}).catch({}).parse(value);
  if (format !== FORMAT) throw new RangeError('it is no recording of this program');
  if (typeof version === 'number' && version > VERSION)
    throw new RangeError(
      `a newer release has recorded it: its form is ${version}, this release reads ${VERSION}`,
    );
  const read = FIRST_LINE.safeParse(value);
  if (!read.success) throw new RangeError(`line 1: ${z.prettifyError(read.error)}`);
  return read.data;
}
