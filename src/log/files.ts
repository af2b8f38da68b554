/**
 * Log files that rotate by size and age. Writes are synchronous: when `write` returns, the line is with
 * the operating system, and the death of this process cannot take it back. Rotation renames the open file
 * and removes the oldest; no line is lost or split by it. A full disk never stops the provider: lines
 * are dropped and counted until writing works again.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../model/clock.ts';

export interface LogFilesOptions {
  /** Must exist. */
  readonly directory: string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** Files kept, the open one included. */
  readonly maxFiles: number;
}

const CURRENT = 'keelson.log';
/** Time of rotation, and a number for those of one millisecond: sorted by name they are sorted by age. */
const ROTATED = /^keelson-\d{8}T\d{9}Z-\d{3}\.log$/;

/** Lives from start to exit of the process; one per folder. */
export class LogFiles {
  readonly #options: LogFilesOptions;
  readonly #clock: Clock;
  #file = -1;
  #size = 0;
  #openedAt = 0;
  #dropped = 0;

  /** Throws when the folder is not there or cannot be written. */
  constructor(options: LogFilesOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#open();
  }

  /** One or more whole lines. Never throws. */
  write(lines: string): void {
    const bytes = Buffer.from(lines);
    try {
      if (this.#isDue(bytes.length)) this.#rotate();
      this.#writeAll(bytes);
    } catch {
      this.#dropped += lines.split('\n').length - 1;
    }
  }

  /** Lines lost since the last call, because the disk was full or the folder gone. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  close(): void {
    if (this.#file < 0) return;
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = -1;
  }

  #writeAll(bytes: Buffer): void {
    if (this.#file < 0) this.#open();
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#size += bytes.length;
  }

  #open(): void {
    this.#file = openSync(join(this.#options.directory, CURRENT), 'a', 0o640);
    const facts = fstatSync(this.#file);
    this.#size = facts.size;
    this.#openedAt = facts.size === 0 ? this.#clock.now() : facts.birthtimeMs || this.#clock.now();
  }

  #isDue(more: number): boolean {
    if (this.#size === 0) return false;
    const age = this.#clock.now() - this.#openedAt;
    return this.#size + more > this.#options.maxBytes || age > this.#options.maxAgeMs;
  }

  #rotate(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
    const { directory, maxFiles } = this.#options;
    const stamp = new Date(this.#clock.now()).toISOString().replace(/[-:.]/g, '');
    const taken = new Set(readdirSync(directory));
    const nameOf = (number: number): string =>
      `keelson-${stamp}-${number.toString().padStart(3, '0')}.log`;
    let number = 0;
    while (taken.has(nameOf(number))) number += 1;
    const name = nameOf(number);
    renameSync(join(directory, CURRENT), join(directory, name));
    const rotated = [...taken, name].filter((file) => ROTATED.test(file)).sort();
    for (const file of rotated.slice(0, Math.max(0, rotated.length - maxFiles + 1))) {
      unlinkSync(join(directory, file));
    }
    this.#open();
  }
}
