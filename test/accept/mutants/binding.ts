/** Providers that lose, keep or mix up bindings. */
import type { VvolId } from '../../../src/model/ids.ts';
import type { Mutant } from './mutant.ts';

export const BINDING_MUTANTS: readonly Mutant[] = [
  {
    id: 'another-handle-each-time',
    sentence: 'Binding again gives another handle',
    caughtBy: 'binding.repeats-give-the-same-handle',
    says: /the handle of the second bind/,
    array: (good) => {
      let times = 0;
      return {
        bind: async (...args) => {
          times += 1;
          return { ...(await good.bind(...args)), secondaryId: `0xff${times}` };
        },
      };
    },
  },
  {
    id: 'binds-are-counted',
    sentence: 'A volume that was bound twice needs two unbinds',
    caughtBy: 'binding.repeats-give-the-same-handle',
    says: /deleteVirtualVolume answered ResourceInUse/,
    array: (good) => {
      const binds = new Map<string, number>();
      return {
        bind: (vvolId, hostId, options) => {
          const key = `${vvolId} ${hostId}`;
          binds.set(key, (binds.get(key) ?? 0) + 1);
          return good.bind(vvolId, hostId, options);
        },
        unbind: async (vvolId, hostId, only) => {
          const key = `${vvolId} ${hostId}`;
          const left = (binds.get(key) ?? 1) - 1;
          binds.set(key, left);
          if (left === 0) await good.unbind(vvolId, hostId, only);
        },
      };
    },
  },
  {
    id: 'unbind-forgotten',
    sentence: 'An unbind is answered as done and ends nothing',
    caughtBy: 'binding.held-by-any-host',
    says: /deleteVirtualVolume answered ResourceInUse/,
    array: () => ({ unbind: async () => undefined }),
  },
  {
    id: 'unbind-ends-every-hosts-binding',
    sentence: 'The unbind of one host ends the bindings of all',
    caughtBy: 'binding.held-by-any-host',
    says: /deleteVirtualVolume succeeded where it should be refused/,
    array: (good) => ({ unbind: (vvolId) => good.unbindFromAllHosts(vvolId) }),
  },
  {
    id: 'bound-volume-deleted',
    sentence: 'A volume is deleted although a host holds it',
    caughtBy: 'binding.held-by-any-host',
    says: /deleteVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      deleteVolume: async (vvolId) => {
        await good.unbindFromAllHosts(vvolId);
        await good.deleteVolume(vvolId);
      },
    }),
  },
  {
    id: 'strangers-may-unbind',
    sentence: 'A host ends another’s binding with that one’s handle',
    caughtBy: 'binding.unbind-is-of-the-caller',
    says: /deleteVirtualVolume succeeded where it should be refused/,
    handlers: {
      unbindVirtualVolume: (good) => async (context, request) => {
        for (const { uniqueIdentifier } of request.vvolHandle)
          await context.provider.array.unbindFromAllHosts(uniqueIdentifier as VvolId);
        return good(context, request);
      },
    },
  },
  {
    id: 'second-unbind-is-a-fault',
    sentence: 'Unbinding what is not bound is an InvalidArgument',
    caughtBy: 'binding.unbind-repeats',
    says: /the second unbind/,
    handlers: {
      unbindVirtualVolume: (good) => {
        const ended = new Set<string | undefined>();
        return (context, request) => {
          const vvolHandle = request.vvolHandle.map((handle) =>
            ended.has(handle.uniqueIdentifier) ? { ...handle, uniqueIdentifier: 'ended' } : handle,
          );
          for (const { uniqueIdentifier } of vvolHandle) ended.add(uniqueIdentifier);
          return good(context, { ...request, vvolHandle });
        };
      },
    },
  },
  {
    id: 'rows-of-a-batch-out-of-order',
    sentence: 'The rows of a batch come in another order than they were asked in',
    caughtBy: 'binding.rows-are-separate',
    says: /one row for each volume, in the order asked/,
    handlers: {
      bindVirtualVolume: (good) => async (context, request) => ({
        return: [...(await good(context, request)).return].reverse(),
      }),
    },
  },
  {
    id: 'bindings-end-with-the-session',
    sentence: 'A host that opens a new session loses its bindings',
    caughtBy: 'binding.outlives-the-session',
    says: /deleteVirtualVolume succeeded where it should be refused/,
    handlers: {
      setContext: (good) => async (context, request) => {
        const { array } = context.provider;
        for (const { hostId } of await array.bindings({})) await array.unbindAllFromHost(hostId);
        return good(context, request);
      },
    },
  },
  {
    id: 'clean-up-frees-one-host-only',
    sentence: 'Freeing a volume from all hosts leaves it bound to one of them',
    caughtBy: 'binding.from-all-hosts',
    says: /deleteVirtualVolume answered ResourceInUse/,
    array: (good) => ({
      unbindFromAllHosts: async (vvolId) => {
        const [first, ...others] = await good.bindings({ vvolId });
        if (first !== undefined && others.length > 0)
          await good.unbind(vvolId, first.hostId, undefined);
        else await good.unbindFromAllHosts(vvolId);
      },
    }),
  },
  {
    id: 'two-containers-in-one-call',
    sentence: 'Volumes of two containers are bound in one call',
    caughtBy: 'binding.one-container-a-call',
    says: /bindVirtualVolume succeeded where it should be refused/,
    handlers: {
      bindVirtualVolume: (good) => async (context, request) => {
        const rows = [];
        for (const vvolId of request.vvolId)
          rows.push(...(await good(context, { ...request, vvolId: [vvolId] })).return);
        return { return: rows };
      },
    },
  },
  {
    id: 'rebind-drops-the-old-path',
    sentence: 'The start of a rebind ends the path that is in use',
    caughtBy: 'binding.rebind-keeps-the-old-path',
    says: /RebindStart of the old path/,
    array: (good) => ({
      bind: async (vvolId, hostId, options) => {
        const bound = await good.bind(vvolId, hostId, options);
        for (const each of await good.bindings({ vvolId, hostId }))
          if (each.state === 'moving') await good.unbind(vvolId, hostId, each);
        return bound;
      },
    }),
  },
  {
    id: 'bind-context-not-judged',
    sentence: 'A bind context that VASA has not is taken for the normal one',
    caughtBy: 'binding.bad-context-is-refused',
    says: /bindVirtualVolume succeeded where it should be refused/,
    handlers: {
      bindVirtualVolume: (good) => (context, request) =>
        good(context, { ...request, bindContext: 'Normal' }),
    },
  },
  {
    id: 'path-of-another-kind',
    sentence: 'A volume of a block container is bound to a file endpoint',
    caughtBy: 'binding.gives-a-path',
    says: /kind of endpoint: expected "SCSI", found "NFS"/,
    array: (good) => ({
      bind: async (...args) => ({
        ...(await good.bind(...args)),
        inBandId: { protocol: 'NFS', ipAddress: '192.0.2.9', serverMount: '/elsewhere' },
      }),
    }),
  },
  {
    id: 'no-secondary-id',
    sentence: 'A handle has no secondary id, by which the host finds the volume at the endpoint',
    caughtBy: 'binding.gives-a-path',
    says: /the handle has a secondary id/,
    array: (good) => ({
      bind: async (...args) => ({ ...(await good.bind(...args)), secondaryId: '' }),
    }),
  },
  {
    id: 'size-of-a-bound-volume-in-bytes',
    sentence: 'Bind tells the volume’s size in bytes instead of MB',
    caughtBy: 'binding.gives-a-path',
    says: /its size in MB: expected "24", found "25165824"/,
    handlers: {
      bindVirtualVolume: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((row) => ({
          ...row,
          ...(row.vvolLogicalSize === undefined
            ? {}
            : { vvolLogicalSize: row.vvolLogicalSize << 20n }),
        })),
      }),
    },
  },
];
