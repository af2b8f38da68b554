/**
 * The settings that the last start went by, in the data folder: flags and variables are known to the process alone, and
 * whoever looks at it from beside would otherwise judge by settings that are not its own. Secrets are left out.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LoadedConfig } from './load.ts';
import { configSchema } from './schema.ts';
import { settings } from './settings.ts';

const FILE = 'settings.json';

const formSchema = z.object({
  pid: z.int(),
  /** ISO 8601. */
  startedAt: z.string(),
  config: z.record(z.string(), z.unknown()),
  sources: z.record(z.string(), z.string()),
});

/** What a start went by. */
export interface LastStart extends LoadedConfig {
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Writes them, for the owner alone; `isSecret` names what is left out below the settings of an array. */
export function publishLastStart(
  { config, sources }: LoadedConfig,
  facts: Pick<LastStart, 'pid' | 'startedAt'>,
  isSecret: (name: string) => boolean,
): void {
  const secrets = new Set(
    settings()
      .filter(({ secret }) => secret)
      .map(({ path }) => path.at(-1)),
  );
  const content = { ...facts, config, sources: Object.fromEntries(sources) };
  const text = JSON.stringify(
    content,
    function (this: unknown, name: string, value: unknown) {
      // The sources of settings stand under their names, and are none themselves.
      const isHidden = this !== content.sources && (secrets.has(name) || isSecret(name));
      return isHidden ? undefined : value;
    },
    2,
  );
  const file = join(config.dataDir, FILE);
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Those of a data folder; undefined where there are none that this release can read. */
export function readLastStart(dataDir: string): LastStart | undefined {
  try {
    const read = formSchema.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
    const { pid, startedAt } = read;
    const config = configSchema.parse(read.config);
    return { pid, startedAt, config, sources: new Map(Object.entries(read.sources)) };
  } catch {
    return undefined;
  }
}
