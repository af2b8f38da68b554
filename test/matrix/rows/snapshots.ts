/** Proofs of the operations on snapshots, which are taken in two steps, and of going back to one. */
import assert from 'node:assert/strict';
import { textOf, textsOf } from '../../support/soap-client.ts';
import {
  bound,
  busyVolume,
  ended,
  ids,
  noVolume,
  prepared,
  snapshot,
  snapshots,
  unknownProfile,
  volume,
} from '../arrange.ts';
import { arraySays } from '../disturb.ts';
import { NEVER } from '../reasons.ts';
import type { Row } from '../row.ts';
import { m } from '../xml.ts';

const snapType = 'SnapshotReadOnly';

export const SNAPSHOTS: readonly Row[] = [
  {
    operation: 'prepareToSnapshotVirtualVolume',
    work: 'prepareSnapshot',
    succeeds: 'a snapshot is got ready, and the result of its task names it',
    ask: async (stage) => m({ vvolId: await volume(stage), snapType }),
    check: async (answer, stage) => {
      assert.match(textOf(await ended(stage, answer), 'snapshotId'), /^rfc4122\./);
    },
    faults: {
      InvalidArgument: {
        when: 'there is no such type of snapshot',
        ask: async (stage) => m({ vvolId: await volume(stage), snapType: 'SnapshotInHaste' }),
      },
      InvalidProfile: {
        when: 'the profile asks for a capability that nobody has declared',
        ask: async (stage) =>
          m({ vvolId: await volume(stage), storageProfile: unknownProfile(), snapType }),
      },
      NotFound: { when: 'there is no such volume', ask: () => m({ vvolId: noVolume(), snapType }) },
      OutOfResource: {
        when: 'the container has promised all it may',
        ask: async (stage) =>
          m({ vvolId: await volume(stage, { container: 'snapped', sizeInMB: 51 }), snapType }),
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a task works on the volume',
        ask: async (stage) => m({ vvolId: await busyVolume(stage), snapType }),
      },
      SnapshotTooMany: {
        when: 'the volume has as many snapshots as it may',
        ask: async (stage) => {
          const vvolId = await volume(stage, { container: 'few' });
          await snapshot(stage, vvolId);
          return m({ vvolId, snapType });
        },
      },
    },
  },
  {
    operation: 'snapshotVirtualVolume',
    work: 'takeSnapshots',
    succeeds: 'prepared snapshots of two volumes are taken together',
    ask: async (stage) =>
      snapshots(
        [await prepared(stage, await volume(stage)), await prepared(stage, await volume(stage))],
        30_000,
      ),
    check: (answer) => {
      assert.equal(textsOf(answer, 'uniqueId').length, 2);
      assert.doesNotMatch(answer, /errorResult/);
    },
    faults: {
      InvalidArgument: {
        when: 'the time allowed is below 1 ms',
        ask: async (stage) => snapshots([await prepared(stage, await volume(stage))], 0),
      },
      NotFound: {
        when: 'the snapshot was not prepared',
        ask: () => snapshots([noVolume()], 30_000),
        in: 'item',
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'the array says that other work holds the volume',
        during: arraySays('takeSnapshots', 'inUse'),
      },
      Timeout: {
        when: 'the array does not take them in the time allowed',
        during: arraySays('takeSnapshots', 'timedOut'),
      },
      TooMany: { when: 'it names 1,001 snapshots', ask: () => snapshots(ids(1_001), 30_000) },
    },
  },
  {
    operation: 'revertVirtualVolume',
    work: 'revertVolume',
    succeeds: 'a volume goes back to one of its snapshots',
    ask: async (stage) => {
      const vvolId = await volume(stage);
      return m({ vvolId, snapshotVvolId: await snapshot(stage, vvolId) });
    },
    check: async (answer, stage) => {
      await ended(stage, answer);
    },
    faults: {
      IncompatibleVolume: {
        when: 'the snapshot is of another volume',
        ask: async (stage) =>
          m({
            vvolId: await volume(stage),
            snapshotVvolId: await snapshot(stage, await volume(stage)),
          }),
      },
      InvalidArgument: {
        when: 'an id is malformed',
        ask: async (stage) => m({ vvolId: await volume(stage), snapshotVvolId: 'nonsense' }),
      },
      NotFound: {
        when: 'there is no such snapshot',
        ask: async (stage) => m({ vvolId: await volume(stage), snapshotVvolId: noVolume() }),
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a host has bound the volume',
        ask: async (stage) => {
          const vvolId = await volume(stage);
          const snapshotVvolId = await snapshot(stage, vvolId);
          await bound(stage, vvolId);
          return m({ vvolId, snapshotVvolId });
        },
      },
    },
  },
];
