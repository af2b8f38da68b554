/** The machine under the provider, its folder, and the settings in force. */
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { isContainer, systemText } from '../doctor/checks/machine.ts';
import type { Collect, SourceContext } from './source.ts';

export const collectMachine: Collect = async (context) => {
  const { bundle, clock, installation } = context;
  const pid = installation.answering?.status.pid ?? installation.holders[0];
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
  const { holders, lastStart } = installation;
  if (lastStart === loaded) return [];
  if (lastStart !== undefined) {
    bundle.data('config-of-last-start.json', settingsOf(lastStart));
    return [];
  }
  return holders.length === 0
    ? []
    : ['as this command reads it: flags and environment of the provider may be others'];
};

function settingsOf({ config, sources }: SourceContext['loaded']): unknown {
  // Names as values: a name alone is no secret, and what stands under one might be.
  const from = [...sources].map(([setting, source]) => ({ setting, source }));
  return { effective: config, from };
}
