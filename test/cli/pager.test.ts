/** How text for people is printed: by a pager and in colour on a terminal, and plainly everywhere else. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { isColourful, printPaged } from '../../src/cli/pager.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-pager-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function consoleOf(isTTY: boolean, environment: Record<string, string> = {}) {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const said = () => `${stdout.read() ?? ''}`;
  return { environment, stdin: new PassThrough(), stdout, stderr: new PassThrough(), said };
}

it('colours on a terminal alone, and not where NO_COLOR is set to anything', () => {
  expect(isColourful(consoleOf(true))).toBe(true);
  expect(isColourful(consoleOf(true, { NO_COLOR: '' }))).toBe(true);
  expect(isColourful(consoleOf(true, { NO_COLOR: '1' }))).toBe(false);
  expect(isColourful(consoleOf(false))).toBe(false);
});

it('hands the text to the pager that the environment names, on a terminal alone', async () => {
  const file = join(folder, 'shown');
  const environment = { PAGER: `cat > ${file}` };
  const terminal = consoleOf(true, environment);
  await printPaged('a long text\n', terminal);
  expect([readFileSync(file, 'utf8'), terminal.said()]).toEqual(['a long text\n', '']);
  const pipe = consoleOf(false, environment);
  await printPaged('another\n', pipe);
  expect([readFileSync(file, 'utf8'), pipe.said()]).toEqual(['a long text\n', 'another\n']);
});

it('prints the text itself where there is no pager, or none is wanted', async () => {
  for (const PAGER of ['', '/nowhere/at/all 2>/dev/null']) {
    const terminal = consoleOf(true, { PAGER });
    await printPaged('text\n', terminal);
    expect(terminal.said(), PAGER).toBe('text\n');
  }
});

it('ends quietly when the reader has seen enough', async () => {
  const terminal = consoleOf(true, { PAGER: 'head -c 1 > /dev/null' });
  await printPaged('x'.repeat(10_000_000), terminal);
  expect(terminal.said()).toBe('');
});
