/** `keelson bench` before it reaches anybody: what it wants to be told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { keelson } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  [['bench'], '--url is needed'],
  [['bench', '--url', 'https://127.0.0.1:1/'], '--trust is needed'],
  [['bench', '--part', 'nonsense'], 'storm, slow-storm'],
  [['bench', '--hosts', '0'], 'a number from 1 to 4000'],
  [['bench', '--seconds', 'x'], 'a number from 1 to 3600'],
])('%s is refused', async (args, words) => {
  const said = await keelson(args, { input: 'a password\n' });
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain(words);
});

it('a provider that is not there is told in a line, and no figures are', async () => {
  const trust = join(folder, 'trust.pem');
  writeFileSync(trust, (await makeAuthority()).certificatePem);
  const access = ['--url', 'https://127.0.0.1:1/version.xml', '--trust', trust, '--user', 'u'];
  const said = await keelson(['bench', '--short', ...access], { input: 'a password\n' });
  expect(said).toMatchObject({ code: 9, stdout: '' });
  expect(said.stderr).toMatch(/^keelson: .* cannot be met: .*ECONNREFUSED.*\n$/);
});
