/**
 * Joins the sources into the one frozen configuration: flags before environment before file before
 * defaults. A wrong value is refused with the place where it stands.
 */
import { ConfigError } from './errors.ts';
import { type Config, configSchema } from './schema.ts';
import { type Setting, settings } from './settings.ts';
import { type FoundSettings, fromEnvironment, fromFile, fromFlags } from './sources.ts';

export interface ConfigInput {
  /** Dotted key to text. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Path of the YAML file; undefined: what KEELSON_CONFIG names, if anything. */
  readonly file?: string | undefined;
}

export interface LoadedConfig {
  readonly config: Config;
  /** Dotted key of each setting to where its value stands; `default` when nowhere. */
  readonly sources: ReadonlyMap<string, string>;
}

/** The effective configuration. Throws ConfigError: one line per problem. Reads the file each time. */
export function loadConfig(input: ConfigInput): LoadedConfig {
  const all = settings();
  const environment = input.environment ?? {};
  const file = input.file ?? (environment['KEELSON_CONFIG'] || undefined);
  const layers = [
    file === undefined ? new Map() : fromFile(all, file),
    fromEnvironment(all, environment),
    fromFlags(all, input.flags ?? {}),
  ];
  const found: FoundSettings = new Map(layers.flatMap((layer) => [...layer]));
  const parsed = configSchema.safeParse(nested(all, found));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => problemLine(all, found, issue));
    throw new ConfigError([...new Set(problems)].join('\n'));
  }
  const sources = new Map(all.map(({ key }) => [key, found.get(key)?.source ?? 'default']));
  return { config: parsed.data, sources };
}

function nested(all: readonly Setting[], found: FoundSettings): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { key, path } of all) {
    const entry = found.get(key);
    if (entry === undefined) continue;
    const [first = '', second] = path;
    if (second === undefined) root[first] = entry.value;
    else root[first] = { ...(root[first] as object | undefined), [second]: entry.value };
  }
  return root;
}

function problemLine(
  all: readonly Setting[],
  found: FoundSettings,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
): string {
  const dotted = issue.path.map(String).join('.');
  const setting = all.find(({ key }) => dotted === key || dotted.startsWith(`${key}.`));
  const entry = found.get(setting?.key ?? dotted);
  const shown = setting?.secret === true ? '(hidden)' : JSON.stringify(entry?.value);
  const why = issue.message.replace(/^Invalid (input|option): /, '');
  return `${entry?.source ?? 'default'}: ${setting?.key ?? dotted} cannot be ${shown}: ${why}`;
}
