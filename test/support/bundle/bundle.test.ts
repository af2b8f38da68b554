/**
 * Goal: a bundle has the same form each time, of a provider that runs, that is stopped, and that is stuck; says what
 * is missing; changes nothing of what it looks at; and a changed bundle is told from a whole one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { type BundleWish, makeBundle } from '../../../src/support/bundle/bundle.ts';
import type { Manifest } from '../../../src/support/bundle/manifest.ts';
import { verifyBundle } from '../../../src/support/bundle/verify.ts';
import { keelson } from '../../cli/support.ts';
import { startInstallation, type TestInstallation } from '../installation.ts';
import { register } from '../registered.ts';
import { contents } from './contents.ts';

let here: TestInstallation;
let out: string;
let made = 0;

beforeAll(async () => {
  here = await startInstallation();
  out = mkdtempSync(join(tmpdir(), 'keelson-bundle-'));
  const vcenter = await register(here.provider);
  (await vcenter.host('host-1')).close();
});
afterAll(async () => {
  await here.remove();
  rmSync(out, { recursive: true, force: true });
});

async function bundle(more: Partial<BundleWish> = {}) {
  made += 1;
  const wish: BundleWish = {
    loaded: loadConfig({ file: here.configFile }),
    environment: {},
    out: join(out, `${made}.tar.gz`),
    sinceSeconds: undefined,
    bodies: 'redacted',
    clock: systemClock,
    ...more,
  };
  const result = await makeBundle(wish);
  return { ...result, files: await contents(result.file) };
}

function notesOf({ sources }: Manifest, source: string): readonly string[] {
  return sources.find((each) => each.source === source)?.notes ?? [];
}

const ALWAYS = [
  'MANIFEST.json',
  'README.txt',
  'audit/verification.json',
  'certificates/peers.json',
  'certificates/served.pem',
  'certificates/summary.json',
  'config.json',
  'database/provider.json',
  'doctor.json',
  'events.json',
  'lives.json',
  'logs/keelson.log',
  'machine.json',
  'redaction.json',
  'registrations.json',
  'users.json',
  'versions.json',
];

describe('of a provider that runs', () => {
  let running: Awaited<ReturnType<typeof bundle>>;
  let before: readonly string[];
  beforeAll(async () => {
    before = readdirSync(here.dataDir);
    running = await bundle();
  });

  it('has all that support asks for, and what only a running one can tell', () => {
    const { files, manifest } = running;
    expect(manifest.provider.state).toBe('running');
    expect(manifest.sources.filter((each) => each.outcome === 'failed')).toEqual([]);
    for (const name of [...ALWAYS, 'metrics.txt', 'requests.json', 'sessions.json', 'status.json'])
      expect([...files.keys()]).toContain(name);
    expect(JSON.parse(files.get('sessions.json') ?? '').items).toHaveLength(1);
    const summary: { use: string; daysLeft: number }[] = JSON.parse(
      files.get('certificates/summary.json') ?? '',
    );
    expect(summary.map((each) => each.use)).toEqual([
      'served',
      'an authority',
      'a revocation list',
    ]);
    expect(summary[0]?.daysLeft).toBeGreaterThan(300);
    expect(JSON.parse(files.get('audit/verification.json') ?? '').broken).toBeUndefined();
    expect(JSON.parse(files.get('versions.json') ?? '').packages).toContainEqual(
      expect.stringMatching(/^better-sqlite3 \d+\.\d+/),
    );
    const { damage, rows } = JSON.parse(files.get('database/provider.json') ?? '');
    expect(damage).toEqual([]);
    expect(rows).toMatchObject({ user: 1, registration: 1 });
    const peers: { hosts: string[] }[] = JSON.parse(files.get('certificates/peers.json') ?? '');
    expect(peers.flatMap(({ hosts }) => hosts)).toContain('host-1');
  });

  it('begins with the manifest, which names all others, and is one folder for its owner alone', () => {
    const { file, files, manifest } = running;
    expect([...files.keys()][0]).toBe('MANIFEST.json');
    expect(JSON.parse(files.get('MANIFEST.json') ?? '')).toEqual(
      JSON.parse(JSON.stringify(manifest)),
    );
    expect(manifest.files.map((each) => each.name)).toEqual([...files.keys()].slice(1));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind, in the data folder and beside the file', () => {
    expect(readdirSync(here.dataDir)).toEqual(before);
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('overwrites nothing', async () => {
    await expect(bundle({ out: running.file })).rejects.toThrow('is there already');
  });

  it('goes on without a source that fails', async () => {
    const served = join(here.dataDir, 'provider.pem');
    const good = readFileSync(served, 'utf8');
    writeFileSync(served, good.replace(/[A-Za-z0-9]{20}\n/, 'broken\n'));
    const { files, manifest } = await bundle();
    writeFileSync(served, good);
    const failed = manifest.sources.filter((each) => each.outcome === 'failed');
    expect(failed.map((each) => each.source)).toEqual(['certificates']);
    expect(failed[0]?.notes[0]).toMatch(/\w/);
    expect(files.has('status.json')).toBe(true);
    expect(files.get('README.txt')).toContain('certificates:');
  });
});

describe('verify', () => {
  const file = () => join(out, '1.tar.gz');

  it('finds a bundle whole, in words', async () => {
    const said = await keelson(['support-bundle', 'verify', file()]);
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('whole, as it was made');
  });

  it.each([
    ['a byte that was changed', (tar: Buffer) => flipped(tar, '"event":"request"'), 'was changed'],
    ['a file under another name', (tar: Buffer) => renamed(tar), 'is missing'],
    ['an archive that was cut', (tar: Buffer) => tar.subarray(0, tar.length / 2), ''],
  ])('finds %s', async (_what, change, words) => {
    const changed = join(out, 'changed.tar.gz');
    writeFileSync(changed, gzipSync(change(gunzipSync(readFileSync(file())))));
    const { problems } = await verifyBundle(changed);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toContain(words);
    const said = await keelson(['support-bundle', 'verify', changed]);
    expect(said.code).toBe(11);
    expect(said.stdout).toContain('NOT as it was made');
  });

  it('finds what is no bundle, and what is not there', async () => {
    const none = join(out, 'none.tar.gz');
    writeFileSync(none, 'no archive');
    expect((await verifyBundle(none)).problems.length).toBeGreaterThan(0);
    expect((await keelson(['support-bundle', 'verify', join(out, 'absent')])).code).toBe(4);
  });

  function flipped(tar: Buffer, text: string): Buffer {
    const copy = Buffer.from(tar);
    const at = copy.indexOf(text);
    expect(at).toBeGreaterThan(0);
    copy[at + 1] = (copy[at + 1] ?? 0) ^ 1;
    return copy;
  }

  /** The name of a file in its header, whose checksum is mended: the archive is right, the bundle is not. */
  function renamed(tar: Buffer): Buffer {
    const copy = Buffer.from(tar);
    const at = copy.indexOf('/machine.json');
    const header = at - (at % 512);
    copy.write('/mach1ne.json', at);
    copy.fill(' ', header + 148, header + 156);
    const sum = copy.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
    copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
    return copy;
  }
});

