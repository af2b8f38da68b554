/**
 * The provider as its own process, as an operator runs it: built (`npm run build`), started on a data
 * folder, found by its ready file, ended by a signal. For tests that kill it or talk to it over the wire.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = resolve(import.meta.dirname, '../../dist/src/main.js');
const READY_WITHIN_MS = 20_000;

/** The user that `startServer` makes on first start. */
export const USER = { name: 'operator', password: 'a password of tests' } as const;

/** What the ready file says. */
export interface Ready {
  /** URL of version.xml. */
  readonly versionXml: string;
  readonly port: number;
  readonly pid: number;
  /** The certificate that is served, PEM: to be trusted on the first contact. */
  readonly certificateFile: string;
}

/** A process that is ready. */
export interface Started<Facts> {
  readonly ready: Facts;
  /** Standard output and error so far: the log. */
  output(): string;
  /** Sends the signal and resolves with the exit code (null: died of it) once the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}
export type ServerProcess = Started<Ready>;

/**
 * Starts a provider whose keys, log and data are in `folder`. Rejects with its output when it exits.
 * `killAfterMs` kills it that long after the start, ready or not.
 */
export async function startServer(
  folder: string,
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    /** For the runtime itself, e.g. `--cpu-prof`. */
    readonly nodeArguments?: readonly string[];
    readonly killAfterMs?: number;
    /** Another build than that of this tree. */
    readonly main?: string;
  } = {},
): Promise<ServerProcess> {
  const environment = {
    KEELSON_HOST: '127.0.0.1',
    KEELSON_PORT: '0',
    KEELSON_PUBLIC_NAMES: 'localhost',
    KEELSON_ADMIN_USER: USER.name,
    KEELSON_ADMIN_PASSWORD: USER.password,
    // An older build does not know the setting, and has no console.
    ...(options.main === undefined ? { KEELSON_CONSOLE_PORT: '0' } : {}),
    ...otherArray(),
    ...options.environment,
  };
  return start<Ready>(folder, ['serve'], { ...options, environment });
}

/** Starts an array without a provider, whose log and data are in `folder`; else as `startServer`. */
export async function startArray(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Started<{ readonly arraySocket: string }>> {
  return start(folder, ['array', 'serve'], { environment: { ...otherArray(), ...environment } });
}

async function start<Facts extends object>(
  folder: string,
  command: readonly string[],
  options: {
    readonly environment: Readonly<Record<string, string>>;
    readonly nodeArguments?: readonly string[];
    readonly killAfterMs?: number;
    readonly main?: string;
  },
): Promise<Started<Facts>> {
  const main = options.main ?? MAIN;
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const readyFile = join(folder, 'ready.json');
  const logFile = join(folder, 'output.log');
  rmSync(readyFile, { force: true });
  const log = openSync(logFile, 'a');
  const places = ['--data-dir', join(folder, 'data'), '--ready-file', readyFile];
  const child = spawn(
    process.execPath,
    [...(options.nodeArguments ?? []), main, ...command, ...places],
    {
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], ...options.environment },
    },
  );
  closeSync(log);
  if (options.killAfterMs !== undefined) {
    setTimeout(() => child.kill('SIGKILL'), options.killAfterMs).unref();
  }
  const output = () => readFileSync(logFile, 'utf8');
  const gone = new Promise<number | null>((done) => child.once('exit', done));
  const ready = await readyOf<Facts>(child, readyFile, output);
  return {
    ready,
    output,
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}

/** Another array than the simulated one, when whoever runs the tests names one (docs/writing-an-array.md). */
function otherArray(): Record<string, string> {
  const names = ['KEELSON_ARRAY_MODULE', 'KEELSON_ARRAY_OPTIONS'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function readyOf<Facts>(
  child: ChildProcess,
  file: string,
  output: () => string,
): Promise<Facts> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the provider ended before it was ready:\n${output()}`);
    }
    const ready = parsed<Facts>(file);
    if (ready !== undefined) return ready;
    await pause(10);
  }
  child.kill('SIGKILL');
  throw new Error(`the provider was not ready within ${READY_WITHIN_MS} ms:\n${output()}`);
}

/** Undefined while the file is absent or half written. */
function parsed<Facts>(file: string): Facts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
