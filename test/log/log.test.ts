/**
 * Goal: every line carries the release, holds declared fields and no others, is bounded, and is with the
 * operating system when the call that wrote it returns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BASE_FIELDS, LOG_LINES, type LogEvent } from '../../src/log/fields.ts';
import { wireLog } from '../../src/log/wire-log.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { RELEASE } from '../../src/release/release.ts';
import { fullRecord, keptLog, type Line } from './records.ts';

const root = join(import.meta.dirname, '../..');

/** One line of each kind, made the way the product makes it where that can be done here. */
function lineOfEachKind(): readonly Line[] {
  const { log, lines, clock } = keptLog();
  const wire = wireLog(log);
  wire.finished(fullRecord({ item_cause: new Error('of an item') }));
  wire.finished(fullRecord({ vvol_ids: new Array(LIMITS.logVvolIds + 1).fill('rfc4122.2') }));
  wire.bodies(fullRecord(), '<a/>', '<b/>');
  wire.connectionFailed({
    remoteAddress: '192.0.2.9',
    code: 'ERR_SSL',
    message: 'no shared cipher',
  });
  log.notice('array.call_failed', { method: 'job', cause: new Error('why') });
  log.line(
    'info',
    'started',
    { version_xml: 'u', port: 1, pid: 2, data_directory: 'd', uid: 'x', array_module: 'm' },
    'm',
  );
  log.line('info', 'stopping', { signal: 'SIGTERM' }, 'm');
  log.line('info', 'stopped', { exit_code: 0 }, 'm');
  log.line('fatal', 'fatal', { cause: [] }, 'm');
  log.verbose.on({ kind: 'host', id: 'host-1' }, 60);
  clock.moveBy(61_000);
  log.verbose.active();
  return lines();
}

