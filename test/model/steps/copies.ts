/** Steps of snapshots, clones, differences and what is told of chunks. */
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  cloneVirtualVolume,
  copyDiffsToVirtualVolume,
  fastCloneVirtualVolume,
  prepareToSnapshotVirtualVolume,
  revertVirtualVolume,
  snapshotVirtualVolume,
} from '../copies.ts';
import type { Caller } from '../real.ts';
import { letPass } from '../settle.ts';
import { allocatedBitmap, unsharedBitmap, unsharedChunks } from '../sharing.ts';
import type { Pair } from '../volumes.ts';
import {
  anyPrepared,
  anySnapshot,
  anyVolume,
  caller,
  checkRows,
  checkTask,
  compare,
  idOf,
  kinOrAny,
  kinOrAnyId,
  onWire,
  type Ref,
  type Sides,
  step,
} from './step.ts';
import { containerId, newContainer, pairs, profile, profileOnWire, resize } from './volumes.ts';

const readOnly = fc.boolean();
const snapType = (isReadOnly: boolean) => (isReadOnly ? 'SnapshotReadOnly' : 'SnapshotReadWrite');

async function prepare(
  sides: Sides,
  args: {
    readonly who: Caller;
    readonly volume: Ref;
    readonly readOnly: boolean;
    readonly profile: Parameters<typeof profileOnWire>[0] | undefined;
  },
): Promise<void> {
  const vvolId = idOf(sides.model, args.volume);
  const request = {
    vvolId,
    snapType: snapType(args.readOnly),
    ...(args.profile && { storageProfile: profileOnWire(args.profile) }),
  };
  const expected = () => prepareToSnapshotVirtualVolume(sides.model, vvolId, args);
  const operation = 'prepareToSnapshotVirtualVolume';
  await compare(sides, args.who, operation, request, expected, (answer, task) =>
    checkTask(answer.return, task),
  );
}

/** With a bad time-out now and then; late only where nothing else ends in that time. */
const snapshotTimes = fc.constantFrom(20, 20, 20, 20, 0);

interface TakeArgs {
  readonly who: Caller;
  readonly entries: readonly (readonly [Ref, readonly Pair[]])[];
  readonly timeoutMs: number;
  readonly late: boolean;
}

