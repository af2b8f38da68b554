/**
 * The folder in which a bundle is gathered before it is packed: for its owner alone, beside the file that it
 * becomes. Every file goes through the redactor on its way in, and its SHA-256 is noted.
 */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Redactor } from './redactor.ts';

/** A file of a bundle. */
export interface BundleFile {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface Staging {
  /** Text, made fit for the bundle. */
  text(name: string, text: string): void;
  /** Data as JSON, made fit. */
  data(name: string, data: unknown): void;
  /** Lines that come one after another; each has to be made fit by the caller (`redactor`). */
  lines(name: string, lines: AsyncIterable<string>): Promise<void>;
  readonly redactor: Redactor;
  /** What there is so far, in order of names. */
  files(): readonly BundleFile[];
}

/** Gathers in `folder`, which must be there and empty. */
export function createStaging(folder: string, redactor: Redactor): Staging {
  const files: BundleFile[] = [];
  const create = (name: string) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const handle = openSync(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let bytes = 0;
    return {
      write: (text: string): void => {
        const part = Buffer.from(text);
        for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
        hash.update(part);
        bytes += part.length;
      },
      close: (): void => {
        closeSync(handle);
        files.push({ name, bytes, sha256: hash.digest('hex') });
      },
    };
  };
  const whole = (name: string, text: string): void => {
    const file = create(name);
    file.write(text.endsWith('\n') ? text : `${text}\n`);
    file.close();
  };
  return {
    redactor,
    text: (name, text) => whole(name, redactor.text(name, text)),
    data: (name, data) =>
      whole(name, JSON.stringify(redactor.data(name, plainData(data)), null, 2)),
    lines: async (name, lines) => {
      const file = create(name);
      try {
        for await (const line of lines) file.write(`${line}\n`);
      } finally {
        file.close();
      }
    },
    files: () => [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The data as JSON would have it, whatever is in it. */
function plainData(data: unknown): unknown {
  const text = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return text === undefined ? null : JSON.parse(text);
}