describe('log lines', () => {
  it('every line of every kind carries the release, a time, a level and its kind', () => {
    const lines = lineOfEachKind();
    expect(new Set(lines.map((line) => line['event']))).toEqual(new Set(Object.keys(LOG_LINES)));
    for (const line of lines) {
      expect(line['release']).toBe(RELEASE.signature);
      expect(line['time']).toMatch(/^2026-11-22T12:0\d:0\d\.000Z$/);
      expect(['info', 'warn', 'error', 'fatal']).toContain(line['level']);
    }
  });

  it('the fields of a line are those declared for its kind, and each declared field is written', () => {
    const written = new Map<string, Set<string>>();
    for (const line of lineOfEachKind()) {
      const event = String(line['event']);
      const fields = written.get(event) ?? new Set();
      for (const name of Object.keys(line)) if (!(name in BASE_FIELDS)) fields.add(name);
      written.set(event, fields);
    }
    for (const [event, fields] of Object.entries(LOG_LINES)) {
      expect([...(written.get(event) ?? [])].sort(), event).toEqual(Object.keys(fields).sort());
    }
  });

  it('docs/logging.md lists every kind of line and every field with its meaning, and no others', () => {
    const text = readFileSync(join(root, 'docs/logging.md'), 'utf8');
    const listed: Record<string, Record<string, string>> = {};
    let section = '';
    for (const line of text.split('\n')) {
      const [, heading] = /^### `(\w+)`/.exec(line) ?? [];
      if (heading !== undefined) section = heading;
      else if (line.startsWith('#')) section = '';
      const [, field, meaning] = /^\| `(\w+)` \| (.+) \|$/.exec(line) ?? [];
      if (section === '' || field === undefined || meaning === undefined) continue;
      listed[section] = { ...listed[section], [field]: meaning };
    }
    expect(listed).toEqual({ every_line: BASE_FIELDS, ...LOG_LINES });
  });

  it('expected faults are info; StorageFault and our own failures are errors with their causes', () => {
    const { log, lines } = keptLog();
    const wire = wireLog(log);
    wire.finished(fullRecord({ outcome: 'NotFound' }));
    wire.finished(fullRecord({ outcome: 'Client' }));
    wire.finished(fullRecord({ outcome: 'StorageFault' }));
    wire.finished(fullRecord({ outcome: 'Server' }));
    wire.flush();
    expect(lines().map((line) => line['level'])).toEqual(['info', 'info', 'error', 'error']);
    const cause = lines()[2]?.['cause'];
    expect(cause).toMatchObject([
      { type: 'Error', message: 'outer', stack: expect.stringContaining('log.test.ts') },
      { type: 'TypeError', message: 'inner' },
    ]);
    expect(JSON.stringify(lines()[0]?.['cause'])).not.toContain('log.test.ts');
  });

  it('a StorageFault in one item of a batch is an error with its cause, although the call succeeds', () => {
    const { log, lines } = keptLog();
    const item_cause = new Error('outer', { cause: new TypeError('inner') });
    wireLog(log).finished(fullRecord({ item_faults: { StorageFault: 2 }, item_cause }));
    wireLog(log).finished(fullRecord());
    log.flush();
    expect(lines()).toMatchObject([
      {
        level: 'error',
        outcome: 'ok',
        item_faults: { StorageFault: 2 },
        item_cause: [{ message: 'outer', stack: expect.any(String) }, { type: 'TypeError' }],
      },
      { level: 'info', item_faults: { NotFound: 1 } },
    ]);
  });

  it('texts, id lists and cause chains are cut at their limits', () => {
    const { log, lines } = keptLog();
    let error = new Error('end');
    for (let depth = 0; depth < 50; depth += 1) error = new Error('link', { cause: error });
    const long = 'x'.repeat(100_000);
    const vvol_ids = new Array(5_000).fill('rfc4122.3');
    const item_cause = error;
    wireLog(log).finished(
      fullRecord({ reason: long, refusal: long, cause: error, item_cause, vvol_ids }),
    );
    log.flush();
    const [line] = lines();
    expect(line?.['vvol_ids']).toHaveLength(LIMITS.logVvolIds);
    expect(line?.['vvol_count']).toBe(5_000);
    expect(line?.['cause']).toHaveLength(LIMITS.logCauses);
    expect(line?.['item_cause']).toHaveLength(LIMITS.logCauses);
    expect(String(line?.['reason']).length).toBe(LIMITS.logTextCharacters + 1);
    expect(JSON.stringify(line).length).toBeLessThan(40_000);
  });

  it('line breaks and control characters from a client cannot make a second line', () => {
    const { log, text } = keptLog();
    wireLog(log).finished(fullRecord({ reason: 'a\n{"event":"forged"}\u0000\u2028' }));
    log.flush();
    expect(text().trimEnd().split('\n')).toHaveLength(1);
  });

  it('no secret planted in any field of a record or body is in the log', () => {
    const { log, text } = keptLog();
    const wire = wireLog(log);
    const canary = 'c4naryS3cret';
    const key = `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----`;
    const cookie = `VASASESSIONID=${canary}`;
    for (const secret of [key, cookie, `x ${key} y ${cookie}`]) {
      const cause = new Error(secret, { cause: new Error(secret) });
      wire.finished(
        fullRecord({ outcome: 'StorageFault', reason: secret, refusal: secret, cause }),
      );
      wire.connectionFailed({ remoteAddress: 'a', code: 'c', message: secret });
      log.notice('array.call_failed', { method: secret, cause });
      log.notice('trust.registration_renewed', {
        registration: 'r',
        peer_address: 'a',
        peer_certificate: undefined,
        user: secret,
        certificates: [secret],
        crls: 0,
      });
    }
    const body = `<r><password>${canary}</password><x sessionId="${canary}">${cookie}</x>`;
    wire.bodies(fullRecord(), `${body}</r>`, body);
    expect(text()).toContain('[hidden]');
    expect(text()).not.toContain(canary);
  });

  it('lines of calls are kept until they are flushed, and then are one write', () => {
    const writes: string[] = [];
    const { log } = keptLog({ stream: { write: (text) => void writes.push(text) } });
    const wire = wireLog(log);
    for (const request_id of ['1', '2', '3']) wire.finished(fullRecord({ request_id }));
    expect(writes).toEqual([]);
    wire.flush();
    wire.flush();
    expect(writes.map((text) => text.match(/"request_id":"\d"/g)?.length)).toEqual([3]);
  });

  it('lines of calls come before any line of another kind that is written after them', () => {
    const { log, lines } = keptLog();
    wireLog(log).finished(fullRecord());
    log.line('info', 'stopped', { exit_code: 0 }, 'the end');
    expect(lines().map(({ event }) => event)).toEqual(['request', 'stopped']);
  });

  it('the end of the log writes what is kept', () => {
    const { log, lines } = keptLog();
    wireLog(log).finished(fullRecord());
    log.close();
    expect(lines()).toHaveLength(1);
  });

  it('a line is in file and on standard output when the process is killed right after writing it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keelson-log-'));
    const script = `
      import { openLog, standardOutput } from ${JSON.stringify(join(root, 'src/log/log.ts'))};
      import { systemClock } from ${JSON.stringify(join(root, 'src/model/clock.ts'))};
      const log = openLog({ release: 'r', level: 'info', stream: standardOutput(), clock: systemClock,
        files: { directory: ${JSON.stringify(directory)}, maxBytes: 1e6, maxAgeMs: 1e9, maxFiles: 2 } });
      for (let n = 0; n < 1000; n += 1) log.line('info', 'stopped', { exit_code: n }, 'line');
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
    });
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    for (const text of [said, readFileSync(join(directory, 'keelson.log'), 'utf8')]) {
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(1_000);
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ exit_code: 999, release: 'r' });
    }
  });

  it('a reader of standard output that goes away does not take the program with it', async () => {
    const script = `
      import { openLog, standardOutput } from ${JSON.stringify(join(root, 'src/log/log.ts'))};
      import { systemClock } from ${JSON.stringify(join(root, 'src/model/clock.ts'))};
      const log = openLog({ release: 'r', level: 'info', stream: standardOutput(), clock: systemClock, files: undefined });
      for (let n = 0; n < 5000; n += 1) log.line('info', 'stopped', { exit_code: n }, 'line');
      process.stderr.write('alive');`;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const [code] = await once(child, 'close');
    expect([code, said]).toEqual([0, 'alive']);
  });

  it.each<LogEvent>(['request', 'notice'])('kind %s has a meaning for each field', (event) => {
    for (const meaning of Object.values(LOG_LINES[event]))
      expect(meaning.length).toBeGreaterThan(5);
  });
});
