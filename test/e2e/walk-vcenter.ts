/**
 * What a vCenter does with a provider that it has never met: finds it, registers with its own CA, opens a
 * session for all its hosts, reads texts, storage and policies, discovers (ids, details, associations), and
 * asks what is new. The calls and their order are those of VASA 2.0's registration and first synchronisation.
 */
import { expect } from 'vitest';
import type { Authority } from '../../certs/make.ts';
import { EntityTypeEnum } from '../../src/wire/generated/vasa-1.0/types.ts';
import {
  credentialsMessage,
  fetchText,
  installMessage,
  rootsMessage,
  serviceUrl,
} from '../support/registered.ts';
import { type SoapClient, soapClient, textOf, textsOf } from '../support/soap-client.ts';
import { argument, reachMessage, rowsOf, type WalkClient } from './walk-client.ts';
import type { Site } from './walk-storage.ts';

/** Where a provider is, and what its administrator trusts, PEM. */
export interface Place {
  readonly versionXml: string;
  readonly trust: string;
}

export interface Registration {
  readonly url: string;
  readonly uid: string;
  /** Whether the provider told this vCenter to leave its certificate alone. */
  readonly isRetained: boolean;
}

/** Registers; has the provider's certificate signed unless another vCenter has done so, or is faster. */
export async function registerWith(place: Place, authority: Authority): Promise<Registration> {
  const url = await serviceUrl(place.versionXml, place.trust);
  const client = soapClient({ url, trust: place.trust });
  const roots = rootsMessage([authority.certificatePem], [await authority.crl()]);
  const bring = () => client.ask('registerCACertificatesAndCRLs', credentialsMessage() + roots);
  const isRetained = (answer: string) => textOf(answer, 'retainVasaProviderCertificate') === 'true';
  try {
    let info = await bring();
    if (!isRetained(info) && !(await hasSigned(client, authority))) {
      info = await bring();
      expect(isRetained(info), 'told why its certificate was refused').toBe(true);
    }
    return { url, uid: textOf(info, 'uid'), isRetained: isRetained(info) };
  } finally {
    client.close();
  }
}

/** False: another vCenter's certificate was there first. */
async function hasSigned(client: SoapClient, authority: Authority): Promise<boolean> {
  const request = textOf(await client.ask('requestCSR', null), 'return');
  const signed = installMessage(await authority.signRequest(request));
  const { fault, body } = await client.call('registerCASignedProviderCertificate', signed);
  expect([undefined, 'PermissionDenied'], body).toContain(fault);
  return fault === undefined;
}

/** What a vCenter has read. Names and ids in the order of the answers. */
export interface Inventory {
  readonly catalogs: readonly string[];
  readonly arrays: readonly string[];
  readonly containers: readonly string[];
  readonly endpoints: readonly string[];
  readonly luns: readonly string[];
  readonly lunIds: readonly string[];
  readonly fileSystems: readonly string[];
  /** Ids that associations have named. */
  readonly associated: ReadonlySet<string>;
  readonly offers: number;
}

/** Opens the session and synchronises. */
export async function synchronise(client: WalkClient, site: Site, url: string, trust: string) {
  const { initiators, mounts } = reachMessage(site.hosts, site);
  const own = `<d:vcGuid>${site.vcenterId}</d:vcGuid>`;
  const context = `<m:usageContext>${initiators}${mounts}${own}</m:usageContext>`;
  const info = await client.ask('setContext', context);
  expect(textOf(info, 'needsExplicitActivation')).toBe('false');
  const catalogs = await catalogsOf(client, url, trust);
  const arrays = textsOf(await client.ask('queryArrays', ''), 'uniqueIdentifier');
  const inventory: Inventory = {
    catalogs,
    arrays,
    ...(await storageOf(client, arrays)),
    ...(await discovered(client, arrays)),
  };
  return { inventory, events: await client.newEvents(), alarms: await client.newAlarms() };
}

