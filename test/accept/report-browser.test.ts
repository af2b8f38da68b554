/** The report's page in a real browser: nothing is asked of the network, nothing fails, keys are enough. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { documentOf } from '../../src/accept/report/json.ts';
import { markdownReport } from '../../src/accept/report/markdown.ts';
import { pageReport } from '../../src/accept/report/page.ts';
import { CHROMIUM, describeWithTool, TOOLS } from '../support/tools.ts';
import { madeUpRun } from './made-up-run.ts';

const RUN = madeUpRun([
  { id: 'volumes.one', calls: [{ operation: 'queryArrays' }] },
  {
    id: 'volumes.two',
    outcome: 'failed',
    reasons: ['its size: expected 32, found <b>16</b>'],
    calls: [{ operation: 'resizeVirtualVolume', request: '<r><vvolId>a&amp;b</vvolId></r>' }],
  },
  { id: 'volumes.three', outcome: 'skipped', reasons: ['not offered'] },
]);

describeWithTool('the page in Chromium', TOOLS.chromium, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-page-'));
  const file = join(folder, 'report.html');
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    writeFileSync(file, pageReport(documentOf(RUN), markdownReport(RUN)));
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

  it('shows the run, its scenarios and its chart', async () => {
    expect(await page.title()).toBe('Acceptance of https://vp.example.com/vasa/version.xml');
    expect(await page.locator('#verdict').innerText()).toMatch(/1 failed.*1 skipped.*1 passed/);
    expect(await page.locator('#list details[id^="scenario-"]').count()).toBe(3);
    expect(await page.locator('#chart canvas').count()).toBe(1);
  });

  it('filters by outcome and text, and says how many are left', async () => {
    await page.getByLabel('Text').fill('resize');
    expect(await page.locator('#shown').innerText()).toBe('1 of 3 shown');
    await page.getByRole('checkbox', { name: /failed/ }).uncheck();
    expect(await page.locator('#shown').innerText()).toBe('0 of 3 shown');
  });

  it('opens a scenario and its XML by the keyboard, all of it as text', async () => {
    const scenario = page.locator('#scenario-volumes\\.two');
    await scenario.locator('summary').first().press('Enter');
    expect(await scenario.locator('li').first().innerText()).toBe(
      'its size: expected 32, found <b>16</b>',
    );
    await scenario.locator('details').locator('summary').first().press('Enter');
    const request = scenario.getByRole('region', { name: 'Request XML' });
    await request.waitFor();
    expect(await request.innerText()).toContain('<vvolId>a&amp;b</vvolId>');
  });

  it('opens what a link names', async () => {
    await page.goto(`${pathToFileURL(file).href}#scenario-volumes.two`);
    await page.reload();
    await page.locator('#scenario-volumes\\.two[open]').waitFor();
  });

  it('is dark where that is wished', async () => {
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await paper();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await paper()).not.toBe(light);
  });
});
