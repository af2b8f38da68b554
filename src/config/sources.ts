/**
 * The three places a setting may come from, each read into the same flat form: dotted key to value and
 * where it stands. The file is YAML (JSON is YAML too); environment and flags are text, turned into the
 * setting's kind. Values are not judged here, but names are: an unknown one is refused.
 */
import { readFileSync } from 'node:fs';
import {
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  parse,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { LIMITS } from '../model/limits.ts';
import { ConfigError, suggestion } from './errors.ts';
import type { Setting } from './settings.ts';

export interface Found {
  readonly value: unknown;
  /** In words: `keelson.yaml:4`, `KEELSON_PORT`, `--port`, `default`. */
  readonly source: string;
}
export type FoundSettings = ReadonlyMap<string, Found>;

/** Text of a flag or variable in the setting's kind; text that has not its form stays text. */
function fromText(setting: Setting, text: string): unknown {
  switch (setting.kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'record':
      try {
        return parse(text);
      } catch {
        return text;
      }
    case 'text':
      return text;
  }
}

/** Variables that are no settings and yet ours: the file's name, and those of the build and the tests. */
const OTHER_VARIABLES: readonly string[] = [
  'KEELSON_CONFIG',
  'KEELSON_BUILD',
  'KEELSON_REQUIRE_TOOLS',
  'KEELSON_REWRITE',
];

/** Settings among the environment's variables. An empty variable counts as absent. */
export function fromEnvironment(
  settings: readonly Setting[],
  environment: Readonly<Record<string, string | undefined>>,
): FoundSettings {
  const known = new Map(settings.map((setting) => [setting.variable, setting]));
  const found = new Map<string, Found>();
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('KEELSON_') || text === undefined || text === '') continue;
    const setting = known.get(name);
    if (setting !== undefined) {
      found.set(setting.key, { value: fromText(setting, text), source: name });
    } else if (!OTHER_VARIABLES.includes(name)) {
      throw new ConfigError(`unknown variable ${name}${suggestion(name, [...known.keys()])}`);
    }
  }
  return found;
}

/** Settings among flags, given as dotted key to text. */
export function fromFlags(
  settings: readonly Setting[],
  flags: Readonly<Record<string, string | undefined>>,
): FoundSettings {
  const found = new Map<string, Found>();
  for (const setting of settings) {
    const text = flags[setting.key];
    if (text === undefined || setting.flag === undefined) continue;
    found.set(setting.key, { value: fromText(setting, text), source: setting.flag });
  }
  return found;
}

/** Settings in the YAML file. Throws ConfigError when it cannot be read or names what is not a setting. */
export function fromFile(settings: readonly Setting[], file: string): FoundSettings {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const where = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [problem] = document.errors;
  if (problem !== undefined) throw new ConfigError(`${where(problem.pos[0])}: ${problem.message}`);
  const found = new Map<string, Found>();
  const root: ParsedNode | null = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return found;
  if (!isMap(root)) throw new ConfigError(`${file}: must hold settings as "name: value" lines`);
  collect({ settings, where, found }, [], root);
  return found;
}

interface Collecting {
  readonly settings: readonly Setting[];
  readonly where: (offset: number) => string;
  readonly found: Map<string, Found>;
}

function collect(into: Collecting, path: readonly string[], map: YAMLMap.Parsed): void {
  for (const { key: keyNode, value: node } of map.items) {
    const name = isScalar(keyNode) ? String(keyNode.value) : '';
    const inner = [...path, name];
    const key = inner.join('.');
    const source = into.where(keyNode.range[0]);
    const setting = into.settings.find((candidate) => candidate.key === key);
    if (setting?.secret === true) {
      throw new ConfigError(
        `${source}: ${key} is a secret and is taken from ${setting.variable} alone`,
      );
    }
    if (setting !== undefined) {
      into.found.set(key, { value: node === null ? null : node.toJSON(), source });
    } else if (into.settings.some((candidate) => candidate.key.startsWith(`${key}.`))) {
      if (isMap(node)) collect(into, inner, node);
      else if (node !== null && !isNothing(node))
        throw new ConfigError(`${source}: ${key} must hold settings of its own`);
    } else {
      const others = into.settings.flatMap((candidate) => [candidate.key, candidate.path[0] ?? '']);
      throw new ConfigError(`${source}: unknown setting "${key}"${suggestion(key, others)}`);
    }
  }
}

/** A key with nothing behind it: all of its settings are left out. */
function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null;
}

function readText(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length > LIMITS.configFileCharacters) throw new ConfigError(`${file}: too long`);
    return text;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`cannot read the configuration file: ${(error as Error).message}`);
  }
}
