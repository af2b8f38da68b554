/** Providers of our own, each fresh and in this process, that runs are recorded of and replayed against. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acceptance, chosenScenarios, openContracts } from '../../../src/accept/accept.ts';
import { readRecording, writeRecording } from '../../../src/accept/recording/file.ts';
import type { Recording } from '../../../src/accept/recording/format.ts';
import { RunRecorder } from '../../../src/accept/recording/recorder.ts';
import { type Replay, replay } from '../../../src/accept/recording/replay.ts';
import { runScenarios } from '../../../src/accept/run.ts';
import { meetTarget, type TargetOptions } from '../../../src/accept/world/target.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { openLog } from '../../../src/log/log.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { startProvider } from '../../../src/run/provider.ts';
import { USER } from '../../support/server-process.ts';

const WSDL = join(import.meta.dirname, '../../../wsdl');

const log = openLog({
  release: 'test',
  level: 'error',
  stream: undefined,
  files: undefined,
  clock: systemClock,
});

/** Does something with a fresh provider, which is gone afterwards. */
export async function withProvider<Result>(
  use: (target: TargetOptions) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-recording-'));
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
  });
  const provider = await startProvider({ config, clock: systemClock, log });
  try {
    return await use({
      url: provider.versionXml,
      trust: readFileSync(provider.certificateFile, 'utf8'),
      user: USER.name,
      password: USER.password,
      timeoutMs: 30_000,
    });
  } finally {
    await provider.close(0);
    rmSync(folder, { recursive: true, force: true });
  }
}

const always = () => ({
  now: () => Date.now(),
  signal: new AbortController().signal,
  onResult: () => undefined,
});

/** Records scenarios into `file`, and reads it again. `onSession` is told the ids that must not be in it. */
export async function recorded(
  options: TargetOptions,
  only: readonly string[],
  file: string,
  onSession: (session: string) => void = () => undefined,
): Promise<{ readonly run: Acceptance; readonly recording: Recording }> {
  const { user, password } = options;
  const recorder = new RunRecorder({ user, password, madeBy: 'test' });
  const target = await meetTarget(options);
  const contracts = openContracts(WSDL);
  const run = await runScenarios({
    ...{ ...always(), target, contracts, hosts: 2, soap: '1.1', keys: 'ecdsa' },
    scenarios: chosenScenarios(only),
    allowed: { api: undefined, changeCertificate: true, wrongPassword: true },
    callsMax: 20_000,
    onExchange: (exchange, wire) => {
      for (const each of [wire.session, wire.given]) if (each !== undefined) onSession(each);
      recorder.take(exchange, wire);
    },
  });
  for (const { schemas } of contracts.values()) schemas.dispose();
  const acceptance: Acceptance = { ...run, target, soap: '1.1', settled: [] };
  await writeRecording(file, recorder.lines(acceptance));
  return { run: acceptance, recording: await readRecording(file) };
}

/** Replays against a provider. */
export function replayed(
  target: TargetOptions,
  recording: Recording,
  more: Partial<Parameters<typeof replay>[0]> = {},
): Promise<Replay> {
  return replay({ ...target, ...always(), recording, changeCertificate: true, ...more });
}

/** Each scenario that has differences, with them. */
export function differencesOf({ results }: Replay): readonly (readonly [string, ...string[]])[] {
  return results
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ scenario: { id }, reasons }) => [id, ...reasons]);
}
