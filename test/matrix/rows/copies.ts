/** Proofs of the operations that copy volumes, and of those that tell where they differ. */
import assert from 'node:assert/strict';
import { textOf } from '../../support/soap-client.ts';
import {
  bound,
  containerId,
  copyOf,
  ended,
  noContainer,
  noVolume,
  snapshot,
  unknownProfile,
  volume,
} from '../arrange.ts';
import { arraySays } from '../disturb.ts';
import { NEVER } from '../reasons.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { m, type Xml } from '../xml.ts';

/** Two volumes that are related, and one more. */
async function differences(
  stage: Stage,
): Promise<{ source: string; base: string; target: string }> {
  const source = await volume(stage);
  return { source, base: await snapshot(stage, source), target: await volume(stage) };
}

function diffs(srcVVolId: string, srcBaseVVolId: string, dstVVolId: string): Xml {
  return m({ srcVVolId, srcBaseVVolId, dstVVolId });
}

const SEGMENT = { segmentStartOffsetBytes: 0, segmentLengthBytes: 1_048_576 };
const CHUNKS = { ...SEGMENT, chunkSizeBytes: 65_536 };
const PAST_THE_END = { ...SEGMENT, segmentLengthBytes: 2_097_152 };

const MAKING_A_COPY: Row['faults'] = {
  InvalidArgument: { when: 'the id of the source is malformed', ask: () => copyOf('nonsense') },
  InvalidProfile: {
    when: 'the profile asks for a capability that nobody has declared',
    ask: async (stage) => copyOf(await volume(stage), { newProfile: unknownProfile() }),
  },
  NotFound: { when: 'there is no such source', ask: () => copyOf(noVolume()) },
  OutOfResource: {
    when: 'the container has promised all it may',
    ask: async (stage) => copyOf(await volume(stage, { container: 'cloned', sizeInMB: 51 })),
  },
  PermissionDenied: NEVER.permission,
};

const COPIES: readonly Row[] = [
  {
    operation: 'cloneVirtualVolume',
    work: 'cloneVolume',
    succeeds: 'a full copy is made, and the result of its task is its id',
    ask: async (stage) => copyOf(await volume(stage)),
    check: async (answer, stage) => {
      assert.match(textOf(await ended(stage, answer), 'result'), /^rfc4122\./);
    },
    faults: {
      ...MAKING_A_COPY,
      NotFound: [
        { when: 'there is no such source', ask: () => copyOf(noVolume()) },
        {
          when: 'there is no such container',
          ask: async (stage) => copyOf(await volume(stage), { newContainerId: noContainer() }),
        },
      ],
      OutOfResource: {
        when: 'the container has promised all it may',
        ask: async (stage) =>
          copyOf(await volume(stage, { sizeInMB: 200 }), {
            newContainerId: await containerId(stage, 'small'),
          }),
      },
      NotSupported: {
        when: 'the container is in another array',
        ask: async (stage) =>
          copyOf(await volume(stage), { newContainerId: await containerId(stage, 'few') }),
      },
      ResourceInUse: {
        when: 'the array says that other work holds the source',
        during: arraySays('cloneVolume', 'inUse'),
      },
    },
  },
  {
    operation: 'fastCloneVirtualVolume',
    work: 'fastCloneVolume',
    succeeds: 'a copy that shares content is made, and the result of its task is its id',
    ask: async (stage) => copyOf(await volume(stage)),
    check: async (answer, stage) => {
      assert.match(textOf(await ended(stage, answer), 'result'), /^rfc4122\./);
    },
    faults: {
      ...MAKING_A_COPY,
      ResourceInUse: {
        when: 'the array says that other work holds the source',
        during: arraySays('fastCloneVolume', 'inUse'),
      },
      SnapshotTooMany: {
        when: 'the source has as many snapshots and fast clones as it may',
        ask: async (stage) => {
          const vvolId = await volume(stage, { container: 'few' });
          await snapshot(stage, vvolId);
          return copyOf(vvolId);
        },
      },
    },
  },
  {
    operation: 'copyDiffsToVirtualVolume',
    work: 'copyDiffs',
    succeeds: 'what differs between a volume and its snapshot is written onto a third',
    ask: async (stage) => {
      const { source, base, target } = await differences(stage);
      return diffs(source, base, target);
    },
    check: async (answer, stage) => {
      await ended(stage, answer);
    },
    faults: {
      IncompatibleVolume: {
        when: 'the two volumes are not related',
        ask: async (stage) => diffs(await volume(stage), await volume(stage), await volume(stage)),
      },
      InvalidArgument: {
        when: 'an id is malformed',
        ask: async (stage) => diffs(await volume(stage), 'nonsense', await volume(stage)),
      },
      NotFound: {
        when: 'there is no such target',
        ask: async (stage) => {
          const { source, base } = await differences(stage);
          return diffs(source, base, noVolume());
        },
      },
      NotSupported: {
        when: 'the target is a read-only snapshot',
        ask: async (stage) => {
          const { source, base } = await differences(stage);
          return diffs(source, base, await snapshot(stage, source));
        },
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a host has bound the target',
        ask: async (stage) => {
          const { source, base, target } = await differences(stage);
          await bound(stage, target);
          return diffs(source, base, target);
        },
      },
    },
  },
];

