/** Following tasks to their end, as a host does: by asking again, a little later each time. */
import type { TaskInfo } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectThat } from '../expectations.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/** The task when it has ended. Fails the scenario when it does not within `withinMs`. */
export async function endOf(
  client: VasaClient,
  started: TaskInfo,
  withinMs = 120_000,
): Promise<TaskInfo> {
  let task = started;
  let pause = FIRST_PAUSE_MS;
  const deadline = client.options.now() + withinMs;
  while (task.taskState === 'Queued' || task.taskState === 'Running') {
    expectThat(
      client.options.now() < deadline,
      `the task ${task.taskId} has not ended in ${withinMs} ms`,
    );
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    task = (await client.call('getTaskUpdate', { taskId: started.taskId })).return;
  }
  return task;
}

/** The result of a task that must succeed. */
export async function succeeded(client: VasaClient, started: TaskInfo): Promise<TaskInfo> {
  const task = await endOf(client, started);
  expectThat(
    task.taskState === 'Success',
    `${task.name} should succeed`,
    task.error ?? task.taskState,
  );
  return task;
}

/** The id that a task has made. */
export async function madeBy(client: VasaClient, started: TaskInfo): Promise<string> {
  const { result } = await succeeded(client, started);
  const id = result?.value;
  expectThat(typeof id === 'string' && id !== '', 'the task gives the id of what it made', result);
  return id;
}
