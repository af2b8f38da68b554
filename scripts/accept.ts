/**
 * The command `npm run accept`: starts this provider on a free port with its data in a temporary folder, runs
 * every scenario of the acceptance runner against it in both SOAP versions, and leaves ./acceptance-report.
 * What comes after `--` goes to `keelson accept`, e.g. `npm run accept -- --scenario volumes`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const READY_WITHIN_MS = 30_000;
const USER = 'acceptance';
/** Some work takes its time, so that tasks are followed and one can be cancelled. */
const PACING = { cloneVolume: { milliseconds: 150 }, prepareSnapshot: { polls: 2 } };

interface Ready {
  readonly versionXml: string;
  readonly certificateFile: string;
}

/** Starts the provider; its log goes to `output.log` in the folder. */
function startProvider(folder: string, password: string, port = '0'): ChildProcess {
  const places = ['--data-dir', join(folder, 'data'), '--ready-file', join(folder, 'ready.json')];
  return spawn(process.execPath, [MAIN, 'serve', ...places], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      KEELSON_HOST: '127.0.0.1',
      KEELSON_PORT: port,
      KEELSON_CONSOLE_ENABLED: 'false',
      KEELSON_PUBLIC_NAMES: 'localhost',
      KEELSON_ADMIN_USER: USER,
      KEELSON_ADMIN_PASSWORD: password,
      KEELSON_ARRAY_OPTIONS: JSON.stringify({ pacing: PACING }),
    },
  });
}

async function readyOf(provider: ChildProcess, folder: string): Promise<Ready> {
  const file = join(folder, 'ready.json');
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 50) {
    if (provider.exitCode !== null) throw new Error('the provider ended before it was ready');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    await pause(50);
  }
  throw new Error(`the provider was not ready within ${READY_WITHIN_MS} ms`);
}

/**
 * Has SIGHUP restart the provider on its port, and gives the command that asks for it: it ends when the new one
 * is ready.
 */
function restartable(folder: string, password: string, { versionXml }: Ready): string {
  process.on('SIGHUP', () => {
    const gone = ended(provider);
    provider.kill('SIGTERM');
    void gone.then(() => {
      provider = startProvider(folder, password, new URL(versionXml).port);
    });
  });
  const file = join(folder, 'ready.json');
  return `rm '${file}'; kill -HUP ${process.pid}; until [ -e '${file}' ]; do sleep 0.1; done`;
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const folder = mkdtempSync(join(tmpdir(), 'keelson-accept-'));
const password = randomUUID();
const passwordFile = join(folder, 'password');
writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
let provider = startProvider(folder, password);
// Ctrl-C goes to both; the runner takes back what it made first, while the provider is still there.
process.on('SIGINT', () => undefined);
try {
  const ready = await readyOf(provider, folder);
  const { versionXml, certificateFile } = ready;
  const restart = ['--restart-command', restartable(folder, password, ready)];
  const access = ['--url', versionXml, '--trust', certificateFile, '--user', USER];
  // The provider is gone afterwards, and so may its certificate be.
  const chosen = ['--soap', 'both', '--change-certificate', ...restart, ...process.argv.slice(2)];
  const runner = spawn(
    process.execPath,
    [MAIN, 'accept', ...access, '--password-file', passwordFile, ...chosen],
    { stdio: 'inherit' },
  );
  process.exitCode = await ended(runner);
} finally {
  const gone = ended(provider);
  if (provider.exitCode === null && provider.kill('SIGTERM')) await gone;
  rmSync(folder, { recursive: true, force: true });
}
