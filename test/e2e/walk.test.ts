/**
 * Two vCenters, each with a CA of its own, and four hosts meet one provider at the same time: registration
 * and synchronisation, hosts that connect, datastores that are mounted. All over TLS, every answer checked
 * against the schemas, and nobody sees what is another's.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../../certs/make.ts';
import { adminClient } from '../../src/admin/client.ts';
import { findSocket } from '../../src/admin/socket.ts';
import { fetchText } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { soapClient, textOf, textsOf } from '../support/soap-client.ts';
import { compileSchemas } from '../support/wire/xsd.ts';
import { type WalkClient, walkClient } from './walk-client.ts';
import { connect, directories, type Mounted, mount } from './walk-host.ts';
import { type HostPlan, SHARED_LUN, SITES, type Site, WALK_STORAGE } from './walk-storage.ts';
import { type Place, type Registration, registerWith, synchronise } from './walk-vcenter.ts';

interface Host {
  readonly plan: HostPlan;
  readonly client: WalkClient;
  readonly mounted: Mounted;
}

/** A vCenter and its hosts when they have walked the whole way. */
interface Side {
  readonly site: Site;
  readonly authority: Authority;
  readonly registration: Registration;
  readonly client: WalkClient;
  readonly seen: Awaited<ReturnType<typeof synchronise>>;
  readonly hosts: readonly Host[];
}

/** Longer than the provider takes to notice a change of its array. */
const SOON = { timeout: 15_000, interval: 200 };

const schemas = compileSchemas('vasa-2.0');
let folder: string;
let server: ServerProcess;
let sides: readonly Side[] = [];

async function walk(site: Site, authority: Authority, place: Place): Promise<Side> {
  const registration = await registerWith(place, authority);
  const { url } = registration;
  const identified = async () =>
    walkClient(
      soapClient({ url, trust: place.trust, identity: await authority.issueClient() }),
      schemas,
    );
  const join = async (plan: HostPlan): Promise<Host> => {
    const client = await identified();
    await connect(client, plan, site);
    await Promise.all([client.newEvents(), client.newAlarms()]);
    return { plan, client, mounted: await mount(client, plan, site) };
  };
  const client = await identified();
  const [seen, hosts] = await Promise.all([
    synchronise(client, site, url, place.trust),
    Promise.all(site.hosts.map(join)),
  ]);
  return { site, authority, registration, client, seen, hosts };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-walk-'));
  server = await startServer(folder, { environment: WALK_STORAGE });
  const authorities = await Promise.all(SITES.map(({ name }) => makeAuthority({ name })));
  // What both administrators trust: the certificate they were shown, and from then on each other's CA.
  const pinned = readFileSync(server.ready.certificateFile, 'utf8');
  const trust = [pinned, ...authorities.map(({ certificatePem }) => certificatePem)].join('\n');
  const place = { versionXml: server.ready.versionXml, trust };
  sides = await Promise.all(
    authorities.map((authority, index) => walk(SITES[index] ?? SITES[0], authority, place)),
  );
}, 120_000);

