/** Proofs of the operations on bindings, and of their planned moves. */
import assert from 'node:assert/strict';
import { textsOf } from '../../support/soap-client.ts';
import { bound, handle, ids, noVolume, volume } from '../arrange.ts';
import type { Proof, Row } from '../row.ts';
import { m } from '../xml.ts';

const bindContext = 'Normal';
const unbindContext = 'Normal';

/** Batches whose only question to the array is that of each item. */
const NOT_IMPLEMENTED_IN_ITEMS: Proof = {
  never: 'it is implemented, and what the array cannot do is told by the item',
};

/** Nothing went wrong with any item. */
function allWell(answer: string): void {
  assert(textsOf(answer, 'uniqueId').length > 0, answer);
  assert.doesNotMatch(answer, /errorResult/);
}

const BINDINGS: readonly Row[] = [
  {
    operation: 'bindVirtualVolume',
    work: 'volumes',
    succeeds: 'a host is given a data path to each of two volumes',
    ask: async (stage) => m({ vvolId: [await volume(stage), await volume(stage)], bindContext }),
    check: (answer) => assert.equal(textsOf(answer, 'vvolSecondaryId').length, 2),
    faults: {
      InvalidArgument: [
        {
          when: 'the volumes lie in two containers',
          ask: async (stage) =>
            m({
              vvolId: [await volume(stage), await volume(stage, { container: 'files' })],
              bindContext,
            }),
        },
        {
          when: 'there is no such volume',
          ask: () => m({ vvolId: noVolume(), bindContext }),
          in: 'item',
        },
      ],
      PermissionDenied: {
        when: 'the session names no host',
        ask: async (stage) => m({ vvolId: await volume(stage), bindContext }),
        by: 'vcenter',
      },
      TooMany: {
        when: 'it names 1,001 volumes',
        ask: () => m({ vvolId: ids(1_001), bindContext }),
      },
    },
  },
  {
    operation: 'unbindVirtualVolume',
    work: 'endpoints',
    succeeds: 'a host’s binding ends',
    ask: async (stage) => m({ vvolHandle: await bound(stage, await volume(stage)), unbindContext }),
    check: allWell,
    faults: {
      InvalidArgument: {
        when: 'the handle names no endpoint of the array',
        ask: async (stage) =>
          m({ vvolHandle: handle(await volume(stage), 'naa.0', '1'), unbindContext }),
        in: 'item',
      },
      NotFound: {
        when: 'the host has bound the volume by another path',
        ask: async (stage) => {
          const vvolId = await volume(stage);
          const { text } = await bound(stage, vvolId);
          const lunId = textsOf(text, 'lunId')[0] ?? '';
          return m({ vvolHandle: handle(vvolId, lunId, 'another'), unbindContext });
        },
        in: 'item',
      },
      TooMany: {
        when: 'it names 1,001 handles',
        ask: () =>
          m({ vvolHandle: ids(1_001).map((id) => handle(id, 'naa.0', '1')), unbindContext }),
      },
    },
  },
  {
    operation: 'unbindVirtualVolumeFromAllHost',
    work: 'unbindFromAllHosts',
    refusedIn: 'item',
    succeeds: 'every host’s binding of a volume ends',
    ask: async (stage) => {
      const vvolId = await volume(stage);
      await bound(stage, vvolId);
      return m({ vvolId });
    },
    check: allWell,
    faults: {
      InvalidArgument: {
        when: 'the id is malformed',
        ask: () => m({ vvolId: 'nonsense' }),
        in: 'item',
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume() }),
        in: 'item',
      },
      NotImplemented: NOT_IMPLEMENTED_IN_ITEMS,
      TooMany: { when: 'it names 1,001 volumes', ask: () => m({ vvolId: ids(1_001) }) },
    },
  },
  {
    operation: 'unbindAllVirtualVolumesFromHost',
    work: 'unbindAllFromHost',
    succeeds: 'every binding of the calling host ends',
    ask: async (stage) => {
      await bound(stage, await volume(stage));
      return m({ hostUuid: stage.hostId });
    },
    faults: {
      InvalidArgument: { when: 'a host names another', ask: () => m({ hostUuid: 'another-host' }) },
      NotFound: { never: 'a host that the array has never met has no bindings, which is no error' },
    },
  },
];

const MOVES: readonly Row[] = [
  {
    operation: 'prepareForBindingChange',
    work: 'prepareBindingChange',
    succeeds: 'the array gets ready for another host',
    ask: async (stage) => m({ vvolId: await volume(stage), destHostId: 'another-host' }),
    check: (answer) => assert.deepEqual(textsOf(answer, 'name'), ['prepareForBindingChange']),
    faults: {
      InvalidArgument: {
        when: 'the host is blank',
        ask: async (stage) => m({ vvolId: await volume(stage), destHostId: ' ' }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ vvolId: noVolume(), destHostId: 'another-host' }),
      },
    },
  },
  ...['bindingChangeComplete', 'cancelBindingChange'].map(
    (operation): Row => ({
      operation,
      work: 'endBindingChange',
      refusedIn: 'item',
      succeeds: 'a move of bindings ends, also where none was begun',
      ask: async (stage) => m({ vvolId: await volume(stage) }),
      check: allWell,
      faults: {
        InvalidArgument: {
          when: 'it names 1,001 volumes',
          ask: () => m({ vvolId: ids(1_001) }),
        },
        NotFound: {
          when: 'there is no such volume',
          ask: () => m({ vvolId: noVolume() }),
          in: 'item',
        },
        NotImplemented: NOT_IMPLEMENTED_IN_ITEMS,
      },
    }),
  ),
];

export const BINDINGS_AND_MOVES: readonly Row[] = [...BINDINGS, ...MOVES];
