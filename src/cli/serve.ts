/**
 * `keelson serve`: the life of the program around the provider. Starts it with its local listeners, says
 * where it is, waits for a signal, ends it in order. Fatal errors reach the log before the process goes.
 */
import { type Health, openHealthServer } from '../admin/health.ts';
import { openAdminServer } from '../admin/server.ts';
import { newSocketPath, publishAddress, withdrawAddress } from '../admin/socket.ts';
import { publishLastStart } from '../config/last-start.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import { isSecretName } from '../log/redaction.ts';
import { systemClock } from '../model/clock.ts';
import { closers } from '../run/closers.ts';
import { openProviderConsole } from '../run/console.ts';
import { type RunningProvider, startProvider } from '../run/provider.ts';
import { StartError } from '../run/start-error.ts';
import { bannerText } from './banner.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit.ts';
import { openConfiguredLog, reportFatal, stopSignal } from './process.ts';
import { type OnClose, prepareReadyFile, readyFacts } from './ready-file.ts';

const SIGNAL_VERBOSE_SECONDS = 600;

/** Runs until a signal; gives the exit code. Rejects when it cannot start, with all undone. */
export async function serve(loaded: LoadedConfig, console: Console): Promise<number> {
  const { config } = loaded;
  process.umask(0o077);
  const opened = closers();
  let running: RunningProvider | undefined;
  try {
    const log = openConfiguredLog(config);
    opened.add(async () => log.close());
    reportFatal(log);
    // What may fail for want of a port or a path comes first: then nothing has been made yet.
    const health = await openHealth(config, () => running);
    opened.add(() => health.close());
    const readyFile = prepareReadyFile(config.readyFile, opened.add);
    const { observeProcess } = await import('../metrics/process.ts');
    const processMetrics = observeProcess();
    running = await startProvider({ config, clock: systemClock, log, processMetrics });
    const provider = running;
    opened.add(() => provider.close(config.drainSeconds * 1_000));
    const forget = keepUnshownPassword(provider, opened.add);
    const adminSocket = await openAdmin(config, provider, log, opened.add);
    const page = await openProviderConsole(provider, config.console, log);
    if (page !== undefined) opened.add(() => page.close());
    const ready = readyFacts(provider, adminSocket, health.url, page?.url);
    const certificate = await provider.administration.certificate();
    console.stderr.write(bannerText(ready, provider, certificate, log.directory));
    forget();
    const startedAt = new Date(systemClock.now()).toISOString();
    publishLastStart(loaded, { pid: process.pid, startedAt }, isSecretName);
    logStarted(log, config, provider);
    // Whoever reads the ready file may stop the process at once.
    const stopped = stopSignal();
    readyFile.publish(ready);
    process.on('SIGUSR2', () => toggleVerbose(provider, log));
    const signal = await stopped;
    log.line('info', 'stopping', { signal }, 'finishing the calls in flight');
    await opened.close(() => log.line('info', 'stopped', { exit_code: 0 }, 'stopped in order'));
    return EXIT_CODES.ok[0];
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openHealth(config: Config, running: () => RunningProvider | undefined) {
  const { host, port, metrics } = config.health;
  const starting: Health = { healthy: false, array: 'silent' };
  try {
    return await openHealthServer(
      { host, port },
      async () => (await running()?.health()) ?? starting,
      metrics ? () => running()?.metrics() : undefined,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'address',
      `cannot listen for /healthz on ${host} port ${port}: ${why}`,
      error,
    );
  }
}

/** Until it has been shown, a password that was made is of use to nobody: then its user goes again. */
function keepUnshownPassword(
  { firstUser, administration }: RunningProvider,
  onClose: OnClose,
): () => void {
  let unshown = firstUser?.generatedPassword === undefined ? undefined : firstUser.userName;
  onClose(async () => {
    if (unshown !== undefined) await administration.removeUser(unshown);
  });
  return () => {
    unshown = undefined;
  };
}

function logStarted(log: Log, config: Config, provider: RunningProvider): void {
  const { versionXml, port, dataDirectory, uid } = provider;
  const places = { version_xml: versionXml, data_directory: dataDirectory };
  const facts = { port, pid: process.pid, uid, array_module: config.array.module };
  log.line('info', 'started', { ...places, ...facts }, 'listening');
}

async function openAdmin(
  config: Config,
  provider: RunningProvider,
  log: Log,
  onClose: OnClose,
): Promise<string> {
  const socket = newSocketPath(config.dataDir);
  onClose(async () => withdrawAddress(config.dataDir, socket));
  const failed = (cause: unknown) => log.notice('admin.order_failed', { cause });
  const server = await openAdminServer(socket, provider.administration, failed, provider.live);
  onClose(() => server.close());
  publishAddress(config.dataDir, { socket, pid: process.pid });
  return socket;
}

function toggleVerbose({ told }: RunningProvider, { verbose }: Log): void {
  const target = { kind: 'everything' } as const;
  const wasOn = verbose.off(target, 'signal') > 0;
  if (!wasOn) verbose.on(target, SIGNAL_VERBOSE_SECONDS);
  told(wasOn ? 'verbose.off' : 'verbose.on', '', { signal: 'SIGUSR2' });
}
