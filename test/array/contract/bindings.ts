/** Bindings of hosts: a set per volume and host, which only unbind ends. */
import { expect, it } from 'vitest';
import type { Binding, Volume } from '../../../src/model/array.ts';
import type { EndpointId, HostId } from '../../../src/model/ids.ts';
import { expectRecent, failureOf, type Harness, newHostId, newVvolId, only } from './harness.ts';

export function bindingSentences(harness: Harness): void {
  bindSentences(harness);
  formSentences(harness);
  unbindSentences(harness);
}

/** Binds without rebinding, through any endpoint that serves the volume. */
async function bind(harness: Harness, volume: Volume, hostId: HostId): Promise<Binding> {
  const candidates = await harness.endpointsOf(volume.containerId);
  return harness.array.bind(volume.vvolId, hostId, { candidates, rebind: false });
}

function bindSentences(harness: Harness): void {
  it('a binding leads through a candidate endpoint and is listed by volume and by host', async () => {
    const volume = await harness.create();
    const hostId = newHostId();
    const binding = await bind(harness, volume, hostId);
    expect(binding).toMatchObject({ vvolId: volume.vvolId, hostId, state: 'bound' });
    expectRecent(binding.boundAt);
    const endpoint = (await harness.array.endpoints()).find(
      ({ endpointId }) => endpointId === binding.endpointId,
    );
    expect(endpoint?.inBandId).toEqual(binding.inBandId);
    expect(await harness.array.bindings({ vvolId: volume.vvolId })).toEqual([binding]);
    expect(await harness.array.bindings({ hostId })).toEqual([binding]);
    expect(await harness.array.bindings({ vvolId: volume.vvolId, hostId })).toEqual([binding]);
    expect(await harness.array.bindings({})).toContainEqual(binding);
  });

  it('binding again for the same host gives the same binding, whatever the candidates', async () => {
    const volume = await harness.create();
    const hostId = newHostId();
    const binding = await bind(harness, volume, hostId);
    const again = { candidates: [], rebind: false };
    expect(await harness.array.bind(volume.vvolId, hostId, again)).toEqual(binding);
    expect(await harness.array.bindings({ hostId })).toEqual([binding]);
  });

  it('two binds at once for the same host are one binding', async () => {
    const volume = await harness.create();
    const hostId = newHostId();
    const [one, other] = await Promise.all([
      bind(harness, volume, hostId),
      bind(harness, volume, hostId),
    ]);
    expect(other).toEqual(one);
  });

  it('several hosts bind one volume, oldest first, and each ends only its own', async () => {
    const volume = await harness.create();
    const hosts = [newHostId(), newHostId(), newHostId()] as const;
    for (const hostId of hosts) await bind(harness, volume, hostId);
    const listed = async () =>
      (await harness.array.bindings({ vvolId: volume.vvolId })).map((one) => one.hostId);
    expect(await listed()).toEqual(hosts);
    await harness.array.unbind(volume.vvolId, hosts[1], undefined);
    expect(await listed()).toEqual([hosts[0], hosts[2]]);
  });

  it('bindings outlive the reopening of the array', async () => {
    const volume = await harness.create();
    const hostId = newHostId();
    const binding = await bind(harness, volume, hostId);
    await harness.reopen();
    expect(await harness.array.bindings({ hostId })).toEqual([binding]);
    expect(await bind(harness, volume, hostId)).toEqual(binding);
  });

  it('an unknown volume is notFound; no candidate that serves the container is failed', async () => {
    const volume = await harness.create();
    const candidates = await harness.endpointsOf(volume.containerId);
    const options = { candidates, rebind: false };
    const unknown = harness.array.bind(newVvolId(), newHostId(), options);
    expect(await failureOf(unknown)).toBe('notFound');
    const served = new Set<EndpointId>(candidates);
    const others = (await harness.array.endpoints())
      .map(({ endpointId }) => endpointId)
      .filter((endpointId) => !served.has(endpointId));
    for (const useless of [[], others, ['no such endpoint' as EndpointId]]) {
      const call = harness.array.bind(volume.vvolId, newHostId(), {
        candidates: useless,
        rebind: false,
      });
      expect(await failureOf(call)).toBe('failed');
    }
    expect(await harness.array.bindings({ vvolId: volume.vvolId })).toEqual([]);
  });
}

