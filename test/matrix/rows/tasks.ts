/** Proofs of the operations on tasks. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { textOf, textsOf } from '../../support/soap-client.ts';
import { arrayId, copyOf, ended, newVolume, volume } from '../arrange.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { m } from '../xml.ts';

/** The id of a task that is under way: a clone that waits to be asked after. */
async function openTask(stage: Stage): Promise<string> {
  const answer = await stage.ask('cloneVirtualVolume', copyOf(await volume(stage)));
  return textOf(answer, 'taskId');
}

async function endedTask(stage: Stage): Promise<string> {
  const answer = await stage.ask('createVirtualVolume', await newVolume(stage));
  return textOf(await ended(stage, answer), 'taskId');
}

function noTask(): string {
  return `createVirtualVolume:${randomUUID()}`;
}

export const TASKS: readonly Row[] = [
  {
    operation: 'getTaskUpdate',
    work: 'job',
    succeeds: 'how far a task has come is told',
    ask: async (stage) => m({ taskId: await openTask(stage) }),
    check: (answer) => assert.match(textOf(answer, 'taskState'), /^(Queued|Running)$/),
    faults: {
      InvalidArgument: { when: 'the id is malformed', ask: () => m({ taskId: 'nonsense' }) },
      NotFound: { when: 'there is no such task', ask: () => m({ taskId: noTask() }) },
    },
  },
  {
    operation: 'getCurrentTask',
    work: 'openJobs',
    succeeds: 'the tasks of an array that are under way are told',
    ask: async (stage) => {
      await openTask(stage);
      return m({ arrayId: await arrayId(stage) });
    },
    check: (answer) => assert(textsOf(answer, 'taskId').length > 0, answer),
    faults: {
      InvalidArgument: { when: 'the id of the array is blank', ask: () => m({ arrayId: ' ' }) },
      NotFound: { when: 'there is no such array', ask: () => m({ arrayId: 'nowhere' }) },
    },
  },
  {
    operation: 'cancelTask',
    work: 'cancelJob',
    succeeds: 'a task that is under way is stopped',
    ask: async (stage) => m({ taskId: await openTask(stage) }),
    faults: {
      InvalidArgument: { when: 'the id is malformed', ask: () => m({ taskId: 'nonsense' }) },
      NotCancellable: {
        when: 'the task has ended',
        ask: async (stage) => m({ taskId: await endedTask(stage) }),
      },
      NotFound: { when: 'there is no such task', ask: () => m({ taskId: noTask() }) },
    },
  },
];
