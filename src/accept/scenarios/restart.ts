/** A restart of the provider: what hosts rely on is there afterwards. One restart proves all, since it takes time. */
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { anotherHost } from '../world/more.ts';
import { openHostAgain, restartProvider } from '../world/restart.ts';
import { endOf } from '../world/tasks.ts';
import { makeVolume, named, namesOf, type World, willGo } from '../world/world.ts';
import { bound, path } from './binding.ts';
import { eventsAbout, isLost, readAll } from './events.ts';

/** A task of before the restart still tells how it ended; what it made is there. */
async function expectTold(world: World, host: VasaClient, taskId: string): Promise<void> {
  const { return: task } = await host.call('getTaskUpdate', { taskId });
  const { taskState, result } = await endOf(host, task);
  expectThat(['Success', 'Error'].includes(taskState), 'the task has ended', taskState);
  if (taskState !== 'Success' || typeof result?.value !== 'string') return;
  willGo(world, host, result.value);
  expectSame(await namesOf(host, result.value), ['copy of before'], 'the name of the copy');
}

interface Unread {
  /** The last event that the host had read before the restart. */
  readonly last: bigint;
  /** What an event came about afterwards, as another host heard; undefined: none came. */
  readonly about: string | undefined;
}

/** The cursor of before goes on where it was, or is told as lost. */
async function expectCursor(host: VasaClient, { last, about }: Unread): Promise<void> {
  try {
    const { events } = await readAll(host, last);
    const objects = events.map(({ objectId }) => objectId);
    const isTold = about === undefined || objects.includes(about);
    expectThat(isTold, 'the event of before the restart', objects);
  } catch (error) {
    if (!isLost(error, 'LostEvent')) throw error;
  }
}

/** A volume that is made once the host has read all events; whether there is one of it, another host says. */
async function unreadEvent(world: World, host: VasaClient): Promise<Unread> {
  const { client: watcher } = await anotherHost(world, 'host that hears before a restart');
  const { last } = await readAll(host);
  const vvolId = await makeVolume(world, host, { name: 'heard of before' });
  const heard = await eventsAbout(watcher, -1n, vvolId, 1);
  return { last, about: heard[0]?.objectId };
}

export const RESTART_SCENARIOS: readonly Scenario[] = [
  {
    id: 'restart.nothing-is-forgotten',
    chapter: 'restart',
    sentence:
      'After a restart volumes, metadata, bindings with their handles and tasks are as they were, and a cursor of events goes on with what was not read or is LostEvent',
    proves: 'Machines run on while the provider is updated, and hosts find everything after it.',
    source: {
      text: 'only sessions may end with the provider; hosts open new ones',
      mark: 'inferred',
    },
    needs: ['restart'],
    async run(world) {
      const { client: host, player } = await anotherHost(world, 'host that sees a restart');
      const idle = await makeVolume(world, host, { name: 'idle before' });
      const used = await makeVolume(world, host, { name: 'used before' });
      const handle = await bound(host, used);
      const unread = await unreadEvent(world, host);
      const metadata = named('copy of before');
      const { return: copying } = await host.call('cloneVirtualVolume', { vvolId: idle, metadata });
      await restartProvider(world);
      await openHostAgain(world, host, player);
      await expectTold(world, host, copying.taskId);
      expectSame(await namesOf(host, idle), ['idle before'], 'the name of a volume');
      expectSame(await namesOf(host, used), ['used before'], 'the name of a bound volume');
      const fault = await host.faultOf('deleteVirtualVolume', { vvolId: used });
      expectSame(fault.name, 'ResourceInUse', 'deleting what was bound before');
      expectSame(path(await bound(host, used)), path(handle), 'the handle of before');
      await expectCursor(host, unread);
    },
  },
];
