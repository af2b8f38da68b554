/** Recordings on disk: what was written is read, and what is no recording is refused with words. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRecording, writeRecording } from '../../../src/accept/recording/file.ts';
import type { Line } from '../../../src/accept/recording/format.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-recording-'));
  file = join(folder, 'recording.jsonl.gz');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES: readonly Line[] = [
  {
    ...{ kind: 'recording', format: 'keelson recording', version: 1, madeBy: 'test', soap: '1.1' },
    ...{ startedAt: '2026-11-22T12:00:00.000Z', url: 'https://vp.example/', servers: [] },
  },
  { kind: 'client', number: 1, name: 'vCenter 1', api: '2.0', soap: '1.1', chain: [], trusts: [] },
  {
    ...{ kind: 'call', number: 1, client: 1, operation: 'ask', at: 0, ms: 1, request: '<a/>' },
    ...{ status: 200, answer: '<ä/>'.repeat(10_000), complaints: [] },
  },
  { kind: 'end', calls: 1, leftOut: [] },
];

const writtenBy = (change: (text: string) => string): void => {
  writeFileSync(file, gzipSync(change(LINES.map((each) => `${JSON.stringify(each)}\n`).join(''))));
};

it('reads what was written', async () => {
  await writeRecording(file, LINES);
  const { header, clients, calls } = await readRecording(file);
  expect([header, clients.get(1), ...calls]).toEqual(LINES.slice(0, 3));
});

it.each([
  ['nothing', () => '', 'it is empty'],
  ['a report', () => '{"summary":{}}\n', 'no recording of this program'],
  ['no JSON', () => 'hello\n', 'it is no recording'],
  ['a newer form', (text: string) => text.replace('"version":1', '"version":2'), 'newer release'],
  ['no end', (text: string) => text.replace(/\{"kind":"end".*\n/, ''), 'cut off'],
  ['missing calls', (text: string) => text.replace(/\{"kind":"call".*\n/, ''), '0 of 1'],
  ['an unknown client', (text: string) => text.replace('"client":1', '"client":7'), 'no client 7'],
  ['lines after the end', (text: string) => `${text}{}\n`, 'line 5 comes after the end'],
  ['an odd line', (text: string) => text.replace('"kind":"end"', '"kind":"?"'), 'line 4'],
])('refuses %s', async (_, change, words) => {
  writtenBy(change);
  const refused = readRecording(file);
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(words);
});

it('refuses a file that was cut off, and one that is not compressed', async () => {
  await writeRecording(file, LINES);
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 20));
  await expect(readRecording(file)).rejects.toThrow('cut off');
  writeFileSync(file, gunzipSync(whole));
  await expect(readRecording(file)).rejects.toThrow('not compressed');
});
