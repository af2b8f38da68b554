/** The console of the demo's provider, and a browser before it: for the console's test and its pictures. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { openLog } from '../../src/log/log.ts';
import { systemClock } from '../../src/model/clock.ts';
import { openProviderConsole } from '../../src/run/console.ts';
import { DEMO, type DemoFacts, playDemo } from './demo.ts';
import { onStage, type Stage } from './scenes/stage.ts';
import { CHROMIUM } from './tools.ts';

export interface DemoConsole {
  readonly url: string;
  readonly stage: Stage;
  readonly facts: DemoFacts;
  readonly browser: Browser;
}

/** Plays the demo, opens its console on a free port and a browser; all of it goes when `look` has ended. */
export async function withDemoConsole(look: (demo: DemoConsole) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'keelson-demo-'));
  // Tests may run as root, where Chromium's sandbox does not start; the pages are our own.
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-lcd-text'],
  });
  try {
    await onStage(DEMO, { directory, verbose: false }, async (stage) => {
      const facts = await playDemo(stage);
      const log = openLog({
        ...{ release: 'demo', level: 'error', clock: systemClock },
        ...{ stream: process.stderr, files: undefined },
      });
      const wish = { enabled: true, host: '127.0.0.1', port: 0 };
      const console = await openProviderConsole(stage.provider(), wish, log);
      if (console === undefined) throw new Error('the console does not listen');
      try {
        await look({ url: console.url, stage, facts, browser });
      } finally {
        await console.close();
      }
    });
  } finally {
    await browser.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** As `withDemoConsole`, open until it is closed. */
export async function openDemoConsole(): Promise<DemoConsole & { close(): Promise<void> }> {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let whole: Promise<void> = Promise.resolve();
  const demo = await new Promise<DemoConsole>((resolve, reject) => {
    whole = withDemoConsole((opened) => {
      resolve(opened);
      return finished;
    });
    whole.catch(reject);
  });
  return {
    ...demo,
    close: () => {
      finish();
      return whole;
    },
  };
}
