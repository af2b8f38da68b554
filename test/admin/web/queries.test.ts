/**
 * Goal: everything that the admin API shows of a provider with a story has the form that its document says, and is
 * true: volumes with their families, hosts that are gone, what goes on; and the commands see the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../../../src/admin/client.ts';
import type { Queries } from '../../../src/admin/queries/port.ts';
import { ROUTES } from '../../../src/admin/routes/all.ts';
import { type AnyRoute, API_PREFIX } from '../../../src/admin/routes/route.ts';
import { openAdminServer } from '../../../src/admin/server.ts';
import type { VolumeRow } from '../../../src/admin/shapes/volumes.ts';
import { newSocketPath } from '../../../src/admin/socket.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { openProviderConsole } from '../../../src/run/console.ts';
import { USER } from '../../support/server-process.ts';
import { ask, askAs, logIn, type StagedConsole, stageConsole, type Visitor } from './staged.ts';

let staged: StagedConsole;
let visitor: Visitor;
let queries: Queries;
beforeAll(async () => {
  staged = await stageConsole();
  visitor = await logIn(staged.url);
  ({ queries } = staged.stage.provider().administration);
}, 60_000);
afterAll(() => staged.close());

const PAGE = { limit: LIMITS.adminPageItems };

/** The route's path with ids of things that there are. */
async function pathOf({ path }: AnyRoute): Promise<string> {
  const [request] = (await queries.requests(PAGE)).items;
  return path
    .replace(':vvolId', staged.facts.disk)
    .replace(':hostId', staged.facts.staleHost)
    .replace(':requestId', request?.request_id ?? '');
}

