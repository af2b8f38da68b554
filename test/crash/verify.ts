/**
 * After a restart: what was acknowledged is there, what was ended is gone, nothing half made is visible.
 * What was under way is settled by asking, so that the ledger is exact again for the next round.
 */
import { expect } from 'vitest';
import * as calls from './calls.ts';
import type { Ledger, VolumeRecord } from './ledger.ts';
import { bindingOf } from './ledger.ts';
import { bind, deleteBound, type Host, must, type Random, remove } from './load.ts';

/** Checks all volumes, and all bindings of the hosts. Leaves no entry of the ledger open. */
export async function verify(
  ledger: Ledger,
  hosts: readonly Host[],
  random: Random,
): Promise<void> {
  const [first] = hosts;
  if (first === undefined) throw new Error('no host');
  await verifyVolumes(ledger, first);
  for (const host of hosts) await verifyBindings(ledger, host, random);
  verifySecondaryIds(ledger);
  await verifyUnbound(ledger, first, random);
}

async function verifyVolumes(ledger: Ledger, host: Host): Promise<void> {
  const visible = await calls.queryVirtualVolume(host.client);
  expect(new Set(visible).size, 'an id is listed once').toBe(visible.length);
  const infos = await calls.queryVirtualVolumeInfo(host.client, visible);
  expect([...infos.keys()].sort(), 'what is found can be read').toEqual([...visible].sort());

  const byName = new Map(ledger.volumes.map((each) => [each.name, each]));
  for (const [id, pairs] of infos) {
    const volume = byName.get(pairs['VMW_VVolName'] ?? '');
    expect(volume, `${id} was asked for by somebody`).toBeDefined();
    if (volume === undefined) continue;
    expect(pairs, 'whole and unchanged').toMatchObject({
      VMW_VVolName: volume.name,
      VMW_VVolType: volume.type,
      note: volume.note,
    });
    expect(volume.exists, `${volume.name} was deleted`).not.toBe('no');
    if (volume.exists === 'yes' || volume.id !== undefined) expect(id).toBe(volume.id);
    settle(volume, id);
  }
  const missing = ledger.with('yes').filter(({ id }) => id === undefined || !infos.has(id));
  expect(
    missing.map(({ name }) => name),
    'acknowledged, and now missing',
  ).toEqual([]);
  for (const volume of ledger.with('open')) settle(volume, undefined);
}

/** `id` undefined: it is not there. */
function settle(volume: VolumeRecord, id: string | undefined): void {
  volume.id = id ?? volume.id;
  volume.exists = id === undefined ? 'no' : 'yes';
  if (id === undefined) volume.bindings.clear();
}

async function verifyBindings(ledger: Ledger, host: Host, random: Random): Promise<void> {
  for (const volume of ledger.with('yes')) {
    const binding = bindingOf(volume, host.id);
    if (binding.state === 'no') continue;
    if (binding.state === 'yes' && random(4) === 0) await deleteBound(host, volume);
    await bind(ledger, host, volume);
  }
}

/** Two volumes never share a place under one endpoint. */
function verifySecondaryIds(ledger: Ledger): void {
  const places = ledger.with('yes').flatMap((volume) => {
    const handles = [...volume.bindings.values()].filter(({ state }) => state === 'yes');
    const own = handles.map(({ handle }) => `${handle?.endpoint} ${handle?.secondaryId}`);
    return [...new Set(own)];
  });
  expect(new Set(places).size, 'one place, one volume').toBe(places.length);
}

/** An unbind that was acknowledged stays so: a volume that nobody has bound can be deleted. */
async function verifyUnbound(ledger: Ledger, host: Host, random: Random): Promise<void> {
  const free = ledger
    .with('yes')
    .filter(({ type }) => type !== 'Config')
    .filter((volume) => [...volume.bindings.values()].every(({ state }) => state === 'no'));
  for (const volume of free.filter(() => random(3) === 0)) await remove(ledger, host, volume);
  const gone = ledger.with('no').flatMap(({ id }) => (id === undefined ? [] : [id]));
  const sample = gone.slice(-20);
  expect([...(await calls.queryVirtualVolumeInfo(host.client, sample)).keys()]).toEqual([]);
  const [last] = sample;
  if (last === undefined) return;
  const again = await calls.deleteVirtualVolume(host.client, last);
  expect(again).toEqual({ fault: 'NotFound' });
  expect(must(await calls.bindVirtualVolume(host.client, [last]), 'bind')).toEqual([
    'InvalidArgument',
  ]);
}
