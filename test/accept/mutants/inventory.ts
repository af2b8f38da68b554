/** Providers that tell wrong things of their arrays, containers and endpoints. */
import { VasaFault } from '../../../src/model/faults.ts';
import type { Mutant } from './mutant.ts';

export const INVENTORY_MUTANTS: readonly Mutant[] = [
  {
    id: 'array-without-virtual-volumes',
    sentence: 'An array does not say that it takes part in virtual volumes',
    caughtBy: 'inventory.arrays',
    says: /VirtualVolumeProfile/,
    handlers: {
      queryArrays: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          supportedProfile: each.supportedProfile.filter((one) => one !== 'VirtualVolumeProfile'),
        })),
      }),
    },
  },
  {
    id: 'profile-made-up',
    sentence: 'An array names a profile that VASA has not',
    caughtBy: 'inventory.arrays',
    says: /that VASA has not: expected \[\], found \["EverythingProfile"\]/,
    handlers: {
      queryArrays: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          supportedProfile: [...each.supportedProfile, 'EverythingProfile'],
        })),
      }),
    },
  },
  {
    id: 'ids-of-arrays-not-looked-at',
    sentence: 'A question for one container is answered with all',
    caughtBy: 'inventory.containers',
    says: /the container by its id, beside an unknown one/,
    handlers: {
      queryStorageContainer: (good) => (context) => good(context, { containerId: [] }),
    },
  },
  {
    id: 'array-lists-no-containers',
    sentence: 'An array does not list the containers that lie in it',
    caughtBy: 'inventory.parts-of-arrays',
    says: /containers of all arrays: expected \[\]|containers of all arrays/,
    handlers: { queryStorageContainerForArray: () => async () => ({ return: [] }) },
  },
  {
    id: 'unknown-array-has-no-endpoints',
    sentence: 'An unknown array is answered as one without endpoints',
    caughtBy: 'inventory.parts-of-arrays',
    says: /queryProtocolEndpointForArray succeeded where it should be refused/,
    handlers: {
      queryProtocolEndpointForArray: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'endpoint-without-address',
    sentence: 'An NFS endpoint has no address to be mounted from',
    caughtBy: 'inventory.endpoints',
    says: /an address and a mount/,
    handlers: {
      queryProtocolEndpoint: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => {
          const { ipAddress, ...inBandId } = each.inBandId;
          return ipAddress === undefined ? each : { ...each, inBandId };
        }),
      }),
      setPEContext:
        (good) =>
        async (context, { listOfHostPE }) => {
          const known = listOfHostPE.filter((each) => each.inBandId.lunId !== undefined);
          return good(context, { listOfHostPE: known });
        },
    },
  },
  {
    id: 'unknown-endpoint-of-a-host-accepted',
    sentence: 'A host may tell of endpoints that the array has not',
    caughtBy: 'inventory.unknown-endpoint-of-a-host',
    says: /setPEContext succeeded where it should be refused/,
    handlers: {
      setPEContext: (good) => (context, request) => good(context, request).catch(() => undefined),
    },
  },
  {
    id: 'space-does-not-add-up',
    sentence: 'Used and free space of a container are more than there is',
    caughtBy: 'inventory.space-adds-up',
    says: /used and free space in MB/,
    handlers: {
      spaceStatsForStorageContainer: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          physicalFree: each.physicalFree + 64n,
        })),
      }),
    },
  },
  {
    id: 'promises-not-counted',
    sentence: 'What thin volumes promise is not counted as used',
    caughtBy: 'inventory.space-adds-up',
    says: /what volumes promise is counted; found/,
    array: (good) => ({
      containerSpace: async (containerId) => {
        const space = await good.containerSpace(containerId);
        return { ...space, logicalUsed: 0n as typeof space.logicalUsed };
      },
    }),
  },
  {
    id: 'row-for-a-volume-that-is-not',
    sentence: 'A volume that does not exist has a row of no size',
    caughtBy: 'inventory.space-of-volumes',
    says: /its rows: expected/,
    handlers: {
      spaceStatsForVirtualVolume: (good) => async (context, request) => {
        const { return: rows } = await good(context, request);
        const known = new Set(rows.map((each) => each.objectId));
        const made = request.vvolId
          .filter((id) => !known.has(id))
          .map((objectId) => ({
            ...{ objectId, committed: 0n, logical: 0n, unshared: 0n, unsharedValid: false },
          }));
        return { return: [...made, ...rows] };
      },
    },
  },
  {
    id: 'cookie-of-a-container-refused',
    sentence: 'A call that carries the cookie of a container is refused',
    caughtBy: 'inventory.container-context',
    says: /deleteVirtualVolume answered InvalidArgument/,
    handlers: {
      deleteVirtualVolume: (good) => async (context, request) => {
        if (request.containerCookie !== undefined)
          throw new VasaFault('InvalidArgument', 'a cookie of nobody');
        return good(context, request);
      },
    },
  },
  {
    id: 'context-of-a-container-that-is-not',
    sentence: 'A container that does not exist is given a cookie',
    caughtBy: 'inventory.container-context',
    says: /setStorageContainerContext succeeded where it should be refused/,
    handlers: {
      setStorageContainerContext: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: 'a cookie' })),
    },
  },
];
