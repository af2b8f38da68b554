/**
 * A provider in this process with log files and admin socket, as `keelson serve` has them, for tests of what looks at
 * an installation from beside: the support bundle, the doctor.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAdminServer } from '../../src/admin/server.ts';
import { newSocketPath, publishAddress, withdrawAddress } from '../../src/admin/socket.ts';
import { openConfiguredLog } from '../../src/cli/process.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Log } from '../../src/log/log.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { USER } from './server-process.ts';

export interface TestInstallation {
  /** Everything is in here; it goes with `remove`. */
  readonly folder: string;
  readonly dataDir: string;
  readonly logDir: string;
  readonly configFile: string;
  readonly provider: RunningProvider;
  readonly log: Log;
  /** PEM of what is served. */
  certificate(): string;
  /** Stops the provider, whose folder stays. Repeatable. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts one; `more` are settings as in the configuration file. */
export async function startInstallation(
  more: Readonly<Record<string, unknown>> = {},
): Promise<TestInstallation> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-support-'));
  const [dataDir, logDir] = [join(folder, 'data'), join(folder, 'log')];
  mkdirSync(logDir);
  const configFile = join(folder, 'keelson.yaml');
  const settings = {
    dataDir,
    host: '127.0.0.1',
    port: 0,
    publicNames: ['localhost'],
    log: { directory: logDir, stdout: false },
    ...more,
  };
  writeFileSync(configFile, JSON.stringify(settings));
  const environment = { KEELSON_ADMIN_USER: USER.name, KEELSON_ADMIN_PASSWORD: USER.password };
  const { config } = loadConfig({ file: configFile, environment });
  const log = openConfiguredLog(config);
  const provider = await startProvider({ config, clock: systemClock, log });
  const socket = newSocketPath(dataDir);
  const server = await openAdminServer(socket, provider.administration, () => undefined);
  publishAddress(dataDir, { socket, pid: process.pid });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await server.close();
    withdrawAddress(dataDir, socket);
    await provider.close(0);
    log.close();
  };
  return {
    folder,
    dataDir,
    logDir,
    configFile,
    provider,
    log,
    certificate: () => readFileSync(provider.certificateFile, 'utf8'),
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