async function allVolumes(wish: object = {}, limit = 3): Promise<readonly VolumeRow[]> {
  const found: VolumeRow[] = [];
  let after: string | undefined;
  do {
    const page = await queries.volumes({ ...wish, after, limit });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

describe('every route that shows something', () => {
  test.each(
    ROUTES.filter(({ method }) => method === 'GET').map((route) => [route.id, route] as const),
  )('%s answers in the form of its document', async (_id, route) => {
    const { status, json } = await askAs(staged.url, visitor, API_PREFIX + (await pathOf(route)));
    expect(status).toBe(200);
    expect(route.answer.safeParse(json).error).toBeUndefined();
  });

  test('the commands see what the console sees', async () => {
    const { administration } = staged.stage.provider();
    const path = newSocketPath(staged.stage.provider().dataDirectory);
    const server = await openAdminServer(path, administration, () => undefined);
    const client = adminClient(path);
    try {
      const { disk, staleHost } = staged.facts;
      for (const each of [queries, client.queries]) {
        expect(await each.volume(disk)).toEqual(await queries.volume(disk));
        expect(await each.volumeTree(disk)).toEqual(await queries.volumeTree(disk));
        expect(await each.volumes({ ...PAGE, search: 'web', type: 'Data' })).toEqual(
          await queries.volumes({ ...PAGE, search: 'web', type: 'Data' }),
        );
        expect(await each.hosts(PAGE)).toEqual(await queries.hosts(PAGE));
        expect(await each.hostBindings(staleHost, { limit: 1 })).toEqual(
          await queries.hostBindings(staleHost, { limit: 1 }),
        );
        expect(await each.events({ limit: 5 })).toEqual(await queries.events({ limit: 5 }));
        expect(await each.trust()).toEqual(await queries.trust());
      }
      await expect(client.queries.volume('rfc4122.none')).rejects.toMatchObject({
        kind: 'notFound',
        message: 'there is no volume rfc4122.none',
      });
    } finally {
      await server.close();
    }
  });
});

describe('volumes', () => {
  test('are in exactly one page each, whatever the size of the pages', async () => {
    const whole = (await queries.volumes(PAGE)).items;
    expect(whole.length).toBeGreaterThan(15);
    for (const limit of [1, 4]) expect(await allVolumes({}, limit)).toEqual(whole);
  });

  test('are found by a part of their name, by type, by container and by machine', async () => {
    const all = await allVolumes();
    const named = await allVolumes({ search: 'DESKTOP' });
    expect(named.map(({ name }) => name)).toEqual(
      [1, 2, 3].map((number) => `desktop-000${number}.vmdk`),
    );
    const swap = await allVolumes({ type: 'Swap' });
    expect(swap.length).toBeGreaterThan(0);
    expect(swap).toEqual(all.filter(({ type }) => type === 'Swap'));
    const { containerId } = all[0] ?? {};
    expect(await allVolumes({ containerId })).toEqual(
      all.filter((volume) => volume.containerId === containerId),
    );
    const { vmId } = all.find((volume) => volume.vmId !== undefined) ?? {};
    expect(await allVolumes({ search: vmId })).toEqual(
      all.filter((volume) => volume.vmId === vmId || volume.vvolId === vmId),
    );
    expect(await allVolumes({ search: 'nobody has this name' })).toEqual([]);
  });

  test.each([
    [{ containerId: '00000000-0000-4000-8000-000000000000' }, 'there is no container'],
    [{ containerId: 'no id' }, 'there is no container'],
    [{ after: 'nowhere' }, 'after: does not continue an earlier page'],
  ])('of %j are refused in words', async (wish, words) => {
    await expect(queries.volumes({ ...PAGE, ...wish })).rejects.toThrow(words);
  });

  test('show all that is known of one of them', async () => {
    const volume = await queries.volume(staged.facts.disk);
    expect(volume).toMatchObject({ name: 'web-1_1.vmdk', type: 'Data', copies: 3 });
    expect(volume.bindings).toHaveLength(1);
    expect(volume.metadata.map(({ key }) => key)).toContain('VMW_VVolName');
    expect(volume.profile?.asked).toContain('tier: Silver');
    expect(volume.service?.values).toContain('tier: Silver');
  });

  test('show the same family from each of its members, parents before children', async () => {
    const { disk } = staged.facts;
    const tree = await queries.volumeTree(disk);
    expect(tree).toMatchObject({ rootId: disk, isWhole: true });
    expect(tree.volumes.length).toBeGreaterThan(8);
    const seen = new Set<string>();
    for (const { vvolId, parentId, origin } of tree.volumes) {
      if (parentId === undefined) expect(vvolId).toBe(disk);
      else expect(seen).toContain(parentId);
      expect(origin.of).toBe(parentId);
      seen.add(vvolId);
    }
    const kinds = new Set(tree.volumes.map(({ origin }) => origin.kind));
    expect([...kinds].sort()).toEqual(['clone', 'created', 'fastClone', 'snapshot']);
    const leaf = tree.volumes.at(-1)?.vvolId ?? '';
    expect(await queries.volumeTree(leaf)).toEqual(tree);
  });

  test('whose origin is gone are the root of what is left', async () => {
    const { world } = staged.stage;
    const [host] = world.hosts;
    const tree = await queries.volumeTree(staged.facts.disk);
    const trial = tree.volumes.find(({ name }) => name === 'trial');
    const parent = trial?.parentId ?? '';
    await host?.call('deleteVirtualVolume', { vvolId: parent });
    expect(await queries.volumeTree(trial?.vvolId ?? '')).toMatchObject({
      rootId: trial?.vvolId,
      goneId: parent,
      volumes: [{ name: 'trial' }],
    });
  });
});

describe('hosts', () => {
  test('that hold bindings without a session are stale, and their volumes have names', async () => {
    const { staleHost } = staged.facts;
    const { items } = await queries.hosts(PAGE);
    expect(items).toHaveLength(3);
    expect(items.filter(({ isStale }) => isStale).map(({ hostId }) => hostId)).toEqual([staleHost]);
    const bindings = await queries.hostBindings(staleHost, PAGE);
    expect(bindings.items.map(({ volumeName }) => volumeName)).toEqual(['db-1.vmdk']);
  });

  test('come in pages, bound ones and those with a session alone in one order', async () => {
    const whole = (await queries.hosts(PAGE)).items.map(({ hostId }) => hostId);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await queries.hosts({ after, limit: 1 });
      found.push(...page.items.map(({ hostId }) => hostId));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual(whole);
  });

  test('and vCenters with a session are listed, by its hash alone', async () => {
    const { items } = await queries.sessions(PAGE);
    expect(items.filter(({ vcenterId }) => vcenterId !== undefined)).toHaveLength(1);
    for (const { session } of items) expect(session).toMatch(/^[0-9a-f]{12}$/);
    const { items: first, next } = await queries.sessions({ limit: 1 });
    expect(first).toHaveLength(1);
    expect((await queries.sessions({ limit: 1, after: next })).items).toHaveLength(1);
  });
});

describe('what goes on', () => {
  test('events come newest first, each in one page', async () => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await queries.events({ after, limit: 7 });
      ids.push(...page.items.map(({ eventId }) => eventId));
      after = page.next;
    } while (after !== undefined);
    expect(ids.length).toBeGreaterThan(20);
    expect(ids).toEqual([...ids].sort((a, b) => Number(BigInt(b) - BigInt(a))));
    expect(new Set(ids).size).toBe(ids.length);
    const { eventRange } = staged.stage.provider().parts.store;
    expect(ids.length).toBe(
      Number((await eventRange.call(staged.stage.provider().parts.store)).newest) -
        Number(ids.at(-1)) +
        1,
    );
    const [event] = (await queries.events(PAGE)).items;
    expect(event?.message).not.toMatch(/[{}]/);
  });

  test('alarms are those that last, with their text', async () => {
    const { items } = await queries.alarms(PAGE);
    const offline = items.find(({ objectType }) => objectType === 'ProtocolEndpoint');
    expect(offline).toMatchObject({ status: 'Red', type: 'Object' });
    expect(offline?.message).toContain('is offline');
    expect((await queries.alarms({ limit: 1 })).items).toEqual(items.slice(0, 1));
  });

  test('a task under way has progress, ended ones have an end', async () => {
    const { open, ended } = await queries.tasks();
    expect(open).toMatchObject([{ operation: 'cloneVirtualVolume', state: 'running' }]);
    expect(ended.length).toBeGreaterThan(0);
    for (const { endedAt } of ended) expect(endedAt).toBeDefined();
  });

  test('requests have their SOAP while verbose mode covers them, without secrets', async () => {
    const { items } = await queries.requests(PAGE);
    const kept = items.find(({ hasBodies, outcome }) => hasBodies && outcome !== 'ok');
    const bare = items.find(({ hasBodies }) => !hasBodies);
    const details = await queries.request(kept?.request_id ?? '');
    expect(details).toMatchObject({ operation: 'createVirtualVolume', outcome: 'OutOfResource' });
    expect(details.requestBody).toContain('createVirtualVolume');
    expect(details.responseBody).toContain('OutOfResource');
    expect(details.fields['injected']).toBeDefined();
    const { requestBody } = await queries.request(bare?.request_id ?? '');
    expect(requestBody).toBeUndefined();
  });

  test('looking on uses no fault rule up', async () => {
    const { faults } = staged.stage.provider().administration;
    const { id } = await faults.add({ on: 'volumes', error: 'busy', most: 1 });
    await queries.volumes(PAGE);
    await queries.volume(staged.facts.disk);
    const rule = (await faults.list()).rules.find((each) => each.id === id);
    expect(rule).toMatchObject({ matched: 0, injected: 0 });
    await faults.remove(id);
  });
});

