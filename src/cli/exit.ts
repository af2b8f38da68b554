/**
 * How the program ends: the exit codes (docs/configuration.md shows them) and the one line that goes with
 * each failure to start. Anything that is not expected here keeps its stack for a bug report.
 */
import { CommanderError } from 'commander';
import { TargetError } from '../accept/world/target.ts';
import { AdminError } from '../admin/port.ts';
import { ArrayError } from '../array/errors.ts';
import { ConfigError } from '../config/errors.ts';
import { hideSecretShapes } from '../log/redaction.ts';
import { RELEASE } from '../release/release.ts';
import { StartError, type StartFailure } from '../run/start-error.ts';
import { StoreError } from '../store/errors.ts';
import { KeyFileError } from '../trust/provider-keys.ts';

export const EXIT_CODES = {
  ok: [0, 'it did what was asked; `serve` was told to stop, and has stopped in order'],
  failed: [1, 'something failed that is not named below'],
  usage: [2, 'the command line or the configuration is wrong'],
  address: [3, 'a port is busy, or an address is not this machine’s'],
  dataFolder: [4, 'the data folder, or a file that was named, cannot be read or written'],
  inUse: [5, 'another process runs on the data folder'],
  newer: [6, 'the data folder was written by a newer release, or by another program'],
  diskFull: [7, 'the disk is full'],
  array: [8, 'the array adapter cannot be loaded, or its array cannot be opened'],
  refused: [9, 'the provider refused what was asked of it, or there is none to be met'],
  unsound: [
    10,
    '`array check` or `array repair` found something that does not add up, `audit verify` a trail that was changed, `doctor` a problem',
  ],
  unmet: [
    11,
    '`accept` or `bench` found a provider that does not behave as it should, `replay` one that answers otherwise, `report verify` a log or `support-bundle verify` a bundle that was changed, `report diff --fail-on` what it was told to',
  ],
} as const satisfies Record<StartFailure, readonly [number, string]> &
  Record<string, readonly [number, string]>;

type ExitName = keyof typeof EXIT_CODES;

export interface Ending {
  readonly code: number;
  /** What to print on standard error; empty: it has been printed. */
  readonly text: string;
}

const STORE_EXITS: Readonly<Partial<Record<StoreError['kind'], ExitName>>> = {
  inUse: 'inUse',
  newerDatabase: 'newer',
  foreign: 'newer',
  unreadable: 'dataFolder',
  damaged: 'dataFolder',
  full: 'diskFull',
};

const SYSTEM_EXITS: Readonly<Record<string, ExitName>> = {
  EADDRINUSE: 'address',
  EADDRNOTAVAIL: 'address',
  ENOTFOUND: 'address',
  EAI_AGAIN: 'address',
  EACCES: 'dataFolder',
  EPERM: 'dataFolder',
  EROFS: 'dataFolder',
  ENOTDIR: 'dataFolder',
  EISDIR: 'dataFolder',
  ENOENT: 'dataFolder',
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
};

function exitOf(thrown: unknown): ExitName | undefined {
  if (thrown instanceof StartError) return thrown.failure;
  if (thrown instanceof TargetError) return 'refused';
  if (thrown instanceof ConfigError) return 'usage';
  if (thrown instanceof KeyFileError) return 'dataFolder';
  if (thrown instanceof StoreError) return STORE_EXITS[thrown.kind] ?? 'failed';
  if (thrown instanceof ArrayError) return 'array';
  if (thrown instanceof AdminError) return 'refused';
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return SYSTEM_EXITS[code];
}

/** How the program ends after `thrown`. */
export function endingOf(thrown: unknown): Ending {
  if (thrown instanceof CommanderError) {
    return { code: thrown.exitCode === 0 ? 0 : EXIT_CODES.usage[0], text: '' };
  }
  const exit = exitOf(thrown);
  if (exit !== undefined && thrown instanceof Error) {
    const lines = hideSecretShapes(thrown.message).split('\n');
    return { code: EXIT_CODES[exit][0], text: lines.map((line) => `keelson: ${line}\n`).join('') };
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const text = `keelson: unexpected failure of ${RELEASE.signature}\n${hideSecretShapes(detail)}\n`;
  return { code: EXIT_CODES.failed[0], text };
}
