import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { Job, Volume } from '../../../src/model/array.ts';
import { type ArrayId, jobIdFromUuid, taskIdOf } from '../../../src/model/ids.ts';
import type { Session } from '../../../src/model/session.ts';
import { bytes, bytesFromMB, epochMs } from '../../../src/model/units.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { cloneVirtualVolume } from '../../../src/operations/volumes/clones.ts';
import {
  cancelTask,
  getCurrentTask,
  getTaskUpdate,
  taskInfo,
} from '../../../src/operations/volumes/tasks.ts';
import { createVirtualVolume } from '../../../src/operations/volumes/volumes.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { containerId, createRequest, faultOf, makeVolume, onTheWire } from '../support.ts';

const UUID = '0b5d1f58-4b52-4a51-8f0a-3c1c6f3f1a11';
const RUNNING: Job = {
  jobId: jobIdFromUuid(UUID),
  // Ids of arrays are free text; nothing but the brand is missing.
  arrayId: 'array-1' as ArrayId,
  operation: 'cloneVirtualVolume',
  state: 'running',
  startedAt: epochMs(1_000),
  endedAt: undefined,
  estimatedEndAt: epochMs(61_000),
  progressPercent: 40,
  cancelable: true,
  cancelled: false,
  result: undefined,
  error: undefined,
};

let test: TestProvider;
let session: Session;
let jobs: readonly Job[] = [];
let cancelled: string[] = [];
beforeAll(async () => {
  test = await openTestProvider({
    wrap: (array) =>
      overriding(array, {
        job: async (jobId) => jobs.find((each) => each.jobId === jobId) ?? array.job(jobId),
        openJobs: async (arrayId) => jobs.filter((each) => (arrayId ?? 'array-1') === each.arrayId),
        cancelJob: async (jobId) => {
          if (jobs.every((each) => each.state !== 'running'))
            throw new ArrayError('notCancelable', 'the job has ended');
          cancelled = [...cancelled, jobId];
          return RUNNING;
        },
      }),
  });
  session = openSession(test.provider);
});
afterAll(() => test.close());

const poll = async (taskId: string) => {
  const call = callOf(test.provider, session, 'getTaskUpdate');
  const response = await getTaskUpdate(call, { taskId });
  expect(call.notes.task_id).toBe(taskId);
  return onTheWire('2.0', 'getTaskUpdate', response).return;
};
const current = async (arrayId?: string) => {
  const call = callOf(test.provider, session, 'getCurrentTask');
  return (await getCurrentTask(call, { arrayId })).return;
};
const cancel = (taskId: string) =>
  cancelTask(callOf(test.provider, session, 'cancelTask'), { taskId });

describe('a task', () => {
  it('says of running work how far it is and when it may end', () => {
    expect(taskInfo(RUNNING)).toEqual({
      arrayId: 'array-1',
      cancelable: true,
      cancelled: false,
      estimatedTimeToComplete: 61_000,
      name: 'cloneVirtualVolume',
      progress: 40,
      progressUpdateAvailable: true,
      startTime: 1_000,
      taskId: `cloneVirtualVolume:${UUID}`,
      taskState: 'Running',
    });
  });

  it('carries the fault of failed work as a typed value, and no estimate', () => {
    const error = { kind: 'noSpace', message: 'the container is full' } as const;
    const info = taskInfo({ ...RUNNING, state: 'failed', error });
    expect(info).toMatchObject({
      taskState: 'Error',
      error: { type: 'OutOfResource', value: {} },
      progressUpdateAvailable: false,
    });
    expect(info.estimatedTimeToComplete).toBeUndefined();
    const ill = taskInfo({ ...RUNNING, state: 'failed', error: { kind: 'failed', message: 'x' } });
    expect(ill.error?.value).toMatchObject({ faultMessageId: 'Keelson.Fault.ArrayFailed' });
  });

  it('carries a prepared snapshot with its parent’s metadata and space', () => {
    const vvolId = vvolIdOf(`rfc4122.${UUID}`);
    // A task reads nothing else of the volume.
    const parent = { vvolId, metadata: [{ key: 'a', value: 'b' }] } as unknown as Volume;
    const parentSpace = {
      vvolId,
      logical: bytesFromMB(10n),
      committed: bytes(1n),
      unshared: undefined,
    };
    const result = { kind: 'preparedSnapshot', snapshotId: vvolId, parent, parentSpace } as const;
    const response = { return: taskInfo({ ...RUNNING, state: 'succeeded', result }) };
    const { return: info } = onTheWire('2.0', 'getTaskUpdate', response);
    expect(info.result).toEqual({
      type: 'PrepareSnapshotResult',
      value: {
        snapshotId: vvolId,
        parentInfo: {
          uniqueIdentifier: vvolId,
          vvolId,
          metadata: [{ parameterName: 'a', parameterValue: 'b' }],
        },
        parentStats: {
          objectId: vvolId,
          logical: 10n,
          committed: 1n,
          unshared: 0n,
          unsharedValid: false,
        },
      },
    });
  });
});

