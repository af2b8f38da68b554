/** Goal: the configuration of the proof case starts as it stands, and nothing that can be asked for is missing in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Acceptance, accept } from '../../src/accept/accept.ts';
import { SCENARIOS } from '../../src/accept/scenarios/all.ts';
import { openConfiguredLog } from '../../src/cli/process.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Log } from '../../src/log/log.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { USER } from '../support/server-process.ts';

const FILE = new URL('../../docs/examples/proof-case/keelson.yaml', import.meta.url);

/** Something of each function: volumes of both kinds, bindings, copies, policies, classic storage, statistics. */
const CHOSEN = [
  'inventory',
  'statistics',
  'storage',
  'workflows.vmotion',
  'workflows.linked-clone',
  'clones.into-another-container',
  'policies.what-is-offered-is-kept',
];

let provider: RunningProvider;
let log: Log;
let folder: string;
let result: Acceptance;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-proof-case-'));
  // The file as it is, but for what two runs on one machine would quarrel over.
  const file = join(folder, 'keelson.yaml');
  writeFileSync(file, readFileSync(FILE, 'utf8').replace('port: 10809', 'port: 0'));
  const { config } = loadConfig({
    file,
    environment: {
      KEELSON_DATA_DIR: join(folder, 'data'),
      KEELSON_LOG_DIRECTORY: join(folder, 'data/log'),
      KEELSON_LOG_STDOUT: 'false',
      KEELSON_HOST: '127.0.0.1',
      KEELSON_PORT: '0',
      KEELSON_PUBLIC_NAMES: 'localhost',
      KEELSON_ADMIN_USER: USER.name,
      KEELSON_ADMIN_PASSWORD: USER.password,
    },
  });
  log = openConfiguredLog(config);
  provider = await startProvider({ config, clock: systemClock, log });
  result = await accept({
    url: provider.versionXml,
    trust: readFileSync(provider.certificateFile, 'utf8'),
    user: USER.name,
    password: USER.password,
    timeoutMs: 30_000,
    only: CHOSEN,
    hosts: 2,
    soap: '1.1',
    now: () => Date.now(),
    signal: new AbortController().signal,
    onResult: () => undefined,
  });
}, 60_000);
afterAll(async () => {
  await provider?.close(0);
  log?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('offers whatever a scenario may need of a provider', () => {
  const asked = new Set(SCENARIOS.flatMap(({ needs = [] }) => needs));
  // What the run itself has to allow, not the provider.
  const ofTheRun = ['certificate change', 'restart'];
  const missing = [...asked].filter(
    (need) => !result.offers.includes(need) && !ofTheRun.includes(need),
  );
  expect(asked.size).toBeGreaterThan(8);
  expect(missing).toEqual([]);
});

it('passes scenarios of every function, with none left out', () => {
  const others = result.results.filter(({ outcome }) => outcome !== 'passed');
  expect(others.map(({ scenario: { id }, reasons }) => ({ id, reasons }))).toEqual([]);
  expect(result.results.length).toBeGreaterThan(20);
  expect(result.left).toEqual([]);
});

it('logs what was asked', () => {
  expect(readFileSync(join(folder, 'data/log/keelson.log'), 'utf8')).toContain('"queryArrays"');
});
