/** Proofs of the operations on virtual volumes themselves: making, changing, ending, finding them. */
import assert from 'node:assert/strict';
import { textOf, textsOf } from '../../support/soap-client.ts';
import {
  bound,
  busyVolume,
  emptyProfile,
  ended,
  ids,
  METADATA,
  newVolume,
  noContainer,
  noVolume,
  snapshot,
  thickProfile,
  unknownProfile,
  unmetProfile,
  volume,
} from '../arrange.ts';
import { NEVER } from '../reasons.ts';
import type { Row } from '../row.ts';
import { d, m, v } from '../xml.ts';

export const VOLUMES: readonly Row[] = [
  {
    operation: 'createVirtualVolume',
    work: 'createVolume',
    succeeds: 'a volume is made, and the result of its task is its id',
    ask: (stage) => newVolume(stage),
    check: async (answer, stage) => {
      const vvolId = textOf(await ended(stage, answer), 'result');
      const found = await stage.ask('queryVirtualVolumeInfo', m({ vvolId }));
      assert.deepEqual(textsOf(found, 'vvolId'), [vvolId]);
    },
    faults: {
      InvalidArgument: {
        when: 'its size is 0 MB',
        ask: (stage) => newVolume(stage, { sizeInMB: 0 }),
      },
      InvalidProfile: {
        when: 'its profile asks for a capability that nobody has declared',
        ask: (stage) => newVolume(stage, { profile: unknownProfile() }),
      },
      NotFound: {
        when: 'there is no such container',
        ask: () =>
          m({
            containerId: noContainer(),
            vvolType: 'Data',
            sizeInMB: 1,
            metadata: METADATA,
          }),
      },
      OutOfResource: [
        {
          when: 'the container has promised all it may',
          ask: (stage) => newVolume(stage, { container: 'small', sizeInMB: 200 }),
        },
        {
          when: 'the container promises nothing that meets the profile',
          ask: (stage) => newVolume(stage, { profile: unmetProfile() }),
        },
      ],
      PermissionDenied: NEVER.permission,
    },
  },
  {
    operation: 'deleteVirtualVolume',
    work: 'deleteVolume',
    succeeds: 'a volume ends, and is not found any more',
    ask: async (stage) => m({ vvolId: await volume(stage) }),
    faults: {
      InvalidArgument: { when: 'the id is malformed', ask: () => m({ vvolId: 'nonsense' }) },
      NotFound: { when: 'there is no such volume', ask: () => m({ vvolId: noVolume() }) },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a host has bound the volume',
        ask: async (stage) => {
          const vvolId = await volume(stage);
          await bound(stage, vvolId);
          return m({ vvolId });
        },
      },
    },
  },
  {
    operation: 'resizeVirtualVolume',
    work: 'resizeVolume',
    succeeds: 'a volume grows, and its logical space says so',
    ask: async (stage) => m({ vvolId: await volume(stage), sizeInMB: 3 }),
    check: async (answer, stage) => {
      assert.equal(textOf(await ended(stage, answer), 'name'), 'resizeVirtualVolume');
    },
    faults: {
      InvalidArgument: {
        when: 'the size is above the maximum of the container',
        ask: async (stage) => m({ vvolId: await volume(stage), sizeInMB: 100_001 }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), sizeInMB: 2 }),
      },
      NotSupported: {
        when: 'the size is below the present one',
        ask: async (stage) => m({ vvolId: await volume(stage, { sizeInMB: 2 }), sizeInMB: 1 }),
      },
      OutOfResource: {
        when: 'the container has promised all it may',
        ask: async (stage) =>
          m({ vvolId: await volume(stage, { container: 'small' }), sizeInMB: 200 }),
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a task works on the volume',
        ask: async (stage) => m({ vvolId: await busyVolume(stage), sizeInMB: 2 }),
      },
    },
  },
  {
    operation: 'updateStorageProfileForVirtualVolume',
    work: 'applyProfile',
    succeeds: 'a volume takes another profile',
    ask: async (stage) => m({ vvolId: await volume(stage), newStorageProfile: emptyProfile() }),
    check: async (answer, stage) => {
      await ended(stage, answer);
    },
    faults: {
      InvalidProfile: [
        {
          when: 'the profile asks for a capability that nobody has declared',
          ask: async (stage) =>
            m({ vvolId: await volume(stage), newStorageProfile: unknownProfile() }),
        },
        {
          when: 'the container of the volume promises nothing that meets the profile',
          ask: async (stage) =>
            m({ vvolId: await volume(stage), newStorageProfile: unmetProfile() }),
        },
      ],
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), newStorageProfile: emptyProfile() }),
      },
      OutOfResource: {
        when: 'the profile wants space to be set aside that the container does not have',
        ask: async (stage) =>
          m({
            vvolId: await volume(stage, { container: 'promising', sizeInMB: 200 }),
            newStorageProfile: thickProfile(),
          }),
      },
      PermissionDenied: NEVER.permission,
      ResourceInUse: {
        when: 'a task works on the volume',
        ask: async (stage) =>
          m({ vvolId: await busyVolume(stage), newStorageProfile: emptyProfile() }),
      },
    },
  },
  {
    operation: 'queryVirtualVolume',
    work: 'findVolumes',
    succeeds: 'the volumes whose metadata match are found',
    ask: async (stage) => {
      await volume(stage);
      return m({ searchConstraint: v({ key: 'VMW_VVolName', value: 'matrix.vmdk' }) });
    },
    check: (answer) => assert(textsOf(answer, 'return').length > 0, answer),
    faults: {
      InvalidArgument: {
        when: 'a key is one that cannot be searched',
        ask: () => m({ searchConstraint: v({ key: 'VMW_VvolProfile', value: 'x' }) }),
      },
    },
  },
  {
    operation: 'queryVirtualVolumeInfo',
    work: 'volumes',
    succeeds: 'the metadata of volumes is told, in the order asked',
    ask: async (stage) => m({ vvolId: [await volume(stage), await volume(stage)] }),
    check: (answer) => assert.equal(textsOf(answer, 'vvolId').length, 2),
    faults: { TooMany: { when: 'it names 10,001 volumes', ask: () => m({ vvolId: ids(10_001) }) } },
  },
  {
    operation: 'updateVirtualVolumeMetaData',
    work: 'updateMetadata',
    succeeds: 'metadata is set',
    ask: async (stage) =>
      m({
        vvolId: await volume(stage),
        keyValuePair: d({ parameterName: 'VMW_VVolName', parameterValue: 'other.vmdk' }),
      }),
    faults: {
      InvalidArgument: {
        when: 'a key is empty',
        ask: async (stage) =>
          m({
            vvolId: await volume(stage),
            keyValuePair: d({ parameterName: '', parameterValue: 'x' }),
          }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), keyValuePair: METADATA }),
      },
      PermissionDenied: NEVER.permission,
    },
  },
  {
    operation: 'spaceStatsForVirtualVolume',
    work: 'volumeSpace',
    succeeds: 'the space of volumes is told',
    ask: async (stage) => {
      const vvolId = await volume(stage);
      return m({ vvolId: [vvolId, await snapshot(stage, vvolId)] });
    },
    check: (answer) => assert.deepEqual(textsOf(answer, 'logical'), ['1', '1']),
    faults: { TooMany: { when: 'it names 10,001 volumes', ask: () => m({ vvolId: ids(10_001) }) } },
  },
];