describe('of a provider that is stopped', () => {
  beforeAll(() => here.stop());

  it('has what the data folder tells, and says so', async () => {
    const before = readFileSync(join(here.dataDir, 'provider.db'));
    const { files, manifest } = await bundle();
    expect(manifest.provider.state).toBe('stopped');
    for (const name of ALWAYS) expect([...files.keys()], name).toContain(name);
    expect(JSON.parse(files.get('registrations.json') ?? '')).toHaveLength(1);
    expect([...files.keys()]).toContain('database/array-array.json');
    expect(files.has('sessions.json')).toBe(false);
    expect(notesOf(manifest, 'sessions')).toEqual(['no provider answers: this could not be asked']);
    expect(readFileSync(join(here.dataDir, 'provider.db')).equals(before)).toBe(true);
  });

  it('says that a process holds the folder and does not answer', async () => {
    const program = `
      const database = new (require('better-sqlite3'))(process.argv[1]);
      database.pragma('locking_mode = EXCLUSIVE');
      database.exec('BEGIN IMMEDIATE; COMMIT');
      console.log('held');
      process.stdin.resume();`;
    const holder = spawn(process.execPath, ['-e', program, join(here.dataDir, 'provider.db')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await once(holder.stdout, 'data');
      const { files, manifest } = await bundle();
      expect(manifest.provider.state).toBe('silent');
      const store = manifest.sources.find((each) => each.source === 'store');
      expect(store?.outcome).toBe('failed');
      expect(JSON.parse(files.get('certificates/summary.json') ?? '')).toHaveLength(1);
      expect(files.has('audit/audit.jsonl')).toBe(true);
      expect(files.has('logs/keelson.log')).toBe(true);
      const { findings }: { findings: { check: string; verdict: string; seen: string }[] } =
        JSON.parse(files.get('doctor.json') ?? '');
      const held = findings.find((each) => each.check === 'folder.holder');
      expect(held).toMatchObject({ verdict: 'problem' });
      expect(held?.seen).toContain(`${holder.pid}`);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
  });

  it('can be made where there is no data folder at all', async () => {
    const file = join(here.folder, 'elsewhere.yaml');
    writeFileSync(file, JSON.stringify({ dataDir: join(here.folder, 'nowhere') }));
    const { files, manifest } = await bundle({ loaded: loadConfig({ file }) });
    expect(manifest.provider.state).toBe('absent');
    expect(files.has('doctor.json')).toBe(true);
  });
});

describe('a bundle that is stopped while it is made', () => {
  it('leaves nothing, neither the file nor what it was made of', async () => {
    const before = readdirSync(out);
    const stop = new AbortController();
    const stopping = bundle({ signal: stop.signal });
    stop.abort();
    await expect(stopping).rejects.toThrow();
    expect(readdirSync(out)).toEqual(before);
  });
});
