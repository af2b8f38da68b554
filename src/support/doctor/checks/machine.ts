/** The machine under the provider: runtime, open files, the keeping of time, random numbers. Linux tells; others not. */
import { existsSync, readFileSync } from 'node:fs';
import { LIMITS } from '../../../model/limits.ts';
import { type Check, notChecked, ok, problem, warning } from '../finding.ts';

/** Files beside connections: database, log, libraries. */
const OTHER_FILES = 256;
const LEAST_NODE = [20, 19] as const;

/** The text of a file of the system, or undefined where it has none. */
export function systemText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export const checkRuntime: Check = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const seen = `Node.js ${process.versions.node} with OpenSSL ${process.versions.openssl}`;
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    const advice = `Install Node.js ${leastMajor}.${leastMinor} or a later even release.`;
    return [problem('machine.runtime', seen, advice)];
  }
  if (major % 2 === 1)
    return [warning('machine.runtime', seen, 'Use an even release of Node.js: odd ones soon end.')];
  return [ok('machine.runtime', seen)];
};

/** How many files the process may have open: each connection is one. */
export const checkOpenFiles: Check = ({ installation, loaded }) => {
  const pid = installation?.answering?.status.pid ?? 'self';
  const text = systemText(`/proc/${pid}/limits`) ?? '';
  const [, soft = ''] = /^Max open files\s+(\S+)/m.exec(text) ?? [];
  if (soft === '') return [notChecked('machine.open-files', 'the system does not tell the limit')];
  const connections =
    typeof loaded === 'object' ? loaded.config.admission.connections : LIMITS.connections;
  const needed = connections + OTHER_FILES;
  const whose = pid === 'self' ? 'a process started from here' : `process ${pid}`;
  const seen = `${whose} may have ${soft} files open; ${connections} connections need ${needed}`;
  if (soft === 'unlimited' || Number(soft) >= needed) return [ok('machine.open-files', seen)];
  const advice = `Raise the limit (systemd: LimitNOFILE=${needed}; shell: ulimit -n ${needed}), or set admission.connections to ${Math.max(16, Number(soft) - OTHER_FILES)}.`;
  return [warning('machine.open-files', seen, advice)];
};

const KEEPERS = [
  '/run/systemd/timesync/synchronized',
  '/run/chrony/chronyd.pid',
  '/run/chronyd.pid',
  '/run/ntpd.pid',
  '/var/run/ntpd.pid',
];

export const checkTimeKeeping: Check = () => {
  const found = KEEPERS.find((file) => existsSync(file));
  if (found !== undefined) return [ok('machine.time-keeping', `the time is kept (${found})`)];
  if (isContainer())
    return [notChecked('machine.time-keeping', 'in a container the machine below keeps the time')];
  const advice =
    'Set up chrony or systemd-timesyncd with the same time servers as vCenter and the hosts.';
  return [warning('machine.time-keeping', 'no service that keeps the time is seen', advice)];
};

export const checkRandomness: Check = () => {
  const text = systemText('/proc/sys/kernel/random/entropy_avail');
  if (text === undefined) return [notChecked('machine.randomness', 'the system does not tell')];
  const seen = `the system's random numbers have ${text.trim()} bits of entropy`;
  if (Number(text) >= 128) return [ok('machine.randomness', seen)];
  const advice = 'Give the virtual machine a random device (virtio-rng): making keys may hang.';
  return [warning('machine.randomness', seen, advice)];
};

/** Whether this runs in a container, as far as one can see from within. */
export function isContainer(): boolean {
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return true;
  return /docker|kubepods|containerd|lxc/.test(systemText('/proc/1/cgroup') ?? '');
}
