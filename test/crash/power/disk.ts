/**
 * A disk that forgets: it is given what a process did to its files, and tells what could be found on it afterwards.
 * What was synced is there. What was not is there after a kill, and after the loss of power may be there or not:
 * every write by itself, torn between sectors, and names (made, renamed, removed) up to any of them in order. That
 * is stricter than ext4 or XFS: a file that was synced is lost where its folder was not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '../load.ts';
import type { Recorded } from './record.ts';

const SECTOR = 512;

interface Piece {
  readonly kind: 'write' | 'truncate';
  readonly offset: number;
  readonly data: Buffer;
}

interface Inode {
  /** What was synced. */
  synced: Buffer;
  /** What was done since, in order. */
  pending: Piece[];
}

interface NameChange {
  readonly kind: 'add' | 'rename' | 'remove';
  readonly path: string;
  readonly to: string;
  readonly inode: Inode | 'folder';
}

/** What is left of what was not synced: all after a kill; after the loss of power nothing, or what dice say. */
export type Loss = 'kill' | 'unsynced' | Random;

type Names = Map<string, Inode | 'folder'>;

export class Disk {
  readonly #names: Names = new Map();
  readonly #syncedNames: Names = new Map();
  #pendingNames: NameChange[] = [];

  /** Does what was recorded. */
  apply({ kind, path, offset, data }: Recorded): void {
    switch (kind) {
      case 'create':
      case 'mkdir': {
        const inode: Inode | 'folder' =
          kind === 'mkdir' ? 'folder' : { synced: Buffer.alloc(0), pending: [] };
        this.#rename({ kind: 'add', path, to: '', inode });
        break;
      }
      case 'rename':
      case 'unlink': {
        const inode = this.#names.get(path);
        if (inode === undefined) throw new Error(`${path} was never made`);
        const change = kind === 'rename' ? 'rename' : 'remove';
        this.#rename({ kind: change, path, to: data.toString(), inode });
        break;
      }
      case 'sync':
        this.#sync(path);
        break;
      case 'mark':
        break;
      default:
        this.#inode(path).pending.push({ kind, offset, data });
    }
  }

  /** Writes what is found to `folder`, for all that lay below `from`. */
  writeTo(folder: string, from: string, loss: Loss): void {
    const names = new Map(this.#syncedNames);
    const kept = keptNames(this.#pendingNames, loss);
    for (const change of kept) applyTo(names, change);
    const made = new Set([...this.#names.keys(), ...names.keys()]);
    for (const [path, inode] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const place = relative(from, path);
      if (place.startsWith('..') || !isReachable(path, names, made)) continue;
      if (inode === 'folder') mkdirSync(join(folder, place), { recursive: true });
      else writeFileSync(join(folder, place), contentOf(inode, loss), { mode: 0o600 });
    }
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined || inode === 'folder') throw new Error(`no file ${path}`);
    return inode;
  }

  #rename(change: NameChange): void {
    applyTo(this.#names, change);
    this.#pendingNames.push(change);
  }

  #sync(path: string): void {
    const inode = this.#names.get(path);
    if (inode !== undefined && inode !== 'folder') {
      inode.synced = contentOf(inode, 'kill');
      inode.pending = [];
      return;
    }
    const isHere = (change: NameChange) => dirname(change.path) === path;
    for (const change of this.#pendingNames.filter(isHere)) applyTo(this.#syncedNames, change);
    this.#pendingNames = this.#pendingNames.filter((change) => !isHere(change));
  }
}

function keptNames(pending: readonly NameChange[], loss: Loss): readonly NameChange[] {
  if (loss === 'kill') return pending;
  return loss === 'unsynced' ? [] : pending.slice(0, loss(pending.length + 1));
}

function applyTo(names: Names, { kind, path, to, inode }: NameChange): void {
  if (kind === 'add') names.set(path, inode);
  else names.delete(path);
  if (kind === 'rename') names.set(to, inode);
}

/** Whether every folder above it that was made is there. */
function isReachable(path: string, names: Names, made: ReadonlySet<string>): boolean {
  const above = dirname(path);
  if (above === path) return true;
  return (names.has(above) || !made.has(above)) && isReachable(above, names, made);
}

function contentOf({ synced, pending }: Inode, loss: Loss): Buffer {
  if (loss === 'unsynced' || pending.length === 0) return synced;
  const kept = loss === 'kill' ? pending : pending.flatMap((piece) => torn(piece, loss));
  const ends = kept.map(({ offset, data }) => offset + data.length);
  const most = ends.reduce((longest, end) => Math.max(longest, end), synced.length);
  const content = Buffer.alloc(most);
  synced.copy(content);
  let length = synced.length;
  for (const { kind, offset, data } of kept) {
    if (kind === 'truncate') {
      if (offset < length) content.fill(0, offset, length);
      length = offset;
    } else {
      data.copy(content, offset);
      length = Math.max(length, offset + data.length);
    }
  }
  // A truncation can make a file longer, too.
  return length <= most
    ? content.subarray(0, length)
    : Buffer.concat([content, Buffer.alloc(length - most)]);
}

/** What dice leave of a write: all, nothing, or some of its sectors. */
function torn(piece: Piece, random: Random): readonly Piece[] {
  const dice = random(4);
  if (dice === 0) return [];
  if (dice === 1 || piece.kind === 'truncate') return [piece];
  const { offset, data } = piece;
  const pieces: Piece[] = [];
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + SECTOR - ((offset + at) % SECTOR));
    if (random(2) === 0)
      pieces.push({ kind: 'write', offset: offset + at, data: data.subarray(at, end) });
    at = end;
  }
  return pieces;
}
