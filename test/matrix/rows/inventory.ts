/** Proofs of the operations on arrays, containers and endpoints, and of what a host says of them. */
import assert from 'node:assert/strict';
import { textOf, textsOf } from '../../support/soap-client.ts';
import { arrayId, containerId, noContainer } from '../arrange.ts';
import type { Row } from '../row.ts';
import { hostEndpoint } from '../who.ts';
import { m } from '../xml.ts';

const OF_ARRAY: Row['faults'] = {
  InvalidArgument: { when: 'the id of the array is blank', ask: () => m({ arrayId: ' ' }) },
  NotFound: { when: 'there is no such array', ask: () => m({ arrayId: 'nowhere' }) },
};

export const INVENTORY_ROWS: readonly Row[] = [
  {
    operation: 'queryArrays',
    work: 'arrays',
    succeeds: 'the arrays are told to whoever has an initiator',
    ask: () => m({}),
    check: (answer) => assert.deepEqual(textsOf(answer, 'arrayName'), ['array-1', 'array-2']),
    faults: {
      InvalidArgument: {
        when: 'the id of an array is blank',
        ask: () => m({ arrayUniqueId: ' ' }),
      },
    },
  },
  {
    operation: 'queryStorageContainer',
    work: 'containers',
    succeeds: 'containers are told',
    ask: async (stage) => m({ containerId: await containerId(stage) }),
    check: (answer) => assert.equal(textOf(answer, 'name'), 'block'),
    faults: {},
  },
  {
    operation: 'queryStorageContainerForArray',
    work: 'containers',
    succeeds: 'the ids of an array’s containers are told',
    ask: async (stage) => m({ arrayId: await arrayId(stage) }),
    check: (answer) => assert.equal(textsOf(answer, 'return').length, 7),
    faults: OF_ARRAY,
  },
  {
    operation: 'setStorageContainerContext',
    work: 'containers',
    succeeds: 'a cookie for a container is given',
    ask: async (stage) => m({ containerId: await containerId(stage), userId: 'somebody' }),
    check: (answer) => assert.match(textOf(answer, 'return'), /^[0-9a-f]{64}$/),
    faults: {
      InvalidArgument: {
        when: 'the user is blank',
        ask: async (stage) => m({ containerId: await containerId(stage), userId: ' ' }),
      },
      NotFound: {
        when: 'there is no such container',
        ask: () => m({ containerId: noContainer(), userId: 'somebody' }),
      },
    },
  },
  {
    operation: 'spaceStatsForStorageContainer',
    work: 'containerSpace',
    succeeds: 'the space of a container is told',
    ask: async (stage) => m({ containerId: await containerId(stage) }),
    check: (answer) => assert.equal(textOf(answer, 'physicalTotal'), '1000000'),
    faults: {
      InvalidArgument: { when: 'the id is malformed', ask: () => m({ containerId: 'nonsense' }) },
      NotFound: {
        when: 'there is no such container',
        ask: () => m({ containerId: noContainer() }),
      },
    },
  },
  {
    operation: 'queryProtocolEndpoint',
    work: 'endpoints',
    succeeds: 'the endpoints of every protocol are told',
    ask: () => m({}),
    check: (answer) =>
      assert.deepEqual([...new Set(textsOf(answer, 'protocolEndpointType'))].sort(), [
        'NFS',
        'NFS4x',
        'SCSI',
      ]),
    faults: {},
  },
  {
    operation: 'queryProtocolEndpointForArray',
    work: 'endpoints',
    succeeds: 'the ids of an array’s endpoints are told',
    ask: async (stage) => m({ arrayId: await arrayId(stage) }),
    check: (answer) => assert.equal(textsOf(answer, 'return').length, 4),
    faults: OF_ARRAY,
  },
  {
    operation: 'setPEContext',
    work: 'endpoints',
    succeeds: 'a host says which endpoints it sees',
    ask: async (stage) => {
      const answer = await stage.ask('queryProtocolEndpoint', m({}));
      return m({ listOfHostPE: textsOf(answer, 'uniqueIdentifier').map(hostEndpoint) });
    },
    faults: {
      StorageFault: {
        when: 'the array has no such endpoint',
        ask: () => m({ listOfHostPE: hostEndpoint('nowhere') }),
      },
    },
  },
];
