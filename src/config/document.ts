/** The settings as the table of docs/configuration.md, which a test compares with it. */
import type { Setting } from './settings.ts';
import { settings } from './settings.ts';

function formOf({ kind, choices }: Setting): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  return {
    text: 'text',
    integer: 'number',
    boolean: '`true`, `false`',
    list: 'list',
    record: 'map',
  }[kind];
}

function defaultOf({ defaultValue, secret }: Setting): string {
  if (defaultValue === undefined) return secret ? 'made and shown once' : 'not set';
  return `\`${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}\``;
}

/** Markdown, one row per setting, in the schema's order. */
export function settingsTable(): string {
  const rows = settings().map((setting) => {
    const { key, flag, variable, help } = setting;
    const names = `\`${flag ?? '(no flag)'}\` | \`${variable}\``;
    return `| \`${key}\` | ${names} | ${formOf(setting)} | ${defaultOf(setting)} | ${help} |`;
  });
  const head = [
    '| key in the file | flag | variable | form | default | what it is for |',
    '|---|---|---|---|---|---|',
  ];
  return [...head, ...rows].join('\n');
}
