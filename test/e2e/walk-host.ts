/**
 * What a host does: connects with a certificate of its vCenter's CA, finds the endpoints that it has seen in
 * its own data path, and mounts a datastore: looks at it, makes the volume that holds a directory, binds it
 * and finds it again. The calls and their order are those of a host of VASA 2.0.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { textOf, textsOf } from '../support/soap-client.ts';
import { argument, reachMessage, rowsOf, type WalkClient } from './walk-client.ts';
import type { HostPlan, Site } from './walk-storage.ts';

/** A datastore as one host has it. */
export interface Mounted {
  readonly containerId: string;
  /** The Config volume that this host has made there, and the endpoint it is bound through. */
  readonly volume: string;
  readonly endpointId: string;
  /** Ids of the endpoints that the host was told of. */
  readonly endpoints: readonly string[];
}

/** Opens the session, and tells which endpoints the host sees. */
export async function connect(client: WalkClient, host: HostPlan, site: Site): Promise<void> {
  const { initiators, mounts } = reachMessage([host], site);
  const own = `<d:hostGuid>${host.hostId}</d:hostGuid>`;
  const address = '<d:hostIoIpAddress>192.0.2.1</d:hostIoIpAddress>';
  await client.ask(
    'setContext',
    `<m:usageContext>${own}${initiators}${address}${mounts}</m:usageContext>`,
  );
  expect(textsOf(await client.ask('queryArrays', ''), 'arrayName')).toEqual(['array']);
  expect(textsOf(await client.ask('queryStorageContainer', ''), 'name')).toContain(site.datastore);
  await seeEndpoints(client, await client.ask('queryProtocolEndpoint', ''));
}

/**
 * Reports the endpoints as a host has found them in its data path: by the name of the LUN, or by address and
 * mount, without the ids.
 */
async function seeEndpoints(client: WalkClient, endpoints: string): Promise<void> {
  const ways = rowsOf(endpoints).map((row) => {
    const type = `<v:protocolEndpointType>${textOf(row, 'protocolEndpointType')}</v:protocolEndpointType>`;
    const found = (name: string) =>
      textsOf(row, name).map((text) => `<v:${name}>${text}</v:${name}>`);
    const way = [...found('ipAddress'), ...found('lunId'), type, ...found('serverMount')].join('');
    return `<m:listOfHostPE><v:inBandBindCapability>None</v:inBandBindCapability><v:inBandId>${way}</v:inBandId></m:listOfHostPE>`;
  });
  await client.ask('setPEContext', ways.join(''));
}

const constraint = (key: string, value: string) =>
  `<m:searchConstraint><v:key>${key}</v:key><v:value>${value}</v:value></m:searchConstraint>`;
const pair = (name: string, value: string) =>
  `<m:metadata><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></m:metadata>`;

/** The directories of a datastore. */
export function directories(client: WalkClient, containerId: string): Promise<readonly string[]> {
  const inside = constraint('VMW_ContainerId', containerId) + constraint('VMW_VVolType', 'Config');
  return client.ids('queryVirtualVolume', inside);
}

/** Mounts the datastore of this host's site. */
export async function mount(client: WalkClient, host: HostPlan, site: Site): Promise<Mounted> {
  const all = rowsOf(await client.ask('queryStorageContainer', ''));
  const row = all.find((each) => textOf(each, 'name') === site.datastore) ?? '';
  const containerId = textOf(row, 'uniqueIdentifier');
  const own = argument('containerId', containerId);
  expect(textsOf(await client.ask('queryStorageContainer', own), 'name')).toEqual([site.datastore]);
  const space = await client.ask('spaceStatsForStorageContainer', own);
  expect(Number(textOf(space, 'physicalFree'))).toBeGreaterThan(0);
  const [array = ''] = textsOf(await client.ask('queryArrays', ''), 'uniqueIdentifier');
  const endpoints = await client.ids('queryProtocolEndpointForArray', argument('arrayId', array));
  const described = await client.ask('queryProtocolEndpoint', argument('peId', ...endpoints));
  await seeEndpoints(client, described);
  await directories(client, containerId);
  const volume = await makeDirectory(client, host, containerId);
  const handle = await client.ask(
    'bindVirtualVolume',
    argument('vvolId', volume) + argument('bindContext', 'Normal'),
  );
  const lunId = textOf(handle, 'lunId');
  const through = rowsOf(described).find((each) => textsOf(each, 'lunId').includes(lunId)) ?? '';
  expect(await client.ids('queryVirtualVolume', constraint('VMW_VVolName', host.name))).toEqual([
    volume,
  ]);
  return { containerId, volume, endpointId: textOf(through, 'uniqueIdentifier'), endpoints };
}

async function makeDirectory(client: WalkClient, host: HostPlan, containerId: string) {
  const task = await client.ask(
    'createVirtualVolume',
    argument('containerId', containerId) +
      argument('vvolType', 'Config') +
      argument('sizeInMB', '4096') +
      pair('VMW_VVolName', host.name) +
      pair('VMW_VVolType', 'Config') +
      pair('VMW_ContainerId', containerId),
  );
  const of = argument('taskId', textOf(task, 'taskId'));
  for (;;) {
    const update = await client.ask('getTaskUpdate', of);
    const state = textOf(update, 'taskState');
    if (state === 'Success') return textOf(update, 'result');
    if (state === 'Error') throw new Error(update);
    await pause(50);
  }
}
