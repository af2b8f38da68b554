/** Requests about volumes that must be refused, and by which fault. Data: how they are tried is `refusals.ts`. */
import { randomUUID } from 'node:crypto';
import type { Scenario } from '../scenario.ts';
import { profileOf, UNDECLARED } from '../world/profiles.ts';
import { named, unknownVolume } from '../world/world.ts';
import { refusalsOf, type Things } from './refusals.ts';

const ODD = 'not an id';
const metadata = named('refused');
const odd = profileOf([UNDECLARED]);
const keyValuePair = [{ parameterName: 'a', parameterValue: 'b' }];

const creation = ({ containerId }: Things) => ({
  containerId,
  vvolType: 'Data',
  sizeInMB: 8n,
  metadata,
});

const HANDLE = {
  uniqueIdentifier: 'rfc4122.00000000-0000-4000-8000-000000000000',
  peInBandId: { protocolEndpointType: 'SCSI', lunId: `naa.${'6'.repeat(32)}` },
  vvolSecondaryId: '0x1',
};

export const VOLUME_REFUSALS: readonly Scenario[] = [
  refusalsOf('createVirtualVolume', creation, [
    [
      'InvalidArgument',
      'a type that VASA has not',
      (it) => ({ ...creation(it), vvolType: 'Spoon' }),
    ],
    ['InvalidArgument', 'no size', (it) => ({ ...creation(it), sizeInMB: 0n })],
    [
      'InvalidArgument',
      'a container id of a wrong form',
      (it) => ({ ...creation(it), containerId: ODD }),
    ],
    ['NotFound', 'an unknown container', (it) => ({ ...creation(it), containerId: randomUUID() })],
    [
      'InvalidProfile or OutOfResource',
      'an undeclared capability',
      (it) => ({ ...creation(it), storageProfile: odd }),
    ],
  ]),
  refusalsOf('deleteVirtualVolume', () => ({ vvolId: unknownVolume() }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume() })],
    ['ResourceInUse', 'a bound volume', async (it) => ({ vvolId: await it.boundVolume() })],
  ]),
  refusalsOf('resizeVirtualVolume', () => ({ vvolId: unknownVolume(), sizeInMB: 8n }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, sizeInMB: 8n })],
    ['InvalidArgument', 'no size', async (it) => ({ vvolId: await it.volume(), sizeInMB: 0n })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), sizeInMB: 8n })],
    ['NotSupported', 'a smaller size', async (it) => ({ vvolId: await it.volume(), sizeInMB: 1n })],
    [
      'NotSupported',
      'a snapshot',
      async (it) => ({ vvolId: (await it.snapshot()).snapshotId, sizeInMB: 64n }),
    ],
  ]),
  refusalsOf(
    'updateStorageProfileForVirtualVolume',
    () => ({ vvolId: unknownVolume(), newStorageProfile: odd }),
    [
      [
        'NotFound',
        'an unknown volume',
        () => ({ vvolId: unknownVolume(), newStorageProfile: profileOf([]) }),
      ],
      [
        'InvalidProfile',
        'an undeclared capability',
        async (it) => ({ vvolId: await it.volume(), newStorageProfile: odd }),
      ],
    ],
  ),
  refusalsOf('updateVirtualVolumeMetaData', () => ({ vvolId: unknownVolume(), keyValuePair }), [
    ['InvalidArgument', 'an id of a wrong form', () => ({ vvolId: ODD, keyValuePair })],
    ['NotFound', 'an unknown volume', () => ({ vvolId: unknownVolume(), keyValuePair })],
    [
      'InvalidArgument',
      'a key of nothing',
      async (it) => ({
        vvolId: await it.volume(),
        keyValuePair: [{ parameterName: '', parameterValue: 'b' }],
      }),
    ],
  ]),
  refusalsOf('queryVirtualVolume', () => ({ searchConstraint: [{ key: 'a' }] }), [
    ['InvalidArgument', 'a key of nothing', () => ({ searchConstraint: [{ key: '' }] })],
    [
      'InvalidArgument',
      'a key that is not searched',
      () => ({ searchConstraint: [{ key: 'VMW_VvolProfile' }] }),
    ],
  ]),
  refusalsOf('queryVirtualVolumeInfo', () => ({ vvolId: [unknownVolume()] })),
  refusalsOf('spaceStatsForVirtualVolume', () => ({ vvolId: [unknownVolume()] })),
  refusalsOf(
    'spaceStatsForStorageContainer',
    ({ containerId }) => ({ containerId, capabilityProfileId: [] }),
    [
      [
        'InvalidArgument',
        'a container id of a wrong form',
        () => ({ containerId: ODD, capabilityProfileId: [] }),
      ],
      [
        'NotFound',
        'an unknown container',
        () => ({ containerId: randomUUID(), capabilityProfileId: [] }),
      ],
      [
        'NotFound',
        'an unknown profile',
        ({ containerId }) => ({ containerId, capabilityProfileId: [randomUUID()] }),
      ],
    ],
  ),
  refusalsOf('bindVirtualVolume', () => ({ vvolId: [unknownVolume()], bindContext: 'Normal' }), [
    [
      'InvalidArgument',
      'an unknown context',
      async (it) => ({ vvolId: [await it.volume()], bindContext: 'Sometimes' }),
    ],
    [
      'InvalidArgument',
      'a context of unbinding',
      async (it) => ({ vvolId: [await it.volume()], bindContext: 'RebindEnd' }),
    ],
    ['TooMany', 'more than the largest batch', (it) => tooMany(it)],
  ]),
  refusalsOf('unbindVirtualVolume', () => ({ vvolHandle: [HANDLE], unbindContext: 'Normal' }), [
    [
      'InvalidArgument',
      'an unknown context',
      () => ({ vvolHandle: [HANDLE], unbindContext: 'Sometimes' }),
    ],
  ]),
  refusalsOf('unbindVirtualVolumeFromAllHost', () => ({ vvolId: [unknownVolume()] })),
  refusalsOf('unbindAllVirtualVolumesFromHost', () => ({ hostUuid: randomUUID() }), [
    ['InvalidArgument or NotFound', 'another host', () => ({ hostUuid: randomUUID() })],
  ]),
  refusalsOf(
    'prepareForBindingChange',
    () => ({ vvolId: [unknownVolume()], destHostId: randomUUID() }),
    [
      [
        'InvalidArgument',
        'an id of a wrong form',
        () => ({ vvolId: [ODD], destHostId: randomUUID() }),
      ],
      [
        'NotFound',
        'an unknown volume',
        () => ({ vvolId: [unknownVolume()], destHostId: randomUUID() }),
      ],
    ],
  ),
  refusalsOf('bindingChangeComplete', () => ({ vvolId: [unknownVolume()] })),
  refusalsOf('cancelBindingChange', () => ({ vvolId: [unknownVolume()] })),
];

/** Batches above this are not tried: an honest provider may allow them. */
const LARGEST_TRIED = 5_000n;

function tooMany({ world }: Things) {
  const { maxBatchSize = 0n } = world.inventory.provider ?? {};
  if (maxBatchSize <= 0n || maxBatchSize > LARGEST_TRIED) return undefined;
  const vvolId = Array.from({ length: Number(maxBatchSize) + 1 }, unknownVolume);
  return { vvolId, bindContext: 'Normal' };
}
