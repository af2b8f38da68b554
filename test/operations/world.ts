/**
 * A provider over the simulated array for tests that look at data: operations called through the table,
 * their answers after a trip over the wire, and volumes written and read as a host does.
 */
import { expect } from 'vitest';
import type { VvolId } from '../../src/model/ids.ts';
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
  type TestProviderOptions,
} from '../support/provider.ts';
import { containerId, faultOf, makeVolume, onTheWire } from './support.ts';

/** What the simulated array shares and compares at least. */
export const CHUNK = 65_536n;
/** The first eight chunks of a volume. */
export const SEGMENT = {
  segmentStartOffsetBytes: 0n,
  segmentLengthBytes: 8n * CHUNK,
  chunkSizeBytes: CHUNK,
};
export const METADATA = [{ parameterName: 'VMW_VVolName', parameterValue: 'copy.vmdk' }];

type Name = keyof typeof operationTable & keyof Operations;
export type World = Awaited<ReturnType<typeof openWorld>>;

/** The id that a task has prepared. */
export function preparedBy({ result }: TaskInfo): string {
  if (result?.type !== 'PrepareSnapshotResult') throw new Error('no snapshot was prepared');
  const value = result.value as PrepareSnapshotResult;
  return value.snapshotId;
}

/** A bitmap of one byte as text, chunk 0 first. */
function bits({ chunkBitmap }: { readonly chunkBitmap: Uint8Array }): string {
  expect(chunkBitmap).toHaveLength(1);
  const [byte = 0] = chunkBitmap;
  return Array.from({ length: 8 }, (_, bit) => ((byte >> bit) & 1 ? 'x' : '.')).join('');
}

/** Opens the world; close its `test` after the tests. */
export async function openWorld(options: TestProviderOptions = {}) {
  const test = await openTestProvider(options);
  const session = openSession(test.provider);

  /** Calls an operation through its row of the table. */
  const ask = async <Call extends Name>(
    operation: Call,
    request: Operations[Call]['request'],
  ): Promise<Operations[Call]['response']> => {
    const context: SessionContext = callOf(test.provider, session, operation);
    // The compiler has checked each row against the operation of its name, but cannot follow it here.
    const handler = operationTable[operation].handler as (
      context: SessionContext,
      request: Operations[Call]['request'],
    ) => Promise<Operations[Call]['response']>;
    const response = await handler(context, request);
    return response === undefined ? response : onTheWire('2.0', operation, response);
  };

  /** Polls until the task has ended well. */
  const ended = async ({ taskId }: TaskInfo): Promise<TaskInfo> => {
    for (;;) {
      const { return: task } = await ask('getTaskUpdate', { taskId });
      if (task.taskState === 'Success') return task;
      if (task.taskState === 'Error') throw new Error(`the task failed: ${task.error?.type}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const place = (vvolId: string) => ({ hostId: HOST, vvolId: vvolIdOf(vvolId) });
  const bind = async (vvolId: string) => {
    const candidates = (await test.array.endpoints()).map((each) => each.endpointId);
    await test.array.bind(vvolIdOf(vvolId), HOST, { candidates, rebind: false });
  };
  const unbind = (vvolId: string) => test.array.unbindFromAllHosts(vvolIdOf(vvolId));

  return {
    test,
    ask,
    ended,
    bind,
    unbind,
    refused: async <Call extends Name>(call: Call, request: Operations[Call]['request']) =>
      (await faultOf(call, ask(call, request))).fault,
    make: () => makeVolume(test, session),
    container: (name: string) => containerId(test, name),

    /** Fills one chunk of a volume with a letter, as its host. */
    write: async (vvolId: string, chunk: bigint, letter: string): Promise<void> => {
      await bind(vvolId);
      const data = Buffer.alloc(Number(CHUNK), letter);
      await test.simulator.dataPath.write(place(vvolId), Number(chunk * CHUNK), data);
      await unbind(vvolId);
    },

    /** The first byte of each of a volume's first eight chunks; `.` is zero. */
    read: async (vvolId: string): Promise<string> => {
      await bind(vvolId);
      let text = '';
      for (let chunk = 0; chunk < 8; chunk += 1) {
        const at = chunk * Number(CHUNK);
        const [byte = 0] = await test.simulator.dataPath.read(place(vvolId), at, 1);
        text += byte === 0 ? '.' : String.fromCharCode(byte);
      }
      await unbind(vvolId);
      return text;
    },

    /** Takes a snapshot in the protocol's two steps. */
    snapshot: async (vvolId: string): Promise<VvolId> => {
      const request = { vvolId, snapType: 'SnapshotReadOnly' };
      const { return: task } = await ask('prepareToSnapshotVirtualVolume', request);
      const snapshotId = preparedBy(await ended(task));
      const snapshotInfo = [
        { uniqueIdentifier: snapshotId, vvolId: snapshotId, metadata: METADATA },
      ];
      const { return: rows } = await ask('snapshotVirtualVolume', {
        snapshotInfo,
        timeoutMS: 30_000n,
      });
      expect(rows).toEqual([{ uniqueId: snapshotId }]);
      return vvolIdOf(snapshotId);
    },

    /** Which of the first eight chunks hold data. */
    allocated: async (vvolId: string) =>
      bits((await ask('allocatedBitmapVirtualVolume', { vvolId, ...SEGMENT })).return),
    /** Which of the first eight chunks differ. */
    differing: async (vvolId: string, baseVvolId: string) =>
      bits((await ask('unsharedBitmapVirtualVolume', { vvolId, baseVvolId, ...SEGMENT })).return),
  };
}
