/**
 * Tasks: the array's jobs as clients see them. A task id is made from its job's id, so that a task needs
 * no memory of ours and is known to every provider of the array, also after a restart.
 */
import { randomUUID } from 'node:crypto';
import { ArrayError } from '../../array/errors.ts';
import type { JobStart } from '../../array/jobs.ts';
import type { StorageArrayPort } from '../../array/port.ts';
import type { Job, JobResult, Volume, VolumeSpace } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import { type JobId, jobIdFromUuid, parseTaskId, taskIdOf } from '../../model/ids.ts';
import { megabytesUp } from '../../model/units.ts';
import type { AnyValue } from '../../wire/descriptor.ts';
import type {
  CancelTask,
  GetCurrentTask,
  GetCurrentTaskResponse,
  GetTaskUpdate,
  GetTaskUpdateResponse,
  PrepareSnapshotResult,
  SpaceStats,
  TaskInfo,
  TaskStateEnum,
  VirtualVolumeInfo,
} from '../../wire/generated/vasa-2.0/types.ts';
import { arrayOf, invalid, shown } from '../arguments.ts';
import { faultValue } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { toFault } from '../to-fault.ts';

const STATES: Readonly<Record<Job['state'], TaskStateEnum>> = {
  failed: 'Error',
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Success',
};

/** A volume's id and metadata on the wire. */
export function virtualVolumeInfo({ vvolId, metadata }: Volume): VirtualVolumeInfo {
  return {
    uniqueIdentifier: vvolId,
    metadata: metadata.map(({ key, value }) => ({ parameterName: key, parameterValue: value })),
    vvolId,
  };
}

/** A volume's space on the wire, in MB; what the array does not compute is not valid. */
export function spaceStats({ vvolId, logical, committed, unshared }: VolumeSpace): SpaceStats {
  return {
    committed: megabytesUp(committed),
    logical: megabytesUp(logical),
    objectId: vvolId,
    unshared: unshared === undefined ? 0n : megabytesUp(unshared),
    unsharedValid: unshared !== undefined,
  };
}

function resultValue(result: JobResult): AnyValue | undefined {
  switch (result.kind) {
    case 'none':
      return undefined;
    case 'volume':
      return { type: 'xs:string', value: result.vvolId };
    case 'preparedSnapshot': {
      const value: PrepareSnapshotResult = {
        parentInfo: virtualVolumeInfo(result.parent),
        parentStats: spaceStats(result.parentSpace),
        snapshotId: result.snapshotId,
      };
      return { type: 'PrepareSnapshotResult', value };
    }
  }
}

/** The task of a job. */
export function taskInfo(job: Job): TaskInfo {
  const open = job.state === 'queued' || job.state === 'running';
  const error = job.error && toFault(new ArrayError(job.error.kind, job.error.message));
  return {
    arrayId: job.arrayId,
    cancelable: job.cancelable,
    cancelled: job.cancelled,
    error: error && faultValue(error),
    estimatedTimeToComplete: open ? job.estimatedEndAt : undefined,
    name: job.operation,
    progress: job.progressPercent,
    progressUpdateAvailable: open,
    result: job.result && resultValue(job.result),
    startTime: job.startedAt,
    taskId: taskIdOf(job.operation, job.jobId),
    taskState: STATES[job.state],
  };
}

/**
 * Starts work of the array for this call, under a new id, and answers with its task, as it is now.
 * Notes `task_id`; the caller's next getEvents shows what has been done by then.
 */
export async function startTask(
  { call, provider }: SessionContext,
  work: (start: JobStart) => Promise<Job>,
): Promise<{ readonly return: TaskInfo }> {
  const start = { jobId: jobIdFromUuid(randomUUID()), operation: call.operation };
  const task = taskInfo(await work(start));
  provider.events.arrayChanged();
  call.note({ task_id: task.taskId });
  return { return: task };
}

function unknownTask(taskId: string): VasaFault {
  return new VasaFault('NotFound', `there is no task ${shown(taskId)}, or it is no longer kept`);
}

async function jobOf(
  taskId: string,
  find: (jobId: JobId) => Promise<Job | undefined>,
): Promise<Job> {
  const parsed = parseTaskId(taskId);
  if (parsed === undefined) throw invalid(`${shown(taskId)} is not a task id`);
  const job = await find(parsed.jobId);
  if (job === undefined || job.operation !== parsed.operation) throw unknownTask(taskId);
  return job;
}

/** The job without asking after it while it is open, which may move it on. */
export async function unpolled(array: StorageArrayPort, jobId: JobId): Promise<Job | undefined> {
  const open = await array.openJobs(undefined);
  return open.find((job) => job.jobId === jobId) ?? array.job(jobId);
}

/** The task as it is now. Faults: InvalidArgument (malformed id), NotFound. */
export async function getTaskUpdate(
  { call, provider }: SessionContext,
  { taskId }: GetTaskUpdate,
): Promise<GetTaskUpdateResponse> {
  call.note({ task_id: taskId });
  const { array, group } = provider;
  const find = async (jobId: JobId) => group.activations.find(jobId) ?? array.job(jobId);
  return { return: taskInfo(await jobOf(taskId, find)) };
}

/** Queued and running tasks of one array, or of all. Faults: InvalidArgument (blank id), NotFound. */
export async function getCurrentTask(
  { provider }: SessionContext,
  { arrayId }: GetCurrentTask,
): Promise<GetCurrentTaskResponse> {
  const array = arrayId === undefined ? undefined : await arrayOf(provider.array, arrayId);
  const jobs = await provider.array.openJobs(array?.arrayId);
  return { return: jobs.map(taskInfo) };
}

/**
 * Stops a task and undoes its work: it ends in state Error with `cancelled` set. It is no question after
 * the task: work that goes on with each poll stays where it is. Faults: InvalidArgument (malformed id),
 * NotFound, NotCancellable.
 */
export async function cancelTask(
  { call, provider }: SessionContext,
  { taskId }: CancelTask,
): Promise<void> {
  call.note({ task_id: taskId });
  const { array, group } = provider;
  const { jobId } = await jobOf(
    taskId,
    async (asked) => group.activations.find(asked) ?? unpolled(array, asked),
  );
  if (group.activations.find(jobId) !== undefined)
    throw new VasaFault('NotCancellable', 'a take-over has ended when it is answered');
  await array.cancelJob(jobId);
  provider.events.arrayChanged();
}