describe('getTaskUpdate', () => {
  it('tells of a task that another call began, as often as it is asked', async () => {
    const call = callOf(test.provider, session, 'createVirtualVolume');
    const request = createRequest(await containerId(test, 'block'));
    const response = await createVirtualVolume(call, request);
    const { return: task } = onTheWire('2.0', 'createVirtualVolume', response);
    expect(await poll(task.taskId)).toEqual(task);
    expect(await poll(task.taskId)).toEqual(task);
  });

  it('answers InvalidArgument for what is no task id, and NotFound for an unknown one', async () => {
    const fault = async (taskId: string) => (await faultOf('getTaskUpdate', poll(taskId))).fault;
    for (const malformed of ['', 'x', ':', `:${UUID}`, UUID, 'createVirtualVolume:1'])
      expect(await fault(malformed)).toBe('InvalidArgument');
    expect(await fault(`createVirtualVolume:${UUID}`)).toBe('NotFound');
  });

  it('answers NotFound for the id of a job under another operation’s name', async () => {
    jobs = [RUNNING];
    expect((await poll(taskIdOf('cloneVirtualVolume', RUNNING.jobId))).taskState).toBe('Running');
    const fault = await faultOf('getTaskUpdate', poll(`copyDiffsToVirtualVolume:${UUID}`));
    expect(fault.fault).toBe('NotFound');
  });
});

describe('getCurrentTask', () => {
  it('gives the open tasks of one array or of all', async () => {
    jobs = [RUNNING];
    expect((await current()).map((each) => each.taskId)).toEqual([`cloneVirtualVolume:${UUID}`]);
    const [first] = await test.array.arrays();
    expect(await current(first?.arrayId)).toEqual([]);
  });

  it('answers InvalidArgument for a blank array id and NotFound for an unknown one', async () => {
    expect((await faultOf('getCurrentTask', current(''))).fault).toBe('InvalidArgument');
    expect((await faultOf('getCurrentTask', current('none'))).fault).toBe('NotFound');
  });
});

describe('cancelTask', () => {
  it('stops the work', async () => {
    jobs = [RUNNING];
    await expect(cancel(`cloneVirtualVolume:${UUID}`)).resolves.toBeUndefined();
    expect(cancelled).toEqual([UUID]);
  });

  it('answers NotCancellable for ended work, NotFound and InvalidArgument for no work', async () => {
    const fault = async (taskId: string) => (await faultOf('cancelTask', cancel(taskId))).fault;
    jobs = [{ ...RUNNING, state: 'succeeded' }];
    expect(await fault(`cloneVirtualVolume:${UUID}`)).toBe('NotCancellable');
    jobs = [];
    expect(await fault(`cloneVirtualVolume:${UUID}`)).toBe('NotFound');
    expect(await fault('')).toBe('InvalidArgument');
  });

  it('is no question after the task: work paced by questions is where it was, and is stopped', async () => {
    const pacing = { cloneVolume: { polls: 2 } };
    const paced = await openTestProvider({ array: { preset: 'small', pacing } });
    const host = openSession(paced.provider);
    const container = (await paced.array.containers())[0]?.name ?? '';
    const vvolId = await makeVolume(paced, host, { container });
    const metadata = [{ parameterName: 'VMW_VVolName', parameterValue: 'copy.vmdk' }];
    const clone = await cloneVirtualVolume(callOf(paced.provider, host, 'cloneVirtualVolume'), {
      vvolId,
      metadata,
    });
    const { taskId } = clone.return;
    const ask = async () =>
      (await getTaskUpdate(callOf(paced.provider, host, 'getTaskUpdate'), { taskId })).return;
    expect(await ask()).toMatchObject({ taskState: 'Running', cancelable: true });
    await cancelTask(callOf(paced.provider, host, 'cancelTask'), { taskId });
    expect(await ask()).toMatchObject({ taskState: 'Error', cancelled: true, cancelable: false });
    await paced.close();
  });
});
