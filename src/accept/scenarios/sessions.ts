/** Sessions: how they are opened, carried, replaced, and kept from others. */
import { randomUUID } from 'node:crypto';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { anotherHost, newHost } from '../world/more.ts';
import { refused } from '../world/refusals.ts';
import { usageContextOf } from '../world/usage-context.ts';
import { aContainer, makeVolume } from '../world/world.ts';

const ask = (client: VasaClient) => client.call('queryStorageContainer', { containerId: [] });
const isRefused = (client: VasaClient, why: string) =>
  refused(client, 'queryStorageContainer', { containerId: [] }, 'InvalidSession', why);

const NOTHING_SAID = {
  hostInitiator: [],
  mountPoint: [],
  hostIoIpAddress: [],
  iscsiInitiatorIpAddress: [],
  chapUsername: [],
  subscribeEvent: [],
} as const;

export const SESSION_SCENARIOS: readonly Scenario[] = [
  {
    id: 'sessions.cookie-and-body-agree',
    chapter: 'sessions',
    sentence: 'The session id in the cookie is the one in the answer, and is neither empty nor 0',
    proves: 'Clients that read either one go on with the same session.',
    source: { text: 'cookie VASASESSIONID, and sessionId in the body', mark: 'seen once' },
    async run(world) {
      const player = await newHost(world, 'host that compares');
      const client = world.casting.client(player);
      const { return: told } = await client.call('setContext', {
        usageContext: usageContextOf(player, []),
      });
      expectThat(Boolean(told?.sessionId) && told?.sessionId !== '0', 'a session has an id');
      expectThat(client.session === told?.sessionId, 'cookie and body name the same session');
      await ask(client);
    },
  },
  {
    id: 'sessions.new-one-replaces-the-old',
    chapter: 'sessions',
    sentence:
      'A new setContext gives another id, and the id that went with the call is worth nothing afterwards',
    proves: 'A host that starts over leaves nothing behind.',
    source: { text: 'a later setContext destroys the session it came with', mark: 'seen once' },
    async run(world) {
      const { player, client } = await anotherHost(world, 'host that starts over');
      const old = client.session;
      await client.call('setContext', { usageContext: usageContextOf(player, []) });
      const fresh = client.session;
      expectThat(fresh !== undefined && fresh !== old, 'the new session has another id');
      await ask(client);
      client.session = old;
      await isRefused(client, 'the old session');
      client.session = fresh;
      await ask(client);
    },
  },
  {
    id: 'sessions.none-unknown-and-zero',
    chapter: 'sessions',
    sentence: 'No session id, an unknown one and 0 are InvalidSession',
    proves: 'A client that lost its session learns that it must open one.',
    source: { text: 'unknown, expired or missing is InvalidSession; 0 means none', mark: 'seen' },
    async run(world) {
      const { client } = await anotherHost(world, 'host that lost its session');
      for (const session of [undefined, '0', randomUUID(), '%00', '../..']) {
        client.session = session;
        await isRefused(client, `the session id ${session ?? '(none)'}`);
      }
    },
  },
  {
    id: 'sessions.not-for-another-certificate',
    chapter: 'sessions',
    sentence: 'A host with a certificate of its own cannot use the session id of another',
    proves: 'A session id that has leaked is worth nothing.',
    source: { text: 'the client’s certificate must be the one of setContext', mark: 'inferred' },
    async run(world) {
      const { client: owner } = await anotherHost(world, 'host that owns a session');
      const { client: thief } = await anotherHost(world, 'host with another’s session');
      const own = thief.session;
      thief.session = owner.session;
      await isRefused(thief, 'another’s session');
      thief.session = own;
      await ask(thief);
      await ask(owner);
    },
  },
  {
    id: 'sessions.not-bound-to-a-connection',
    chapter: 'sessions',
    sentence: 'A session goes on over other connections of the same client',
    proves: 'A host that reconnects need not start over.',
    source: { text: 'sessions are kept by id, not by connection', mark: 'seen once' },
    async run(world) {
      const { player, client } = await anotherHost(world, 'host that reconnects');
      const later = world.casting.client(player, { name: 'host that reconnected' });
      later.session = client.session;
      await ask(later);
      client.close();
      await ask(client);
    },
  },
  {
    id: 'sessions.cookie-as-clients-write-it',
    chapter: 'sessions',
    sentence: 'The cookie is found with attributes behind it and among other cookies',
    proves: 'The SOAP libraries that hosts are made with write cookies in several ways.',
    source: {
      text: 'a library in use by hosts writes VASASESSIONID=…;$Path="/"',
      mark: 'inferred',
    },
    async run(world) {
      const { client } = await anotherHost(world, 'host with odd cookies');
      const id = client.session ?? '';
      for (const written of [`${id};$Path="/"`, `${id}; $Path="/"; other=1`, `${id};other=1`]) {
        client.session = written;
        await ask(client);
      }
      client.session = id;
    },
  },
  {
    id: 'sessions.need-a-usage-context',
    chapter: 'sessions',
    sentence: 'setContext without a usage context is InvalidArgument',
    proves: 'A case that certification is known to ask for.',
    source: { text: 'a null UsageContext is InvalidArgument', mark: 'seen once' },
    async run(world) {
      const client = world.casting.client(await newHost(world, 'host that says nothing'));
      await refused(client, 'setContext', {}, 'InvalidArgument', 'no usage context');
    },
  },
  {
    id: 'sessions.bad-usage-contexts',
    chapter: 'sessions',
    sentence: 'A mount without server or path is refused, and opens no session',
    proves: 'Masking is never judged by half a name.',
    source: {
      text: 'a mount needs server and path; one provider says StorageFault',
      mark: 'seen once',
    },
    async run(world) {
      const player = await newHost(world, 'host with half a mount');
      const client = world.casting.client(player);
      const usageContext = {
        ...usageContextOf(player, []),
        mountPoint: [{ serverName: '192.0.2.20' }],
      };
      const faults = ['InvalidArgument', 'StorageFault'];
      await refused(client, 'setContext', { usageContext }, faults, 'half a mount');
      await isRefused(client, 'after the refused setContext');
    },
  },
  {
    id: 'sessions.empty-context-sees-no-arrays',
    chapter: 'sessions',
    sentence:
      'A session that names neither initiators nor mounts sees no arrays, whatever ids it asks for',
    proves: 'A case that certification is known to ask for.',
    source: { text: 'an empty context is shown no data', mark: 'seen once' },
    async run(world) {
      const client = world.casting.client(await newHost(world, 'host without initiators'));
      await client.call('setContext', {
        usageContext: { ...NOTHING_SAID, hostGuid: randomUUID() },
      });
      const ids = world.inventory.arrays.flatMap((each) => each.uniqueIdentifier ?? []);
      for (const arrayUniqueId of [[], ids]) {
        const { return: arrays } = await client.call('queryArrays', { arrayUniqueId });
        expectSame(arrays.length, 0, 'arrays shown to an empty context');
      }
    },
  },
  {
    id: 'sessions.new-context-counts-at-once',
    chapter: 'sessions',
    sentence: 'What a session sees follows its newest usage context',
    proves: 'vCenter that has added a host sees what that host reaches.',
    source: { text: 'new initiators change what is visible at once', mark: 'seen once' },
    async run(world) {
      const player = await newHost(world, 'host that gets an initiator');
      const client = world.casting.client(player);
      const hostGuid = player.guid;
      await client.call('setContext', { usageContext: { ...NOTHING_SAID, hostGuid } });
      const { return: before } = await client.call('queryArrays', { arrayUniqueId: [] });
      await client.call('setContext', { usageContext: usageContextOf(player, []) });
      const { return: after } = await client.call('queryArrays', { arrayUniqueId: [] });
      expectSame(before.length, 0, 'arrays before');
      expectThat(after.length > 0, 'arrays are seen by a host that names what it has');
    },
  },
  {
    id: 'sessions.are-all-alike-for-volumes',
    chapter: 'sessions',
    sentence: 'What one session has made is seen by every other',
    proves: 'Volumes belong to the array, not to a session.',
    source: { text: 'volumes and bindings outlive sessions', mark: 'inferred' },
    async run(world) {
      const { client } = await anotherHost(world, 'host that makes and leaves');
      const vvolId = await makeVolume(world, client, { container: aContainer(world) });
      const { return: seen } = await world.vcenter.call('queryVirtualVolumeInfo', {
        vvolId: [vvolId],
      });
      expectSame(
        seen.map((each) => each.vvolId),
        [vvolId],
        'the volume as vCenter sees it',
      );
    },
  },
];
