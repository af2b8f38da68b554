/**
 * The secrets that can be known beforehand: in the environment of this command and of the provider's process, in the
 * configuration, the private keys, the hashes of passwords. They are looked for in everything that goes into a
 * bundle, also as base64, hex, and as URLs, XML and JSON write them. Nothing of them is kept or shown.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { isSecretName } from '../../log/redaction.ts';

/** A shorter one would be found in harmless words; it is hidden where its name stands beside it. */
export const LEAST_CHARACTERS = 6;

/** Secrets of an environment. */
export function secretsOfEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecretName(name) ? [value] : [],
  );
}

/** Secrets of the environment that a process was started with; none where the system does not tell. */
export function secretsOfProcess(pid: number): readonly string[] {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return secretsOfEnvironment(
      Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0], pair.replace(/^[^=]*=/, '')])),
    );
  } catch {
    return [];
  }
}

/** Texts under secret names, at any depth. */
export function secretsOfConfig(config: Config): readonly string[] {
  const found = (value: unknown, isSecret: boolean): readonly string[] => {
    if (typeof value === 'string') return isSecret ? [value] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      found(inner, isSecret || isSecretName(name)),
    );
  };
  return found(config, false);
}

/** The lines of the private keys in a data folder. Each alone would give away a part. */
export function linesOfKeys(dataDir: string): readonly string[] {
  const folder = join(dataDir, 'keys');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pem'))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      // Those that most keys of the kind have in common say nothing; the shape of a key is found without.
      return lines.filter((line) => line.length >= LEAST_CHARACTERS && !line.startsWith('-'));
    });
}

/** What finds the secrets in all their forms, and lines of keys as they are; undefined: there are none. */
export function finderOf(secrets: readonly string[], lines: readonly string[]): RegExp | undefined {
  const forms = secrets.filter((each) => each.length >= LEAST_CHARACTERS).flatMap(formsOf);
  const all = [...new Set([...forms, ...lines])].sort((a, b) => b.length - a.length);
  if (all.length === 0) return undefined;
  return new RegExp(
    all.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
    'g',
  );
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    secret
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;'),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => base64At(bytes, shift)),
  ];
}

/** The part of the base64 that the secret alone decides when it stands `shift` bytes behind a third. */
function base64At(bytes: Buffer, shift: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
  const text = padded.toString('base64');
  const from = Math.ceil((shift * 8) / 6);
  const sure = Math.floor((padded.length * 8) / 6);
  const core = text.slice(from, sure);
  if (core.length < LEAST_CHARACTERS) return [];
  return [core, core.replace(/\+/g, '-').replace(/\//g, '_')];
}