describe('the space of containers', () => {
  test('has a past, of each container', async () => {
    const { clock } = staged.stage.provider().administration;
    await clock.moveBy(60_000);
    const { containers } = await queries.spaceHistory();
    expect(containers.map(({ containerId }) => containerId)).toEqual(
      (await queries.containers()).map(({ containerId }) => containerId),
    );
    for (const { samples } of containers) expect(samples.length).toBeGreaterThan(1);
    await clock.reset();
  });
});

describe('logging in', () => {
  test('a second console at the port is no reason to stop: it is in the log', async () => {
    const notices: unknown[][] = [];
    const log = { notice: (...given: unknown[]) => void notices.push(given) };
    const wish = { enabled: true, host: '127.0.0.1', port: Number(staged.url.port) };
    expect(await openProviderConsole(staged.stage.provider(), wish, log)).toBeUndefined();
    expect(notices).toMatchObject([['admin.console_unavailable', { port: wish.port }]]);
    const none = await openProviderConsole(
      staged.stage.provider(),
      { ...wish, enabled: false },
      log,
    );
    expect([none, notices.length]).toEqual([undefined, 1]);
  });

  test('ends for who has another password, and wrong ones lock out', async () => {
    const { administration } = staged.stage.provider();
    await administration.saveUser('guest', 'a first password');
    const logInAs = (userName: string, password: string) =>
      ask(staged.url, '/api/session', { method: 'POST', body: { userName, password } });
    const { status, headers } = await logInAs('guest', 'a first password');
    expect(status).toBe(200);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const isIn = async () => (await ask(staged.url, '/api/status', { headers: { cookie } })).status;
    expect(await isIn()).toBe(200);
    await administration.saveUser('guest', 'a second password');
    expect(await isIn()).toBe(401);
    for (let n = 0; n < LIMITS.loginFailures; n += 1)
      expect((await logInAs('guest', 'wrong')).status).toBe(401);
    const locked = await logInAs('guest', 'a second password');
    expect([locked.status, locked.headers['set-cookie']]).toEqual([401, undefined]);
    expect((await logInAs(USER.name, USER.password)).status).toBe(200);
  });
});
