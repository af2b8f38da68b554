/**
 * The command on two scenes with SOAP in the log, beside the logs that a host and a vCenter would have of them:
 * what is selected, joined, decoded and shown, from which kinds of places, and in which forms.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../src/log-reader/reading.ts';
import { keelson } from '../cli/support.ts';
import { HEALTHY } from '../support/scenes/healthy.ts';
import { spsLog, vvoldLog } from '../support/scenes/other-logs.ts';
import { OUT_OF_SPACE } from '../support/scenes/out-of-space.ts';
import { played } from './support.ts';

let scenes: Awaited<ReturnType<typeof played>>;
let full: string;
let healthy: string;
let host: string;
let vcenter: string;

interface Line {
  readonly event: string;
  readonly operation?: string;
  readonly outcome?: string;
  readonly request_id: string;
  readonly host_id?: string;
  readonly vcenter_id?: string;
  readonly task_id?: string;
  readonly vvol_ids: readonly string[];
  readonly peer_certificate: string;
  readonly time: string;
}

const linesOf = (folder: string) =>
  readFileSync(join(folder, 'keelson.log'), 'utf8')
    .trim()
    .split('\n')
    // The provider under test wrote them.
    .map((each) => JSON.parse(each) as Line);

function lineOf(folder: string, has: (line: Line) => boolean): Line {
  const found = linesOf(folder).find(has);
  if (found === undefined) throw new Error('there is no such line');
  return found;
}

async function readingOf(...args: readonly string[]): Promise<Reading> {
  const { code, stdout, stderr } = await keelson(['log', '--json', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Reading;
}

beforeAll(async () => {
  scenes = await played([HEALTHY, OUT_OF_SPACE], true);
  full = scenes.of.get('out-of-space')?.folder ?? '';
  healthy = scenes.of.get('healthy')?.folder ?? '';
  const log = join(full, 'keelson.log');
  host = lineOf(full, ({ operation }) => operation === 'createVirtualVolume').host_id ?? '';
  vcenter = lineOf(full, ({ vcenter_id }) => vcenter_id !== undefined).vcenter_id ?? '';
  writeFileSync(join(full, 'vvold.log'), vvoldLog(log, host, 90_000));
  writeFileSync(join(full, 'sps.log.1.gz'), gzipSync(spsLog(log, vcenter, -3_600_000)));
}, 300_000);

afterAll(() => scenes.remove());

describe('what is selected', () => {
  const isRefused = ({ operation, outcome }: Line) =>
    operation === 'createVirtualVolume' && outcome === 'OutOfResource';
  const requests = ({ story }: Reading) => [
    ...new Set(story.flatMap(({ entry }) => entry.call?.requestId ?? [])),
  ];

  it('is one request, with its SOAP and the line of the host’s log about it', async () => {
    const { request_id: id } = lineOf(full, isRefused);
    const { stdout } = await keelson(['log', full, '--request', id]);
    expect(stdout).toContain(`host ${host}  createVirtualVolume OutOfResource: container gold`);
    expect(stdout).toContain('>   sizeInMB: 40');
    expect(stdout).toMatch(/< {3}faultstring: container gold has promised all it may/);
    expect(stdout).toContain('host’s log: createVirtualVolume begun');
    expect(stdout).toContain('host’s log: createVirtualVolume OUT_OF_RESOURCE');
    expect(stdout).toContain(`= request ${id} of the provider`);
    expect(requests(await readingOf(full, '--request', id))).toEqual([id]);
  });

  it.each([
    ['a host', () => ['--host', host], ({ host_id }: Line) => host_id === host],
    ['a vCenter', () => ['--vcenter', vcenter], ({ vcenter_id }: Line) => vcenter_id === vcenter],
    [
      'a certificate, with colons and whole',
      () => [
        '--certificate',
        (lineOf(full, isRefused).peer_certificate.match(/../g) ?? []).join(':').toUpperCase() +
          ':AA:BB',
      ],
      ({ host_id }: Line) => host_id === host,
    ],
    [
      'an operation',
      () => ['--operation', 'CreateVirtualVolume'],
      ({ operation }: Line) => operation === 'createVirtualVolume',
    ],
    ['what failed', () => ['--faults-only'], ({ outcome }: Line) => outcome !== 'ok'],
  ])('is %s', async (_, flags, isOne) => {
    const own = linesOf(full).filter((each) => each.event === 'request' && isOne(each));
    const { story } = await readingOf(full, ...flags());
    const told = story.filter(({ entry }) => entry.log === 'provider' && entry.call !== undefined);
    const count = told.reduce((sum, { times }) => sum + times, 0);
    expect(count).toBe(own.length);
    expect(count).toBeGreaterThan(2);
  });

  it('is a virtual machine, by the volumes whose metadata name it', async () => {
    const config = lineOf(healthy, ({ operation }) => operation === 'createVirtualVolume')
      .vvol_ids[0];
    const { story, remarks } = await readingOf(healthy, '--vm', `${config}-vm`);
    const told = new Set(story.map(({ entry }) => entry.call?.operation));
    for (const operation of ['createVirtualVolume', 'bindVirtualVolume', 'deleteVirtualVolume'])
      expect(told.has(operation), operation).toBe(true);
    expect(told.has('getEvents')).toBe(false);
    expect(remarks).toEqual([]);
    expect((await readingOf(healthy, '--vm', 'nobody')).remarks[0]).toContain('verbose mode');
  });

  it('is a volume by the beginning of its id, and a task', async () => {
    const { vvol_ids, task_id = '' } = lineOf(healthy, (each) => each.task_id !== undefined);
    const [volume = ''] = vvol_ids;
    const short = volume.slice('rfc4122.'.length, 20);
    const { story } = await readingOf(healthy, '--volume', short);
    const calls = story.flatMap(({ entry }) => entry.call ?? []);
    expect(calls.length).toBeGreaterThan(3);
    for (const { volumes } of calls) expect(volumes).toContain(volume);
    const ofTask = (await readingOf(healthy, '--task', task_id)).story;
    expect(ofTask.filter(({ entry }) => entry.call !== undefined)).toHaveLength(1);
  });

  it('is a time, which has to be one', async () => {
    const { time } = lineOf(full, isRefused);
    const { story } = await readingOf(full, '--since', time, '--until', time);
    expect(story.length).toBeGreaterThan(0);
    for (const { at } of story) expect(at).toBe(time);
    const wrong = await keelson(['log', full, '--since', 'yesterday']);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('Give a time');
  });
});

describe('three logs', () => {
  it('are joined by the clock of the provider, and clocks that differ are told', async () => {
    const { stdout } = await keelson(['log', full]);
    expect(stdout).toContain('vvold.log is 90 s ahead of the provider');
    expect(stdout).toContain('sps.log.1.gz is 60 min behind the provider');
    expect(stdout).toMatch(/vvold\.log: \d+ lines, 1 of no form that is known/);
    expect(stdout).toContain(`The clock of host ${host} (vvold.log) is 90 s ahead of`);
    expect(stdout).toContain(`The clock of vCenter ${vcenter} (sps.log.1.gz) is 60 min behind`);
    const { story } = await readingOf(full);
    const theirs = story.filter(
      ({ entry }) => entry.log !== 'provider' && entry.call !== undefined,
    );
    const joined = theirs.filter(({ requestId }) => requestId !== undefined);
    expect(theirs.length).toBeGreaterThan(5);
    expect(joined.length).toBeGreaterThan(theirs.length / 2);
  });

  it('of which the provider’s is missing are told by their own clocks', async () => {
    const { stdout } = await keelson(['log', join(full, 'vvold.log')]);
    expect(stdout).toContain('how far their clocks are apart is not known');
    expect(stdout).toContain('createVirtualVolume OUT_OF_RESOURCE');
  });
});

describe('places', () => {
  it('are rotated files in a folder, a bundle, a file, and standard input, with the same story', async () => {
    const lines = readFileSync(join(healthy, 'keelson.log'), 'utf8').split('\n');
    const folder = join(healthy, 'rotated', 'logs');
    mkdirSync(folder, { recursive: true });
    const cut = lines.findIndex((each) => each.includes('prepareToSnapshot'));
    const closed = `${JSON.parse(lines[cut] ?? '').time}`.replaceAll(/[-:.]/g, '');
    writeFileSync(join(folder, `keelson-${closed}-000.log`), `${lines.slice(0, cut).join('\n')}\n`);
    writeFileSync(join(folder, 'keelson.log'), lines.slice(cut).join('\n'));
    const bundle = join(healthy, 'bundle.tar.gz');
    await create({ file: bundle, cwd: join(healthy, 'rotated'), gzip: true }, ['logs']);
    const file = join(healthy, 'keelson.log');
    const input = readFileSync(file, 'utf8');
    const whole = await readingOf(file);
    const others = [
      await readingOf(join(healthy, 'rotated')),
      await readingOf(bundle),
      JSON.parse((await keelson(['log', '--json'], { input })).stdout) as Reading,
      JSON.parse((await keelson(['log', '--json', '-'], { input })).stdout) as Reading,
    ];
    const told = ({ story }: Reading) => story.map(({ at, who, times }) => [at, who, times]);
    expect(whole.findings).toEqual([]);
    for (const each of others) {
      expect(each.findings).toEqual([]);
      // Polling is told once for each file.
      if (each.files.length === 1) expect(told(each)).toEqual(told(whole));
      else
        expect(each.files.map(({ name }) => name)).toEqual([
          `keelson-${closed}-000.log`,
          'keelson.log',
        ]);
    }
    const own = JSON.parse((await keelson(['log', '--json', '-', '--vm', 'x'], { input })).stdout);
    expect(own.files, 'standard input is read twice').toMatchObject([
      { name: 'standard-input.log' },
    ]);
  });

  it('that hold no log, or are none, are refused in words', async () => {
    const empty = join(healthy, 'empty');
    mkdirSync(empty);
    writeFileSync(join(healthy, 'broken.tar.gz'), 'no archive');
    expect((await keelson(['log', empty])).stderr).toContain(`there is no log in ${empty}`);
    const broken = await keelson(['log', join(healthy, 'broken.tar.gz')]);
    expect([broken.code, broken.stderr]).toEqual([
      2,
      expect.stringContaining('no bundle that can be read'),
    ]);
    expect((await keelson(['log', join(healthy, 'nowhere')])).code).toBe(4);
    const strange = join(healthy, 'strange.log');
    writeFileSync(strange, '\0\x01binary\n{"event":1}\nhello\n');
    expect((await keelson(['log', strange])).stdout).toContain(
      '3 lines, 3 of no form that is known',
    );
  });
});

describe('the page', () => {
  it('is valid HTML, asks for nothing, and says what the text says', async () => {
    const file = join(full, 'story.html');
    const { stdout, stderr } = await keelson(['log', full, '--html', file]);
    expect([stdout, stderr]).toEqual(['', `${file} is written\n`]);
    const html = readFileSync(file, 'utf8');
    const report = await new HtmlValidate({
      extends: ['html-validate:recommended'],
    }).validateString(html);
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map((each) => `${each.line} ${each.message}`),
      ),
    ).toEqual([]);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    const { story, findings } = await readingOf(full);
    expect(html.match(/<tr id="entry-/g)).toHaveLength(story.length);
    expect(html.match(/<g data-entry="entry-/g)).toHaveLength(story.length);
    for (const { remedy } of findings) expect(html).toContain(remedy.split('`')[0]);
  });

  it('shows what somebody put into a request as text', async () => {
    const line = lineOf(full, ({ outcome }) => outcome === 'OutOfResource');
    const evil = join(full, 'evil.json');
    writeFileSync(evil, JSON.stringify({ ...line, reason: '<script>alert(1)</script>"&\u0007' }));
    renameSync(evil, join(full, 'evil-log'));
    const file = join(full, 'evil.html');
    await keelson(['log', join(full, 'evil-log'), '--html', file]);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;\u{fffd}');
    expect(html).not.toContain('<script>alert');
  });
});
