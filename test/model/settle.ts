/**
 * Brings the real thing to rest beside the model: what goes on by itself has gone on, each task that time
 * ends has ended, and the ids that tasks have made are known to both.
 */
import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { type HostId, parseTaskId } from '../../src/model/ids.ts';
import type { Model } from './model.ts';
import type { Real } from './real.ts';
import type { ModelTask } from './state.ts';

const PATIENCE = 2_000;
// Ids of hosts are free text; nothing but the brand is missing.
const NOBODY = 'nobody' as HostId;

/** Lets so much time pass; tasks that end by time end in the order of their times. */
export async function letPass(model: Model, real: Real, milliseconds: number): Promise<void> {
  const until = model.now + milliseconds;
  for (let due = model.nextDue(until); due !== undefined; due = model.nextDue(until))
    await moveTo(model, real, Math.max(due, model.now));
  await moveTo(model, real, until);
}

async function moveTo(model: Model, real: Real, time: number): Promise<void> {
  real.clock.moveBy(time - model.now);
  model.now = time;
  await rest(model, real);
}

/** Waits until the array has nothing to do that the model has done. */
export async function rest(model: Model, real: Real): Promise<void> {
  nameLastTask(model, real);
  // A change of nothing: after each commit the array looks at what is due.
  await real.array.unbindAllFromHost(NOBODY);
  model.settle();
  for (let round = 0; !(await isAtRest(model, real)); round += 1) {
    if (round === PATIENCE) break;
    await setImmediate();
  }
  await real.array.unbindAllFromHost(NOBODY);
  await real.array.unbindAllFromHost(NOBODY);
  model.expire();
  await learnIds(model, real);
}

/** The task that the last call has started gets the name that the array has seen. */
export function nameLastTask(model: Model, real: Real): void {
  for (const task of model.tasks.filter(({ taskId }) => taskId === undefined))
    task.taskId = `${task.operation}:${real.lastJobId}`;
}

function jobIdOf({ taskId = '' }: ModelTask) {
  const parsed = parseTaskId(taskId);
  if (parsed === undefined) throw new Error(`no task id: ${taskId}`);
  return parsed.jobId;
}

async function isAtRest(model: Model, real: Real): Promise<boolean> {
  const states = { queued: 'Queued', running: 'Running', succeeded: 'Success', failed: 'Error' };
  const open = new Map((await real.array.openJobs(undefined)).map((job) => [job.jobId, job.state]));
  return model.tasks.every((task) => {
    const state = open.get(jobIdOf(task));
    return task.endedAt === undefined
      ? state !== undefined && states[state] === task.state
      : state === undefined;
  });
}

async function learnIds(model: Model, real: Real): Promise<void> {
  for (const task of model.tasks) {
    const { made } = task;
    if (made === undefined || made.id !== undefined || task.state !== 'Success') continue;
    const result = (await real.array.job(jobIdOf(task)))?.result;
    if (result === undefined || result.kind === 'none') {
      expect.fail(`the task ${task.taskId} has not told what it made`);
    }
    const id = result.kind === 'volume' ? result.vvolId : result.snapshotId;
    expect(model.known).not.toContain(id);
    made.id = id;
    model.known.push(id);
  }
}
