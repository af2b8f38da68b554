/**
 * The settings as a flat list, read off the schema: for each its dotted key, flag and variable. Used to
 * read the sources, to name the nearest setting to a misspelt one, and to write help and documentation.
 */
import { z } from 'zod';
import { configSchema, type SettingMeta } from './schema.ts';

export type SettingKind = 'text' | 'integer' | 'boolean' | 'list' | 'record';

export interface Setting {
  /** Dotted, as in messages: `log.level`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly kind: SettingKind;
  /** The words a choice is limited to. */
  readonly choices: readonly string[] | undefined;
  readonly defaultValue: unknown;
  readonly help: string;
  readonly secret: boolean;
  /** `KEELSON_LOG_LEVEL`. */
  readonly variable: string;
  /** `--log-level`; a secret has none, because arguments are seen by everybody on the machine. */
  readonly flag: string | undefined;
}

/** The setting's words in lower case: `dataDir` under `log` gives `log`, `data`, `dir`. */
function wordsOf(path: readonly string[]): string[] {
  return path.flatMap((part) =>
    part
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(' '),
  );
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional
  ) {
    return unwrapped(schema.def.innerType);
  }
  return schema;
}

function kindOf(schema: z.core.$ZodType): SettingKind {
  if (schema instanceof z.ZodNumber) return 'integer';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodRecord) return 'record';
  return 'text';
}

function settingAt(path: readonly string[], schema: z.core.$ZodType): Setting {
  const form = unwrapped(schema);
  // The registry types metadata as an open record; `schema.ts` gives every leaf a SettingMeta.
  const meta = z.globalRegistry.get(schema) as SettingMeta | undefined;
  const words = wordsOf(path);
  return {
    key: path.join('.'),
    path,
    kind: kindOf(form),
    choices: form instanceof z.ZodEnum ? form.options.map(String) : undefined,
    defaultValue: schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined,
    help: meta?.help ?? '',
    secret: meta?.secret === true,
    variable: `KEELSON_${words.join('_').toUpperCase()}`,
    flag: meta?.secret === true ? undefined : `--${words.join('-')}`,
  };
}

function leavesOf(path: readonly string[], schema: z.core.$ZodType): Setting[] {
  const form = unwrapped(schema);
  if (!(form instanceof z.ZodObject)) return [settingAt(path, schema)];
  const shape: Readonly<Record<string, z.core.$ZodType>> = form.shape;
  return Object.entries(shape).flatMap(([name, inner]) => leavesOf([...path, name], inner));
}

/** Every setting, in the schema's order. */
export function settings(): readonly Setting[] {
  return leavesOf([], configSchema);
}
