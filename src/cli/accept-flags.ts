/** Flags that the commands share which play against a provider: `accept` and `replay`. */
import { readFileSync } from 'node:fs';
import { chosenScenarios } from '../accept/accept.ts';
import { type KnownDifferences, readKnownDifferences } from '../accept/known-differences.ts';
import type { FlagValues } from './command.ts';
import { type Console, readPassword } from './console.ts';
import { StartError } from './exit.ts';

/** For one answer. */
const TIMEOUT_MS = 30_000;

/** The value of a flag that must be given. */
export function textFlag(flags: FlagValues, name: string, option: string): string {
  const value = flags[name];
  if (typeof value !== 'string') throw new StartError('usage', `${option} is needed`);
  return value;
}

/** The provider that is played against, and who registers. Asks for the password where no file holds it. */
export async function targetFlags(flags: FlagValues, console: Console) {
  const url = textFlag(flags, 'url', '--url');
  const trust = readFileSync(textFlag(flags, 'trust', '--trust'), 'utf8');
  const user = textFlag(flags, 'user', '--user');
  const file = flags['passwordFile'];
  const password = await readPassword(console, typeof file === 'string' ? file : undefined);
  return { url, trust, user, password, timeoutMs: TIMEOUT_MS };
}

/** The list of `--known-differences`. */
export function knownDifferences({ knownDifferences: file }: FlagValues): KnownDifferences {
  if (typeof file !== 'string') return new Map();
  try {
    const ids = new Set(chosenScenarios([]).map(({ id }) => id));
    return readKnownDifferences(readFileSync(file, 'utf8'), ids);
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', `${file}: ${error.message}`);
    throw error;
  }
}