async function catalogsOf(client: WalkClient, url: string, trust: string) {
  const rows = rowsOf(await client.ask('queryCatalog', null));
  for (const row of rows) {
    const text = await fetchText(new URL(textOf(row, 'catalogUri'), url).href, trust);
    expect(text).toMatch(/^# .* catalog/);
  }
  return [...new Set(rows.map((row) => textOf(row, 'catalogName')))].sort();
}

/** Containers, endpoints, and what the containers can promise. */
async function storageOf(client: WalkClient, arrays: readonly string[]) {
  const containerIds: string[] = [];
  const endpointIds: string[] = [];
  for (const array of arrays) {
    const of = argument('arrayId', array);
    containerIds.push(...(await client.ids('queryStorageContainerForArray', of)));
    endpointIds.push(...(await client.ids('queryProtocolEndpointForArray', of)));
  }
  const which = argument('containerId', ...containerIds);
  const containers = textsOf(await client.ask('queryStorageContainer', which), 'name');
  const endpoints = textsOf(
    await client.ask('queryProtocolEndpoint', argument('peId', ...endpointIds)),
    'uniqueIdentifier',
  );
  expect(endpoints).toEqual(endpointIds);
  const schemas = textsOf(await client.ask('queryCapabilityMetadata', ''), 'schemaId');
  expect(schemas.length).toBeGreaterThan(0);
  const profiles = textsOf(await client.ask('queryCapabilityProfile', ''), 'profileId');
  const offers = rowsOf(
    await client.ask('queryCapabilityProfileForResource', argument('resourceId', ...containerIds)),
  );
  for (const offer of offers) {
    expect(profiles).toContain(textOf(offer, 'profileId'));
    expect(containerIds).toContain(textOf(offer, 'resourceId'));
  }
  for (const id of containerIds) {
    const of = argument('containerId', id) + argument('entityType', 'Config', 'Data');
    await client.ask('queryDefaultProfileForStorageContainer', of);
  }
  return { containers, endpoints, offers: offers.length };
}

/** Ids first, details next, associations last. */
async function discovered(client: WalkClient, arrays: readonly string[]) {
  const ids = new Map<string, readonly string[]>();
  for (const type of EntityTypeEnum) {
    const of = argument('entityType', type);
    const count = Number(textOf(await client.ask('getNumberOfEntities', of), 'return'));
    const found = await client.ids('queryUniqueIdentifiersForEntity', of);
    expect(found, type).toHaveLength(count);
    ids.set(type, found);
  }
  for (const array of arrays) {
    const luns = await client.ids(
      'queryUniqueIdentifiersForLuns',
      argument('arrayUniqueId', array),
    );
    expect(luns).toEqual(ids.get('StorageLun'));
    const systems = argument('fsUniqueId', array);
    expect(await client.ids('queryUniqueIdentifiersForFileSystems', systems)).toEqual(
      ids.get('StorageFileSystem'),
    );
  }
  const query = (operation: string, name: string, type: string) =>
    client.ask(operation, argument(name, ...(ids.get(type) ?? [])));
  await query('queryStorageProcessors', 'spUniqueId', 'StorageProcessor');
  await query('queryStoragePorts', 'portUniqueId', 'StoragePort');
  const luns = await query('queryStorageLuns', 'lunUniqueId', 'StorageLun');
  const systems = await query('queryStorageFileSystems', 'fsUniqueId', 'StorageFileSystem');
  await query('queryStorageCapabilities', 'capabilityUniqueId', 'StorageCapability');
  const associations = [
    await query('queryAssociatedProcessorsForArray', 'arrayUniqueId', 'StorageArray'),
    await query('queryAssociatedPortsForProcessor', 'spUniqueId', 'StorageProcessor'),
    await query('queryAssociatedLunsForPort', 'portUniqueId', 'StoragePort'),
    await query('queryAssociatedCapabilityForLun', 'lunUniqueId', 'StorageLun'),
    await query('queryAssociatedCapabilityForFileSystem', 'fsUniqueId', 'StorageFileSystem'),
  ];
  return {
    luns: textsOf(luns, 'displayName'),
    lunIds: textsOf(luns, 'uniqueIdentifier'),
    fileSystems: textsOf(systems, 'fileSystemPath'),
    associated: new Set(associations.flatMap((each) => textsOf(each, 'uniqueIdentifier'))),
  };
}
