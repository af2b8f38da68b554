/**
 * Goal: whoever sits before the console, with a pointer, with keys alone or with a screen reader, sees what the
 * provider does, and changes it only after having been told in words. In a real browser, against a real provider.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeVolume } from '../../src/accept/world/world.ts';
import { openDemoConsole } from '../support/demo-console.ts';
import { USER } from '../support/server-process.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Browsers note what is refused or fails on purpose here: no login yet, one mistaken rule, one call that is cut off. */
const REFUSAL = /status of 40[01]|ERR_FAILED/;

/** A name that a hostile client could give. */
const LOOKS_LIKE_MARKUP = '<img src="/strange" onerror="stop()">.vmdk';

/** What axe-core tells of one rule that is broken. */
interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

describeWithTool('the console in Chromium', TOOLS.chromium, () => {
  let demo: Awaited<ReturnType<typeof openDemoConsole>>;
  let page: Page;
  const wrong: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    demo = await openDemoConsole();
    page = await demo.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    page.on('console', (line) => {
      if (line.type() === 'error' && !REFUSAL.test(line.text())) wrong.push(line.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(demo.url);
  });
  afterAll(() => demo?.close());

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const open = async (view: string, title: string | RegExp) => {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: view, exact: true })
      .click();
    await heading(title).waitFor();
  };
  /** Answers the question, which must say `words`. */
  const confirm = async (words: RegExp, verb: string) => {
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toMatch(words);
    await dialog.getByRole('button', { name: verb }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const told = (text: string | RegExp) => page.locator('.told', { hasText: text }).waitFor();

  it('refuses a wrong password in words, and lets in who has the right one', async () => {
    await page.getByLabel('User name').fill(USER.name);
    await page.getByLabel('Password').fill('something else');
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await page.getByRole('alert').innerText()).not.toBe('');
    await page.getByLabel('Password').fill(USER.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await heading('Overview').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('has a view for everything, each with what is there', async () => {
    const seen: readonly (readonly [
      view: string,
      title: string | RegExp,
      text: string | RegExp,
    ])[] = [
      ['Overview', 'Overview', /array-1[\s\S]*degraded/],
      ['Certificates', /Certificates/, /Acceptance CA 1/],
      ['Users', 'Users', USER.name],
      ['Release', 'Release', /Keelson \d/],
      ['Containers', 'Containers', /gold[\s\S]*Promised/],
      ['Volumes', 'Volumes', 'web-test.vmdk'],
      ['Endpoints', 'Protocol endpoints', /down/],
      ['Bindings', 'Bindings by host', new RegExp(`${demo.facts.staleHost}[\\s\\S]*stale`)],
      ['Sessions', 'Sessions', /vCenter[\s\S]*host/],
      ['Requests', 'Requests', 'getEvents'],
      ['Tasks', 'Tasks', /cloneVirtualVolume[\s\S]*%/],
      ['Events', 'Events', /Protocol endpoint/],
      ['Alarms', 'Alarms', /is offline: virtual volumes/],
      ['Fault rules', 'Fault rules', /noSpace on createVirtualVolume/],
      ['Clock', 'Clock', /the same/],
      ['Saved states', 'Saved states', 'No state is kept'],
    ];
    for (const [view, title, text] of seen) {
      await open(view, title);
      await page.getByRole('main').filter({ hasText: text }).waitFor();
    }
  });

  it('shows who binds what, of a host and of a volume', async () => {
    await open('Bindings', 'Bindings by host');
    await page.getByRole('link', { name: demo.facts.staleHost }).click();
    await page.getByRole('link', { name: 'db-1.vmdk' }).click();
    await heading('db-1.vmdk').waitFor();
    await page
      .getByRole('region', { name: 'Bindings' })
      .getByText('bound', { exact: true })
      .waitFor();
  });

  it('keeps a wish for a container while something else is searched for', async () => {
    await open('Containers', 'Containers');
    await page.getByRole('link', { name: 'Its volumes' }).first().click();
    await heading('Volumes').waitFor();
    const container = page.getByRole('combobox', { name: 'Container' });
    await expect.poll(() => container.inputValue()).toBe(demo.facts.container);
    await page.getByRole('combobox', { name: 'Type' }).selectOption('Config');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('2 volumes').waitFor();
    expect(await page.evaluate('location.hash')).toContain(demo.facts.container);
  });

  it('says in words that the provider does not answer, and goes on when it does', async () => {
    await page.route('**/api/users', (route) => route.abort());
    await open('Users', 'Users');
    const problem = page.getByRole('alert');
    expect(await problem.innerText()).toMatch(/does not answer[\s\S]*keelson status/);
    await page.unroute('**/api/users');
    await problem.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('row', { name: USER.name }).waitFor();
    await problem.waitFor({ state: 'detached' });
  });

  it('goes on when a view cannot be drawn', async () => {
    await open('Tasks', 'Tasks');
    await page.route('**/api/users', (route) => route.fulfill({ json: { strange: true } }));
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'cannot be shown' }).waitFor();
    await page.unroute('**/api/users');
    await open('Tasks', 'Tasks');
    await open('Users', 'Users');
  });

  it('finds a volume, draws its tree, and lets the arrow keys walk it', async () => {
    await open('Volumes', 'Volumes');
    await page.getByLabel('Name, id or virtual machine').fill('web-1_1');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'web-1_1.vmdk' }).click();
    const tree = page.getByRole('group', { name: /Tree/ });
    await tree.waitFor();
    expect(await tree.locator('a').count()).toBe(10);
    await tree.locator('a').first().focus();
    const names = [];
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowLeft']) {
      await page.keyboard.press(key);
      names.push(await page.evaluate('document.activeElement.querySelector("text").textContent'));
    }
    expect(names).toEqual([
      'before upgrade',
      'after upgrade',
      'web-test.vmdk',
      'after upgrade',
      'web-1_1.vmdk',
    ]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await heading('before upgrade').waitFor();
    await page.getByText('The same as a list').click();
    await page
      .getByRole('link', { name: 'golden: snapshot of web-2.vmdk, 32.0 MB' })
      .last()
      .click();
    await heading('golden').waitFor();
  });

  it('shows what hosts do without being asked again, and names as text whatever they are', async () => {
    await open('Volumes', 'Volumes');
    const { world } = demo.stage;
    const [host] = world.hosts;
    if (host === undefined) throw new Error('the demo has hosts');
    const container = world.inventory.containers.at(-1);
    if (container === undefined) throw new Error('the demo has containers');
    await makeVolume(world, host, { name: LOOKS_LIKE_MARKUP, container });
    await page.getByRole('link', { name: LOOKS_LIKE_MARKUP }).waitFor();
  });

  it('traces requests as they come, filters them, and shows SOAP side by side', async () => {
    await open('Requests', 'Requests');
    await page.getByLabel(/Filter/).fill('queryArrays');
    const rows = page.getByRole('region', { name: 'Latest requests' }).locator('tbody tr');
    const before = await rows.count();
    await demo.stage.world.vcenter.call('queryArrays', { arrayUniqueId: [] });
    await rows.nth(before).waitFor();
    await page.getByLabel(/Filter/).fill('createVirtualVolume');
    await page.getByLabel('Failed ones only').check();
    await rows.getByRole('link').click();
    await heading('createVirtualVolume').waitFor();
    await page.getByText('OutOfResource').first().waitFor();
    const request = page.getByRole('region', { name: 'Request', exact: true });
    expect(await request.innerText()).toContain(`>${demo.facts.container}</`);
    expect(await page.getByRole('region', { name: 'Answer' }).innerText()).toContain(
      'OutOfResource',
    );
  });

  it('switches verbose on only after it has said what that does', async () => {
    await open('Requests', 'Requests');
    const on = page.getByRole('button', { name: 'Switch verbose on' });
    await on.click();
    await confirm(/5 minutes[\s\S]*everything/, 'Leave it as it is');
    expect(await demo.stage.provider().administration.verbose()).toHaveLength(1);
    await on.click();
    await confirm(/everything/, 'Switch it on');
    await told('Verbose is on for everything');
    await page.getByText('everything until').first().waitFor();
    await page.getByRole('listitem').filter({ hasText: 'everything' }).getByRole('button').click();
    await confirm(/No SOAP is kept/, 'Switch it off');
    await told('Verbose is off');
    expect(await demo.stage.provider().administration.verbose()).toEqual([]);
  });

  it('adds and removes a fault rule, and tells what the provider refuses', async () => {
    await open('Fault rules', 'Fault rules');
    const operation = page.getByLabel(/At which operation/);
    await operation.fill('noSuchOperation');
    await page.getByRole('button', { name: 'Add the rule' }).click();
    await confirm(/Every call to noSuchOperation/, 'Put it in force');
    await page.getByRole('alert').filter({ hasText: 'noSuchOperation' }).waitFor();
    await operation.fill('resizeVirtualVolume');
    await page.getByRole('combobox', { name: 'What happens' }).selectOption('delay');
    await page.getByLabel('Milliseconds').fill('7');
    await page.getByRole('button', { name: 'Add the rule' }).click();
    await confirm(/takes longer \(7 ms\)/, 'Put it in force');
    await page
      .getByRole('row', { name: /delay of 7 ms before the work on resizeVirtualVolume/ })
      .waitFor();
    await page.getByRole('combobox', { name: 'Rule' }).selectOption('rule-2');
    await page.getByRole('button', { name: 'Remove it' }).click();
    await confirm(/delay of 7 ms/, 'Remove it');
    await told('rule-2 is removed');
  });

  it('takes an endpoint out of service and back', async () => {
    await open('Endpoints', 'Protocol endpoints');
    const down = page.getByRole('row').filter({ hasText: 'down' });
    const id = await down.getByRole('rowheader').innerText();
    await page.getByRole('combobox', { name: 'Endpoint' }).selectOption(id);
    await page.getByRole('button', { name: 'Take out, or back' }).click();
    await confirm(/back into service/, 'Take it back');
    await down.waitFor({ state: 'detached' });
  });

  it('saves the array, brings it back, and says what is lost', async () => {
    await open('Saved states', 'Saved states');
    await page.getByLabel('Name').fill('before');
    await page.getByRole('button', { name: 'Save the array' }).click();
    await confirm(/Hosts go on/, 'Save it');
    await page.getByRole('row', { name: /before/ }).waitFor();
    await page.getByRole('button', { name: 'Empty the array' }).click();
    await confirm(/is lost/, 'Empty it');
    await told('The array is empty');
    await open('Volumes', 'Volumes');
    await page.getByText('No volumes.').waitFor();
    await open('Saved states', 'Saved states');
    await page.getByRole('button', { name: 'Load it' }).click();
    await confirm(/came since is lost/, 'Load it');
    await told('as it was as before');
    await open('Volumes', 'Volumes');
    await page.getByRole('link', { name: 'web-test.vmdk' }).waitFor();
  });

  it('moves the clock, and says above every view that it is moved', async () => {
    await open('Clock', 'Clock');
    await page.getByLabel('By').fill('2');
    await page.getByRole('combobox', { name: 'Unit' }).selectOption('minutes');
    // The time goes on beside the form, and what was typed stays.
    const now = () => page.locator('.clock').innerText();
    const then = await now();
    await expect.poll(now).not.toBe(then);
    await page.getByRole('button', { name: 'Move the clock' }).click();
    await confirm(/on by 2 minutes/, 'Move it');
    await page.getByText(/The clock is 2 min.* ahead/).waitFor();
    await page.getByRole('button', { name: 'Back to the machine' }).click();
    await confirm(/machine/, 'Put it back');
    await told('at the machine’s time');
  });

  it('adds a user and removes it', async () => {
    await open('Users', 'Users');
    await page.getByLabel('User name').fill('second');
    await page.getByLabel('New password').fill('a password of this test');
    await page.getByRole('button', { name: 'Add, or change' }).click();
    await confirm(/Add the user second/, 'Add the user');
    await page.getByRole('row', { name: /second/ }).waitFor();
    await page.getByRole('combobox', { name: 'User' }).selectOption('second');
    await page.getByRole('button', { name: 'Remove' }).click();
    await confirm(/second/, 'Remove the user');
    await page.getByRole('row', { name: /second/ }).waitFor({ state: 'detached' });
  });

  it('can be used with keys alone: skip link, links, a form, a dialog that Escape closes', async () => {
    await open('Overview', 'Overview');
    await page.reload();
    await heading('Overview').waitFor();
    const focused = () => page.evaluate('document.activeElement.textContent');
    await page.evaluate('document.querySelector("a, button, select").focus()');
    expect(await focused()).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.getByRole('link', { name: 'Tasks' }).focus();
    await page.keyboard.press('Enter');
    await heading('Tasks').waitFor();
    expect(await focused()).toBe('Tasks');
    await page.getByRole('link', { name: 'Requests', exact: true }).first().press('Enter');
    await page.getByRole('button', { name: 'Switch verbose on' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await demo.stage.provider().administration.verbose()).toEqual([]);
  });

  it('meets axe-core in every view, light and dark', async () => {
    await page.evaluate(AXE);
    const views = ['overview', 'trust', 'users', 'release', 'containers', 'volumes', 'endpoints'];
    views.push(
      `volumes/${encodeURIComponent(demo.facts.disk)}`,
      'bindings',
      'sessions',
      'requests',
    );
    views.push('tasks', 'events', 'alarms', 'faults', 'clock', 'states', 'nowhere');
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const view of views) {
        await page.evaluate(`location.hash = '#/${view}'`);
        if (view !== 'nowhere')
          await page.locator(`[aria-current="page"][href="#/${view.split('/')[0]}"]`).waitFor();
        await expect.poll(() => page.getByText('Asking the provider').count()).toBe(0);
        for (const { id, impact, nodes } of await violations(page, colorScheme))
          found.push(`${view} ${colorScheme}: ${impact} ${id} ${nodes[0]?.html}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('keeps the chosen colours, and forgets who it was at the log out', async () => {
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.getByRole('combobox', { name: 'Colours' }).selectOption('light');
    const light = await paper();
    await page.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
    expect(await paper()).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password').waitFor();
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  it('has asked nobody else, broken no rule of its policy, and failed nowhere', () => {
    expect(wrong).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((url) => !url.startsWith(demo.url))).toEqual([]);
  });
});

/**
 * What is serious or worse. Of the dark form only the colours are looked at, and what stands around the views only
 * once: nothing else is different.
 */
async function violations(page: Page, colours: 'light' | 'dark'): Promise<readonly Violation[]> {
  const around = await page.evaluate('location.hash === "#/overview"');
  const context = { include: around ? 'body' : 'main', exclude: [['tbody tr:nth-child(n+4)']] };
  const only = colours === 'dark' ? { runOnly: ['color-contrast'] } : {};
  const options = { resultTypes: ['violations'], ...only };
  const run = `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})`;
  // axe-core gives what it declares.
  const { violations: all } = (await page.evaluate(run)) as { violations: readonly Violation[] };
  return all.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
