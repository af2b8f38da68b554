/** The machine and the versions of everything that runs: facts that a developer asks for first. */
import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RELEASE } from '../../release/release.ts';
import { packageRoot } from '../../run/places.ts';
import { isContainer, systemText } from '../doctor/checks/machine.ts';
import type { Collect, SourceContext } from './source.ts';

export const collectVersions: Collect = async ({ bundle }) => {
  bundle.data('versions.json', {
    release: RELEASE,
    node: process.version,
    libraries: process.versions,
    sqlite: sqliteVersion(),
    packages: packages(),
  });
  return existsSync(lockFile()) ? [] : ['there is no package-lock.json beside the program'];
};

function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown';
  } finally {
    database.close();
  }
}

function lockFile(): string {
  return join(packageRoot(), 'package-lock.json');
}

/** What the lock file has for running, each as `name version`; empty without one. */
function packages(): readonly string[] {
  if (!existsSync(lockFile())) return [];
  const lock: unknown = JSON.parse(readFileSync(lockFile(), 'utf8'));
  const all = (lock as { packages?: Record<string, { version?: string; dev?: boolean }> }).packages;
  return Object.entries(all ?? {})
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = 'unknown' }]) => `${path.replace(/^node_modules\//, '')} ${version}`);
}

export const collectMachine: Collect = async (context) => {
  const { bundle, clock, installation } = context;
  const pid = installation.answering?.status.pid;
  bundle.data('machine.json', {
    system: { kernel: os.version(), release: os.release(), platform: os.platform() },
    distribution: systemText('/etc/os-release')
      ?.split('\n')
      .filter((line) => line !== ''),
    architecture: os.arch(),
    isContainer: isContainer(),
    processors: { count: os.cpus().length, model: os.cpus()[0]?.model, load: os.loadavg() },
    memoryBytes: { total: os.totalmem(), free: os.freemem() },
    time: timeFacts(clock.now()),
    network: os.networkInterfaces(),
    hostName: os.hostname(),
    dataFolder: folderFacts(installation.dataDir),
    limitsOfThisProcess: systemText('/proc/self/limits')?.split('\n'),
    limitsOfTheProvider: pid && systemText(`/proc/${pid}/limits`)?.split('\n'),
    statusOfTheProvider: pid && systemText(`/proc/${pid}/status`)?.split('\n'),
  });
  return pid === undefined ? ['no provider runs: what its process would show is missing'] : [];
};

function timeFacts(now: number) {
  // A step of the clock since this process began shows as a difference.
  const steady = performance.timeOrigin + performance.now();
  return {
    now: new Date(now).toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    steppedMs: Math.round(now - steady),
    upSeconds: Math.round(os.uptime()),
  };
}

/** Room where the folder lies, and what is in it by name, size and who may read it. */
function folderFacts(folder: string): unknown {
  if (!existsSync(folder)) return { folder, missing: true };
  const { bavail, blocks, bsize, type } = statfsSync(folder);
  const list = (path: string, prefix: string): unknown[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const name = `${prefix}${entry.name}`;
      const stats = statSync(join(path, entry.name), { throwIfNoEntry: false });
      if (stats === undefined) return [];
      const { size, mode, uid, mtime } = stats;
      const fact = { name, size, mode: (mode & 0o7777).toString(8), uid, changedAt: mtime };
      const isDeep = prefix.split('/').length > 2;
      const inner = entry.isDirectory() && !isDeep ? list(join(path, entry.name), `${name}/`) : [];
      return [fact, ...inner];
    });
  const space = { totalBytes: blocks * bsize, freeBytes: bavail * bsize, fileSystem: type };
  return { folder, ...space, entries: list(folder, '') };
}

export const collectConfiguration: Collect = async ({ bundle, loaded, installation }) => {
  bundle.data('config.json', settingsOf(loaded));
  return installation.answering === undefined
    ? []
    : ['as this command reads it: flags and environment of the provider may be others'];
};

function settingsOf({ config, sources }: SourceContext['loaded']): unknown {
  // Names as values: a name alone is no secret, and what stands under one might be.
  const from = [...sources].map(([setting, source]) => ({ setting, source }));
  return { effective: config, from };
}
