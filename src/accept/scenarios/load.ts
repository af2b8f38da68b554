/** Many at once: nobody is turned away, and nobody gets another’s answer. */

import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { makeMachine, powerOff, powerOn, vMotion } from '../world/machine.ts';
import { newHost } from '../world/more.ts';
import { usageContextOf } from '../world/usage-context.ts';
import { makeVolume, twoHosts, type World } from '../world/world.ts';

const STORM_HOSTS = 8;
const STORM_ROUNDS = 3;
const POLLS = 40;
const MACHINES = 6;

/** Hosts that have never called before, each with a connection to be made. */
async function strangers(world: World, count: number) {
  const players = await Promise.all(
    Array.from({ length: count }, (_, index) => newHost(world, `storm host ${index + 1}`)),
  );
  return players.map((player) => ({ player, client: world.casting.client(player) }));
}

/** Volumes of each host, by a name that says whose they are. */
async function ownVolumes(world: World, clients: readonly VasaClient[]) {
  return Promise.all(
    clients.map(async (client, index) => ({
      client,
      name: `of ${index}`,
      vvolId: await makeVolume(world, client, { sizeInMB: 8n, name: `of ${index}` }),
    })),
  );
}

export const LOAD_SCENARIOS: readonly Scenario[] = [
  {
    id: 'load.set-context-storm',
    chapter: 'load',
    sentence:
      'Hosts that all open sessions at once, again and again, each get a session that is theirs, and none is refused',
    proves: 'A provider that comes back after a restart is not brought down by its own hosts.',
    source: {
      text: 'setContext declares no VasaProviderBusy; known providers mixed up ids',
      mark: 'seen',
    },
    async run(world) {
      const hosts = await strangers(world, STORM_HOSTS);
      const ids = new Set<string>();
      for (let round = 0; round < STORM_ROUNDS; round += 1) {
        await Promise.all(
          hosts.map(async ({ player, client }) => {
            const usageContext = usageContextOf(player, []);
            const { return: told } = await client.call('setContext', { usageContext });
            expectThat(told?.sessionId === client.session, 'the id in the body is the cookie’s');
            ids.add(told?.sessionId ?? '');
          }),
        );
        // Each id is tried by its owner, whose certificate must be the one that opened it.
        const asked = { containerId: [] };
        await Promise.all(hosts.map(({ client }) => client.call('queryStorageContainer', asked)));
      }
      expectSame(ids.size, STORM_HOSTS * STORM_ROUNDS, 'different session ids');
      for (const { client } of hosts) client.close();
    },
  },
  {
    id: 'load.answers-are-not-mixed-up',
    chapter: 'load',
    sentence:
      'Hosts that ask at once about different volumes each get the answer to their own question',
    proves: 'No host works on another’s disk.',
    source: { text: 'known providers shared one answer object', mark: 'seen once' },
    async run(world) {
      const made = await ownVolumes(world, [...world.hosts, ...world.hosts, ...world.hosts]);
      await Promise.all(
        Array.from({ length: POLLS }, async (_, index) => {
          const own = made[index % made.length];
          if (own === undefined) return;
          const request = { vvolId: [own.vvolId] };
          const { return: infos } = await own.client.call('queryVirtualVolumeInfo', request);
          const names = infos.flatMap(({ vvolId, metadata }) => [
            vvolId,
            metadata.find((each) => each.parameterName === 'VMW_VVolName')?.parameterValue,
          ]);
          expectSame(names, [own.vvolId, own.name], 'the volume and its name');
        }),
      );
    },
  },
  {
    id: 'load.polling',
    chapter: 'load',
    sentence: 'Hosts that poll events and alarms while others work are all answered',
    proves:
      'The two calls that every host makes every ten seconds cannot say that the provider is busy.',
    source: { text: 'getEvents and getAlarms declare no VasaProviderBusy', mark: 'seen' },
    async run(world) {
      const [one] = twoHosts(world);
      const work = Promise.all(
        Array.from({ length: 10 }, () => makeVolume(world, one, { sizeInMB: 8n })),
      );
      const poll = async (client: VasaClient) => {
        let lastEventId = -1n;
        for (let time = 0; time < POLLS; time += 1) {
          const { return: events } = await client.call('getEvents', { lastEventId });
          for (const { eventId = -1n } of events) {
            expectThat(eventId > lastEventId, 'ids rise', eventId);
            lastEventId = eventId;
          }
          if (time % 4 === 0) await client.call('getAlarms', {});
        }
      };
      const pollers = [world.vcenter, ...world.hosts].map(poll);
      // All are waited for, whoever fails: the work is undone only when it has ended.
      const ended = await Promise.allSettled([work, ...pollers]);
      for (const each of ended) if (each.status === 'rejected') throw each.reason;
    },
  },
  {
    id: 'load.vmotion-storm',
    chapter: 'load',
    sentence:
      'Machines that all move from one host to another at once arrive, and nothing stays bound where they were',
    proves: 'A host can be emptied for maintenance.',
    source: { text: 'mass evacuation: creates, binds and unbinds of two hosts', mark: 'inferred' },
    async run(world) {
      const [from, to] = twoHosts(world);
      const numbers = Array.from({ length: MACHINES }, (_, index) => index + 1);
      const moves = numbers.map(async (number) => {
        const machine = await makeMachine(world, from, { name: `moving ${number}` });
        const running = await powerOn(world, from, machine);
        const there = await vMotion(world, { from, to }, machine, running);
        await powerOff(to, there);
        for (const vvolId of [...machine.disks, machine.config])
          await to.call('deleteVirtualVolume', { vvolId });
      });
      const ended = await Promise.allSettled(moves);
      for (const each of ended) if (each.status === 'rejected') throw each.reason;
    },
  },
];
