/**
 * A state in one file: a tar archive (POSIX.1-1988 ustar) of its files with their SHA-256 sums, so that
 * `tar` and `sha256sum` read it too. Nothing in the file chooses where anything is written.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArrayError } from '../src/array/errors.ts';
import { ARRAY_FILES } from './replacement.ts';
import { STATE_FILE } from './states.ts';

const BLOCK = 512;
const SUMS = 'SHA256SUMS';
/** The entries, in this order and no others, before the sums. */
const ENTRIES: readonly string[] = [STATE_FILE, ...ARRAY_FILES];
const SUMS_BYTES_MAX = 1_024;

/** Writes the state in `folder` into a new file. Errors: alreadyExists, failed. */
export async function packState(folder: string, file: string): Promise<void> {
  let target: FileHandle;
  try {
    target = await open(file, 'wx', 0o600);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isThere) throw new ArrayError('alreadyExists', `${file} is there already`, error);
    throw new ArrayError('invalid', `${file} cannot be written: ${reasonOf(error)}`, error);
  }
  try {
    let sums = '';
    for (const name of ENTRIES) {
      const { size } = await stat(join(folder, name));
      await target.write(header(name, size));
      const hash = createHash('sha256');
      for await (const part of createReadStream(join(folder, name))) {
        hash.update(part);
        await target.write(part);
      }
      await target.write(padding(size));
      sums += `${hash.digest('hex')}  ${name}\n`;
    }
    await target.write(header(SUMS, sums.length));
    await target.write(sums);
    await target.write(padding(sums.length));
    await target.write(Buffer.alloc(2 * BLOCK));
    await target.sync();
    await target.close();
  } catch (error) {
    await target.close().catch(() => undefined);
    await rm(file, { force: true });
    throw new ArrayError('failed', `${file} cannot be written: ${reasonOf(error)}`, error);
  }
}

/** Reads such a file into an empty folder. Errors: notFound, invalid (not such a file, or damaged). */
export async function unpackState(file: string, folder: string): Promise<void> {
  let source: FileHandle;
  try {
    source = await open(file, 'r');
  } catch (error) {
    throw new ArrayError('notFound', `${file} cannot be read: ${reasonOf(error)}`, error);
  }
  try {
    let position = 0;
    let sums = '';
    for (const name of ENTRIES) {
      const size = await sizeOf(source, position, name);
      sums += `${await extract(file, join(folder, name), position + BLOCK, size)}  ${name}\n`;
      position += BLOCK + size + padding(size).length;
    }
    const size = await sizeOf(source, position, SUMS);
    if (size > SUMS_BYTES_MAX) throw new Error('its sums are too long');
    const stated = await readAt(source, position + BLOCK, size);
    if (stated.toString() !== sums) throw new Error('it is damaged');
  } catch (error) {
    const why = `${file} is not an exported array: ${reasonOf(error)}`;
    throw new ArrayError('invalid', why, error);
  } finally {
    await source.close();
  }
}

/** Copies `size` bytes; gives their sum. */
async function extract(file: string, to: string, start: number, size: number): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  const summing = new Transform({
    transform(part: Buffer, _encoding, done) {
      count += part.length;
      hash.update(part);
      done(null, part);
    },
  });
  const target = createWriteStream(to, { flags: 'wx', mode: 0o600 });
  // A stream's end is inclusive, so that it cannot say "nothing".
  if (size === 0) target.end();
  else await pipeline(createReadStream(file, { start, end: start + size - 1 }), summing, target);
  if (count !== size) throw new Error('it ends too early');
  return hash.digest('hex');
}

async function sizeOf(source: FileHandle, position: number, name: string): Promise<number> {
  const block = await readAt(source, position, BLOCK);
  const size = sizeField(block);
  if (!header(name, size).equals(block)) throw new Error(`${name} is not where it should be`);
  return size;
}

async function readAt(source: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await source.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('it ends too early');
  return buffer;
}

/** Octal digits; from 8 GB on, as tar programs do, a binary number. */
const OCTAL_MAX = 8 ** 11;

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  if (size < OCTAL_MAX) block.write(size.toString(8).padStart(11, '0'), 124);
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write('00000000000\0', 136);
  block.write('        0', 148);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function sizeField(block: Buffer): number {
  if (block.readUInt8(124) === 0x80) return Number(block.readBigUInt64BE(128));
  const size = Number.parseInt(block.toString('latin1', 124, 135), 8);
  if (!Number.isSafeInteger(size)) throw new Error('it is no archive');
  return size;
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
