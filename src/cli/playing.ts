/** What the commands share that play against a provider: `accept`, `replay` and `bench`. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { chosenScenarios } from '../accept/accept.ts';
import { type KnownDifferences, readKnownDifferences } from '../accept/known-differences.ts';
import { StartError } from '../run/start-error.ts';
import type { FlagValues } from './command.ts';
import { type Console, readPassword } from './console.ts';

/** For one answer. */
const TIMEOUT_MS = 30_000;

/** Adds the flags that `targetFlags` reads. */
export function withTarget(command: Command): Command {
  return command
    .option('--url <url>', 'version.xml of the provider')
    .option('--trust <file>', 'PEM: the certificate it shows at first contact, or the CA of it')
    .option('--user <name>', 'who may register it')
    .option('--password-file <file>', 'first line of this file; else it is asked for');
}

/** Does the work with a signal that Ctrl-C and SIGTERM abort: what was made is then taken back, not left. */
export async function stoppable<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Work that can be stopped: then, and when something was named that cannot be used, the operator is told in a line. */
export async function explained<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted)
      throw new StartError('refused', 'stopped, and nothing is left of it', error);
    if (error instanceof RangeError) throw new StartError('usage', error.message, error);
    throw error;
  }
}

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
