/** Steps of tasks, space of containers, and of what happens to the world: time, paces, faults, restarts. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { JOB_KINDS } from '../../../simulator/pacing.ts';
import { parseTaskId } from '../../../src/model/ids.ts';
import { agreeOnBytes } from '../agree.ts';
import { CANCELABLE, type Model } from '../model.ts';
import type { Caller } from '../real.ts';
import { letPass, rest } from '../settle.ts';
import { promised, used } from '../space.ts';
import { type JobKind, type ModelTask, type Pace, Refused } from '../state.ts';
import { nameAllEndpoints } from './endpoints.ts';
import { caller, checkTask, compare, megabytesUp, type Sides, step } from './step.ts';
import { containerId } from './volumes.ts';

const HOUR = 3_600_000;
/** Open ones more often than others; beyond the last, ids that name none. */
const taskRef = fc.record({
  from: fc.constantFrom('open', 'open', 'open', 'open', 'open', 'all', 'none', 'text'),
  n: fc.nat(30),
});

function taskOf(model: Model, { from, n }: { readonly from: string; readonly n: number }) {
  const open = model.openTasks();
  const list = from === 'open' && open.length > 0 ? open : model.tasks;
  const found = list[n % Math.max(1, list.length)];
  if (from === 'text') return { taskId: 'no task', task: undefined };
  if (from === 'none' || found === undefined)
    return { taskId: 'cloneVirtualVolume:99999999-6128-4ad2-873b-8ddb1ba45d4f', task: undefined };
  return { taskId: found.taskId ?? '', task: found };
}

/** Refused: InvalidArgument (form), NotFound. */
function named(taskId: string, task: ModelTask | undefined): ModelTask {
  if (parseTaskId(taskId) === undefined) throw new Refused('InvalidArgument');
  if (task === undefined) throw new Refused('NotFound');
  return task;
}

async function cancel(
  sides: Sides,
  who: Caller,
  taskId: string,
  task: ModelTask | undefined,
): Promise<void> {
  await compare(sides, who, 'cancelTask', { taskId }, () => {
    sides.model.cancel(named(taskId, task));
  });
}

/** Not where several tasks would end at once: in which order, the array chooses. */
function setPace({ model, real }: Sides, kind: JobKind, next: Pace): void {
  if (model.openTasks().filter((task) => task.kind === kind).length > 1) return;
  model.paces.set(kind, next);
  real.paces.set(kind, next);
  real.simulator.setPace(kind, next);
}

const slow: fc.Arbitrary<Pace> = fc.oneof(
  fc.record({ polls: fc.integer({ min: 2, max: 3 }) }),
  fc.record({ milliseconds: fc.constantFrom(20, 1_000) }),
);
const pace: fc.Arbitrary<Pace> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('instant' as const) },
  { weight: 2, arbitrary: fc.record({ polls: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ milliseconds: fc.constantFrom(50, 1_000, 60_000) }) },
);

