/** Goal: rotation by size and age loses and splits no line, keeps a bounded number of files, survives a full disk. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogFiles } from '../../src/log/files.ts';
import { keptLog, standingClock } from './records.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'keelson-files-'));
}

function allLines(directory: string): string[] {
  const names = readdirSync(directory).sort();
  // The open file is the newest and sorts before no stamp that a rotated one has.
  const inOrder = [...names.filter((name) => name !== 'keelson.log'), 'keelson.log'];
  return inOrder.flatMap((name) =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
}

describe('log files', () => {
  it('rotation by size loses and splits no line, and no file is larger than asked', () => {
    const directory = folder();
    const clock = standingClock();
    const files = new LogFiles(
      { directory, maxBytes: 1_000, maxAgeMs: 1e9, maxFiles: 1_000 },
      clock,
    );
    for (let n = 0; n < 500; n += 1) {
      files.write(`{"line":${n},"fill":"${'é'.repeat(n % 40)}"}\n`);
      clock.moveBy(1);
    }
    files.close();
    expect(allLines(directory).map((line) => JSON.parse(line).line)).toEqual([
      ...Array(500).keys(),
    ]);
    expect(readdirSync(directory).length).toBeGreaterThan(10);
    for (const name of readdirSync(directory)) {
      expect(readFileSync(join(directory, name)).length).toBeLessThanOrEqual(1_000);
    }
  });

  it('a file that is old enough is rotated, and an empty one never', () => {
    const directory = folder();
    const clock = standingClock();
    const files = new LogFiles({ directory, maxBytes: 1e6, maxAgeMs: 1_000, maxFiles: 10 }, clock);
    clock.moveBy(5_000);
    files.write('one\n');
    expect(readdirSync(directory)).toEqual(['keelson.log']);
    clock.moveBy(5_000);
    files.write('two\n');
    files.close();
    expect(readdirSync(directory)).toHaveLength(2);
    expect(allLines(directory)).toEqual(['one', 'two']);
  });

  it('only so many files are kept, the oldest go first, and strangers are left alone', () => {
    const directory = folder();
    writeFileSync(join(directory, 'keelson-notes.log'), 'not ours\n');
    const clock = standingClock();
    const files = new LogFiles({ directory, maxBytes: 10, maxAgeMs: 1e9, maxFiles: 3 }, clock);
    for (let n = 10; n < 30; n += 1) {
      files.write(`line ${n}\n`);
      clock.moveBy(n % 3);
    }
    files.close();
    expect(allLines(directory).filter((line) => line !== 'not ours')).toEqual([
      'line 27',
      'line 28',
      'line 29',
    ]);
    expect(readdirSync(directory)).toContain('keelson-notes.log');
  });

  it('a restart goes on with the open file', () => {
    const directory = folder();
    const options = { directory, maxBytes: 1e6, maxAgeMs: 1e9, maxFiles: 3 };
    for (const line of ['before\n', 'after\n']) {
      const files = new LogFiles(options, standingClock());
      files.write(line);
      files.close();
    }
    expect(allLines(directory)).toEqual(['before', 'after']);
    expect(readdirSync(directory)).toEqual(['keelson.log']);
  });

  it('a full disk drops lines, counts them and says so elsewhere, and never throws', () => {
    const directory = folder();
    symlinkSync('/dev/full', join(directory, 'keelson.log'));
    const { log, lines } = keptLog({
      files: { directory, maxBytes: 1e6, maxAgeMs: 1e15, maxFiles: 3 },
    });
    log.line('info', 'stopped', { exit_code: 0 }, 'not to be kept');
    const [first, second] = lines();
    expect(first).toMatchObject({ event: 'stopped' });
    expect(second).toMatchObject({ event: 'notice', subject: 'log', facts: { lines: 1 } });
  });

  it('a folder that is not there is an error at the start', () => {
    const directory = join(folder(), 'file');
    writeFileSync(directory, '');
    const options = { directory, maxBytes: 1e6, maxAgeMs: 1e9, maxFiles: 3 };
    expect(() => new LogFiles(options, standingClock())).toThrow(/ENOTDIR/);
    mkdirSync(`${directory}.d`);
    expect(
      () => new LogFiles({ ...options, directory: `${directory}.d` }, standingClock()),
    ).not.toThrow();
  });
});
