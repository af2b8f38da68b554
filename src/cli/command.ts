/** What every command is made with: its surroundings, and the flags by which it finds the provider. */
import type { Command } from 'commander';
import type { LoadedConfig } from '../config/load.ts';
import type { Console } from './console.ts';

/** Flag values by commander's own names. */
export type FlagValues = Readonly<Record<string, unknown>>;

/** What a command's action is given beside its arguments. */
export interface CommandContext {
  readonly console: Console;
  /** The configuration for these flags. Throws ConfigError. */
  readonly load: (flags: FlagValues) => LoadedConfig;
  /** Ends the command with another code than 0. */
  readonly exit: (code: number) => void;
}

export const CONFIG_FLAG = '--config <file>';
export const CONFIG_HELP = 'configuration file (YAML); also KEELSON_CONFIG';

/** The two flags by which every command but `serve` finds the provider. */
export function withDataFolder(command: Command): Command {
  return command
    .option(CONFIG_FLAG, CONFIG_HELP)
    .option('--data-dir <text>', 'data folder of the provider; also KEELSON_DATA_DIR');
}
