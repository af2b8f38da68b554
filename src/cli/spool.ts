/** Standard input as a file, for what has to be read more than once. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes the stream into a temporary file that its owner alone can read; `remove` takes it away. */
export async function spooled(
  stream: Readable,
): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'keelson-log-'));
  const file = join(folder, 'standard-input.log');
  await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
