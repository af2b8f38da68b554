/** Goal: what a start went by can be read in its data folder afterwards, without its secrets. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishLastStart, readLastStart } from '../../src/config/last-start.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isSecretName } from '../../src/log/redaction.ts';

let folder: string;
const FACTS = { pid: 7, startedAt: '2026-11-23T00:00:00.000Z' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is the same settings with the same sources, for the owner alone', () => {
  const environment = { KEELSON_LOG_LEVEL: 'warn' };
  const loaded = loadConfig({ flags: { dataDir: folder, port: '9443' }, environment });
  publishLastStart(loaded, FACTS, isSecretName);
  expect(readLastStart(folder)).toEqual({ ...FACTS, ...loaded });
  expect(readLastStart(folder)?.sources.get('log.level')).toContain('KEELSON_LOG_LEVEL');
  expect(readdirSync(folder)).toEqual(['settings.json']);
  expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
});

it('has no password, and nothing that an array’s settings call a secret', () => {
  const file = join(folder, 'keelson.yaml');
  const array = { options: { seed: 'kept', login: { token: 'hush', user: 'who' } } };
  writeFileSync(file, JSON.stringify({ dataDir: folder, array }));
  const loaded = loadConfig({ file, environment: { KEELSON_ADMIN_PASSWORD: 'hush' } });
  publishLastStart(loaded, FACTS, isSecretName);
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toContain('hush');
  const { config, sources } = readLastStart(folder) ?? {};
  expect(config?.array.options).toEqual({ seed: 'kept', login: { user: 'who' } });
  expect(sources?.get('admin.password')).toContain('KEELSON_ADMIN_PASSWORD');
});

it('is nothing where there is none, or none that can be read', () => {
  expect(readLastStart(folder)).toBeUndefined();
  writeFileSync(join(folder, 'settings.json'), '{"pid":1,"config":{"unknown":1}}');
  expect(readLastStart(folder)).toBeUndefined();
});
