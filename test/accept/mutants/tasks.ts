/** Providers whose tasks do not end, or do not tell what happened. */
import type { Job } from '../../../src/model/array.ts';
import type { JobId } from '../../../src/model/ids.ts';
import { pretended } from './jobs.ts';
import { answerOf, type Mutant } from './mutant.ts';

const running = (job: Job): Job => ({
  ...job,
  state: 'running',
  result: undefined,
  progressPercent: 50,
  endedAt: undefined,
});

export const TASK_MUTANTS: readonly Mutant[] = [
  {
    id: 'task-never-ends',
    sentence: 'A task stays at half for ever',
    caughtBy: 'tasks.can-be-asked-again',
    says: /has not ended in 120000 ms/,
    hurry: 100,
    array: (good) => ({
      createVolume: async (...args) => running(await good.createVolume(...args)),
      job: async (jobId) => {
        const job = await good.job(jobId);
        return job === undefined ? undefined : running(job);
      },
    }),
  },
  {
    id: 'task-forgotten-once-told',
    sentence: 'The result of a task can be asked for only once',
    caughtBy: 'tasks.can-be-asked-again',
    says: /getTaskUpdate answered NotFound/,
    array: (good) => {
      const told = new Set<JobId>();
      return {
        job: async (jobId) => {
          const isTold = told.has(jobId);
          told.add(jobId);
          return isTold ? undefined : good.job(jobId);
        },
      };
    },
  },
  {
    id: 'task-loses-its-result',
    sentence: 'A task that is asked about later has succeeded and names no result',
    caughtBy: 'tasks.can-be-asked-again',
    says: /asked again: expected/,
    array: (good) => ({
      job: async (jobId) => {
        const job = await good.job(jobId);
        return job === undefined ? undefined : { ...job, result: { kind: 'none' } };
      },
    }),
  },
  {
    id: 'progress-of-a-thousand',
    sentence: 'Progress is told in thousandths instead of percent',
    caughtBy: 'tasks.can-be-asked-again',
    says: /progress in percent/,
    answer: answerOf('createVirtualVolume', (body) => body.replace(/(progress>)100</, '$11000<')),
  },
  {
    id: 'unknown-task-has-succeeded',
    sentence: 'A task that never was is answered as one that has succeeded',
    caughtBy: 'tasks.unknown-are-refused',
    says: /getTaskUpdate succeeded where it should be refused/,
    array: (good) => ({
      job: async (jobId) =>
        (await good.job(jobId)) ?? pretended(good, { jobId, operation: 'createVirtualVolume' }),
    }),
  },
  {
    id: 'ended-task-cancelled',
    sentence: 'A task that has ended is cancelled all the same',
    caughtBy: 'tasks.ended-cannot-be-cancelled',
    says: /cancelTask succeeded where it should be refused/,
    array: (good) => ({
      cancelJob: (jobId) =>
        good
          .cancelJob(jobId)
          .catch(() => pretended(good, { jobId, operation: 'createVirtualVolume' })),
    }),
  },
  {
    id: 'ended-tasks-among-the-current',
    sentence: 'The list of current tasks holds those that have ended, too',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /tasks that have ended: expected \[\]/,
    array: (good) => {
      const started: Job[] = [];
      return {
        createVolume: async (...args) => {
          const job = await good.createVolume(...args);
          started.push(job);
          return job;
        },
        openJobs: async (arrayId) => [...(await good.openJobs(arrayId)), ...started],
      };
    },
  },
  {
    id: 'cancelled-copy-stays',
    sentence: 'A copy that is told as cancelled goes on, and its volume stays',
    caughtBy: 'tasks.cancelled-leaves-nothing',
    says: /volumes of the cancelled copy: expected \[\]/,
    array: (good) => {
      const stopped = new Set<JobId>();
      const shown = (job: Job): Job =>
        stopped.has(job.jobId) && job.state === 'succeeded'
          ? { ...job, state: 'failed', cancelled: true, result: { kind: 'none' } }
          : job;
      return {
        cancelJob: async (jobId) => {
          stopped.add(jobId);
          const job = await good.job(jobId);
          return job ?? pretended(good, { jobId, operation: 'cloneVirtualVolume' });
        },
        job: async (jobId) => {
          const job = await good.job(jobId);
          return job === undefined ? undefined : shown(job);
        },
      };
    },
  },
];