function formSentences(harness: Harness): void {
  it('on SCSI secondary ids are 0x and hex, unique under the endpoint', async (context) => {
    const { containerId } = harness.containerOf('SCSI', context);
    const candidates = (await harness.endpointsOf(containerId)).slice(0, 1);
    const secondaryIds: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { vvolId } = await harness.create({ containerId });
      const options = { candidates, rebind: false };
      const { endpointId, secondaryId } = await harness.array.bind(vvolId, newHostId(), options);
      expect(secondaryId).toMatch(/^0x[0-9a-f]+$/);
      expect(endpointId).toBe(candidates[0]);
      secondaryIds.push(secondaryId);
    }
    expect(new Set(secondaryIds).size).toBe(5);
  });

  it('a secondary id that is in use is given to nobody else when others have ended', async () => {
    const hostId = newHostId();
    const volumes = [
      await harness.create(),
      await harness.create(),
      await harness.create(),
    ] as const;
    const candidates = (await harness.endpointsOf(volumes[0].containerId)).slice(0, 1);
    const path = ({ vvolId }: Volume) =>
      harness.array.bind(vvolId, hostId, { candidates, rebind: false });
    await path(volumes[0]);
    const kept = await path(volumes[1]);
    await harness.array.unbind(volumes[0].vvolId, hostId, undefined);
    expect((await path(volumes[2])).secondaryId).not.toBe(kept.secondaryId);
  });

  it('more bindings of one host than the array states are noSpace; other hosts go on', async (context) => {
    const most = harness.limits().bindingsPerHost;
    if (most > 256) context.skip('the limit is too high to be reached here');
    const hostId = newHostId();
    for (let i = 0; i < most; i += 1) await bind(harness, await harness.create(), hostId);
    const last = await harness.create();
    expect(await failureOf(bind(harness, last, hostId))).toBe('noSpace');
    expect(await harness.array.bindings({ hostId })).toHaveLength(most);
    await bind(harness, last, newHostId());
  });

  it('on NFS secondary ids are paths of the volume, of a Config volume a directory', async () => {
    const families = (await harness.array.containers()).filter((c) => c.protocol !== 'SCSI');
    for (const { containerId } of families) {
      const data = await harness.create({ containerId, type: 'Data' });
      const config = await harness.create({ containerId, type: 'Config' });
      const one = await bind(harness, data, newHostId());
      const other = await bind(harness, data, newHostId());
      expect(one.secondaryId).toMatch(/[^/]$/);
      expect(other.secondaryId).toBe(one.secondaryId);
      expect((await bind(harness, config, newHostId())).secondaryId).toMatch(/\/$/);
    }
  });
}

function unbindSentences(harness: Harness): void {
  it('unbind ends the one binding that it names; another name ends nothing', async () => {
    const volume = await harness.create();
    const hostId = newHostId();
    const { endpointId, secondaryId } = await bind(harness, volume, hostId);
    const end = (id: EndpointId, secondary: string) =>
      harness.array.unbind(volume.vvolId, hostId, { endpointId: id, secondaryId: secondary });
    await end(endpointId, `${secondaryId}0`);
    await end('no such endpoint' as EndpointId, secondaryId);
    expect(await harness.array.bindings({ hostId })).toHaveLength(1);
    await end(endpointId, secondaryId);
    expect(await harness.array.bindings({ hostId })).toEqual([]);
  });

  it('unbinding what is not bound succeeds; an unknown volume is notFound', async () => {
    const { vvolId } = await harness.create();
    expect(await failureOf(harness.array.unbind(vvolId, newHostId(), undefined))).toBeUndefined();
    expect(await failureOf(harness.array.unbindFromAllHosts(vvolId))).toBeUndefined();
    expect(await failureOf(harness.array.unbindAllFromHost(newHostId()))).toBeUndefined();
    const unknown = harness.array.unbind(newVvolId(), newHostId(), undefined);
    expect(await failureOf(unknown)).toBe('notFound');
    expect(await failureOf(harness.array.unbindFromAllHosts(newVvolId()))).toBe('notFound');
  });

  it('unbinding from all hosts ends every binding of the volume and no other', async () => {
    const volume = await harness.create();
    const other = await harness.create();
    const hosts = [newHostId(), newHostId()] as const;
    for (const hostId of hosts) await bind(harness, volume, hostId);
    const kept = await bind(harness, other, hosts[0]);
    await harness.array.unbindFromAllHosts(volume.vvolId);
    expect(await harness.array.bindings({ vvolId: volume.vvolId })).toEqual([]);
    expect(only(await harness.array.bindings({ hostId: hosts[0] }))).toEqual(kept);
  });

  it('unbinding all from a host ends every binding of the host and no other', async () => {
    const volumes = [await harness.create(), await harness.create()];
    const hosts = [newHostId(), newHostId()] as const;
    for (const volume of volumes) {
      for (const hostId of hosts) await bind(harness, volume, hostId);
    }
    await harness.array.unbindAllFromHost(hosts[0]);
    await harness.reopen();
    expect(await harness.array.bindings({ hostId: hosts[0] })).toEqual([]);
    expect(await harness.array.bindings({ hostId: hosts[1] })).toHaveLength(2);
  });
}
