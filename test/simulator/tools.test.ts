/**
 * What VASA says of volumes, held against what the tools that people use see of their data: qemu-io,
 * qemu-img, nbdinfo and nbdcopy read, write and map bound volumes by NBD.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { exportName } from '../../simulator/exports.ts';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import { nbdUri } from '../../simulator/nbd/address.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { bind, copy, create, done, MB, newFolder, newJob, snapshot } from './world.ts';

const run = promisify(execFile);
const HOST = 'host-1' as HostId;
const SIZE_MB = 16n;
const CHUNK = 64 * 1024;
const EVERYTHING = [TOOLS.nbdcopy, TOOLS.nbdinfo, TOOLS.qemuImg, TOOLS.qemuIo];

let folder: string;
let simulator: ServedSimulator;
let array: StorageArrayPort;

beforeEach(async () => {
  folder = newFolder();
  simulator = await openSimulator({
    dataDirectory: folder,
    clock: systemClock,
    options: { nbd: { port: 0 } },
  });
  array = simulator.port;
  onTestFinished(async () => {
    expect(simulator.check()).toEqual([]);
    await array.close();
  });
});

/** Binds the volume and gives the address of its data. */
async function dataOf(vvolId: VvolId, hostId = HOST): Promise<string> {
  await bind(array, vvolId, hostId);
  const { nbd } = simulator;
  if (nbd === undefined) throw new Error('no data is served');
  return nbdUri(nbd, exportName({ hostId, vvolId }));
}

/** Runs a tool to its end; what it printed. Rejects, with what it said, when it fails. */
async function tool(command: string, ...parameters: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(command, [...parameters]);
  return stdout + stderr;
}

/** Runs qemu-io commands in one session, cut at `;`. Throws when a pattern is not what was written. */
async function qemuIo(uri: string, commands: string, ...flags: readonly string[]): Promise<string> {
  const parameters = commands.split(';').flatMap((command) => ['-c', command.trim()]);
  const said = await tool('qemu-io', ...flags, '-f', 'raw', ...parameters, uri);
  if (/fail/i.test(said)) throw new Error(said);
  return said;
}

/** All bytes of a volume, as nbdcopy brings them out. */
async function bytesOf(vvolId: VvolId): Promise<Buffer> {
  const file = join(folder, `${vvolId}.raw`);
  await tool('nbdcopy', await dataOf(vvolId), file);
  return readFileSync(file);
}

/** Starts of the chunks of `size` bytes that a bitmap names. */
function chunksIn(map: Uint8Array, size: number): number[] {
  return [...map].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => (at * 8 + bit) * size),
  );
}

/** The whole of a volume in chunks of a size. */
function whole(chunkSize = CHUNK) {
  return { start: bytes(0n), length: bytes(SIZE_MB * MB), chunkSize: bytes(BigInt(chunkSize)) };
}

