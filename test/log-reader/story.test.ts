/** A story of a long log: what is kept of it, what is told to be missing, and that nothing in it can act. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { type Reading, readLogs } from '../../src/log-reader/reading.ts';
import { readingText } from '../../src/log-reader/text.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { type MadeUp, polls, START, textOf } from './made-up.ts';

function read(lines: readonly MadeUp[]): Promise<Reading> {
  const files = async function* () {
    const stream = Readable.from(lines.map((each) => Buffer.from(`${textOf(each)}\n`)));
    yield { name: 'keelson.log', group: '', stream };
  };
  return readLogs(files, {});
}

it('keeps beginning and end of what tells of something, and all findings', async () => {
  const most = LIMITS.logReaderEntries;
  const faults = Array.from({ length: most + 500 }, (_, at) => ({
    at,
    line: { operation: 'queryArrays', outcome: 'NotFound', host_id: `h${at}` },
  }));
  const { story, leftOut, findings } = await read(faults);
  expect(story).toHaveLength(most);
  expect(leftOut).toEqual([
    { count: 500, from: START + (most / 2) * 1_000, to: START + (most / 2 + 499) * 1_000 },
  ]);
  expect(story.at(-1)?.who).toBe(`host h${most + 499}`);
  expect(findings[0]?.what).toContain(`${most + 500} times`);
});

it('never gives up what tells of something for what is ordinary', async () => {
  const ordinary = Array.from({ length: 2 * LIMITS.logReaderOrdinary }, (_, at) => ({
    at,
    line: { operation: 'createVirtualVolume', outcome: 'ok', host_id: `h${at}` },
  }));
  const fault = { at: 900, line: { operation: 'queryArrays', outcome: 'StorageFault' } };
  const lines = [...ordinary, fault].toSorted((a, b) => a.at - b.at);
  const { story } = await read(lines);
  expect(story).toHaveLength(LIMITS.logReaderOrdinary + 1);
  expect(story.some(({ entry }) => entry.call?.outcome === 'StorageFault')).toBe(true);
});

it('tells polling once, with how often, and anew after a pause', async () => {
  const { story } = await read([...polls(0, 300), ...polls(1_000, 1_050)]);
  expect(story.map(({ times }) => times)).toEqual([30, 5]);
});

it('says from which line on the release was another', async () => {
  const line = (at: number, release: string) => ({ at, line: { event: 'started', release } });
  const { releases } = await read([
    line(0, 'one'),
    line(5, 'one'),
    line(9, 'two'),
    line(10, 'one'),
  ]);
  expect(releases.map(({ release, line: at }) => [release, at])).toEqual([
    ['one', 1],
    ['two', 3],
    ['one', 4],
  ]);
});

it('prints nothing that a terminal would act on, whatever callers have sent', async () => {
  const evil = '\u001b[2Jgone\u0007\u202etxt\r';
  const lines: readonly MadeUp[] = [
    { at: 0, line: { operation: evil, outcome: evil, reason: evil, refusal: evil, host_id: evil } },
    {
      at: 1,
      line: { event: 'notice', level: 'error', id: evil, msg: evil, facts: { [evil]: evil } },
    },
    { at: 2, line: { event: 'bodies', request_id: 'r', request_body: `<a>${evil}</a>` } },
    { at: 3, line: { event: 'started', release: evil } },
  ];
  const text = readingText(await read(lines), false);
  expect(text).toContain('gone');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  const painted = readingText(await read(lines), true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours begin with is what is looked for.
  expect(painted.replaceAll(/\u001b\[\d{1,2}m/g, '')).toBe(text);
});
