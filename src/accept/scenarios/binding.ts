/** Binding: how a host gets its data path to a volume, keeps it, and gives it back. */
import { randomUUID } from 'node:crypto';
import type {
  BatchVirtualVolumeHandleResult,
  VirtualVolumeHandle,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { aContainer, aHost, makeVolume, twoHosts, unknownVolume } from '../world/world.ts';

/** Binds and gives one row for each id, in order; checks that order. */
async function bind(
  host: VasaClient,
  ids: readonly string[],
  bindContext = 'Normal',
): Promise<readonly BatchVirtualVolumeHandleResult[]> {
  const { return: rows } = await host.call('bindVirtualVolume', { vvolId: ids, bindContext });
  expectSame(
    rows.map((each) => each.vvolId),
    ids,
    'one row for each volume, in the order asked',
  );
  return rows;
}

export async function bound(host: VasaClient, vvolId: string): Promise<VirtualVolumeHandle> {
  const [row] = await bind(host, [vvolId]);
  expectThat(row?.vvolHandle !== undefined, 'the volume is bound', row?.fault?.type);
  return row.vvolHandle;
}

async function unbind(
  host: VasaClient,
  vvolHandle: readonly VirtualVolumeHandle[],
  unbindContext = 'Normal',
): Promise<readonly (string | undefined)[]> {
  const { return: rows } = await host.call('unbindVirtualVolume', { vvolHandle, unbindContext });
  expectSame(rows.length, vvolHandle.length, 'one row for each handle');
  return rows.map((each) => each.errorResult?.error[0]?.type);
}

/** A handle as text, to be compared: its endpoint and secondary id. */
export function path({ peInBandId, vvolSecondaryId }: VirtualVolumeHandle): string {
  return JSON.stringify([peInBandId, vvolSecondaryId]);
}

const isInUse = async (host: VasaClient, vvolId: string, why: string) => {
  const fault = await host.faultOf('deleteVirtualVolume', { vvolId });
  expectSame(fault.name, 'ResourceInUse', why);
};

/** The protocol endpoint of each kind names what a host finds it by. */
function expectPath({ peInBandId, vvolSecondaryId }: VirtualVolumeHandle): void {
  const { protocolEndpointType: type, lunId, ipAddress, serverMount } = peInBandId ?? {};
  expectThat(vvolSecondaryId !== '', 'the handle has a secondary id');
  if (type === 'SCSI') expectThat(/^naa\.[0-9a-f]{32}$/i.test(lunId ?? ''), 'a SCSI lunId', lunId);
  else expectThat(Boolean(ipAddress && serverMount), 'an address and a mount', peInBandId);
}

export const BINDING_SCENARIOS: readonly Scenario[] = [
  {
    id: 'binding.gives-a-path',
    chapter: 'binding',
    sentence:
      'Binding gives a handle with an endpoint that the host told of, the volume’s size and metadata',
    proves: 'A host finds the data of a virtual disk.',
    source: { text: 'bindVirtualVolume: handle, info and logical size', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      for (const { protocolEndPointType } of world.inventory.containers) {
        const container = aContainer(world, protocolEndPointType);
        const vvolId = await makeVolume(world, host, { container, sizeInMB: 24n, name: 'path' });
        const [row] = await bind(host, [vvolId]);
        expectThat(row?.vvolHandle !== undefined, 'the volume is bound', row?.fault?.type);
        expectPath(row.vvolHandle);
        expectSame(
          row.vvolHandle.peInBandId?.protocolEndpointType,
          protocolEndPointType,
          'kind of endpoint',
        );
        expectSame(row.vvolLogicalSize, 24n, 'its size in MB');
        const names = row.vvolInfo?.metadata.filter(
          (each) => each.parameterName === 'VMW_VVolName',
        );
        expectSame(
          names?.map((each) => each.parameterValue),
          ['path'],
          'its name',
        );
      }
    },
  },
  {
    id: 'binding.repeats-give-the-same-handle',
    chapter: 'binding',
    sentence: 'Binding again gives the same handle, and one unbind ends it',
    proves: 'A host that lost an answer can ask again, and no binding is left over.',
    source: { text: 'an already bound volume is answered with its handle', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const first = await bound(host, vvolId);
      expectSame(path(await bound(host, vvolId)), path(first), 'the handle of the second bind');
      await isInUse(host, vvolId, 'deleting it while bound');
      expectSame(await unbind(host, [first]), [undefined], 'the one unbind');
      await host.call('deleteVirtualVolume', { vvolId });
    },
  },
  {
    id: 'binding.rows-are-separate',
    chapter: 'binding',
    sentence: 'In a batch a bad volume has its own fault, and the good ones are bound beside it',
    proves: 'One stale id does not keep a virtual machine from starting.',
    source: {
      text: 'per-item faults; an unknown id is InvalidArgument in its row',
      mark: 'seen once',
    },
    async run(world) {
      const host = aHost(world);
      const good = await makeVolume(world, host);
      const rows = await bind(host, [unknownVolume(), good, 'not an id']);
      expectSame(
        rows.map((each) => each.fault?.type),
        ['InvalidArgument', undefined, 'InvalidArgument'],
        'the faults of the rows',
      );
      expectThat(rows[1]?.vvolHandle !== undefined, 'the good volume is bound');
    },
  },
  {
    id: 'binding.held-by-any-host',
    chapter: 'binding',
    sentence: 'Two hosts hold a volume at once; it is in use until the last of them has let it go',
    proves: 'Live migration: the destination binds while the source still runs.',
    source: {
      text: 'concurrent binds of two hosts; a bound volume refuses deletion',
      mark: 'seen',
    },
    async run(world) {
      const [one, other] = twoHosts(world);
      const vvolId = await makeVolume(world, one);
      const first = await bound(one, vvolId);
      const second = await bound(other, vvolId);
      expectSame(await unbind(one, [first]), [undefined], 'the first host lets go');
      await isInUse(one, vvolId, 'deleting it while the other host holds it');
      expectSame(await unbind(other, [second]), [undefined], 'the second host lets go');
      await one.call('deleteVirtualVolume', { vvolId });
    },
  },
  {
    id: 'binding.unbind-is-of-the-caller',
    chapter: 'binding',
    sentence: 'A host cannot end the binding of another host with that host’s handle',
    proves: 'A confused host does no harm to others.',
    source: { text: 'the host is the session’s; there is no host argument', mark: 'seen' },
    async run(world) {
      const [one, other] = twoHosts(world);
      const vvolId = await makeVolume(world, one);
      const handle = await bound(one, vvolId);
      await unbind(other, [handle]);
      await isInUse(one, vvolId, 'deleting it after the stranger’s unbind');
      expectSame(path(await bound(one, vvolId)), path(handle), 'the holder’s handle');
    },
  },
  {
    id: 'binding.unbind-repeats',
    chapter: 'binding',
    sentence:
      'Unbinding what is not bound does no harm, and an unknown volume is NotFound in its row',
    proves: 'A host that lost the answer to an unbind can ask again.',
    source: { text: 'success is the safe answer to a repeated unbind', mark: 'inferred' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const handle = await bound(host, vvolId);
      expectSame(await unbind(host, [handle]), [undefined], 'the first unbind');
      const [again] = await unbind(host, [handle]);
      expectThat(again === undefined || again === 'NotFound', 'the second unbind', again);
      const strange = { ...handle, uniqueIdentifier: unknownVolume() };
      expectSame(await unbind(host, [strange]), ['NotFound'], 'an unknown volume');
    },
  },
  {
    id: 'binding.outlives-the-session',
    chapter: 'binding',
    sentence: 'A binding outlives the session that made it, and the same host finds it again',
    proves: 'A host that opens a new session loses no disk.',
    source: { text: 'a bind lasts until an unbind', mark: 'seen' },
    async run(world) {
      const [player] = world.site.hosts;
      if (player === undefined) skip('the run has no host');
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const handle = await bound(host, vvolId);
      const later = await world.casting.session(player, { name: `${player.name}, new session` });
      const { return: listOfHostPE } = await later.call('queryProtocolEndpoint', { peId: [] });
      await later.call('setPEContext', { listOfHostPE });
      await isInUse(later, vvolId, 'deleting it in the new session');
      expectSame(path(await bound(later, vvolId)), path(handle), 'the handle in the new session');
      // The runner’s host goes on with the new session, which has taken the place of its own.
      host.session = later.session;
    },
  },
  {
    id: 'binding.from-all-hosts',
    chapter: 'binding',
    sentence: 'unbindVirtualVolumeFromAllHost frees a volume whoever holds it',
    proves: 'A volume of a host that is gone can be deleted.',
    source: { text: 'forced cleanup', mark: 'seen once' },
    async run(world) {
      const [one, other] = twoHosts(world);
      const vvolId = await makeVolume(world, one);
      await bound(one, vvolId);
      await bound(other, vvolId);
      const ids = [vvolId, unknownVolume()];
      const { return: rows } = await one.call('unbindVirtualVolumeFromAllHost', { vvolId: ids });
      expectSame(
        rows.map((each) => each.errorResult?.error[0]?.type),
        [undefined, 'NotFound'],
        'its rows',
      );
      await one.call('deleteVirtualVolume', { vvolId });
    },
  },
  {
    id: 'binding.one-container-a-call',
    chapter: 'binding',
    sentence: 'Volumes of two containers in one call are refused as a whole, and none is bound',
    proves: 'A host’s mistake leaves nothing half done.',
    source: { text: 'all volumes of one call lie in one container', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const [one, other] = world.inventory.containers;
      if (one === undefined || other === undefined) skip('the provider has only one container');
      const ids = [
        await makeVolume(world, host, { container: one }),
        await makeVolume(world, host, { container: other }),
      ];
      const fault = await host.faultOf('bindVirtualVolume', { vvolId: ids, bindContext: 'Normal' });
      expectSame(fault.name, 'InvalidArgument', 'the call');
      for (const vvolId of ids) await host.call('deleteVirtualVolume', { vvolId });
    },
  },
  {
    id: 'binding.rebind-keeps-the-old-path',
    chapter: 'binding',
    sentence:
      'A rebind gives a path, keeps the old one until RebindEnd, and leaves the volume bound',
    proves: 'A host can move to another endpoint while its disks are in use.',
    source: { text: 'RebindStart and RebindEnd', mark: 'inferred' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const old = await bound(host, vvolId);
      const [row] = await bind(host, [vvolId], 'RebindStart');
      expectThat(row?.vvolHandle !== undefined, 'a path is given', row?.fault?.type);
      expectSame(
        await unbind(host, [old], 'RebindStart'),
        [undefined],
        'RebindStart of the old path',
      );
      expectSame(await unbind(host, [old], 'RebindEnd'), [undefined], 'RebindEnd of the old path');
      await isInUse(host, vvolId, 'deleting it after the move');
      expectSame(await unbind(host, [row.vvolHandle]), [undefined], 'the end of the new path');
    },
  },
  {
    id: 'binding.bad-context-is-refused',
    chapter: 'binding',
    sentence:
      'An unknown bind context, an empty list, or a host that is nobody’s is InvalidArgument',
    proves: 'Values that the schema lets through are judged.',
    source: { text: 'enumerations are declared as strings; the provider judges', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const odd = await host.faultOf('bindVirtualVolume', {
        vvolId: [vvolId],
        bindContext: 'Sometimes',
      });
      expectSame(odd.name, 'InvalidArgument', 'an unknown context');
      const hostUuid = randomUUID();
      const stranger = await host.faultOf('unbindAllVirtualVolumesFromHost', { hostUuid });
      expectSame(stranger.name, 'InvalidArgument', 'another host’s bindings');
    },
  },
];
