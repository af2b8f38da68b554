/** Goal: the landing page in a real browser: on desk and phone, light and dark, it fits, reads, and asks nothing of a network. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDocumentsWith } from '../../../scripts/release/documents/documents.ts';
import { CHROMIUM, describeWithTool, TOOLS } from '../../support/tools.ts';
import { contextOf, PROGRAMS, RELEASE } from './made.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeWithTool('the landing page in Chromium', TOOLS.chromium, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-landing-'));
  let browser: Browser;

  beforeAll(async () => {
    const { files } = await makeDocumentsWith(contextOf(), {});
    for (const { path, bytes } of [...files, ...PROGRAMS]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    // Tests may run as root, where Chromium's sandbox does not start; the page is our own.
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function withPage(
    options: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { width, colorScheme } = options;
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const wrong: string[] = [];
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    page.on('requestfailed', (request) => wrong.push(request.url()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) wrong.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, 'site/index.html')).href);
    await look(page);
    await page.close();
    expect(wrong).toEqual([]);
  }

  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const)('fits and can be read by everybody: $width, $colorScheme', async (options) => {
    await withPage(options, async (page) => {
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(options.width);
      await page.addScriptTag({ content: AXE });
      // Without preloading: it would ask for the style sheets anew, which a page from a file may not.
      const { violations } = await page.evaluate<AxeResults>('axe.run({ preload: false })');
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });
  });

  it('leads by its links to the parts of the page, the downloads and the documents', async () => {
    await withPage({ width: 1280, colorScheme: 'light' }, async (page) => {
      await page.getByRole('navigation').getByRole('link', { name: 'downloads' }).click();
      expect(new URL(page.url()).hash).toBe('#downloads');
      const rows = page.locator('#downloads tbody tr');
      expect(await rows.count()).toBe(PROGRAMS.length + 1);
      expect(await rows.first().innerText()).toContain(PROGRAMS[1].path);
      await page.getByRole('link', { name: 'Release notes', exact: true }).click();
      expect(await page.title()).toBe(`Release notes: Keelson ${RELEASE.version} – Keelson`);
      await page.getByRole('link', { name: 'Keelson documentation' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('documentation');
    });
  });
});
