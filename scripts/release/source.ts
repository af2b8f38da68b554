/**
 * The sources of a release: what git says of the tree, and a copy of exactly what was committed. A file that nobody
 * committed would be missing from the next release, so a tree that has one is refused like a changed one.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extract } from 'tar';

export interface Source {
  readonly root: string;
  readonly commit: string;
  /** Eight hex digits, `-dirty` after it when the tree is not what was committed. */
  readonly build: string;
  readonly isDirty: boolean;
  /** When the commit was made: every file of the release bears this time. */
  readonly committedAt: Date;
}

const GIT_OUTPUT_BYTES = 64 * 1_024 * 1_024;

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: GIT_OUTPUT_BYTES });
}

/** Reads the state of a git tree. Throws when there is no git, or no commit. */
export function readSource(root: string): Source {
  const commit = git(root, 'rev-parse', 'HEAD').trim();
  const short = commit.slice(0, 8);
  const isDirty = git(root, 'status', '--porcelain').trim() !== '';
  const seconds = Number(git(root, 'show', '-s', '--format=%ct', commit).trim());
  return {
    root,
    commit,
    build: isDirty ? `${short}-dirty` : short,
    isDirty,
    committedAt: new Date(seconds * 1_000),
  };
}

/** Copies the sources into a new folder: the commit, or, of a dirty tree, what is there now. */
export async function exportSource(source: Source, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (source.isDirty) return copyWorkingTree(source.root, folder);
  const archive = `${folder}.tar`;
  git(source.root, 'archive', '--format=tar', `--output=${archive}`, source.commit);
  await extract({ file: archive, cwd: folder });
  rmSync(archive);
}

function copyWorkingTree(root: string, folder: string): void {
  const deleted = new Set(git(root, 'ls-files', '--deleted', '-z').split('\0'));
  const names = git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
  for (const name of new Set(names.split('\0'))) {
    if (name === '' || deleted.has(name)) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
}
