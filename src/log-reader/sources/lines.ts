/**
 * Bytes as lines, one at a time: a log of gigabytes takes no more memory than its longest line, and what is
 * longer than a line may be is cut. Reads files that gzip has packed as they are.
 */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { LIMITS } from '../../model/limits.ts';

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** There was more than a line may hold. */
  readonly isCut: boolean;
}

/** The lines of a stream, without their ends; empty ones are counted and left out. */
export async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  const most = LIMITS.logReaderLineCharacters;
  let begun = '';
  let isCut = false;
  let number = 0;
  const take = (more: string): void => {
    isCut ||= begun.length + more.length > most;
    begun += more.slice(0, Math.max(0, most - begun.length));
  };
  const end = (): Line => {
    number += 1;
    const line = { text: begun.endsWith('\r') ? begun.slice(0, -1) : begun, number, isCut };
    begun = '';
    isCut = false;
    return line;
  };
  for await (const bytes of stream) {
    const pieces = decoder.write(bytes).split('\n');
    for (const [index, piece] of pieces.entries()) {
      take(piece);
      if (index === pieces.length - 1) break;
      const line = end();
      if (line.text !== '') yield line;
    }
  }
  take(decoder.end());
  if (begun !== '') yield end();
}

/** The stream, unpacked when its file's name says that gzip has packed it. */
export function unpacked(stream: Readable, name: string): Readable {
  if (!/\.gz$/i.test(name)) return stream;
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  return stream.pipe(gunzip);
}
