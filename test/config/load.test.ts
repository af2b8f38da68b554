/**
 * Goal: a setting comes from the nearest of flag, variable, file and default; what is wrong or misspelt is
 * refused with the place where it stands. Files are written to a folder of the test's own.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ConfigError, nearest } from '../../src/config/errors.ts';
import { type ConfigInput, loadConfig } from '../../src/config/load.ts';
import { printConfig } from '../../src/config/print.ts';
import { settings } from '../../src/config/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-config-'));

function fileOf(text: string): string {
  const file = join(
    folder,
    `${Math.abs(Buffer.from(text).reduce((sum, byte) => sum * 31 + byte, 7) % 1e9)}.yaml`,
  );
  writeFileSync(file, text);
  return file;
}

function refusal(input: ConfigInput): string {
  try {
    loadConfig(input);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
}

describe('configuration', () => {
  it('a setting named nowhere has its default, and the whole is frozen', () => {
    const { config, sources } = loadConfig({});
    expect(config.port).toBe(8443);
    expect(config.log.stdout).toBe(true);
    expect(config.array.module).toBe('simulator');
    expect(sources.get('port')).toBe('default');
    expect(Object.isFrozen(config) && Object.isFrozen(config.log)).toBe(true);
  });

  it('flags come before variables, variables before the file, the file before defaults', () => {
    const file = fileOf('port: 1\nhost: file\nlog:\n  maxFiles: 3\n  maxFileMB: 4\n');
    const environment = { KEELSON_PORT: '2', KEELSON_LOG_MAX_FILES: '5', PATH: '/bin' };
    const { config, sources } = loadConfig({ file, environment, flags: { port: '3' } });
    expect([config.port, config.log.maxFiles, config.log.maxFileMB]).toEqual([3, 5, 4]);
    expect(config.host).toBe('file');
    expect(sources.get('port')).toBe('--port');
    expect(sources.get('log.maxFiles')).toBe('KEELSON_LOG_MAX_FILES');
    expect(sources.get('log.maxFileMB')).toBe(`${file}:5`);
  });

  it('text of variables becomes whole numbers, truth values, lists and records', () => {
    const environment = {
      KEELSON_LOG_STDOUT: 'false',
      KEELSON_PUBLIC_NAMES: 'vp.example, 192.0.2.1',
      KEELSON_ARRAY_OPTIONS: '{containers: 3}',
    };
    const { config } = loadConfig({ environment });
    expect(config.log.stdout).toBe(false);
    expect(config.publicNames).toEqual(['vp.example', '192.0.2.1']);
    expect(config.array.options).toEqual({ containers: 3 });
  });

  it('KEELSON_CONFIG names the file when no flag does, and an empty variable counts as absent', () => {
    const file = fileOf('port: 7\n');
    expect(
      loadConfig({ environment: { KEELSON_CONFIG: file, KEELSON_PORT: '' } }).config.port,
    ).toBe(7);
  });

  it('a misspelt key of the file is refused with its line and the nearest setting', () => {
    const file = fileOf('port: 1\nlog:\n  maxFile: 3\n');
    expect(refusal({ file })).toBe(
      `${file}:3: unknown setting "log.maxFile"; did you mean "log.maxFiles"?`,
    );
    expect(refusal({ file: fileOf('dataDirr: x\n') })).toContain('did you mean "dataDir"?');
  });

  it('a misspelt variable is refused with the nearest one', () => {
    expect(refusal({ environment: { KEELSON_PROT: '1' } })).toBe(
      'unknown variable KEELSON_PROT; did you mean "KEELSON_PORT"?',
    );
  });

  it.each([
    [{ flags: { port: '70000' } }, /^--port: port cannot be 70000: /],
    [{ flags: { port: 'many' } }, /^--port: port cannot be "many": expected number/],
    [
      { environment: { KEELSON_LOG_LEVEL: 'loud' } },
      /^KEELSON_LOG_LEVEL: log\.level cannot be "loud": /,
    ],
    [
      { environment: { KEELSON_LOG_STDOUT: 'yes' } },
      /^KEELSON_LOG_STDOUT: log\.stdout cannot be "yes"/,
    ],
    [{ environment: { KEELSON_ARRAY_OPTIONS: '[1' } }, /^KEELSON_ARRAY_OPTIONS: array\.options/],
    [{ environment: { KEELSON_PORT: 'tcp://10.0.0.1:8443' } }, /^KEELSON_PORT: port/],
    [{ file: '/nowhere/keelson.yaml' }, /^cannot read the configuration file: .*\/nowhere/],
  ])('wrong value %j is refused with its place', (input, message) => {
    expect(refusal(input)).toMatch(message);
  });

  it.each([
    ['port: [\n', /:\d+: /],
    ['- port\n', /must hold settings/],
    ['log: 3\n', /:1: log must hold settings of its own/],
    ['port: 1\nport: 2\n', /:2: .*unique/],
    ['port:\n', /:1: port cannot be null/],
  ])('file %j is refused', (text, message) => {
    expect(refusal({ file: fileOf(text) })).toMatch(message);
  });

  it('a secret is taken from its variable alone, and is never shown in a message or print', () => {
    const secret = 'c4nary-password';
    const file = fileOf(`admin:\n  password: ${secret}\n`);
    expect(refusal({ file })).toContain('KEELSON_ADMIN_PASSWORD');
    const long = secret.repeat(100);
    expect(refusal({ environment: { KEELSON_ADMIN_PASSWORD: long } })).not.toContain(secret);
    const { config, sources } = loadConfig({ environment: { KEELSON_ADMIN_PASSWORD: secret } });
    expect(config.admin.password).toBe(secret);
    expect(printConfig(config, sources)).not.toContain(secret);
    expect(
      settings()
        .filter((setting) => setting.flag === undefined)
        .map(({ key }) => key),
    ).toEqual(['admin.password']);
  });

  it('what is printed, read back as a file, gives the same configuration', () => {
    const { config, sources } = loadConfig({
      flags: { port: '0', 'public-names': 'ignored' },
      environment: { KEELSON_PUBLIC_NAMES: 'a.example,b.example', KEELSON_READY_FILE: 'C: #1' },
    });
    const printed = printConfig(config, sources);
    expect(printed).toContain('port: 0  # --port');
    expect(loadConfig({ file: fileOf(printed) }).config).toEqual(config);
    expect(parse(printed)).toHaveProperty('log.level', 'info');
  });

  it('a name is near when a few letters differ, and not when it is another word', () => {
    expect(nearest('readyfile', ['readyFile', 'port'])).toBe('readyFile');
    expect(nearest('zzzzzz', ['readyFile', 'port'])).toBeUndefined();
  });
});
