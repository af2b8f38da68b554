/**
 * `keelson array serve`: the array of the configuration alone, without a provider, for the providers of
 * other processes (`array.module: remote`). The process holds the array; its data path stays with it.
 */
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { type ArrayServerFailure, serveArray } from '../array/remote/server.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import { systemClock } from '../model/clock.ts';
import { RELEASE } from '../release/release.ts';
import { closers } from '../run/closers.ts';
import { makeFolder } from '../run/folders.ts';
import { loadArray } from '../run/load-array.ts';
import { CONFIG_FLAG, CONFIG_HELP, type CommandContext, type FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit.ts';
import { openConfiguredLog, reportFatal, stopSignal } from './process.ts';
import { prepareReadyFile } from './ready-file.ts';
import { addSettings } from './setting-options.ts';

/** Settings that mean something without a provider. */
const SETTINGS = /^(dataDir|readyFile|array\..*|log\..*)$/;

export function arrayServeCommand({ console, load, exit }: CommandContext): Command {
  const command = new Command('serve')
    .summary('offer the array to providers in other processes')
    .description(
      'Opens the array of the configuration, without a provider, and serves it on a Unix socket.',
    )
    .option(CONFIG_FLAG, CONFIG_HELP);
  addSettings(command, ({ key }) => SETTINGS.test(key));
  command.action(async (flags: FlagValues) => exit(await serve(load(flags).config, console)));
  return command;
}

/** Runs until a signal; gives the exit code. Rejects when it cannot start, with all undone. */
async function serve(config: Config, console: Console): Promise<number> {
  process.umask(0o077);
  const opened = closers();
  try {
    const log = openConfiguredLog(config);
    opened.add(async () => log.close());
    reportFatal(log);
    const readyFile = prepareReadyFile(config.readyFile, opened.add);
    const dataDirectory = resolve(config.dataDir);
    makeFolder(dataDirectory, 0o700);
    const array = await loadArray(config.array, dataDirectory, systemClock);
    opened.add(() => array.close());
    const arraySocket = resolve(config.array.socket ?? join(dataDirectory, 'array.sock'));
    const server = await serveArray({
      array,
      socket: arraySocket,
      failed: (failure) => tell(log, failure),
    });
    opened.add(() => server.close());
    const { pid } = process;
    log.notice('array.served', {
      socket: arraySocket,
      pid,
      module: config.array.module,
    });
    const [name] = (await array.arrays()).map((each) => each.name);
    console.stderr.write(
      `\n  ${RELEASE.signature}\n\n  array     ${name}\n  socket    ${arraySocket}\n\n` +
        `  For providers: array.module remote, array.options {socket: ${arraySocket}}\n\n`,
    );
    readyFile.publish({ arraySocket, pid, dataDirectory, release: RELEASE.signature });
    const signal = await stopSignal();
    log.line('info', 'stopping', { signal }, 'finishing the calls in flight');
    await opened.close(() => log.line('info', 'stopped', { exit_code: 0 }, 'stopped in order'));
    return EXIT_CODES.ok[0];
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function tell(log: Log, failure: ArrayServerFailure): void {
  if (failure.kind === 'crowded') log.notice('array.peers_too_many', {});
  else if (failure.kind === 'protocol') {
    log.notice('array.peer_broke_protocol', { cause: failure.cause });
  } else log.notice('array.call_failed', { method: failure.method, cause: failure.cause });
}
