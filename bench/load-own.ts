/**
 * `keelson bench` against Keelson itself as it is delivered, each in a process of its own: the provider's
 * process id is told, so that its share of a processor and its memory are in the figures.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startServer, USER } from '../test/support/server-process.ts';

const MAIN = resolve(import.meta.dirname, '../dist/src/main.js');

/** Options of `keelson bench`, passed on as they are. */
interface Wish {
  readonly short: boolean;
  /** None: all. */
  readonly part: readonly string[];
  readonly hosts: string | undefined;
  readonly seconds: string | undefined;
}

/** Rejects when `keelson bench` ends with another code than 0. */
export async function loadOwn({ short, part, hosts, seconds }: Wish): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-load-'));
  const { ready, end } = await startServer(folder);
  try {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, `${USER.password}\n`, { mode: 0o600 });
    const access = ['--url', ready.versionXml, '--trust', ready.certificateFile];
    const user = ['--user', USER.name, '--password-file', passwordFile];
    const rest = [
      ...['--pid', `${ready.pid}`],
      ...part.flatMap((name) => ['--part', name]),
      ...(hosts === undefined ? [] : ['--hosts', hosts]),
      ...(seconds === undefined ? [] : ['--seconds', seconds]),
      ...(short ? ['--short'] : []),
    ];
    const child = spawn(process.execPath, [MAIN, 'bench', ...access, ...user, ...rest], {
      stdio: 'inherit',
    });
    const code = await new Promise((done) => child.once('exit', done));
    if (code !== 0) throw new Error(`keelson bench ended with ${code}`);
  } finally {
    await end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