describeWithTool('a bound volume, by the tools of qemu and libnbd', EVERYTHING, () => {
  it('snapshot and revert: a snapshot keeps what was there, and reverting brings it back', async () => {
    const vvolId = await create(array, SIZE_MB);
    const data = await dataOf(vvolId);
    await qemuIo(data, 'write -P 0x11 0 1M; write -P 0x12 5000 300');
    const first = await snapshot(array, vvolId);
    await qemuIo(data, 'write -P 0x22 512k 1M; discard 0 64k');
    const second = await snapshot(array, vvolId);
    await qemuIo(data, 'write -P 0x33 0 16M');
    await qemuIo(
      await dataOf(first),
      'read -P 0x11 0 5000; read -P 0x12 5000 300; read -P 0x11 512k 512k; read -P 0 1M 15M',
      '-r',
    );
    await qemuIo(await dataOf(second), 'read -P 0 0 64k; read -P 0x22 512k 1M', '-r');
    await array.unbindFromAllHosts(vvolId);
    await done(array, array.revertVolume(newJob(), vvolId, first));
    expect((await bytesOf(vvolId)).equals(await bytesOf(first))).toBe(true);
    await array.unbindAllFromHost(HOST);
    await array.deleteVolume(first);
    await qemuIo(await dataOf(vvolId), 'read -P 0x11 0 5000; read -P 0 1M 15M');
    await qemuIo(await dataOf(second), 'read -P 0x22 512k 1M', '-r');
  });

  it('a read-only snapshot cannot be written, a read-write one can, and the volume does not see it', async () => {
    const vvolId = await create(array, SIZE_MB);
    await qemuIo(await dataOf(vvolId), 'write -P 0x11 0 1M');
    const fixed = await dataOf(await snapshot(array, vvolId));
    await expect(qemuIo(fixed, 'write -P 0x22 0 4k')).rejects.toThrow(/denied|read-only/i);
    const writable = await dataOf(await snapshot(array, vvolId, { readOnly: false }));
    await qemuIo(writable, 'write -P 0x22 0 4k; read -P 0x11 4k 1020k');
    await qemuIo(await dataOf(vvolId), 'read -P 0x11 0 1M');
    const facts = JSON.parse(await tool('nbdinfo', '--json', fixed)).exports[0];
    expect(facts).toMatchObject({ is_read_only: true, 'export-size': Number(SIZE_MB * MB) });
  });

  it('clone: every byte alike, nothing shared, no more space than the source', async () => {
    const vvolId = await create(array, SIZE_MB);
    const image = Buffer.alloc(Number(SIZE_MB * MB));
    randomBytes(3_000_000).copy(image, 777);
    const file = join(folder, 'image.raw');
    writeFileSync(file, image);
    await tool('nbdcopy', '--connections=4', '--flush', file, await dataOf(vvolId));
    const clone = await copy(array, 'cloneVolume', vvolId);
    expect((await bytesOf(clone)).equals(image)).toBe(true);
    const [source, made] = await array.volumeSpace([vvolId, clone]);
    expect(made?.committed).toBe(source?.committed);
    expect(made?.unshared).toBe(made?.committed);
    expect(source?.unshared).toBe(source?.committed);
    const compared = array.unsharedChunks(clone, vvolId, whole());
    await expect(compared).rejects.toMatchObject({ kind: 'incompatible' });
    await qemuIo(await dataOf(clone), 'write -P 0x44 0 4M');
    expect((await bytesOf(vvolId)).equals(image)).toBe(true);
  });

  it('linked clones: share until written, each sees its own, and any may go first', async () => {
    const golden = await create(array, SIZE_MB);
    await qemuIo(await dataOf(golden), 'write -P 0x11 0 8M');
    const base = await snapshot(array, golden);
    const clones = [
      await copy(array, 'fastCloneVolume', base),
      await copy(array, 'fastCloneVolume', base),
    ] as const;
    const [space] = await array.volumeSpace([clones[0]]);
    expect(space).toMatchObject({ committed: 8n * MB, unshared: 0n });
    for (const [index, clone] of clones.entries()) {
      const data = await dataOf(clone);
      await qemuIo(data, `write -P ${0x50 + index} 1M 128k; read -P 0x11 0 1M`);
    }
    expect(await array.volumeSpace([clones[0]])).toMatchObject([{ unshared: 128n * 1024n }]);
    await array.unbindAllFromHost(HOST);
    await array.deleteVolume(golden);
    await array.deleteVolume(base);
    await array.deleteVolume(clones[0]);
    await qemuIo(await dataOf(clones[1]), 'read -P 0x11 0 1M; read -P 0x51 1M 128k');
    expect(await array.volumeSpace([clones[1]])).toMatchObject([{ unshared: 8n * MB }]);
  });

  it('copyDiffs carries a chain of snapshots over to a clone, step by step', async () => {
    const vvolId = await create(array, SIZE_MB);
    const data = await dataOf(vvolId);
    await qemuIo(data, 'write -P 0x11 0 4M');
    const chain = [await snapshot(array, vvolId)];
    await qemuIo(data, 'write -P 0x22 1M 64k; write -P 0x23 9M 1M; discard 2M 1M');
    chain.push(await snapshot(array, vvolId));
    await qemuIo(data, 'write -P 0x33 1M 4k; write -z 9M 512k');
    chain.push(vvolId);
    const [oldest, ...later] = chain;
    if (oldest === undefined) throw new Error('no chain');
    const target = await copy(array, 'cloneVolume', oldest);
    let base = oldest;
    for (const source of later) {
      await done(array, array.copyDiffs(newJob(), { source, base, target }));
      expect((await bytesOf(target)).equals(await bytesOf(source))).toBe(true);
      await array.unbindFromAllHosts(target);
      base = source;
    }
    const other = await create(array, SIZE_MB);
    const unrelated = array.copyDiffs(newJob(), { source: other, base: oldest, target });
    await expect(unrelated).rejects.toMatchObject({ kind: 'incompatible' });
  });

  it('allocated bitmap: what qemu-img and nbdinfo map as data', async () => {
    const vvolId = await create(array, SIZE_MB);
    const data = await dataOf(vvolId);
    await qemuIo(
      data,
      'write -P 1 100000 1; write -P 2 4M 128k; write -P 3 8M 192k; discard 8M 64k',
    );
    const map = await array.allocatedChunks(vvolId, whole());
    const starts = [CHUNK, 4 << 20, (4 << 20) + CHUNK, (8 << 20) + CHUNK, (8 << 20) + 2 * CHUNK];
    expect(chunksIn(map, CHUNK)).toEqual(starts);
    expect(chunksIn(await array.allocatedChunks(vvolId, whole(1 << 20)), 1 << 20)).toEqual([
      0,
      4 << 20,
      8 << 20,
    ]);
    const seen = JSON.parse(await tool('qemu-img', 'map', '--output=json', '-f', 'raw', data));
    const stored = seen.flatMap((one: { start: number; length: number; data: boolean }) =>
      one.data
        ? Array.from({ length: one.length / CHUNK }, (_, index) => one.start + index * CHUNK)
        : [],
    );
    expect(stored).toEqual(starts);
    const extents = JSON.parse(await tool('nbdinfo', '--map', '--json', data));
    const sum = extents
      .filter(({ description }: { description: string }) => description === 'data')
      .reduce((total: number, { length }: { length: number }) => total + length, 0);
    expect(BigInt(sum)).toBe((await array.volumeSpace([vvolId]))[0]?.committed);
  });

  it('unshared bitmap: exactly where the bytes of two related volumes differ', async () => {
    const vvolId = await create(array, SIZE_MB);
    const data = await dataOf(vvolId);
    await qemuIo(data, 'write -P 0x11 0 2M');
    const first = await snapshot(array, vvolId);
    await qemuIo(
      data,
      'write -P 0x11 0 64k; write -P 0x22 1M 1; write -P 0x22 5M 64k; discard 64k 64k',
    );
    const second = await snapshot(array, vvolId);
    const [one, other] = [await bytesOf(first), await bytesOf(second)];
    const differing = Array.from(
      { length: one.length / CHUNK },
      (_, index) => index * CHUNK,
    ).filter((at) => one.compare(other, at, at + CHUNK, at, at + CHUNK) !== 0);
    expect(differing).toHaveLength(3);
    for (const [left, right] of [
      [first, second],
      [second, first],
      [vvolId, first],
    ] as const) {
      const map = await array.unsharedChunks(left, right, whole());
      expect(chunksIn(map, CHUNK)).toEqual(differing);
    }
    expect(chunksIn(await array.unsharedChunks(vvolId, second, whole()), CHUNK)).toEqual([]);
    const range = { start: bytes(0n), length: bytes(SIZE_MB * MB) };
    expect(await array.countUnshared(second, first, range)).toEqual({
      chunkSize: BigInt(CHUNK),
      scanned: (SIZE_MB * MB) / BigInt(CHUNK),
      unshared: 3n,
    });
  });

  it('unbind ends the export: it is gone for a new client and shut for one that is there', async () => {
    const vvolId = await create(array, SIZE_MB);
    const data = await dataOf(vvolId);
    const image = join(folder, 'endless.raw');
    writeFileSync(image, randomBytes(Number(SIZE_MB * MB)));
    const writing = Promise.allSettled(
      Array.from({ length: 3 }, () => tool('nbdcopy', image, data)),
    );
    await new Promise((settle) => setTimeout(settle, 30));
    await array.unbind(vvolId, HOST, undefined);
    const space = await array.volumeSpace([vvolId]);
    await writing;
    expect(await array.volumeSpace([vvolId])).toEqual(space);
    await expect(tool('nbdinfo', data)).rejects.toThrow(/No such file|No such export/i);
    await dataOf(vvolId);
    expect(await tool('nbdinfo', '--size', data)).toContain(String(SIZE_MB * MB));
  });

  it('growing shows to a client that connects next, and the new bytes are zero', async () => {
    const vvolId = await create(array, 1n);
    await qemuIo(await dataOf(vvolId), 'write -P 0x11 0 1M');
    await done(array, array.resizeVolume(newJob(), vvolId, bytes(SIZE_MB * MB)));
    await qemuIo(await dataOf(vvolId), 'read -P 0x11 0 1M; read -P 0 1M 15M; write -P 0x22 15M 1M');
  });
});
