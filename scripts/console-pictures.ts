/**
 * The command `npm run console:pictures`: plays the demo on a provider of this checkout, opens its console in
 * Chromium, and writes what is to be seen as docs/pictures/console-*.png. Nothing in the pictures is drawn by hand.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { LIMITS } from '../src/model/limits.ts';
import { type DemoConsole, withDemoConsole } from '../test/support/demo-console.ts';
import { USER } from '../test/support/server-process.ts';

const FOLDER = new URL('../docs/pictures/', import.meta.url);
const SIZE = { width: 1160, height: 740 };
const TB = 1_048_576;
const HOUR_MS = 3_600_000;
/** A minute in which space is looked at once is so long here, so that charts have a past. */
const SAMPLE_MS = 60;
const SAMPLES = 60;

type Colours = 'light' | 'dark';

/** Has the watch of the space look often; everything else keeps its time. */
function hastenSpaceWatch(): void {
  const real = globalThis.setInterval;
  const hastened = (work: () => void, ms?: number) =>
    real(work, ms === LIMITS.spaceSampleMs ? SAMPLE_MS : ms);
  globalThis.setInterval = Object.assign(hastened, real);
}

/** Ten hours in which the LUNs fill up, while hosts and vCenter stay. */
async function letSpaceGo({ stage }: DemoConsole): Promise<void> {
  const { world, clock } = stage;
  const { array } = stage.provider().administration;
  await array.setPace('cloneVirtualVolume', { milliseconds: 24 * HOUR_MS });
  const [{ classics } = { classics: [] }] = (await array.show()).arrays;
  const idOf = (name: string) => classics.find((each) => each.name === name)?.entityId ?? '';
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    clock.moveBy((10 * HOUR_MS) / SAMPLES);
    const wave = Math.sin(sample / 4);
    await array.setUsed(idOf('lun-1'), Math.round((41 + sample / 8 + wave / 2) * TB));
    await array.setUsed(idOf('lun-2'), Math.round((171 + sample / 6 + wave) * TB));
    for (const client of [world.vcenter, ...world.hosts.slice(0, 2)])
      await client.call('getEvents', {});
    await pause(SAMPLE_MS);
  }
}

/** Requests of several kinds, with their SOAP, one of them refused by the demo's fault rule. */
async function letClientsAsk({ stage, facts }: DemoConsole): Promise<void> {
  const { world } = stage;
  const [host] = world.hosts;
  const [player] = world.site.hosts;
  if (host === undefined || player === undefined) return;
  await stage.provider().administration.verboseOn({ host: player.guid, seconds: 900 });
  const { container: containerId, disk } = facts;
  await host.call('queryStorageContainer', { containerId: [containerId] });
  await host.call('spaceStatsForVirtualVolume', { vvolId: [disk] });
  await world.vcenter.call('queryArrays', { arrayUniqueId: [] });
  const metadata = [{ parameterName: 'VMW_VVolName', parameterValue: 'web-4.vmdk' }];
  const wish = { containerId, vvolType: 'Data', sizeInMB: 32_768n, metadata };
  await host.call('createVirtualVolume', wish).catch(() => undefined);
}

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('User name').fill(USER.name);
  await page.getByLabel('Password').fill(USER.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}

/** One picture of what the page shows. */
async function take(
  page: Page,
  name: string,
  colours: Colours,
  height = SIZE.height,
): Promise<void> {
  await page.emulateMedia({ colorScheme: colours });
  while ((await page.getByText('Asking the provider').count()) > 0) await pause(50);
  // What a pointer would touch is not marked, and charts have their last form.
  await page.mouse.move(0, 0);
  await pause(300);
  const file = new URL(`console-${name}-${colours}.png`, FOLDER);
  const clip = { x: 0, y: 0, width: SIZE.width, height };
  const picture = await page.screenshot({ clip });
  writeFileSync(file, picture);
  process.stdout.write(`${fileURLToPath(file)}: ${Math.round(picture.length / 1024)} KB\n`);
}

async function takeAll(demo: DemoConsole): Promise<void> {
  const page = await demo.browser.newPage({ viewport: SIZE });
  await logIn(page, demo.url);
  await letSpaceGo(demo);
  await letClientsAsk(demo);
  await page.reload();
  const open = async (view: string) => {
    await page.evaluate(`location.hash = '#/${view}'`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await pause(300);
  };
  for (const colours of ['light', 'dark'] as const) {
    await open('overview');
    await take(page, 'overview', colours);
    await open(`volumes/${encodeURIComponent(demo.facts.disk)}`);
    await page.evaluate('document.querySelector("svg.tree").scrollIntoView({ block: "end" })');
    await take(page, 'volume', colours);
  }
  await open('containers');
  await take(page, 'containers', 'light');
  await open('bindings');
  await take(page, 'bindings', 'light', 480);
  await open('requests');
  await page.getByLabel('Without getEvents').check();
  await take(page, 'requests', 'light', 600);
  await page.getByRole('link', { name: 'createVirtualVolume' }).first().click();
  await page.getByRole('heading', { name: 'createVirtualVolume' }).waitFor();
  await take(page, 'request', 'dark');
  await open('faults');
  await page.getByRole('button', { name: 'Add the rule' }).click();
  await take(page, 'faults', 'light');
}

hastenSpaceWatch();
await withDemoConsole(takeAll);
