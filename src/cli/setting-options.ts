/** Settings of the configuration as options of a command. */
import { type Command, Option } from 'commander';
import { type Setting, settings } from '../config/settings.ts';
import type { FlagValues } from './command.ts';

function optionOf({ flag = '', kind, choices, help }: Setting): Option {
  const value =
    choices?.join('|') ??
    { text: 'text', integer: 'number', boolean: 'true|false', list: 'a,b', record: 'yaml' }[kind];
  return new Option(`${flag} <${value}>`, help);
}

/** Gives the command a flag for each setting that is `wanted`. */
export function addSettings(command: Command, wanted: (setting: Setting) => boolean): void {
  for (const setting of settings()) {
    if (setting.flag !== undefined && wanted(setting)) command.addOption(optionOf(setting));
  }
}

/** The settings among a command's flags, as dotted key to text. */
export function settingsAmong(flags: FlagValues): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const setting of settings()) {
    if (setting.flag === undefined) continue;
    const text = flags[optionOf(setting).attributeName()];
    if (typeof text === 'string') given[setting.key] = text;
  }
  return given;
}
