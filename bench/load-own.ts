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

/** Rejects when `keelson bench` ends with another code than 0. `parts`: none is all. */
export async function loadOwn(short: boolean, parts: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-load-'));
  const { ready, end } = await startServer(folder);
  try {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, `${USER.password}\n`, { mode: 0o600 });
    const access = ['--url', ready.versionXml, '--trust', ready.certificateFile];
    const user = ['--user', USER.name, '--password-file', passwordFile];
    const chosen = parts.length === 0 ? [] : ['--part', ...parts];
    const rest = ['--pid', `${ready.pid}`, ...chosen, ...(short ? ['--short'] : [])];
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
