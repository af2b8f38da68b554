/**
 * Goal: what the operations say of snapshots, clones and differences is what hosts find in the data of
 * the simulated array.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { Session } from '../../src/model/session.ts';
import { vvolIdOf } from '../../src/operations/arguments.ts';
import type { SessionContext } from '../../src/operations/context.ts';
import { operationTable } from '../../src/operations/table.ts';
import type { Operations } from '../../src/wire/generated/vasa-2.0/operations.ts';
import type { PrepareSnapshotResult, TaskInfo } from '../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../support/provider.ts';
import { containerId, faultOf, makeVolume, onTheWire } from './support.ts';

/** What the simulated array shares and compares at least. */
const CHUNK = 65_536n;
const METADATA = [{ parameterName: 'VMW_VVolName', parameterValue: 'copy.vmdk' }];

let test: TestProvider;
let session: Session;
beforeAll(async () => {
  test = await openTestProvider();
  session = openSession(test.provider);
});
afterAll(() => test.close());

type Name = keyof typeof operationTable & keyof Operations;

/** Calls an operation through its row of the table; the answer has been over the wire. */
async function ask<Call extends Name>(
  operation: Call,
  request: Operations[Call]['request'],
): Promise<Operations[Call]['response']> {
  const context: SessionContext = callOf(test.provider, session, operation);
  // The compiler has checked each row against the operation of its name, but cannot follow it here.
  const handler = operationTable[operation].handler as (
    context: SessionContext,
    request: Operations[Call]['request'],
  ) => Promise<Operations[Call]['response']>;
  const response = await handler(context, request);
  return response === undefined ? response : onTheWire('2.0', operation, response);
}
const refused = async <Call extends Name>(call: Call, request: Operations[Call]['request']) =>
  (await faultOf(call, ask(call, request))).fault;

