/** What makes a release one that can be told from others and checked by strangers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packFolder } from '../../scripts/release/archive.ts';
import { differences } from '../../scripts/release/compare.ts';
import type { ReleaseFile } from '../../scripts/release/contract.ts';
import { checkLedger, mendedBy } from '../../scripts/release/ledger.ts';
import { isShipped, runPackages } from '../../scripts/release/packages.ts';
import { highestVersion, isElf } from '../../scripts/release/requirements.ts';
import { componentsOf, makeSbom } from '../../scripts/release/sbom.ts';
import {
  checksumFiles,
  publicKeyFile,
  readSigningKey,
  signatureFile,
} from '../../scripts/release/signing.ts';
import { releaseOf } from '../../src/release/release.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';

const TREE = join(import.meta.dirname, '../..');
const ENTRY = { version: '1.2.3', date: '2026-03-04', note: 'A release of a test.' };
const RELEASE = releaseOf(ENTRY, '0123abcd');
const AT = new Date('2026-03-04T05:06:07Z');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-publishing-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

describe('an archive', () => {
  test('has the same bytes whenever and by whomever it is made', async () => {
    const first = write('first/top', { 'b/2': 'two', 'a-1': 'one', 'a/1': 'three' });
    const second = write('second/top', { 'a/1': 'three', 'a-1': 'one', 'b/2': 'two' });
    utimesSync(join(second, 'b/2'), 1, 1);
    const pack = (parent: string) => packFolder({ parent, name: 'top', at: AT, level: 9 });
    expect(await pack(join(first, '..'))).toEqual(await pack(join(second, '..')));
  });

  test('of other contents is another one, and the comparison of folders names the file', () => {
    const a = write('left', { same: 'x', other: '1', only: 'x' });
    const b = write('right', { same: 'x', other: '2' });
    expect(differences(a, a)).toEqual([]);
    expect(differences(a, b)).toEqual([`only: only in ${a}`, 'other: other bytes']);
  });
});

describe('the ledger', () => {
  const ledger = (...versions: readonly string[]) =>
    versions.map((version, index) => ({ version, date: `2026-01-0${index + 1}`, note: '' }));

  test('may rise, and may not name two releases alike', () => {
    expect(() => checkLedger(ledger('0.9.0', '0.10.0', '1.0.0'))).not.toThrow();
    expect(() => checkLedger(ledger('0.10.0', '0.9.0'))).toThrow('does not come after');
    const oneDay = [ENTRY, { ...ENTRY, version: '1.2.4' }];
    expect(() => checkLedger(oneDay)).toThrow('a date names one release');
  });

  test('says what a hot fix mends, by version, tag or signature', () => {
    const releases = ledger('1.2.0', '1.2.1');
    for (const named of ['1.2.0', 'v1.2.0', 'Keelson 1.2.0 (2026-01-01) build 0123abcd'])
      expect(mendedBy(releases, named).version).toBe('1.2.0');
    expect(() => mendedBy(releases, 'v1.1.0')).toThrow('no release');
    expect(() => mendedBy(ledger('1.2.0', '1.3.0'), '1.2.0')).toThrow('no hot fix');
  });
});

describe('what is shipped', () => {
  const packages = runPackages(readFileSync(join(TREE, 'package-lock.json'), 'utf8'));

  test('is what the program runs with and not what it is built or tested with', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'fastify', 'pino']));
    expect(names).not.toEqual(expect.arrayContaining(['typescript']));
    expect(names).not.toContain('vitest');
  });

  test('leaves out what a package is compiled from', () => {
    const sqlite = { name: 'better-sqlite3' };
    expect(isShipped(sqlite, 'build/Release/better_sqlite3.node')).toBe(true);
    expect(isShipped(sqlite, 'build/Release/obj.target/sqlite3.a')).toBe(false);
    expect(isShipped({ name: 'pino' }, 'pino.js')).toBe(true);
    expect(isShipped({ name: 'pino' }, 'pino.d.ts')).toBe(false);
  });

  test('asks for the libraries that the newest of its symbols needs', () => {
    const program = (text: string) => Buffer.from(`\x7fELF\0${text}\0`);
    const programs = [program('GLIBC_2.4\0GLIBC_2.28'), program('GLIBC_2.9\0GLIBC_PRIVATE')];
    expect(programs.every(isElf)).toBe(true);
    expect(highestVersion('GLIBC', programs)).toBe('2.28');
    expect(highestVersion('GLIBCXX', programs)).toBeUndefined();
  });
});

describe('the bill of materials', () => {
  const text = makeSbom({ tree: TREE, release: RELEASE, at: AT });
  const bill = JSON.parse(text);

  test('is CycloneDX with what its schema demands, once for each component', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    expect(bill.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(bill.metadata).toMatchObject({
      timestamp: '2026-03-04T05:06:07.000Z',
      component: { name: 'keelson', version: '1.2.3', type: 'application' },
    });
    const references = bill.components.map((each: Record<string, unknown>) => {
      expect(each).toMatchObject({ type: 'library', name: expect.any(String) });
      expect(each['purl']).toMatch(/^pkg:(npm|generic)\/\S+@\S+$/);
      return each['bom-ref'];
    });
    expect(new Set(references).size).toBe(references.length);
  });

  test('lists each package that is shipped, the runtime, and what is compiled into them', () => {
    const listed = componentsOf(text).map(({ name, version }) => `${name} ${version}`);
    const lock = runPackages(readFileSync(join(TREE, 'package-lock.json'), 'utf8'));
    expect(listed).toEqual(
      expect.arrayContaining(lock.map((each) => `${each.name} ${each.version}`)),
    );
    const { node, openssl } = process.versions;
    expect(listed).toEqual(expect.arrayContaining([`node ${node}`, `openssl ${openssl}`]));
    expect(listed.some((each) => /^sqlite 3\./.test(each))).toBe(true);
  });

  test('of the same release has the same bytes', () => {
    expect(makeSbom({ tree: TREE, release: RELEASE, at: AT })).toBe(text);
  });
});

describeWithTool('the signature', TOOLS.openssl, () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const files: readonly ReleaseFile[] = [
    { path: 'keelson.run', bytes: Buffer.from('installer') },
    { path: 'site/index.html', bytes: Buffer.from('page') },
  ];

  function published(): string {
    const sums = checksumFiles(files);
    const all = [...files, ...sums, publicKeyFile(privateKey), signatureFile(sums, privateKey)];
    return write('out', Object.fromEntries(all.map(({ path, bytes }) => [path, bytes])));
  }

  const verified = (out: string) =>
    spawnSync(
      'openssl',
      [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', 'release-key.pub', '-rawin'],
        ...['-in', 'SHA256SUMS', '-sigfile', 'SHA256SUMS.sig'],
      ],
      { cwd: out, encoding: 'utf8' },
    );

  test('is checked by OpenSSL with the command of the documentation', () => {
    const out = published();
    expect(verified(out).stdout).toContain('Signature Verified Successfully');
    writeFileSync(join(out, 'SHA256SUMS'), 'changed');
    expect(verified(out).status).toBe(1);
  });

  test('stands over checksums that the usual programs check', () => {
    const out = published();
    for (const [program, list] of [
      ['md5sum', 'MD5SUMS'],
      ['sha1sum', 'SHA1SUMS'],
      ['sha256sum', 'SHA256SUMS'],
    ] as const) {
      const said = execFileSync(program, ['--check', list], { cwd: out, encoding: 'utf8' });
      expect(said).toBe('keelson.run: OK\nsite/index.html: OK\n');
    }
  });

  test('is made with an Ed25519 key and no other', () => {
    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = other.export({ type: 'pkcs8', format: 'pem' });
    const place = write('keys', { key: pem.toString() });
    expect(() => readSigningKey(join(place, 'key'))).toThrow('signed with Ed25519');
  });
});