async function take(sides: Sides, { who, entries, timeoutMs, late }: TakeArgs): Promise<void> {
  const { model, real } = sides;
  const asked = entries.map(([ref, metadata]) => ({ id: idOf(model, ref), pairs: metadata }));
  const isSafe = model.nextDue(model.now + timeoutMs + 1) === undefined;
  const isArmed = model.armed?.method === 'takeSnapshots';
  const isLate = late && isSafe && timeoutMs > 0 && !isArmed;
  const request = {
    snapshotInfo: asked.map(({ id, pairs: metadata }) => ({
      vvolId: id,
      metadata: onWire(metadata),
    })),
    timeoutMS: BigInt(timeoutMs),
  };
  real.isTakeLate = isLate;
  const expected = () => snapshotVirtualVolume(model, asked, timeoutMs, isLate);
  await compare(sides, who, 'snapshotVirtualVolume', request, expected, (answer, rows) =>
    checkRows(
      answer.return,
      asked.map(({ id }) => id),
      rows,
    ),
  );
  if (isLate && !real.isTakeLate) model.now += timeoutMs + 1;
  real.isTakeLate = false;
}
export const copySteps = [
  {
    weight: 5,
    arbitrary: step(
      'snapshot',
      fc.record({
        who: caller,
        volumes: fc.array(anyVolume, { minLength: 1, maxLength: 3 }),
        readOnly,
        grow: fc.constantFrom(undefined, undefined, 4, 7),
      }),
      async (sides, { who, volumes, grow, readOnly: isReadOnly }) => {
        for (const volume of volumes) {
          await prepare(sides, { who, volume, readOnly: isReadOnly, profile: undefined });
          await letPass(sides.model, sides.real, 1);
        }
        const [volume] = volumes;
        // A snapshot has the size of the moment at which it is taken.
        if (grow !== undefined && volume !== undefined)
          await resize(sides, { who, volume, sizeMB: grow });
        const prepared = [...sides.model.volumes].filter(({ state }) => state === 'prepared');
        const entries = prepared.map(
          (_, n) => [{ pick: 'prepared', n, upper: false }, [['Tag', 'x']]] as const,
        );
        if (entries.length > 0) await take(sides, { who, entries, timeoutMs: 20, late: false });
      },
    ),
  },
  {
    weight: 5,
    arbitrary: step(
      'prepare',
      fc.record({ who: caller, volume: anyVolume, readOnly, profile }),
      prepare,
    ),
  },
  {
    weight: 5,
    arbitrary: step(
      'take',
      fc.record({
        who: caller,
        entries: fc.array(
          fc.tuple(anyPrepared, fc.oneof({ weight: 5, arbitrary: pairs }, fc.constant([]))),
          { maxLength: 4 },
        ),
        timeoutMs: snapshotTimes,
        late: fc.constantFrom(false, false, false, false, true),
      }),
      take,
    ),
  },
  {
    weight: 5,
    arbitrary: step(
      'revert',
      fc.record({
        who: caller,
        snapshot: anySnapshot,
        of: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, anyVolume),
      }),
      async (sides, { who, snapshot, of }) => {
        const { model } = sides;
        const snapshotVvolId = idOf(model, snapshot);
        const parent = model.live().find(({ id }) => id === snapshotVvolId.toLowerCase())?.parent;
        const vvolId = of === undefined && parent?.id ? parent.id : idOf(model, of ?? snapshot);
        const request = { vvolId, snapshotVvolId };
        const expected = () => revertVirtualVolume(model, vvolId, snapshotVvolId);
        await compare(sides, who, 'revertVirtualVolume', request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'clone',
      fc.record({ who: caller, source: anyVolume, container: newContainer, pairs, profile }),
      async (sides, { who, ...args }) => {
        const { model } = sides;
        const source = idOf(model, args.source);
        const container =
          args.container === undefined ? undefined : containerId(model, args.container);
        const request = {
          vvolId: source,
          metadata: onWire(args.pairs),
          ...(container !== undefined && { newContainerId: container }),
          ...(args.profile && { newProfile: profileOnWire(args.profile) }),
        };
        const expected = () => cloneVirtualVolume(model, { ...args, source, container });
        await compare(sides, who, 'cloneVirtualVolume', request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'fastClone',
      fc.record({ who: caller, source: anyVolume, pairs, profile }),
      async (sides, { who, ...args }) => {
        const source = idOf(sides.model, args.source);
        const request = {
          vvolId: source,
          metadata: onWire(args.pairs),
          ...(args.profile && { newProfile: profileOnWire(args.profile) }),
        };
        const expected = () => fastCloneVirtualVolume(sides.model, { ...args, source });
        await compare(sides, who, 'fastCloneVirtualVolume', request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'copyDiffs',
      fc.record({ who: caller, source: anyVolume, base: kinOrAny, target: kinOrAny }),
      async (sides, { who, ...refs }) => {
        const { model } = sides;
        const source = idOf(model, refs.source);
        const base = kinOrAnyId(model, source, refs.base);
        const target = kinOrAnyId(model, source, refs.target);
        const request = { srcVVolId: source, srcBaseVVolId: base, dstVVolId: target };
        const expected = () => copyDiffsToVirtualVolume(model, { source, base, target });
        await compare(sides, who, 'copyDiffsToVirtualVolume', request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 4,
    arbitrary: step(
      'bitmaps',
      fc.record({
        who: caller,
        volume: anyVolume,
        base: kinOrAny,
        start: fc.constantFrom(0, 0, 0, 65_536, 1_000_000, 1_048_576, -1),
        length: fc.constantFrom(0, 1, 65_537, 1_048_576, 1_048_576, 2_097_152, 9_000_000, -1),
        piece: fc.constantFrom(65_536, 65_536, 4_096, 100_000, 1_048_576, 1, 2 ** 40, 0),
      }),
      async (sides, { who, start, length, piece, ...refs }) => {
        const { model } = sides;
        const id = idOf(model, refs.volume);
        const base = kinOrAnyId(model, id, refs.base);
        const range = { start, length };
        const segment = {
          segmentStartOffsetBytes: BigInt(start),
          segmentLengthBytes: BigInt(length),
        };
        const whole = { ...segment, vvolId: id, chunkSizeBytes: BigInt(piece) };
        const checkBits = (answer: { return: { chunkBitmap: Uint8Array } }, bits: Uint8Array) =>
          expect(Buffer.from(answer.return.chunkBitmap).toString('hex')).toBe(
            Buffer.from(bits).toString('hex'),
          );
        const allocated = () => allocatedBitmap(model, id, range, piece);
        await compare(sides, who, 'allocatedBitmapVirtualVolume', whole, allocated, checkBits);
        const both = { ...whole, baseVvolId: base };
        const differs = () => unsharedBitmap(model, { id, base }, range, piece);
        await compare(sides, who, 'unsharedBitmapVirtualVolume', both, differs, checkBits);
        for (const against of [undefined, base]) {
          const request = { ...segment, vvolId: id, ...(against && { baseVvolId: against }) };
          const counts = () => unsharedChunks(model, { id, base: against || undefined }, range);
          const operation = 'unsharedChunksVirtualVolume';
          await compare(sides, who, operation, request, counts, (answer, expected) =>
            expect(answer.return).toEqual(expected),
          );
        }
      },
    ),
  },
];
