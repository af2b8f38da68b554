/** Goal: `keelson audit` tells what was changed on a data folder, and finds out who has touched the trail. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keelson } from './support.ts';

const PASSWORD = 'a password that no trail may hold';
let folder: string;
const at = (name: string) => join(folder, name);
const audit = (...args: string[]) => keelson(['audit', ...args, '--data-dir', at('data')]);
const user = (...args: string[]) =>
  keelson(['user', ...args, '--data-dir', at('data')], { input: `${PASSWORD}\n` });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-cli-audit-'));
  expect(await user('add', 'storage-admin')).toMatchObject({ code: 0 });
  expect(await user('add', 'x'.repeat(300))).toMatchObject({ code: 9 });
  expect(await user('remove', 'storage-admin')).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('keelson audit show', () => {
  it('tells who changed what, and what was refused, without a password', async () => {
    const { code, stdout } = await audit('show');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split('  ')[1]?.split(':')[0]?.slice(0, 25))).toEqual([
      'user.save storage-admin',
      `user.save ${'x'.repeat(15)}`,
      'user.remove storage-admin',
    ]);
    expect(lines[0]).toMatch(/: done, by \S+ \(uid \d+\) \{"outcome":"added"\}$/);
    expect(lines[1]).toContain(': failed, by ');
    expect(readFileSync(at('data/audit.jsonl'), 'utf8')).not.toContain(PASSWORD);
  });

  it('gives the records themselves, of a time', async () => {
    const records = (await audit('show', '--json')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ outcome }) => outcome)).toEqual([
      'begun',
      'done',
      'begun',
      'failed',
      'begun',
      'done',
    ]);
    expect((await audit('show', '--since', '1h')).stdout.split('\n')).toHaveLength(4);
    expect((await audit('show', '--since', '2099-01-01T00:00Z')).stdout).toBe('');
    expect(await audit('show', '--since', 'soon')).toMatchObject({ code: 2 });
  });

  it('has nothing to tell of a folder that is not there', async () => {
    const said = await keelson(['audit', 'show', '--data-dir', at('none')]);
    expect(said).toMatchObject({ code: 9, stdout: '' });
  });
});

describe('keelson audit verify', () => {
  it('says that the trail is whole, and what its end is', async () => {
    const { code, stdout } = await audit('verify');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^whole: 6 records, the last is 6:[0-9a-f]{64}\n$/),
    ]);
    const [, head = ''] = /is (6:[0-9a-f]{64})/.exec(stdout) ?? [];
    const copy = at('copy.jsonl');
    copyFileSync(at('data/audit.jsonl'), copy);
    expect(await audit('verify', copy, '--head', head)).toMatchObject({ code: 0 });
    expect((await audit('verify', copy)).stdout).toContain('no end was remembered');
    const shorter = readFileSync(copy, 'utf8').split('\n').slice(0, 4).join('\n');
    writeFileSync(copy, `${shorter}\n`);
    expect(await audit('verify', copy)).toMatchObject({ code: 0 });
    const cut = await audit('verify', copy, '--head', head);
    expect([cut.code, cut.stdout]).toEqual([10, expect.stringContaining('the end was removed')]);
    expect(await audit('verify', copy, '--head', 'x')).toMatchObject({ code: 2 });
  });

  it('names the first record that was changed; the next change sets the trail aside', async () => {
    const file = at('data/audit.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"removed":true', '"removed":null'));
    const { code, stdout } = await audit('verify');
    expect(code).toBe(10);
    expect(stdout).toContain(
      'NOT whole after 5 records: audit.jsonl, line 6: its hash is not that of its content',
    );
    expect((await audit('show')).stderr).toContain('NOT whole');
    await user('add', 'another');
    const after = await audit('verify');
    expect(after.code).toBe(0);
    expect(after.stdout).toMatch(
      /an earlier trail was found broken and set aside, .*audit\.jsonl, line 6/,
    );
  });
});