afterAll(async () => {
  schemas.dispose();
  for (const { client, hosts } of sides) {
    for (const each of [client, ...hosts.map((host) => host.client)]) each.close();
  }
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('one vCenter has the certificate signed, the other is told to leave it alone', async () => {
  const [holder, ...others] = sides.filter(({ registration }) => !registration.isRetained);
  expect(others).toEqual([]);
  expect(new Set(sides.map(({ registration }) => registration.uid)).size).toBe(1);
  for (const side of sides) {
    const fetched = fetchText(server.ready.versionXml, side.authority.certificatePem);
    if (side === holder) await expect(fetched).resolves.toContain('2.0');
    else await expect(fetched).rejects.toThrow();
  }
});

test('each vCenter has found what its own hosts reach, and nothing of the other’s', () => {
  for (const { site, seen } of sides) {
    const { inventory } = seen;
    expect(inventory.catalogs).toEqual(['Alarm', 'Event', 'Fault', 'Policy']);
    expect(inventory.arrays).toHaveLength(1);
    expect(inventory.containers).toEqual(SITES.map(({ datastore }) => datastore));
    expect(inventory.offers).toBeGreaterThan(0);
    expect(inventory.luns).toEqual([site.lun, SHARED_LUN]);
    expect(inventory.fileSystems).toEqual([site.mount.filePath]);
    expect(inventory.endpoints).toHaveLength(2);
  }
  const [a, b] = sides.map(({ seen }) => seen.inventory);
  const common = (name: 'lunIds' | 'endpoints') => a?.[name].filter((id) => b?.[name].includes(id));
  expect(common('lunIds')).toHaveLength(1);
  expect(common('endpoints')).toHaveLength(1);
  for (const [own, other] of [
    [a, b],
    [b, a],
  ]) {
    const hidden = other?.lunIds.filter((id) => !own?.lunIds.includes(id)) ?? [];
    expect(hidden.filter((id) => own?.associated.has(id))).toEqual([]);
    expect(own?.lunIds.filter((id) => !own.associated.has(id))).toEqual([]);
  }
});

test('each host has mounted its own datastore, and finds its neighbour’s directory in it', async () => {
  await Promise.all(
    sides.flatMap(({ hosts, seen }) =>
      hosts.map(async ({ client, mounted }) => {
        expect(mounted.endpoints).toEqual(seen.inventory.endpoints);
        const found = await directories(client, mounted.containerId);
        expect([...found].sort()).toEqual(hosts.map((each) => each.mounted.volume).sort());
      }),
    ),
  );
  expect(new Set(sides.map(({ hosts }) => hosts[0]?.mounted.containerId)).size).toBe(2);
});

test('everybody hears, by cursor, of the volumes that were made meanwhile', async () => {
  const volumes = sides.flatMap(({ hosts }) => hosts.map(({ mounted }) => mounted.volume));
  await Promise.all(
    sides.map(async ({ client, seen }) => {
      const news = [...seen.events, ...(await client.newEvents())];
      const made = news.filter((event) => textsOf(event, 'eventConfigType').includes('New'));
      const objects = made.flatMap((event) => textsOf(event, 'objectId'));
      expect(objects.filter((id) => volumes.includes(id)).sort()).toEqual([...volumes].sort());
    }),
  );
});

test('the alarm about a LUN is for the side that sees it', async () => {
  const heard = sides.map(({ client, seen }) => collected(client.newAlarms, seen.alarms));
  const [full] = sides[0]?.seen.inventory.lunIds ?? [];
  const about = async () => {
    const all = await Promise.all(heard.map((more) => more()));
    return all.map((alarms) =>
      alarms
        .filter((alarm) => textOf(alarm, 'objectId') === full)
        .map((alarm) => textOf(alarm, 'status')),
    );
  };
  await expect.poll(about, SOON).toEqual([['Red'], []]);
});

test('a host is asked to move its own bindings when an endpoint goes down, and nobody else is', async () => {
  const [first] = sides;
  const clients = sides.flatMap(({ client, hosts }) => [
    client,
    ...hosts.map((host) => host.client),
  ]);
  await Promise.all(clients.map((client) => client.newEvents()));
  const heard = clients.map((client) => collected(client.newEvents));
  const socket = await findSocket(join(folder, 'data'));
  const endpointId = first?.hosts[0]?.mounted.endpointId ?? '';
  await adminClient(socket ?? '').array.setEndpointOnline(endpointId, false);

  const told = async () => {
    const all = await Promise.all(heard.map((more) => more()));
    const of = (type: string, name: string) =>
      all.map((events) =>
        events
          .filter((event) => textsOf(event, 'eventType').includes(type))
          .flatMap((event) => textsOf(event, name)),
      );
    return { moves: of('Rebind', 'vvolId'), changes: of('ConfigProtocolEndpoint', 'objectId') };
  };
  const own = first?.hosts.map(({ mounted }) => [mounted.volume]) ?? [];
  const changed = [endpointId];
  await expect.poll(told, SOON).toEqual({
    moves: [[], ...own, [], [], []],
    changes: [changed, changed, changed, [], [], []],
  });
});

/** Everything that was heard so far, with what is new at each call. */
function collected(
  news: () => Promise<readonly string[]>,
  before: readonly string[] = [],
): () => Promise<readonly string[]> {
  const all = [...before];
  return async () => {
    all.push(...(await news()));
    return all;
  };
}