export const worldSteps = [
  {
    weight: 7,
    arbitrary: step(
      'getTaskUpdate',
      fc.record({ who: caller, ref: taskRef }),
      async (sides, { who, ref }) => {
        const { taskId, task } = taskOf(sides.model, ref);
        const expected = () => {
          const found = named(taskId, task);
          sides.model.poll(found);
          return found;
        };
        await compare(sides, who, 'getTaskUpdate', { taskId }, expected, (answer, found) =>
          checkTask(answer.return, found),
        );
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'cancelTask',
      fc.record({ who: caller, ref: taskRef }),
      async (sides, { who, ref }) => {
        const { taskId, task } = taskOf(sides.model, ref);
        await cancel(sides, who, taskId, task);
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'getCurrentTask',
      fc.record({ who: caller, n: fc.nat(3) }),
      async (sides, { who, n }) => {
        const { model } = sides;
        const arrays = [...new Set(model.containers.map(({ arrayId }) => arrayId)), 'none', ' '];
        const arrayId = arrays[n] ?? '';
        const expected = () => {
          if (arrayId === ' ') throw new Refused('InvalidArgument');
          if (arrayId === 'none') throw new Refused('NotFound');
          return model.openTasks().filter((task) => task.arrayId === arrayId);
        };
        await compare(sides, who, 'getCurrentTask', { arrayId }, expected, (answer, tasks) => {
          expect(answer.return).toHaveLength(tasks.length);
          for (const [at, info] of answer.return.entries()) {
            const task = tasks[at];
            if (task !== undefined) checkTask(info, task);
          }
        });
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'containerSpace',
      fc.record({
        who: caller,
        n: fc.nat(5),
        profiles: fc.constantFrom<string[]>([], [], ['gold'], [' ']),
      }),
      async (sides, { who, n, profiles }) => {
        const { model } = sides;
        const id = containerId(model, n);
        const expected = () => {
          if (id === 'no uuid' || profiles.includes(' ')) throw new Refused('InvalidArgument');
          const container = model.container(id);
          if (profiles.length > 0) throw new Refused('NotFound');
          return container;
        };
        const request = { containerId: id, capabilityProfileId: profiles };
        const operation = 'spaceStatsForStorageContainer';
        await compare(sides, who, operation, request, expected, (answer, container) => {
          const [stats] = answer.return;
          expect(answer.return).toHaveLength(1);
          expect(stats).toMatchObject({
            objectId: container.id,
            physicalTotal: megabytesUp(container.pool.capacity),
            physicalUsed: megabytesUp(used(model, container)),
            physicalFree:
              megabytesUp(container.pool.capacity) - megabytesUp(used(model, container)),
            logicalUsed: megabytesUp(promised(model, container)),
            logicalLimit: megabytesUp(container.logicalLimit),
          });
        });
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'eventsFrom',
      fc.record({
        who: caller,
        after: fc.constantFrom<bigint | 'first' | 'newest' | 'beyond'>(
          'first',
          -2n,
          -1n,
          0n,
          1n,
          'newest',
          'beyond',
        ),
      }),
      async (sides, { who, after }) => {
        const { firstEventId: first } = sides.real;
        if (first === undefined) return;
        const newest = first + BigInt(sides.model.events.length) - 1n;
        const places = { first, newest, beyond: newest + 1n };
        const lastEventId = typeof after === 'bigint' ? after : places[after];
        const expected = () => {
          if (lastEventId < -1n || lastEventId > newest) throw new Refused('InvalidArgument');
          if (lastEventId >= 0n && lastEventId < first - 1n) throw new Refused('LostEvent');
        };
        await compare(sides, who, 'getEvents', { lastEventId }, expected, (answer) => {
          const ids = answer.return.map(({ eventId = 0n }) => eventId);
          expect(ids).toEqual(ids.toSorted((a, b) => Number(a - b)));
          if (lastEventId >= 0n) expect(ids.every((id) => id > lastEventId)).toBe(true);
        });
      },
    ),
  },
  {
    weight: 5,
    arbitrary: step(
      'setPace',
      fc.record({ kind: fc.constantFrom(...JOB_KINDS), pace }),
      async (sides, { kind, pace: next }) => setPace(sides, kind, next),
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'setPaces',
      fc.record({ kinds: fc.subarray([...JOB_KINDS]), pace: slow }),
      async (sides, { kinds, pace: next }) => {
        for (const kind of kinds) {
          setPace(sides, kind, next);
          await rest(sides.model, sides.real);
        }
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'cancelStoppable',
      fc.record({ who: caller, n: fc.nat(11) }),
      async (sides, { who, n }) => {
        const { model } = sides;
        const stoppable = model.openTasks().filter(({ kind }) => CANCELABLE.includes(kind));
        const task = stoppable[n % Math.max(1, stoppable.length)];
        if (task !== undefined) await cancel(sides, who, task.taskId ?? '', task);
      },
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'time',
      fc.record({
        milliseconds: fc.constantFrom(100, 2_000, 61_000, HOUR - 5, HOUR + 1, 25 * HOUR),
      }),
      async ({ model, real }, { milliseconds }) => letPass(model, real, milliseconds),
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'arrayFault',
      fc.record({
        method: fc.constantFrom(
          ...JOB_KINDS,
          'deleteVolume',
          'updateMetadata',
          'bind',
          'takeSnapshots',
        ),
        kind: fc.constantFrom('failed', 'busy', 'noSpace', 'inUse'),
        when: fc.constantFrom('before', 'after'),
      }),
      async ({ model, real }, fault) => {
        model.armed = fault;
        real.armed = fault;
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'restart',
      fc.record({ seesAgain: fc.constantFrom(true, true, false) }),
      async (sides, { seesAgain }) => {
        await sides.real.reopen();
        sides.model.seen.clear();
        if (seesAgain) await nameAllEndpoints(sides);
        await agreeOnBytes(sides.model, sides.real, true);
      },
    ),
  },
];
