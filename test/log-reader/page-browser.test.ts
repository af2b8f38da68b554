/** The story's page in a real browser: filters, marks and keys work, nothing is asked of the network, nobody is kept out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readingPage } from '../../src/log-reader/page.ts';
import { readLogs } from '../../src/log-reader/reading.ts';
import { CHROMIUM, describeWithTool, TOOLS } from '../support/tools.ts';
import { type MadeUp, polls, textOf } from './made-up.ts';

const LINES: readonly MadeUp[] = [
  { at: 0, line: { event: 'started', release: 'Keelson 1.0' } },
  ...polls(10, 60),
  { at: 60, line: { operation: 'createVirtualVolume', outcome: 'ok', host_id: 'h' } },
  { at: 70, line: { operation: 'createVirtualVolume', outcome: 'OutOfResource', host_id: 'h' } },
  {
    at: 80,
    line: { event: 'notice', level: 'warn', id: 'load.shedding', facts: { counts: { a: 1 } } },
  },
];

describeWithTool('the page of a story in Chromium', TOOLS.chromium, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-story-'));
  const file = join(folder, 'story.html');
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const stream = Readable.from(LINES.map((each) => Buffer.from(`${textOf(each)}\n`)));
    const files = async function* () {
      yield { name: 'keelson.log', group: '', stream };
    };
    writeFileSync(file, readingPage(await readLogs(files, {})));
    // Tests may run as root, where Chromium's sandbox does not start; the page is our own.
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  });
  afterEach(async () => {
    await page.close();
    expect(wrong.splice(0)).toEqual([]);
    expect(asked.splice(0).every((url) => url.startsWith('file:'))).toBe(true);
  });

  const rows = () => page.locator('#entries tr:visible');

  it('filters by kind and by words, with keys alone', async () => {
    expect(await rows().count()).toBe(5);
    await page.getByLabel('ordinary calls').focus();
    await page.keyboard.press('Space');
    expect(await rows().count()).toBe(3);
    await page.keyboard.press('Tab');
    await page.keyboard.type('OUTOFRESOURCE');
    expect(await rows().count()).toBe(1);
    expect(await page.locator('#shown').innerText()).toBe('1 of 5 entries');
  });

  it('leads from a mark of the picture to its entry, also when that is hidden', async () => {
    await page.getByLabel('failures').uncheck();
    expect(await page.locator('tr.failure:visible').count()).toBe(0);
    await page.locator('svg g:has(path.failure)').click();
    expect(await page.locator('tr.failure:visible').innerText()).toContain('OutOfResource');
  });

  it.each(['light', 'dark'] as const)(
    'keeps nobody out, by the rules of axe, when it is %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      // The page runs no foreign script, so that the browser has to bring the checks in.
      const axe = readFileSync(
        createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
        'utf8',
      );
      await page.evaluate(axe);
      // In words of the page's own world, where the checks are.
      const violations = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
      );
      expect(violations).toEqual([]);
    },
  );
});
