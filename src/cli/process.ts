/** What every long-running command does with its process: its log, stop signals, and errors nobody caught. */
import { resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { causeChain } from '../log/cause.ts';
import { type Log, openLog, standardOutput } from '../log/log.ts';
import { systemClock } from '../model/clock.ts';
import { RELEASE } from '../release/release.ts';
import { makeFolder } from '../run/folders.ts';
import { EXIT_CODES } from './exit.ts';

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** The log as the configuration wants it. */
export function openConfiguredLog(config: Config): Log {
  const { directory, level, maxFileHours, maxFileMB, maxFiles, stdout } = config.log;
  if (directory !== undefined) makeFolder(resolve(directory), 0o700);
  return openLog({
    release: RELEASE.signature,
    level,
    stream: stdout ? standardOutput() : undefined,
    files:
      directory === undefined
        ? undefined
        : {
            directory: resolve(directory),
            maxBytes: maxFileMB * 2 ** 20,
            maxAgeMs: maxFileHours * 3_600_000,
            maxFiles,
          },
    clock: systemClock,
  });
}

/** Settles with the first stop signal; a second one ends the process at once. */
export function stopSignal(): Promise<string> {
  return new Promise((settle) => {
    let stopping = false;
    for (const [signal, number] of Object.entries(SIGNAL_NUMBERS)) {
      process.on(signal, () => {
        if (stopping) process.exit(128 + number);
        stopping = true;
        settle(signal);
      });
    }
  });
}

/** An error nobody caught: the state may be wrong, so the process ends; what is durable stays. */
export function reportFatal(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const cause = causeChain(error, true);
      log.line('fatal', 'fatal', { cause }, 'unexpected failure; the process ends');
      log.close();
      process.exit(EXIT_CODES.failed[0]);
    });
  }
}