/** Polls until the task has ended well. */
async function ended({ taskId }: TaskInfo): Promise<TaskInfo> {
  for (;;) {
    const { return: task } = await ask('getTaskUpdate', { taskId });
    if (task.taskState === 'Success') return task;
    if (task.taskState === 'Error') throw new Error(`the task failed: ${task.error?.type}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const bind = async (vvolId: string) => {
  const candidates = (await test.array.endpoints()).map((each) => each.endpointId);
  await test.array.bind(vvolIdOf(vvolId), HOST, { candidates, rebind: false });
};
const unbind = (vvolId: string) => test.array.unbindFromAllHosts(vvolIdOf(vvolId));
const place = (vvolId: string) => ({ hostId: HOST, vvolId: vvolIdOf(vvolId) });

/** Fills one chunk of a volume with a letter, as its host. */
async function write(vvolId: string, chunk: bigint, letter: string): Promise<void> {
  await bind(vvolId);
  const data = Buffer.alloc(Number(CHUNK), letter);
  await test.simulator.dataPath.write(place(vvolId), Number(chunk * CHUNK), data);
  await unbind(vvolId);
}

/** The first byte of each of a volume's first eight chunks; `.` is zero. */
async function read(vvolId: string): Promise<string> {
  await bind(vvolId);
  let text = '';
  for (let chunk = 0; chunk < 8; chunk += 1) {
    const at = chunk * Number(CHUNK);
    const [byte = 0] = await test.simulator.dataPath.read(place(vvolId), at, 1);
    text += byte === 0 ? '.' : String.fromCharCode(byte);
  }
  await unbind(vvolId);
  return text;
}

/** The id that a task has prepared. */
function preparedBy({ result }: TaskInfo): string {
  if (result?.type !== 'PrepareSnapshotResult') throw new Error('no snapshot was prepared');
  const value = result.value as PrepareSnapshotResult;
  return value.snapshotId;
}

/** Takes a snapshot in the protocol's two steps. */
async function snapshot(vvolId: string, snapType = 'SnapshotReadOnly'): Promise<VvolId> {
  const { return: task } = await ask('prepareToSnapshotVirtualVolume', { vvolId, snapType });
  const snapshotId = preparedBy(await ended(task));
  const snapshotInfo = [{ uniqueIdentifier: snapshotId, vvolId: snapshotId, metadata: METADATA }];
  const { return: rows } = await ask('snapshotVirtualVolume', { snapshotInfo, timeoutMS: 30_000n });
  expect(rows).toEqual([{ uniqueId: snapshotId }]);
  return vvolIdOf(snapshotId);
}

const SEGMENT = {
  segmentStartOffsetBytes: 0n,
  segmentLengthBytes: 8n * CHUNK,
  chunkSizeBytes: CHUNK,
};
/** A bitmap of one byte as text, chunk 0 first. */
const bits = ({ chunkBitmap }: { readonly chunkBitmap: Uint8Array }) => {
  expect(chunkBitmap).toHaveLength(1);
  const [byte = 0] = chunkBitmap;
  return Array.from({ length: 8 }, (_, bit) => ((byte >> bit) & 1 ? 'x' : '.')).join('');
};
const allocated = async (vvolId: string) =>
  bits((await ask('allocatedBitmapVirtualVolume', { vvolId, ...SEGMENT })).return);
const differing = async (vvolId: string, baseVvolId: string) =>
  bits((await ask('unsharedBitmapVirtualVolume', { vvolId, baseVvolId, ...SEGMENT })).return);

describe('a snapshot', () => {
  it('keeps the content of its moment; the bitmaps say what came later', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 0n, 'a');
    await write(vvolId, 3n, 'b');
    const taken = await snapshot(vvolId);
    await write(vvolId, 3n, 'B');
    await write(vvolId, 7n, 'c');
    expect(await read(vvolId)).toBe('a..B...c');
    expect(await read(taken)).toBe('a..b....');
    expect(await allocated(vvolId)).toBe('x..x...x');
    expect(await allocated(taken)).toBe('x..x....');
    expect(await differing(vvolId, taken)).toBe('...x...x');
    expect(await differing(taken, vvolId)).toBe('...x...x');
    const count = { vvolId, segmentStartOffsetBytes: 0n, segmentLengthBytes: 8n * CHUNK };
    const { return: counted } = await ask('unsharedChunksVirtualVolume', {
      ...count,
      baseVvolId: taken,
    });
    expect(counted.unsharedChunks * counted.chunkSizeBytes).toBe(2n * CHUNK);
    const { return: own } = await ask('unsharedChunksVirtualVolume', count);
    expect(own.unsharedChunks).toBe(counted.unsharedChunks);
  });

  it('is a volume of its own: metadata, no other size, deleted in any order', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 1n, 'a');
    const first = await snapshot(vvolId);
    const second = await snapshot(vvolId);
    const { return: info } = await ask('queryVirtualVolumeInfo', { vvolId: [first] });
    expect(info[0]?.metadata).toEqual(METADATA);
    expect(await refused('resizeVirtualVolume', { vvolId: first, sizeInMB: 20n })).toBe(
      'NotSupported',
    );
    await ask('deleteVirtualVolume', { vvolId: first });
    const { return: left } = await ask('queryVirtualVolumeInfo', { vvolId: [first, second] });
    expect(left.map((each) => each.vvolId)).toEqual([second]);
    await write(vvolId, 1n, 'A');
    expect(await read(second)).toBe('.a......');
  });

  it('is not there before it is taken, and goes when nobody takes it in time', async () => {
    const vvolId = await makeVolume(test, session);
    const request = { vvolId, snapType: 'SnapshotReadWrite' };
    const { return: task } = await ask('prepareToSnapshotVirtualVolume', request);
    const snapshotId = preparedBy(await ended(task));
    expect((await ask('queryVirtualVolumeInfo', { vvolId: [snapshotId] })).return).toEqual([]);
    test.clock.moveBy(LIMITS.preparedSnapshotMs + 1);
    // What has died goes with the next change.
    await makeVolume(test, session);
    const snapshotInfo = [{ uniqueIdentifier: snapshotId, vvolId: snapshotId, metadata: [] }];
    const { return: rows } = await ask('snapshotVirtualVolume', {
      snapshotInfo,
      timeoutMS: 9_000n,
    });
    expect(rows[0]?.errorResult?.error[0]?.type).toBe('NotFound');
  });

  it('is refused above the array’s limit', async () => {
    const own = test;
    const inventory = {
      arrays: [
        {
          name: 'few',
          snapshotsPerVolume: 2,
          endpoints: { SCSI: 1 },
          containers: [{ name: 'block', protocol: 'SCSI', capacityMB: 1_000 }],
        },
      ],
    };
    test = await openTestProvider({ array: { inventory, seed: 'few' } });
    try {
      const vvolId = await makeVolume(test, session);
      await snapshot(vvolId);
      await ask('fastCloneVirtualVolume', { vvolId, metadata: METADATA });
      const request = { vvolId, snapType: 'SnapshotReadOnly' };
      expect(await refused('prepareToSnapshotVirtualVolume', request)).toBe('SnapshotTooMany');
      expect(await refused('fastCloneVirtualVolume', { vvolId, metadata: METADATA })).toBe(
        'SnapshotTooMany',
      );
    } finally {
      await test.close();
      test = own;
    }
  });
});

describe('revertVirtualVolume', () => {
  it('puts content and size back, and leaves later snapshots', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 0n, 'a');
    const early = await snapshot(vvolId);
    await write(vvolId, 0n, 'b');
    const late = await snapshot(vvolId);
    await ended((await ask('resizeVirtualVolume', { vvolId, sizeInMB: 20n })).return);
    await ended((await ask('revertVirtualVolume', { vvolId, snapshotVvolId: early })).return);
    expect(await read(vvolId)).toBe('a.......');
    expect(await read(late)).toBe('b.......');
    const { return: space } = await ask('spaceStatsForVirtualVolume', { vvolId: [vvolId] });
    expect(space[0]?.logical).toBe(10n);
  });

  it('is refused while the volume is bound, and with what is no snapshot of it', async () => {
    const vvolId = await makeVolume(test, session);
    const other = await makeVolume(test, session);
    const snapshotVvolId = await snapshot(vvolId);
    await bind(vvolId);
    expect(await refused('revertVirtualVolume', { vvolId, snapshotVvolId })).toBe('ResourceInUse');
    await unbind(vvolId);
    for (const wrong of [other, await snapshot(other)])
      expect(await refused('revertVirtualVolume', { vvolId, snapshotVvolId: wrong })).toBe(
        'IncompatibleVolume',
      );
    const unknown = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
    expect(await refused('revertVirtualVolume', { vvolId, snapshotVvolId: unknown })).toBe(
      'NotFound',
    );
  });
});

describe('copies', () => {
  const copyOf = async (
    operation: 'cloneVirtualVolume' | 'fastCloneVirtualVolume',
    vvolId: string,
  ) => {
    const task = await ended((await ask(operation, { vvolId, metadata: METADATA })).return);
    return String(task.result?.value);
  };

  it('have their source’s content and then their own; only a fast clone stays related', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 2n, 'a');
    const full = await copyOf('cloneVirtualVolume', vvolId);
    const fast = await copyOf('fastCloneVirtualVolume', await snapshot(vvolId));
    await write(vvolId, 2n, 'A');
    await write(fast, 3n, 'f');
    expect(await read(full)).toBe('..a.....');
    expect(await read(fast)).toBe('..af....');
    expect(await differing(fast, vvolId)).toBe('..xx....');
    const negative = { ...SEGMENT, segmentStartOffsetBytes: -1n };
    for (const segment of [SEGMENT, negative]) {
      const request = { vvolId: full, baseVvolId: vvolId, ...segment };
      expect(await refused('unsharedBitmapVirtualVolume', request)).toBe('IncompatibleVolume');
      expect(await refused('unsharedChunksVirtualVolume', request)).toBe('IncompatibleVolume');
    }
    const related = { vvolId: fast, baseVvolId: vvolId, ...negative };
    expect(await refused('unsharedBitmapVirtualVolume', related)).toBe('InvalidArgument');
    const beyond = { vvolId, ...SEGMENT, segmentLengthBytes: 11n * 1_048_576n };
    expect(await refused('allocatedBitmapVirtualVolume', beyond)).toBe('InvalidArgument');
  });

  it('go to another container of the same array and to no other array', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 0n, 'a');
    const request = { vvolId, metadata: METADATA };
    const files = await containerId(test, 'files');
    const { return: task } = await ask('cloneVirtualVolume', { ...request, newContainerId: files });
    const made = vvolIdOf(String((await ended(task)).result?.value));
    expect((await test.array.volumes([made]))[0]?.containerId).toBe(files);
    const other = await containerId(test, 'other');
    expect(await refused('cloneVirtualVolume', { ...request, newContainerId: other })).toBe(
      'NotSupported',
    );
  });

  it('take on the differences of a chain of snapshots, in any order of calls', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 0n, 'a');
    const base = await snapshot(vvolId);
    await write(vvolId, 0n, 'b');
    await write(vvolId, 5n, 'c');
    const target = await copyOf('cloneVirtualVolume', base);
    const request = { srcVVolId: vvolId, srcBaseVVolId: base, dstVVolId: target };
    for (const round of ['first', 'again']) {
      await ended((await ask('copyDiffsToVirtualVolume', request)).return);
      expect(await read(target), round).toBe('b....c..');
    }
    const unrelated = { ...request, srcBaseVVolId: target };
    expect(await refused('copyDiffsToVirtualVolume', unrelated)).toBe('IncompatibleVolume');
    await bind(target);
    expect(await refused('copyDiffsToVirtualVolume', request)).toBe('ResourceInUse');
    await unbind(target);
  });

  it('are tasks with progress that can be stopped, and then leave nothing', async () => {
    const vvolId = await makeVolume(test, session);
    await write(vvolId, 0n, 'a');
    test.simulator.setPace('cloneVolume', { polls: 100 });
    try {
      const { return: task } = await ask('cloneVirtualVolume', { vvolId, metadata: METADATA });
      expect(task).toMatchObject({ taskState: 'Queued', cancelable: true, progress: 0 });
      const { taskId } = task;
      await ask('getTaskUpdate', { taskId });
      const { return: running } = await ask('getTaskUpdate', { taskId });
      expect(running.taskState).toBe('Running');
      expect(running.progress).toBeGreaterThan(0);
      const { return: open } = await ask('getCurrentTask', {});
      expect(open.map((each) => each.taskId)).toContain(taskId);
      const before = await ask('queryVirtualVolume', {
        searchConstraint: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
      });
      await ask('cancelTask', { taskId });
      const { return: stopped } = await ask('getTaskUpdate', { taskId });
      expect(stopped.cancelled).toBe(true);
      expect(await refused('cancelTask', { taskId })).toBe('NotCancellable');
      const after = await ask('queryVirtualVolume', {
        searchConstraint: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
      });
      expect(after).toEqual(before);
    } finally {
      test.simulator.setPace('cloneVolume', 'instant');
    }
  });
});

it('after all of it the array adds up', () => {
  expect(test.simulator.check()).toEqual([]);
});
