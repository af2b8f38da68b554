/** Goal: `keelson report` says what is wrong with a log and what changed between runs, with an exit code to go by. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCertification } from '../../src/accept/report/certification/certify.ts';
import { writeReports } from '../../src/accept/report/folder.ts';
import { madeUpRun } from '../accept/made-up-run.ts';
import { keelson } from './support.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-cli-report-'));
  const run = madeUpRun([{ id: 'volumes.one', calls: [{ operation: 'queryArrays' }] }]);
  const files = writeReports(folder, run);
  await writeCertification(folder, run, { files, madeBy: 'Test 1' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('keelson report verify', () => {
  it('says that nothing was changed, and who signed', async () => {
    const trust = ['--trust', at('certification.pem')];
    const said = await keelson(['report', 'verify', at('certification.tar.gz'), ...trust]);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(/signer {4}CN=Keelson acceptance run of 2026/);
    expect(said.stdout).toMatch(/unchanged since it was signed, as trusted\n$/);
    const untrusted = await keelson(['report', 'verify', at('certification.tar.gz')]);
    expect(untrusted.code).toBe(0);
    expect(untrusted.stdout).toMatch(/--trust says who that is\n$/);
  });

  it('takes the report folder too', async () => {
    const trust = ['--trust', at('certification.pem')];
    const said = await keelson(['report', 'verify', folder, ...trust]);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(/unchanged since it was signed, as trusted\n$/);
  });

  it('ends with 11 and names what was changed', async () => {
    writeFileSync(at('junit.xml'), '<testsuites/>');
    const names = ['report.html', 'report.json', 'junit.xml', 'manifest.json', 'signature.xml'];
    create({ file: at('tampered.tar.gz'), cwd: folder, sync: true, gzip: true }, names);
    const said = await keelson(['report', 'verify', at('tampered.tar.gz')]);
    expect(said.code).toBe(11);
    expect(said.stdout).toContain('junit.xml was changed\nsummary.md is missing\nNOT verified\n');
    const there = await keelson(['report', 'verify', folder]);
    expect(there.code).toBe(11);
    expect(there.stdout).toContain(
      'junit.xml was changed\ntampered.tar.gz was added\nNOT verified\n',
    );
  });

  it('ends with one line when a file is not what it should be', async () => {
    const log = at('certification.tar.gz');
    for (const [args, code, why] of [
      [[at('report.json')], 2, /no certification log/],
      [[at('none.tar.gz')], 4, /ENOENT/],
      [[log, '--trust', at('report.json')], 2, /trusted certificate cannot be read/],
    ] as const) {
      const said = await keelson(['report', 'verify', ...args]);
      expect(said.code).toBe(code);
      expect(said.stderr).toMatch(why);
    }
  });
});

describe('keelson report diff', () => {
  it('compares folders or files, as text or JSON', async () => {
    const text = await keelson(['report', 'diff', folder, at('report.json')]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain('Evidence: none');
    const json = await keelson(['report', 'diff', folder, folder, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ claims: [], scenarios: [] });
  });

  it('ends with 11 where it is told to, and finds what it is told of', async () => {
    const failing = madeUpRun([
      { id: 'volumes.one', outcome: 'failed', calls: [{ operation: 'queryArrays' }] },
    ]);
    const worse = at('worse');
    writeReports(worse, failing);
    for (const [a, b, verdict, code] of [
      [folder, folder, 'changes', 0],
      [folder, worse, 'changes', 11],
      [folder, worse, 'regressions', 11],
      [worse, folder, 'regressions', 0],
      [worse, folder, 'changes', 11],
    ] as const) {
      const said = await keelson(['report', 'diff', a, b, '--fail-on', verdict]);
      expect([verdict, said.code, said.stderr]).toEqual([verdict, code, '']);
    }
    expect(await keelson(['report', 'diff', folder, worse])).toMatchObject({ code: 0 });
    expect(await keelson(['report', 'diff', folder, worse, '--fail-on', 'x'])).toMatchObject({
      code: 2,
    });
  });

  it('refuses what is no report', async () => {
    const said = await keelson(['report', 'diff', folder, at('summary.md')]);
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toMatch(/^keelson: .*summary\.md is no JSON/);
  });
});

describe('keelson accept', () => {
  const accept = (...more: readonly string[]) =>
    keelson(
      [
        ...['accept', '--url', 'https://127.0.0.1:1/', '--trust', at('certification.pem')],
        ...['--user', 'u', ...more],
      ],
      { input: 'a password\n' },
    );

  it('ends with one line where a scenario, or the provider, is not there', async () => {
    const scenario = await accept('--scenario', 'volumes.nonsense');
    expect(scenario).toMatchObject({ code: 2, stdout: '' });
    expect(scenario.stderr).toMatch(/^keelson: there is no scenario volumes\.nonsense\n$/);
    const provider = await accept();
    expect(provider).toMatchObject({ code: 9, stdout: '' });
    expect(provider.stderr).toMatch(/https:\/\/127\.0\.0\.1:1\/ cannot be met: .*ECONNREFUSED/);
  });

  it('refuses a list of known differences or a signer that cannot be used, before it calls anybody', async () => {
    writeFileSync(at('known.yaml'), '- scenario: volumes.none\n  reason: x\n');
    const known = await accept('--known-differences', at('known.yaml'));
    expect(known).toMatchObject({ code: 2, stdout: '' });
    expect(known.stderr).toMatch(/known\.yaml: there is no scenario volumes\.none/);
    const half = await accept('--sign-key', at('certification.pem'));
    expect(half.code).toBe(2);
    expect(half.stderr).toMatch(/go together/);
    const odd = ['--sign-key', at('known.yaml'), '--sign-certificate', at('certification.pem')];
    expect((await accept(...odd)).stderr).toMatch(/the signer cannot be used/);
  });
});
