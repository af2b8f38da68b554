/**
 * Goal: of the log a bundle has the newest for which there is room, says what it left out, hides what is secret line by
 * line, and tells who connected and how the provider's lives ended.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { epochMs } from '../../../src/model/units.ts';
import { collectLogs } from '../../../src/support/bundle/logs.ts';
import { createRedactor, type RedactorOptions } from '../../../src/support/bundle/redactor.ts';
import type { SourceContext } from '../../../src/support/bundle/source.ts';
import { createStaging } from '../../../src/support/bundle/staging.ts';
import { databaseCopy } from '../../../src/support/database-copy.ts';
import { findInstallation } from '../../../src/support/installation.ts';

let folder: string;
let log: string;
const OLD = 'keelson-20260101T000000000Z-000.log';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-logs-'));
  log = join(folder, 'log');
  mkdirSync(log);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  writeFileSync(join(log, name), text);
}

/** Gathers the log of `log`; gives the notes and a reader of what came out. */
async function gathered(
  more: Partial<Pick<SourceContext, 'since' | 'logBytes'>> & Partial<RedactorOptions> = {},
) {
  const { bodies = 'redacted', known, ...rest } = more;
  const installation = await findInstallation(join(folder, 'data'));
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  const bundle = createStaging(out, createRedactor({ known, bodies }));
  const notes = await collectLogs({
    installation,
    loaded: loadConfig({ flags: { 'log.directory': log } }),
    copy: databaseCopy(installation),
    clock: systemClock,
    since: undefined,
    logBytes: LIMITS.supportLogBytes,
    bundle,
    ...rest,
  });
  const names = bundle.files().map((each) => each.name);
  return { notes, names, read: (name: string) => readFileSync(join(out, name), 'utf8'), bundle };
}

describe('room', () => {
  it('goes to the newest, from the beginning of a line', async () => {
    write(OLD, '{"n":1}\n{"n":2}\n{"n":3}\n');
    write('keelson.log', '{"n":4}\n');
    const { notes, read } = await gathered({ logBytes: 8 + 12 });
    expect(read(`logs/${OLD}`)).toBe('{"n":3}\n');
    expect(read('logs/keelson.log')).toBe('{"n":4}\n');
    expect(notes).toEqual([`of ${OLD} the first 12 bytes are left out: no more room`]);
  });

  it('leaves out no line of which all is wanted', async () => {
    write('keelson.log', '{"n":1}\n{"n":2}\n');
    expect((await gathered({ logBytes: 8 })).read('logs/keelson.log')).toBe('{"n":2}\n');
  });

  it('says which files it left out, and why', async () => {
    write(OLD, '{"n":1}\n');
    write('keelson.log', '{"n":4}\n');
    write('other.log', 'not ours\n');
    const { notes, names } = await gathered({ logBytes: 8 });
    expect(names).toEqual(['certificates/peers.json', 'lives.json', 'logs/keelson.log']);
    expect(notes).toEqual([`${OLD} is left out, 8 bytes: there is no more room`]);
  });

  it('leaves out a line that is longer than lines are', async () => {
    write('keelson.log', `{"n":"${'x'.repeat(LIMITS.supportLineCharacters)}"}\n{"n":2}\n`);
    const text = (await gathered()).read('logs/keelson.log');
    expect(text).toMatch(/^\[a line of \d+ characters is left out\]\n\{"n":2\}\n$/);
  });

  it('is not needed where there is no log, and that is said', async () => {
    expect((await gathered()).notes[0]).toContain('there are no log files');
    rmSync(log, { recursive: true });
    expect((await gathered()).notes[0]).toContain('there is no folder');
  });
});

describe('what comes out', () => {
  const at = (time: string, more: object = {}) =>
    `${JSON.stringify({ time, release: 'R', event: 'notice', ...more })}\n`;
  const DAY = '2026-01-05T00:00:00.000Z';

  it('goes back no farther than it is asked to', async () => {
    write('keelson.log', at('2026-01-04T00:00:00.000Z') + at(DAY));
    const { read } = await gathered({ since: epochMs(Date.parse(DAY)) });
    expect(read('logs/keelson.log')).toBe(at(DAY));
  });

  it('has bodies only when they are wanted, and their secrets never', async () => {
    const body = '<a><b>seen</b><password>hide me</password></a>';
    write('keelson.log', at(DAY, { event: 'bodies', request_body: body }));
    const redacted = (await gathered()).read('logs/keelson.log');
    expect(redacted).toContain('<b>seen</b>');
    expect(redacted).not.toContain('hide me');
    const none = (await gathered({ bodies: 'none' })).read('logs/keelson.log');
    expect(none).not.toContain('seen');
    expect(none).toContain('[left out]');
  });

  it('has no line of a private key that was printed over several', async () => {
    const key = ['-----BEGIN EC PRIVATE KEY-----', 'c2VjcmV0', '-----END EC PRIVATE KEY-----'];
    write('keelson.log', `before\n${key.join('\n')}\nafter\n${at(DAY)}`);
    const { read, bundle } = await gathered();
    expect(read('logs/keelson.log')).toBe(`before\n[hidden]\nafter\n${at(DAY)}`);
    expect(bundle.redactor.report()).toContainEqual({
      file: 'logs/keelson.log',
      rule: 'shape',
      count: 1,
    });
  });

  it('tells how each life ended: in order, by an error, or without a word', async () => {
    const started = (pid: number) => at(DAY, { event: 'started', pid });
    const fatal = at(DAY, { event: 'fatal', cause: [{ type: 'Error', message: 'why' }] });
    const lines = [started(1), started(2), fatal, started(3), at(DAY, { event: 'stopped' })];
    write('keelson.log', lines.join(''));
    const lives: { end: string; cause?: unknown }[] = JSON.parse(
      (await gathered()).read('lives.json'),
    );
    expect(lives.map(({ end }) => end)).toEqual(['without a word', 'by a fatal error', 'in order']);
    expect(lives[1]?.cause).toEqual([{ type: 'Error', message: 'why' }]);
  });

  it('tells who connected with which certificate, and why it was refused', async () => {
    const seen = { event: 'request', peer_certificate: 'abcd', peer_address: '192.0.2.1' };
    write(
      'keelson.log',
      at(DAY, { ...seen, host_id: 'h-1' }) + at(DAY, { ...seen, refusal: 'revoked' }),
    );
    expect(JSON.parse((await gathered()).read('certificates/peers.json'))).toEqual([
      {
        certificate: 'abcd',
        requests: 2,
        refused: 1,
        lastRefusal: 'revoked',
        firstSeen: DAY,
        lastSeen: DAY,
        hosts: ['h-1'],
        vcenters: [],
        addresses: ['192.0.2.1'],
      },
    ]);
  });
});
