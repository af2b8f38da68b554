/** Requests to copy and compare volumes that must be refused. Data: how they are tried is `refusals.ts`. */
import { randomUUID } from 'node:crypto';
import type { Scenario } from '../scenario.ts';
import { profileOf, UNDECLARED } from '../world/profiles.ts';
import { MB, named, unknownVolume } from '../world/world.ts';
import { refusalsOf, type Things } from './refusals.ts';

const ODD = 'not an id';
const metadata = named('refused');
const odd = profileOf([UNDECLARED]);
const snapType = 'SnapshotReadOnly';
const segment = { segmentStartOffsetBytes: 0n, segmentLengthBytes: MB };
const chunks = { ...segment, chunkSizeBytes: MB };
const beyond = { segmentStartOffsetBytes: 1n << 44n };

export const COPY_REFUSALS: readonly Scenario[] = [
  refusalsOf('prepareToSnapshotVirtualVolume', () => ({ vvolId: unknownVolume(), snapType }), [
    [
      'InvalidArgument',
      'an unknown kind',
      async (it) => ({ vvolId: await it.volume(), snapType: 'Photo' }),
    ],
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, snapType })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), snapType })],
    [
      'InvalidProfile or OutOfResource',
      'an undeclared capability',
      async (it) => ({ vvolId: await it.volume(), snapType, storageProfile: odd }),
    ],
  ]),
  refusalsOf(
    'snapshotVirtualVolume',
    () => ({ snapshotInfo: [{ vvolId: unknownVolume(), metadata }], timeoutMS: 1_000n }),
    [
      [
        'InvalidArgument',
        'no time',
        () => ({ snapshotInfo: [{ vvolId: unknownVolume(), metadata }], timeoutMS: 0n }),
      ],
      [
        'InvalidArgument',
        'less than no time',
        () => ({ snapshotInfo: [{ vvolId: unknownVolume(), metadata }], timeoutMS: -1n }),
      ],
    ],
  ),
  refusalsOf(
    'revertVirtualVolume',
    () => ({ vvolId: unknownVolume(), snapshotVvolId: unknownVolume() }),
    [
      [
        'InvalidArgument',
        'an id of a wrong form',
        () => ({ vvolId: ODD, snapshotVvolId: unknownVolume() }),
      ],
      [
        'NotFound',
        'an unknown volume',
        () => ({ vvolId: unknownVolume(), snapshotVvolId: unknownVolume() }),
      ],
      [
        'NotFound',
        'an unknown snapshot',
        async (it) => ({ vvolId: await it.volume(), snapshotVvolId: unknownVolume() }),
      ],
      [
        'IncompatibleVolume',
        'another volume’s snapshot',
        async (it) => ({
          vvolId: await it.volume(),
          snapshotVvolId: (await it.snapshot()).snapshotId,
        }),
      ],
    ],
  ),
  refusalsOf('cloneVirtualVolume', () => ({ vvolId: unknownVolume(), metadata }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, metadata })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), metadata })],
    [
      'NotFound',
      'an unknown container',
      async (it) => ({ vvolId: await it.volume(), newContainerId: randomUUID(), metadata }),
    ],
    [
      'InvalidProfile or OutOfResource',
      'an undeclared capability',
      async (it) => ({ vvolId: await it.volume(), newProfile: odd, metadata }),
    ],
  ]),
  refusalsOf('fastCloneVirtualVolume', () => ({ vvolId: unknownVolume(), metadata }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, metadata })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), metadata })],
    [
      'InvalidProfile or OutOfResource',
      'an undeclared capability',
      async (it) => ({ vvolId: await it.volume(), newProfile: odd, metadata }),
    ],
  ]),
  refusalsOf('copyDiffsToVirtualVolume', () => diffs(), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ ...diffs(), srcVVolId: ODD })],
    ['NotFound', 'unknown volumes', () => diffs()],
    [
      'IncompatibleVolume',
      'strangers',
      async (it) => ({
        srcVVolId: await it.volume(),
        srcBaseVVolId: await it.volume(),
        dstVVolId: await it.volume(),
      }),
    ],
  ]),
  refusalsOf('allocatedBitmapVirtualVolume', () => ({ vvolId: unknownVolume(), ...chunks }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, ...chunks })],
    [
      'InvalidArgument',
      'a start below nothing',
      async (it) => ({ vvolId: await it.volume(), ...chunks, segmentStartOffsetBytes: -1n }),
    ],
    [
      'InvalidArgument',
      'a segment past the end',
      async (it) => ({ vvolId: await it.volume(), ...chunks, ...beyond }),
    ],
    [
      'InvalidArgument',
      'chunks of no size',
      async (it) => ({ vvolId: await it.volume(), ...chunks, chunkSizeBytes: 0n }),
    ],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), ...chunks })],
  ]),
  refusalsOf(
    'unsharedBitmapVirtualVolume',
    () => ({ vvolId: unknownVolume(), baseVvolId: unknownVolume(), ...chunks }),
    [
      [
        'NotFound',
        'unknown volumes',
        () => ({ vvolId: unknownVolume(), baseVvolId: unknownVolume(), ...chunks }),
      ],
      [
        'IncompatibleVolume',
        'strangers',
        async (it) => ({ vvolId: await it.volume(), baseVvolId: await it.volume(), ...chunks }),
      ],
      [
        'InvalidArgument',
        'a segment past the end',
        async (it) => ({ ...(await pair(it)), ...chunks, ...beyond }),
      ],
    ],
  ),
  refusalsOf('unsharedChunksVirtualVolume', () => ({ vvolId: unknownVolume(), ...segment }), [
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), ...segment })],
    [
      'IncompatibleVolume',
      'strangers',
      async (it) => ({ vvolId: await it.volume(), baseVvolId: await it.volume(), ...segment }),
    ],
    [
      'IncompatibleVolume',
      'strangers, past the end',
      async (it) => ({
        vvolId: await it.volume(),
        baseVvolId: await it.volume(),
        ...segment,
        ...beyond,
      }),
    ],
    [
      'InvalidArgument',
      'a segment past the end',
      async (it) => ({ ...(await pair(it)), ...segment, ...beyond }),
    ],
  ]),
];

function diffs() {
  return { srcVVolId: unknownVolume(), srcBaseVVolId: unknownVolume(), dstVVolId: unknownVolume() };
}

async function pair(it: Things) {
  const { vvolId, snapshotId } = await it.snapshot();
  return { vvolId, baseVvolId: snapshotId };
}
