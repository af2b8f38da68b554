/** The simulator's own choices in binding: which endpoint, which secondary id, how many. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { EndpointId, HostId, VvolId } from '../../src/model/ids.ts';
import { create, newFolder, oneContainer, open } from './world.ts';

const HOST = 'host-1' as HostId;
const OTHER = 'host-2' as HostId;

async function endpointIds(array: StorageArrayPort): Promise<EndpointId[]> {
  return (await array.endpoints()).map(({ endpointId }) => endpointId);
}

async function bind(array: StorageArrayPort, vvolId: VvolId, hostId: HostId = HOST) {
  return array.bind(vvolId, hostId, { candidates: await endpointIds(array), rebind: false });
}

/** Takes an endpoint out of service in the closed file. */
function setOffline(folder: string, endpointId: EndpointId | undefined): void {
  const db = new Database(join(folder, 'array.db'));
  db.prepare('UPDATE endpoint SET is_online = 0 WHERE endpoint_id = ?').run(endpointId);
  db.close();
}

it('bindings are spread over the candidates, the endpoint with fewest first', async () => {
  const array = await open(newFolder(), oneContainer({}));
  const used: EndpointId[] = [];
  for (let i = 0; i < 6; i += 1) used.push((await bind(array, await create(array, 1n))).endpointId);
  const counts = (await endpointIds(array)).map((id) => used.filter((one) => one === id).length);
  expect(counts).toEqual([2, 2, 2]);
});

it('an ended binding no longer weighs on its endpoint', async () => {
  const array = await open(newFolder(), oneContainer({}));
  const vvolId = await create(array, 1n);
  const candidates = (await endpointIds(array)).slice(0, 1);
  const ends = [
    () => array.unbind(vvolId, HOST, undefined),
    () => array.unbindFromAllHosts(vvolId),
    () => array.unbindAllFromHost(HOST),
  ];
  for (const end of ends) {
    await array.bind(vvolId, HOST, { candidates, rebind: false });
    await end();
  }
  expect((await bind(array, vvolId)).endpointId).toBe(candidates[0]);
});

it('an endpoint that is down is listed and never chosen', async () => {
  const folder = newFolder();
  const before = await open(folder, oneContainer({}));
  const vvolId = await create(before, 1n);
  const bound = await bind(before, vvolId);
  await before.close();
  setOffline(folder, bound.endpointId);
  const array = await open(folder);
  expect((await array.endpoints()).map(({ online }) => online)).toEqual([false, true, true]);
  expect(await bind(array, vvolId)).toEqual(bound);
  for (let i = 0; i < 4; i += 1) {
    expect((await bind(array, await create(array, 1n))).endpointId).not.toBe(bound.endpointId);
  }
  const candidates = [bound.endpointId];
  const call = array.bind(await create(array, 1n), HOST, { candidates, rebind: false });
  await expect(call).rejects.toMatchObject({ kind: 'failed' });
});

it('a move whose new endpoint goes down is moved on', async () => {
  const folder = newFolder();
  const before = await open(folder, oneContainer({}));
  const vvolId = await create(before, 1n);
  const first = await bind(before, vvolId);
  const candidates = await endpointIds(before);
  const second = await before.bind(vvolId, HOST, { candidates, rebind: true });
  await before.close();
  setOffline(folder, second.endpointId);
  const array = await open(folder);
  const third = await array.bind(vvolId, HOST, { candidates, rebind: true });
  const held = await array.bindings({ vvolId });
  expect(held.map(({ state }) => state)).toEqual(['moving', 'moving', 'bound']);
  expect(new Set(held.map(({ endpointId }) => endpointId)).size).toBe(3);
  await array.unbind(vvolId, HOST, third);
  expect((await array.bindings({ vvolId })).map(({ state }) => state)).toEqual(['moving', 'bound']);
  expect(first.state).toBe('bound');
});

it('a secondary id is never used again under its endpoint, reopening or not', async () => {
  const folder = newFolder();
  const array = await open(folder, oneContainer({}, { endpoints: { SCSI: 1 } }));
  const vvolId = await create(array, 1n);
  const one = await bind(array, vvolId);
  const two = await bind(array, vvolId, OTHER);
  await array.unbindFromAllHosts(vvolId);
  await array.close();
  const again = await open(folder);
  const three = await bind(again, vvolId);
  expect([one, two, three].map(({ secondaryId }) => secondaryId)).toEqual(['0x1', '0x2', '0x3']);
});

it('a host has its limit of bindings, and room again after an unbind', async () => {
  const array = await open(newFolder(), oneContainer({}, { bindingsPerHost: 2 }));
  const [a, b, c] = [await create(array, 1n), await create(array, 1n), await create(array, 1n)];
  await bind(array, a);
  await bind(array, b);
  await expect(bind(array, c)).rejects.toMatchObject({ kind: 'noSpace' });
  await bind(array, c, OTHER);
  await array.unbind(a, HOST, undefined);
  expect((await bind(array, c)).state).toBe('bound');
});

it('on NFS the path names the container and the volume', async () => {
  const plan = { name: 'n', protocol: 'NFS', capacityMB: 10 };
  const array = await open(newFolder(), oneContainer(plan, { endpoints: { NFS: 1 } }));
  const vvolId = await create(array, 1n, { type: 'Config' });
  const [container] = await array.containers();
  const { secondaryId, inBandId } = await bind(array, vvolId);
  expect(secondaryId).toBe(`${container?.containerId}/${vvolId}/`);
  expect(inBandId).toMatchObject({ protocol: 'NFS', serverMount: '/' });
});
