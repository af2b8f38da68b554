/**
 * Starts our provider in this process, with whatever is broken in it, and plays scenarios against it over its
 * real socket. Keys and passwords are cheap ones: they are not what is tried.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenScenarios } from '../../../src/accept/accept.ts';
import type { Contract } from '../../../src/accept/client/client.ts';
import type { ApiVersion } from '../../../src/accept/client/exchange.ts';
import { compileSchemas } from '../../../src/accept/client/schemas.ts';
import { type RunResult, runScenarios } from '../../../src/accept/run.ts';
import { meetTarget } from '../../../src/accept/world/target.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { openLog } from '../../../src/log/log.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { startProvider } from '../../../src/run/provider.ts';
import { compileCodec } from '../../../src/wire/codec.ts';
import { service as service10 } from '../../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../../src/wire/generated/vasa-2.0/service.ts';
import { USER } from '../../support/server-process.ts';

const WSDL = join(import.meta.dirname, '../../../wsdl');

export type Contracts = ReadonlyMap<ApiVersion, Contract>;

/** Compiled once for all providers. Dispose of the schemas after use. */
export function openContracts(): Contracts {
  const services = { '1.0': service10, '2.0': service20 } as const;
  const contract = (api: ApiVersion): Contract => ({
    api,
    codec: compileCodec(services[api]),
    schemas: compileSchemas(join(WSDL, `vasa-${api}`)),
  });
  return new Map([
    ['1.0', contract('1.0')],
    ['2.0', contract('2.0')],
  ]);
}

/** Full clones take so long, so that one can be stopped, and is under way when the provider is restarted. */
const PACING = { cloneVolume: { milliseconds: 150 } };

export interface PlayOptions {
  /** How many times faster the runner's clock goes. */
  readonly hurry?: number | undefined;
  /** Called between the provider of before a restart and that of after. */
  readonly onRestart?: () => void;
}

/** Plays scenarios against a provider of its own, which they may restart. */
export async function play(
  contracts: Contracts,
  only: readonly string[],
  { hurry = 1, onRestart }: PlayOptions = {},
): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-mutant-'));
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    array: { options: { pacing: PACING } },
  });
  const log = openLog({
    release: 'test',
    level: 'error',
    stream: undefined,
    files: undefined,
    clock: systemClock,
  });
  let provider = await startProvider({ config, clock: systemClock, log });
  const restart = async (): Promise<void> => {
    const port = Number(new URL(provider.versionXml).port);
    await provider.close(0);
    onRestart?.();
    provider = await startProvider({ config: { ...config, port }, clock: systemClock, log });
  };
  const startedAt = Date.now();
  try {
    const target = await meetTarget({
      url: provider.versionXml,
      trust: readFileSync(provider.certificateFile, 'utf8'),
      user: USER.name,
      password: USER.password,
      timeoutMs: 10_000,
    });
    return await runScenarios({
      target,
      contracts,
      hosts: 2,
      soap: '1.1',
      keys: 'ecdsa',
      scenarios: chosenScenarios(only),
      allowed: { api: undefined, changeCertificate: true, wrongPassword: true, restart },
      now: () => startedAt + (Date.now() - startedAt) * hurry,
      signal: new AbortController().signal,
      onResult: () => undefined,
      callsMax: 20_000,
    });
  } finally {
    await provider.close(0);
    rmSync(folder, { recursive: true, force: true });
  }
}
