/** Tasks: followed, asked for again, listed, and not stopped when they have ended. */
import { randomUUID } from 'node:crypto';
import type { TaskInfo } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { FaultError } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { refused } from '../world/refusals.ts';
import { endOf, succeeded } from '../world/tasks.ts';
import { aContainer, aHost, makeVolume, named, type World, willGo } from '../world/world.ts';

/** A task that has made a volume. */
async function aTask(world: World, host: VasaClient): Promise<TaskInfo> {
  const { return: started } = await host.call('createVirtualVolume', {
    containerId: aContainer(world).uniqueIdentifier ?? '',
    vvolType: 'Data',
    sizeInMB: 8n,
    metadata: named('of a task'),
  });
  const task = await succeeded(host, started);
  if (typeof task.result?.value === 'string') willGo(world, host, task.result.value);
  return task;
}

export const TASK_SCENARIOS: readonly Scenario[] = [
  {
    id: 'tasks.can-be-asked-again',
    chapter: 'tasks',
    sentence:
      'A task has a name, a time, progress within bounds, and tells its result as often as it is asked',
    proves: 'A host that lost an answer finds what was made.',
    source: { text: 'getTaskUpdate; tasks are kept for hours', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const task = await aTask(world, host);
      expectThat(task.name !== '' && task.taskId !== '', 'a name and an id', task);
      expectThat(task.progress >= 0 && task.progress <= 100, 'progress in percent', task.progress);
      for (let time = 0; time < 2; time += 1) {
        const { return: again } = await host.call('getTaskUpdate', { taskId: task.taskId });
        expectSame([again.taskState, again.result], ['Success', task.result], 'asked again');
      }
    },
  },
  {
    id: 'tasks.unknown-are-refused',
    chapter: 'tasks',
    sentence: 'A task that does not exist is NotFound, one without an id InvalidArgument',
    proves: 'A host stops waiting for what is not there.',
    source: { text: 'unknown is NotFound, malformed is InvalidArgument', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const { taskId: known } = await aTask(world, host);
      // What a provider takes for well-formed is its own choice: the first id looks like one of its own.
      const UUIDS = /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
      const ids = [known.replace(UUIDS, randomUUID()), 'no such task'].filter((id) => id !== known);
      const faults = ['NotFound', 'InvalidArgument'];
      for (const taskId of ids) {
        await refused(host, 'getTaskUpdate', { taskId }, faults, taskId);
        await refused(host, 'cancelTask', { taskId }, faults, taskId);
      }
      await refused(host, 'getTaskUpdate', { taskId: '' }, faults, 'no id');
      await refused(host, 'cancelTask', { taskId: '' }, faults, 'no id');
    },
  },
  {
    id: 'tasks.ended-cannot-be-cancelled',
    chapter: 'tasks',
    sentence: 'A task that has ended cannot be cancelled, and keeps its result',
    proves: 'A late cancel takes nothing away.',
    source: { text: 'NotCancellable', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const { taskId } = await aTask(world, host);
      await refused(
        host,
        'cancelTask',
        { taskId },
        ['NotCancellable', 'NotFound'],
        'an ended task',
      );
      const { return: task } = await host.call('getTaskUpdate', { taskId });
      expectSame([task.taskState, task.cancelled], ['Success', false], 'its state afterwards');
    },
  },
  {
    id: 'tasks.current-are-those-under-way',
    chapter: 'tasks',
    sentence:
      'The list of current tasks holds none that has ended, of all arrays or of one; an unknown array is refused',
    proves: 'vCenter shows what an array is doing.',
    source: { text: 'getCurrentTask: running tasks of one array or of all', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const { taskId } = await aTask(world, host);
      const arrays = world.inventory.arrays.flatMap((each) => each.uniqueIdentifier ?? []);
      for (const arrayId of [undefined, ...arrays]) {
        const { return: current } = await host.call('getCurrentTask', { arrayId });
        const ended = current.filter(({ taskState }) => /^(Success|Error)$/.test(taskState));
        expectSame(
          ended.map((each) => each.taskId),
          [],
          'tasks that have ended',
        );
        expectThat(!current.some((each) => each.taskId === taskId), 'ours has ended', taskId);
      }
      const request = { arrayId: 'no such array' };
      await refused(
        host,
        'getCurrentTask',
        request,
        ['NotFound', 'InvalidArgument'],
        'an unknown array',
      );
    },
  },
  {
    id: 'tasks.cancelled-leaves-nothing',
    chapter: 'tasks',
    sentence: 'A copy that is cancelled under way says so and leaves no volume behind',
    proves: 'An administrator who stops a clone gets the space back.',
    source: { text: 'a cancelled copy’s volume is deleted; cancelled is true', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host, { sizeInMB: 1_024n });
      const name = `to be cancelled ${randomUUID()}`;
      const metadata = named(name);
      const { return: started } = await host.call('cloneVirtualVolume', { vvolId, metadata });
      if (started.taskState === 'Running' || started.taskState === 'Queued') {
        try {
          await host.call('cancelTask', { taskId: started.taskId });
        } catch (error) {
          if (!(error instanceof FaultError) || error.fault.name !== 'NotCancellable') throw error;
        }
      }
      const task = await endOf(host, started);
      const made = task.result?.value;
      if (typeof made === 'string') willGo(world, host, made);
      if (!task.cancelled) skip('the copy had ended before it could be cancelled');
      const searchConstraint = [{ key: 'VMW_VVolName', value: name }];
      const { return: found } = await host.call('queryVirtualVolume', { searchConstraint });
      expectSame(found, [], 'volumes of the cancelled copy');
    },
  },
];
