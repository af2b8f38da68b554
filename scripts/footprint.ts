/**
 * The command `npm run footprint`: measures what the built provider takes of this machine, idle and with hosts that
 * poll, and writes docs/footprint.json, from which `npm run docs` makes the page. Takes some minutes; needs
 * `npm run build`. `--hosts 64` (repeatable) and `--seconds 60` for another measurement.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { processesOf } from '../src/load/processes.ts';
import { machineWords } from '../src/load/report/machine.ts';
import { type ServerProcess, startServer, USER } from '../test/support/server-process.ts';
import { type FootprintFigures, readFootprint } from './docs/footprint-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MAIN = join(ROOT, 'dist/src/main.js');
const OUT = join(ROOT, 'docs/footprint.json');
const MB = 1024 * 1024;

type Row = FootprintFigures['rows'][number];

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', multiple: true, default: ['1', '64', '256', '1000'] },
    seconds: { type: 'string', default: '60' },
    out: { type: 'string', default: OUT },
  },
});

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function sizeMB(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size / MB;
  return readdirSync(path).reduce((sum, name) => sum + sizeMB(join(path, name)), 0);
}

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })),
});

/** Packages at the top that are not for developing; those within others are part of them. */
function packagesMB(): number {
  const { packages } = lockFile.parse(
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
  );
  const own = Object.entries(packages).filter(
    ([path, { dev }]) => path.split('node_modules/').length === 2 && dev !== true,
  );
  return own.reduce((sum, [path]) => sum + sizeMB(join(ROOT, path)), 0);
}

interface Measured {
  readonly server: ServerProcess;
  readonly folder: string;
  readonly seconds: number;
}

/** Memory and data at the end of `act`, processor over the whole of it. */
async function during(
  { server, folder }: Measured,
  hosts: number,
  act: () => Promise<void>,
): Promise<Row> {
  const processes = processesOf(server.ready.pid);
  if (processes === undefined) throw new Error('needs /proc, so Linux');
  const before = processes.usage();
  const start = performance.now();
  await act();
  const seconds = (performance.now() - start) / 1000;
  const { memoryMB, processorSeconds } = processes.usage();
  return {
    hosts,
    memoryMB: Math.round(memoryMB),
    processorShare:
      Math.round(((processorSeconds - before.processorSeconds) / seconds) * 1e4) / 1e4,
    dataMB: tenths(sizeMB(join(folder, 'data'))),
  };
}

/** Plays hosts that poll; resolves when they have done so for the time. */
async function polled({ server, folder, seconds }: Measured, hosts: number): Promise<void> {
  const password = join(folder, 'password');
  writeFileSync(password, `${USER.password}\n`, { mode: 0o600 });
  const { versionXml, certificateFile } = server.ready;
  const access = ['--url', versionXml, '--trust', certificateFile];
  const user = ['--user', USER.name, '--password-file', password];
  const load = ['--part', 'polling', '--hosts', `${hosts}`, '--seconds', `${seconds}`];
  const child = spawn(process.execPath, [MAIN, 'bench', ...access, ...user, ...load], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`keelson bench ended with ${code}`);
}

/** Every row on a new provider, so that none has what another left. */
async function withProvider<Result>(measure: (made: Measured) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-footprint-'));
  const server = await startServer(folder);
  try {
    return await measure({ server, folder, seconds: Number(values.seconds) });
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function releaseOf({ server }: Measured): string {
  const signature = /"release":"([^"]+)"/.exec(server.output())?.[1];
  if (signature === undefined) throw new Error('the log names no release');
  return signature;
}

const [loadAverage = 0] = loadavg();
const idle = await withProvider(async (made) => {
  const startSeconds = tenths(processesOf(made.server.ready.pid)?.usage().processorSeconds ?? 0);
  const emptyDataMB = tenths(sizeMB(join(made.folder, 'data')));
  const row = await during(made, 0, () => pause(made.seconds * 1000));
  return { startSeconds, emptyDataMB, row, release: releaseOf(made) };
});
const rows = [idle.row];
for (const hosts of values.hosts.map(Number)) {
  process.stdout.write(`${hosts} hosts\n`);
  rows.push(await withProvider((made) => during(made, hosts, () => polled(made, hosts))));
}
const figures: FootprintFigures = {
  date: new Date().toISOString().slice(0, 10),
  release: idle.release,
  machine: machineWords().replace('The load came from', 'Load and provider shared'),
  loadAverage: tenths(loadAverage),
  disk: {
    programMB: tenths(sizeMB(join(ROOT, 'dist')) + sizeMB(join(ROOT, 'wsdl'))),
    packagesMB: tenths(packagesMB()),
    nodeMB: tenths(sizeMB(process.execPath)),
  },
  emptyDataMB: idle.emptyDataMB,
  startSeconds: idle.startSeconds,
  rows,
};
const text = `${JSON.stringify(figures, null, 2)}\n`;
readFootprint(text);
writeFileSync(values.out, text);
process.stdout.write(text);
