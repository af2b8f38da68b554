/**
 * What hosts read and write, through the data path that the suite was given; without one these sentences
 * are left out. Snapshots, copies and differences are promises about content, which only this proves.
 */
import { expect, it, type TestContext } from 'vitest';
import type { ChunkBitmap } from '../../../src/array/differences.ts';
import type { Volume } from '../../../src/model/array.ts';
import type { HostId, VvolId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import { copy } from './copies.ts';
import { ended, type Harness, newHostId, newJob, newVvolId } from './harness.ts';
import { needs, snapshot } from './snapshots.ts';

const MB = 1024 * 1024;

/** Reads and writes of a host; both reject where it has not bound the volume. Offsets in bytes. */
export interface HostData {
  read(place: DataPlace, offset: number, length: number): Promise<Uint8Array>;
  /** Rejects also on a read-only snapshot. */
  write(place: DataPlace, offset: number, data: Uint8Array): Promise<void>;
}

interface DataPlace {
  readonly hostId: HostId;
  readonly vvolId: VvolId;
}

/** Gives the data path of the array that was opened last. */
export type DataPathOf = () => HostData;

export function contentSentences(harness: Harness, dataPathOf: DataPathOf | undefined): void {
  const host: HostOf = (context) =>
    dataPathOf === undefined
      ? context.skip('the suite was given no data path')
      : hostOf(harness, dataPathOf);
  volumeSentences(harness, host);
  snapshotSentences(harness, host);
  copySentences(harness, host);
  differenceSentences(harness, host);
}

type HostOf = (context: TestContext) => ReturnType<typeof hostOf>;

/** A host that binds for each access and unbinds after it, and tells contents by letters. */
function hostOf(harness: Harness, dataPathOf: DataPathOf) {
  const hostId = newHostId();
  const through = async <Result>(
    { vvolId, containerId }: Volume,
    access: (place: DataPlace) => Promise<Result>,
  ): Promise<Result> => {
    const candidates = await harness.endpointsOf(containerId);
    await harness.array.bind(vvolId, hostId, { candidates, rebind: false });
    try {
      return await access({ hostId, vvolId });
    } finally {
      await harness.array.unbind(vvolId, hostId, undefined);
    }
  };
  return {
    write: (volume: Volume, offset: number, text: string) =>
      through(volume, (place) => dataPathOf().write(place, offset, Buffer.from(text, 'latin1'))),
    read: async (volume: Volume, offset: number, length = 1) => {
      const data = await through(volume, (place) => dataPathOf().read(place, offset, length));
      return Buffer.from(data).toString('latin1');
    },
    readUnbound: ({ vvolId }: Volume, as = hostId) =>
      dataPathOf().read({ hostId: as, vvolId }, 0, 1),
  };
}

function volumeSentences(harness: Harness, hostFor: HostOf): void {
  it('what is written is read again, also after reopening; what is not written is zero', async (context) => {
    const host = hostFor(context);
    const volume = await harness.create();
    const other = await harness.create();
    await host.write(volume, 3 * MB - 2, 'aaaa');
    await host.write(volume, 3 * MB, 'b');
    await harness.reopen();
    expect(await host.read(volume, 3 * MB - 3, 6)).toBe('\0aaba\0');
    expect(await host.read(other, 3 * MB - 3, 6)).toBe('\0'.repeat(6));
  });

  it('a volume that grows keeps what it has, and its new part is zero', async (context) => {
    const host = hostFor(context);
    const volume = await harness.create();
    const end = Number(volume.size);
    await host.write(volume, end - 1, 'a');
    const grow = harness.array.resizeVolume(newJob(), volume.vvolId, bytes(volume.size * 2n));
    const { state } = await ended(harness.array, await grow);
    expect(state).toBe('succeeded');
    expect(await host.read({ ...volume }, end - 1, 3)).toBe('a\0\0');
  });

  it('a host that has not bound a volume, or has unbound it, does not reach it', async (context) => {
    const host = hostFor(context);
    const volume = await harness.create();
    await host.write(volume, 0, 'a');
    await expect(host.readUnbound(volume)).rejects.toThrow();
    const candidates = await harness.endpointsOf(volume.containerId);
    await harness.array.bind(volume.vvolId, newHostId(), { candidates, rebind: false });
    await expect(host.readUnbound(volume)).rejects.toThrow();
  });

  it('what is written takes space, and deleting gives it back', async (context) => {
    const host = hostFor(context);
    const volume = await harness.create();
    const used = async () => (await harness.array.containerSpace(volume.containerId)).physicalUsed;
    const before = await used();
    await host.write(volume, 0, 'a');
    const [space] = await harness.array.volumeSpace([volume.vvolId]);
    expect(space?.committed).toBeGreaterThan(0n);
    expect(space?.unshared ?? space?.committed).toBe(space?.committed);
    expect((await used()) - before).toBe(space?.committed);
    await harness.array.deleteVolume(volume.vvolId);
    await expect.poll(used, { timeout: 10_000 }).toBe(before);
  });
}

function snapshotSentences(harness: Harness, hostFor: HostOf): void {
  it('a snapshot has the content of its moment, whatever is written or deleted later', async (context) => {
    needs(harness, context, 'snapshots');
    const host = hostFor(context);
    const volume = await harness.create();
    await host.write(volume, 0, 'one');
    const taken = await snapshot(harness, volume);
    await host.write(volume, 1, 'TWO');
    await host.write(volume, 5 * MB, 'new');
    expect(await host.read(taken, 0, 4)).toBe('one\0');
    expect(await host.read(taken, 5 * MB, 3)).toBe('\0\0\0');
    await expect(host.write(taken, 0, 'x')).rejects.toThrow();
    await harness.array.deleteVolume(volume.vvolId);
    await harness.reopen();
    expect(await host.read(taken, 0, 4)).toBe('one\0');
  });

  it('the moment is that of taking, not of preparing', async (context) => {
    needs(harness, context, 'snapshots');
    const host = hostFor(context);
    const volume = await harness.create();
    const snapshotId = newVvolId();
    const request = { vvolId: volume.vvolId, snapshotId, readOnly: true, profile: undefined };
    await ended(harness.array, await harness.array.prepareSnapshot(newJob(), request));
    await host.write(volume, 0, 'late');
    await harness.array.takeSnapshots([{ snapshotId, metadata: [] }], 30_000);
    harness.made(snapshotId);
    expect(await host.read({ ...volume, vvolId: snapshotId }, 0, 4)).toBe('late');
  });

  it('reverting puts the content back and leaves every snapshot as it was', async (context) => {
    needs(harness, context, 'snapshots');
    const host = hostFor(context);
    const volume = await harness.create();
    await host.write(volume, 0, 'one');
    const first = await snapshot(harness, volume);
    await host.write(volume, 0, 'two');
    await host.write(volume, 9 * MB, 'more');
    const second = await snapshot(harness, volume);
    const revert = async (to: Volume) => {
      const job = await harness.array.revertVolume(newJob(), volume.vvolId, to.vvolId);
      expect((await ended(harness.array, job)).state).toBe('succeeded');
    };
    await revert(first);
    expect(await host.read(volume, 0, 3)).toBe('one');
    expect(await host.read(volume, 9 * MB, 4)).toBe('\0\0\0\0');
    await host.write(volume, 0, 'xyz');
    expect(await host.read(first, 0, 3)).toBe('one');
    await revert(second);
    expect(await host.read(volume, 0, 3)).toBe('two');
    expect(await host.read(volume, 9 * MB, 4)).toBe('more');
  });
}

function copySentences(harness: Harness, hostFor: HostOf): void {
  it.for([
    ['cloneVolume', 'clones'],
    ['fastCloneVolume', 'fastClones'],
  ] as const)(
    '%s: the copy has the content of the source, and each goes its own way',
    async ([method, feature], context) => {
      needs(harness, context, feature);
      const host = hostFor(context);
      const source = await harness.create();
      await host.write(source, 2 * MB, 'one');
      const made = await copy(harness, method, source.vvolId);
      await host.write(source, 2 * MB, 'two');
      await host.write(made, 2 * MB + 1, 'X');
      expect(await host.read(source, 2 * MB, 4)).toBe('two\0');
      await harness.array.deleteVolume(source.vvolId);
      expect(await host.read(made, 2 * MB, 4)).toBe('oXe\0');
    },
  );

  it('copyDiffs makes of a target that is as the base one that is as the source', async (context) => {
    needs(harness, context, 'copyDiffs');
    needs(harness, context, 'snapshots');
    const host = hostFor(context);
    const volume = await harness.create();
    await host.write(volume, 0, 'same');
    await host.write(volume, 4 * MB, 'base');
    const base = await snapshot(harness, volume);
    const target = await harness.create();
    await host.write(target, 0, 'mine');
    await host.write(target, 4 * MB, 'base');
    await host.write(volume, 4 * MB, 'news');
    await host.write(volume, 8 * MB, 'more');
    const job = await harness.array.copyDiffs(newJob(), {
      source: volume.vvolId,
      base: base.vvolId,
      target: target.vvolId,
    });
    expect((await ended(harness.array, job)).state).toBe('succeeded');
    expect(await host.read(target, 0, 4)).toBe('mine');
    expect(await host.read(target, 4 * MB, 4)).toBe('news');
    expect(await host.read(target, 8 * MB, 4)).toBe('more');
    await host.write(target, 8 * MB, 'OWN');
    expect(await host.read(volume, 8 * MB, 4)).toBe('more');
  });
}

/** The chunks of one MB that a bitmap marks, among the first so many. */
function marked(map: ChunkBitmap, count: number): readonly number[] {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return numbers.filter((number) => ((map[number >> 3] ?? 0) & (1 << (number & 7))) !== 0);
}

function differenceSentences(harness: Harness, hostFor: HostOf): void {
  const range = (start: number, length: number) => ({
    start: bytes(BigInt(start)),
    length: bytes(BigInt(length)),
    chunkSize: bytes(BigInt(MB)),
  });

  it('bitmaps miss nothing that holds data or differs, counted from the start of the range', async (context) => {
    needs(harness, context, 'bitmaps');
    needs(harness, context, 'snapshots');
    const host = hostFor(context);
    const { array } = harness;
    const volume = await harness.create();
    await host.write(volume, MB, 'a');
    await host.write(volume, 10 * MB - 1, 'ab');
    const base = await snapshot(harness, volume);
    await host.write(volume, 12 * MB, 'c');
    const held = await array.allocatedChunks(volume.vvolId, range(0, 16 * MB));
    expect(marked(held, 16)).toEqual(expect.arrayContaining([1, 9, 10, 12]));
    const later = await array.allocatedChunks(volume.vvolId, range(9 * MB, 7 * MB));
    expect(marked(later, 7)).toEqual(expect.arrayContaining([0, 1, 3]));
    expect(later).toHaveLength(1);
    expect(marked(later, 8)).not.toContain(7);
    for (const [one, other] of [
      [volume, base],
      [base, volume],
    ] as const) {
      const map = await array.unsharedChunks(one.vvolId, other.vvolId, range(0, 16 * MB));
      expect(marked(map, 16)).toContain(12);
    }
    const whole = { start: bytes(0n), length: volume.size };
    const differing = await array.countUnshared(volume.vvolId, base.vvolId, whole);
    if (differing.scanned * differing.chunkSize >= volume.size) {
      expect(differing.unshared).toBeGreaterThan(0n);
    }
  });
}
