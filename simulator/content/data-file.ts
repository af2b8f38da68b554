/**
 * content.data: blocks of equal size, one behind the other, numbered from 1. Which of them hold something
 * is written in array.db alone, so this file has no header, no index and no state of its own, and a
 * block that array.db does not name may hold anything.
 */
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ArrayError } from '../../src/array/errors.ts';

/** What the content needs of a file. Tests put a file in its place that loses what was not synced. */
export interface DataFile {
  /** Blocks in the file, a last one that is not whole left out. */
  length(): number;
  /** Fills `target` from byte `within` of the block on. Errors: failed (the file ends before). */
  read(blockNo: number, within: number, target: Uint8Array): void;
  /** Writes a whole block, beyond the end too. Errors: noSpace (of the disk), failed. */
  write(blockNo: number, data: Uint8Array): void;
  /** What was written until now survives the loss of power when this returns. */
  sync(): void;
  /** Cuts off all blocks after the first `blocks`. */
  truncate(blocks: number): void;
  close(): void;
}

/** Opens content.data in `directory`, made when absent (mode 0600). Errors: failed. */
export function openDataFile(directory: string, blockBytes: number): DataFile {
  const file = join(directory, 'content.data');
  const descriptor = attempt(`open ${file}`, () => {
    const opened = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    syncDirectory(directory);
    return opened;
  });
  const start = (blockNo: number) => (blockNo - 1) * blockBytes;
  return {
    length: () => Math.floor(fstatSync(descriptor).size / blockBytes),
    read: (blockNo, within, target) =>
      attempt('read content', () => readFully(descriptor, target, start(blockNo) + within)),
    write: (blockNo, data) =>
      attempt('write content', () => writeFully(descriptor, data, start(blockNo))),
    sync: () => attempt('sync content', () => fdatasyncSync(descriptor)),
    truncate: (blocks) =>
      attempt('shrink content', () => ftruncateSync(descriptor, blocks * blockBytes)),
    close: () => closeSync(descriptor),
  };
}

function readFully(descriptor: number, target: Uint8Array, position: number): void {
  for (let done = 0; done < target.length; ) {
    const count = readSync(descriptor, target, done, target.length - done, position + done);
    if (count === 0) throw new ArrayError('failed', 'content.data is shorter than array.db says');
    done += count;
  }
}

function writeFully(descriptor: number, data: Uint8Array, position: number): void {
  for (let done = 0; done < data.length; ) {
    done += writeSync(descriptor, data, done, data.length - done, position + done);
  }
}

/** So that a file just made is found again after the loss of power. */
function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function attempt<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArrayError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new ArrayError('noSpace', 'the disk of the array is full', error);
    }
    throw new ArrayError('failed', `cannot ${what}`, error);
  }
}
