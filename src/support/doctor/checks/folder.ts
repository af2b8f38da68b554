/** The data folder as a place: whose it is, who may look into it, who has it, how much room it has, whether it keeps. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  type Stats,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { LIMITS } from '../../../model/limits.ts';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';

/** Numbers of file systems (Linux, statfs) where the provider's database cannot live, and where it does not last. */
const REMOTE: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
};
const PASSING: Readonly<Record<number, string>> = { 16914836: 'tmpfs', 2240043254: 'ramfs' };
const TIGHT_BYTES = 1024 ** 3;
const FULL_BYTES = 64 * 1024 ** 2;

function mib(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MB`;
}

/** Whether others than the owner may do anything with it. */
function isOpenToOthers({ mode }: Stats): boolean {
  return (mode & 0o077) !== 0;
}

export const checkOwner: Check = ({ installation }) => {
  if (installation === undefined) return [];
  const { dataDir } = installation;
  if (!existsSync(dataDir)) {
    const seen = `there is no folder ${dataDir}`;
    const advice = 'Nothing, if it is to be made by the first start; else name it with --data-dir.';
    return [warning('folder.owner', seen, advice)];
  }
  const stats = statSync(dataDir);
  if (!stats.isDirectory())
    return [problem('folder.owner', `${dataDir} is no folder`, 'Name another with --data-dir.')];
  const found: Finding[] = [];
  const self = process.geteuid?.();
  if (self !== undefined && self !== 0 && self !== stats.uid) {
    const seen = `${dataDir} belongs to user ${stats.uid}, and this command runs as user ${self}`;
    found.push(problem('folder.owner', seen, `Run it as that user (sudo -u '#${stats.uid}').`));
  } else found.push(ok('folder.owner', `${dataDir} belongs to user ${stats.uid}`));
  // What lies within a folder that only its owner may enter is safe, whatever its own mode says.
  if (!isOpenToOthers(stats)) {
    found.push(ok('folder.privacy', 'nobody but its owner can look into it'));
  } else {
    const mode = (stats.mode & 0o777).toString(8);
    const advice = `chmod 700 ${dataDir}; it holds private keys and password hashes.`;
    found.push(problem('folder.privacy', `others may look into it (mode ${mode})`, advice));
  }
  return found;
};

export const checkHolder: Check = ({ installation }) => {
  if (installation === undefined) return [];
  const { state, answering, holders } = installation;
  if (answering !== undefined) {
    const { pid, startedAt } = answering.status;
    const other = holders.filter((each) => each !== pid);
    if (other.length === 0)
      return [ok('folder.holder', `process ${pid} runs on it since ${startedAt}, and answers`)];
    const seen = `process ${pid} answers, and process ${other.join(', ')} holds the database too`;
    return [problem('folder.holder', seen, `End process ${other.join(', ')}.`)];
  }
  if (state !== 'silent') return [ok('folder.holder', 'no process has it')];
  const who = holders.length === 0 ? 'a process' : `process ${holders.join(', ')}`;
  const advice =
    'Wait if it was just started. Else collect a support bundle, and end it with SIGTERM; a second provider cannot start on this folder before.';
  return [problem('folder.holder', `${who} holds it and does not answer`, advice)];
};

export const checkSpace: Check = ({ installation }) => {
  if (installation === undefined) return [];
  const place = nearest(installation.dataDir);
  const { bavail, bsize, type, ffree, files } = statfsSync(place);
  const free = bavail * bsize;
  const seen = `${mib(free)} are free where ${place} lies`;
  const found: Finding[] = [];
  const advice =
    'Free space, or move the data folder: when the disk is full nothing can be changed.';
  if (free < FULL_BYTES) found.push(problem('folder.space', seen, advice));
  else if (free < TIGHT_BYTES) found.push(warning('folder.space', seen, advice));
  else found.push(ok('folder.space', seen));
  if (files > 0 && ffree < LIMITS.backupFiles)
    found.push(problem('folder.space', `no more than ${ffree} files can be made there`, advice));
  const [remote, passing] = [REMOTE[type], PASSING[type]];
  if (remote !== undefined) {
    const why = `${place} is on ${remote}, where locks and the write-ahead log do not hold`;
    found.push(problem('folder.kind', why, 'Put the data folder on a local disk.'));
  } else if (passing !== undefined) {
    const why = `${place} is on ${passing}: it is gone when the machine restarts`;
    found.push(warning('folder.kind', why, 'Put the data folder on a disk.'));
  } else found.push(ok('folder.kind', 'it lies on a file system of this machine'));
  return found;
};

/** The folder, or the nearest one above that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** Writes a file, has it flushed to the disk, and takes it away again. */
export const checkFlush: Check = ({ installation }) => {
  if (installation === undefined) return [];
  const { dataDir } = installation;
  if (!existsSync(dataDir)) return [notChecked('folder.flush', 'there is no data folder yet')];
  const file = join(dataDir, `.doctor-${process.pid}`);
  try {
    accessSync(dataDir, constants.W_OK);
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, 'flush');
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return [ok('folder.flush', 'a file was written there and flushed to the disk')];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const advice = `Make ${dataDir} writable for the provider's user (mount read-only? disk full? another owner?).`;
    return [problem('folder.flush', `nothing can be written there: ${why}`, advice)];
  } finally {
    rmSync(file, { force: true });
  }
};

/** A private key for the certificate that is served. */
export const checkKeys: Check = ({ installation }) => {
  if (installation === undefined || installation.state === 'absent') return [];
  const folder = join(installation.dataDir, 'keys');
  const keys = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.pem'))
    : [];
  if (keys.length > 0) return [ok('folder.keys', `${keys.length} private keys are there`)];
  const advice =
    'Bring back a backup, or let the next start make a new key; vCenter must then accept a new certificate.';
  return [problem('folder.keys', `there is no private key in ${folder}`, advice)];
};
