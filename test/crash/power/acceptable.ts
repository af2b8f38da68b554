/**
 * What a database may hold after a crash: what was acknowledged last, or what was committed since. Any other rows are
 * something lost, or something half done.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Disk, Loss } from './disk.ts';
import { DATABASES, type DatabaseName, rowsOf } from './found.ts';

/** Lays the data folder out as it is found after a crash, and takes it away again. */
export async function onDisk<Result>(
  disk: Disk,
  dataFolder: string,
  loss: Loss,
  look: (data: string) => Result | Promise<Result>,
): Promise<Result> {
  const found = mkdtempSync(join(tmpdir(), 'keelson-found-'));
  try {
    disk.writeTo(found, dataFolder, loss);
    return await look(found);
  } finally {
    rmSync(found, { recursive: true, force: true });
  }
}

export class Acceptable {
  readonly #disk: Disk;
  readonly #dataFolder: string;
  readonly #rows = new Map<DatabaseName, Set<string>>();

  constructor(disk: Disk, dataFolder: string) {
    this.#disk = disk;
    this.#dataFolder = dataFolder;
  }

  /** What is committed now has to be there from now on. */
  async acknowledged(): Promise<void> {
    this.#rows.clear();
    await this.add();
  }

  /** What is committed now may be there. */
  async add(): Promise<void> {
    await onDisk(this.#disk, this.#dataFolder, 'kill', (data) => {
      for (const name of DATABASES) this.#of(name).add(rowsOf(data, name));
    });
  }

  /** Throws unless both databases of the folder hold what they may. */
  expectIn(data: string, where: string): void {
    for (const name of DATABASES)
      expect([...this.#of(name)], `${where}: ${name}`).toContain(rowsOf(data, name));
  }

  #of(name: DatabaseName): Set<string> {
    const known = this.#rows.get(name) ?? new Set();
    this.#rows.set(name, known);
    return known;
  }
}
