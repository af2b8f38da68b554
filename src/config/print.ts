/** The effective configuration as text, with the place each value comes from; secrets are hidden. */
import { stringify } from 'yaml';
import type { Config } from './schema.ts';
import { settings } from './settings.ts';

function valueAt(config: Config, path: readonly string[]): unknown {
  let value: unknown = config;
  for (const part of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[part];
  return value;
}

/** A YAML document that, without its comments and hidden lines, gives the same configuration as a file. */
export function printConfig(config: Config, sources: ReadonlyMap<string, string>): string {
  const lines: string[] = [];
  let group = '';
  for (const { key, path, secret } of settings()) {
    const [first = '', second] = path;
    if (second !== undefined && first !== group) lines.push(`${first}:`);
    group = second === undefined ? '' : first;
    const indent = second === undefined ? '' : '  ';
    const value = valueAt(config, path);
    const comment = `  # ${sources.get(key) ?? 'default'}`;
    if (value === undefined) lines.push(`${indent}# ${second ?? first}: not set`);
    else if (secret) lines.push(`${indent}# ${second ?? first}: (hidden)${comment}`);
    else {
      const shown = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
      lines.push(`${indent}${second ?? first}: ${shown}${comment}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