const BITMAPS: readonly Row[] = [
  {
    operation: 'allocatedBitmapVirtualVolume',
    work: 'allocatedChunks',
    succeeds: 'the chunks of a new volume hold no data',
    ask: async (stage) => m({ vvolId: await volume(stage), ...CHUNKS }),
    check: (answer) =>
      assert.equal(textOf(answer, 'chunkBitmap'), Buffer.alloc(2).toString('base64')),
    faults: {
      InvalidArgument: {
        when: 'the segment ends behind the volume',
        ask: async (stage) =>
          m({ vvolId: await volume(stage), ...PAST_THE_END, chunkSizeBytes: 65_536 }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), ...CHUNKS }),
      },
    },
  },
  {
    operation: 'unsharedBitmapVirtualVolume',
    work: 'unsharedChunks',
    succeeds: 'a volume differs nowhere from its new snapshot',
    ask: async (stage) => {
      const { source, base } = await differences(stage);
      return m({ vvolId: source, baseVvolId: base, ...CHUNKS });
    },
    check: (answer) =>
      assert.equal(textOf(answer, 'chunkBitmap'), Buffer.alloc(2).toString('base64')),
    faults: {
      IncompatibleVolume: {
        when: 'the two volumes are not related',
        ask: async (stage) =>
          m({ vvolId: await volume(stage), baseVvolId: await volume(stage), ...CHUNKS }),
      },
      InvalidArgument: {
        when: 'the segment ends behind the volume',
        ask: async (stage) => {
          const { source, base } = await differences(stage);
          return m({ vvolId: source, baseVvolId: base, ...PAST_THE_END, chunkSizeBytes: 65_536 });
        },
      },
      NotFound: {
        when: 'there is no such base',
        ask: async (stage) => m({ vvolId: await volume(stage), baseVvolId: noVolume(), ...CHUNKS }),
      },
    },
  },
  {
    operation: 'unsharedChunksVirtualVolume',
    work: 'countUnshared',
    succeeds: 'no chunk of a volume differs from its new snapshot',
    ask: async (stage) => {
      const { source, base } = await differences(stage);
      return m({ vvolId: source, baseVvolId: base, ...SEGMENT });
    },
    check: (answer) => assert.equal(textOf(answer, 'unsharedChunks'), '0'),
    faults: {
      IncompatibleVolume: {
        when: 'the two volumes are not related',
        ask: async (stage) =>
          m({ vvolId: await volume(stage), baseVvolId: await volume(stage), ...SEGMENT }),
      },
      InvalidArgument: {
        when: 'the segment ends behind the volume',
        ask: async (stage) => m({ vvolId: await volume(stage), ...PAST_THE_END }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), ...SEGMENT }),
      },
    },
  },
];

export const COPIES_AND_DIFFERENCES: readonly Row[] = [...COPIES, ...BITMAPS];
