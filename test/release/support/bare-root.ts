/**
 * Places to install into. As root it is a root file system of its own with a shell, tar, gzip, sed, the core programs,
 * a user, and nothing else: what the installer needs beyond that list it does not find. Without root it is an empty
 * folder, for the user who runs the tests.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CORE = `cat chmod chown chroot cp date dirname env id ln mkdir mv readlink rm rmdir sha256sum sleep
  tail tr uname basename`;
const PROGRAMS = ['gzip', 'sed', 'tar', ...CORE.split(/\s+/)];
const USER = { name: 'keelson', id: 4242 };

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  /** Where its root is on this machine; empty: it is this machine's. */
  readonly root: string;
  readonly prefix: string;
  readonly data: string;
  /** Further options of the installer. */
  readonly options: readonly string[];
  /** Copies an installer in and runs it. */
  install(file: string, args: readonly string[], input?: string): Run;
  /** Runs a program of the place as whoever installs. */
  run(program: string, ...args: readonly string[]): Run;
  /** Starts a program of the place as the user who runs the provider. */
  start(program: string, args: readonly string[], log: string): ChildProcess;
  /** Every path with what is known of it; of files the size, of links the target. */
  tree(): readonly string[];
  remove(): void;
}

/** A new place. */
export function barePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bare-'));
  chmodSync(folder, 0o755);
  return process.getuid?.() === 0 ? rootPlace(folder) : folderPlace(folder);
}

function rootPlace(root: string): Place {
  fillRoot(root);
  const paths = { prefix: '/opt/keelson', data: '/var/lib/keelson' };
  return place(root, root, paths, [], (program, args, asUser) => [
    'chroot',
    ...(asUser ? [`--userspec=${USER.id}:${USER.id}`] : []),
    ...[root, program, ...args],
  ]);
}

function folderPlace(folder: string): Place {
  const paths = { prefix: join(folder, 'opt'), data: join(folder, 'data') };
  const options = ['--prefix', paths.prefix, '--data-dir', paths.data];
  return place(folder, '', paths, options, (program, args) => [program, ...args]);
}

function place(
  folder: string,
  root: string,
  paths: { readonly prefix: string; readonly data: string },
  options: readonly string[],
  command: (program: string, args: readonly string[], asUser: boolean) => readonly string[],
): Place {
  const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
  const run = (line: readonly string[], input = ''): Run => {
    const [program = '', ...args] = line;
    const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8', env });
    return { code: status, stdout, stderr };
  };
  return {
    root,
    ...paths,
    options,
    install(file, args, input) {
      const copy = join(dirname(folder), `${folder.split('/').at(-1)}.run`);
      const inside = root === '' ? copy : '/installer.run';
      linkSync(file, root === '' ? copy : join(root, inside));
      try {
        return run(command('/bin/sh', [inside, ...args], false), input);
      } finally {
        rmSync(root === '' ? copy : join(root, inside));
      }
    },
    run: (program, ...args) => run(command(program, args, false)),
    start(program, args, log) {
      const [first = '', ...rest] = command(program, args, true);
      const output = openSync(log, 'a');
      const child = spawn(first, rest, { stdio: ['ignore', output, output], env });
      closeSync(output);
      return child;
    },
    tree: () => treeOf(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const stat = lstatSync(join(folder, name));
      const more = stat.isSymbolicLink() ? readlinkSync(join(folder, name)) : '';
      const size = stat.isFile() ? stat.size : 0;
      return [name, stat.mode.toString(8), stat.uid, size, more].join(' ');
    });
}

function fillRoot(root: string): void {
  for (const name of ['dev', 'etc', 'opt', 'tmp', 'usr/bin', 'usr/local/bin', 'var/lib'])
    mkdirSync(join(root, name), { recursive: true });
  execFileSync('ln', ['-s', 'usr/bin', join(root, 'bin')]);
  execFileSync('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3']);
  writeFileSync(join(root, 'etc/passwd'), passwd());
  writeFileSync(join(root, 'etc/group'), `root:x:0:\n${USER.name}:x:${USER.id}:\n`);
  const found = PROGRAMS.map((name) =>
    execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
  );
  for (const program of found)
    addProgram(root, program, join('usr/bin', program.split('/').at(-1) ?? ''));
  addProgram(root, '/bin/sh', 'usr/bin/sh');
  for (const library of librariesOf(process.execPath)) addFile(root, library, library);
}

function passwd(): string {
  const home = '/var/lib/keelson';
  return `root:x:0:0:root:/:/bin/sh\n${USER.name}:x:${USER.id}:${USER.id}::${home}:/bin/false\n`;
}

function addProgram(root: string, from: string, to: string): void {
  addFile(root, from, to);
  for (const library of librariesOf(from)) addFile(root, library, library);
}

function addFile(root: string, from: string, to: string): void {
  const target = join(root, to);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(from, target);
}

/** What the loader loads with a program, and the loader. */
function librariesOf(program: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
}

/** Text of a file of the place. */
export function textIn({ root }: Place, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
