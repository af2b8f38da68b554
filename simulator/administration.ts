/**
 * What the operator may do to the simulated array: see src/array/administration.ts. Orders are done one
 * after the other; hosts go on meanwhile, except for the moments in which files are exchanged or mended.
 */
import type { ArrayAdministration, JobPace, SavedState } from '../src/array/administration.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { Clock } from '../src/model/clock.ts';
import type { EndpointId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { bytesFromMB } from '../src/model/units.ts';
import { packState, unpackState } from './archive.ts';
import { checkRunning } from './checking.ts';
import { toArrayError } from './commit.ts';
import { openContent } from './content/content.ts';
import type { RunningArray } from './copying.ts';
import { adopt, givenOut, makeEmpty } from './incoming.ts';
import { readInventoryFile } from './inventory-file.ts';
import { type InventoryPlan, inventorySchema } from './inventory-schema.ts';
import type { LiveArray } from './live.ts';
import { openDatabase } from './open.ts';
import type { Options } from './options.ts';
import { JOB_KINDS, type JobKind } from './pacing.ts';
import { repairArray } from './repair.ts';
import { replaceFiles } from './replacement.ts';
import { reportOf } from './report.ts';
import { readState, States, writeState } from './states.ts';

interface AdministrationParts {
  readonly live: LiveArray;
  readonly directory: string;
  readonly clock: Clock;
  readonly options: Options;
}

/** Operations of the protocol whose jobs have another name here. */
const KIND_OF_OPERATION: Readonly<Record<string, JobKind>> = {
  createVirtualVolume: 'createVolume',
  resizeVirtualVolume: 'resizeVolume',
  updateStorageProfileForVirtualVolume: 'applyProfile',
  prepareToSnapshotVirtualVolume: 'prepareSnapshot',
  revertVirtualVolume: 'revertVolume',
  cloneVirtualVolume: 'cloneVolume',
  fastCloneVirtualVolume: 'fastCloneVolume',
  copyDiffsToVirtualVolume: 'copyDiffs',
  prepareForBindingChange: 'prepareBindingChange',
};

export function administrationOf(parts: AdministrationParts): ArrayAdministration {
  const { live, directory, clock, options } = parts;
  const states = new States(directory);
  const paces = new Map<JobKind, JobPace>(
    JOB_KINDS.map((kind) => [kind, options.pacing[kind] ?? 'instant']),
  );
  states.tidy();
  const inTurn = turns(() => states.tidy());
  const running = (): RunningArray => ({
    db: live.db,
    directory,
    holdBlocks: () => live.simulator.holdBlocks(),
  });
  const written = (folder: string, name: string) => writeState(running(), clock, folder, name);
  /** From here to the end nothing waits, so that nothing comes between. */
  const adoptFrom = (folder: string): void => {
    adopt(folder, givenOut(live.db), clock, options);
    live.replace(() => replaceFiles(directory, folder));
  };
  return {
    show: () => inTurn(async () => reportOf(live.db, clock, Object.fromEntries(paces))),
    reset: () =>
      inTurn(async () => {
        const folder = states.workFolder();
        makeEmpty(folder, live.db);
        adoptFrom(folder);
      }),
    saveState: (name) => inTurn(() => states.add(name, (folder) => written(folder, name))),
    loadState: (name) =>
      inTurn(async () => {
        const { folder, state } = await states.copy(name);
        adoptFrom(folder);
        return state;
      }),
    listStates: () => inTurn(async () => states.list()),
    removeState: (name) => inTurn(() => states.remove(name)),
    exportTo: (file) =>
      inTurn(async () => {
        const folder = states.workFolder();
        const state = await written(folder, 'export');
        await packState(folder, file);
        return state;
      }),
    importFrom: (file) => inTurn(() => importFrom(states, file, adoptFrom)),
    check: () =>
      inTurn(async () => ({ problems: await checkRunning(running(), states.workFolder()) })),
    repair: () => inTurn(async () => repair(live, directory)),
    setEndpointOnline: (endpointId, online) =>
      // What is no id is the id of nothing.
      inTurn(() => live.simulator.setEndpointOnline(endpointId as EndpointId, online)),
    setHealth: (entityId, health) =>
      inTurn(() => live.simulator.tend((tending) => tending.setHealth(entityId, health))),
    setUsed: (entityId, megabytes) =>
      inTurn(() => {
        const used = bytesFromMB(BigInt(megabytes));
        return live.simulator.tend((tending) => tending.setUsed(entityId, used));
      }),
    applyInventory: (file) =>
      inTurn(async () => {
        const plan = planIn(file);
        return live.simulator.tend((tending) => tending.apply(plan));
      }),
    setPace: (operation, pace) =>
      inTurn(async () => {
        const kind = kindOf(operation);
        refusePace(pace);
        live.setPace(kind, pace);
        paces.set(kind, pace);
      }),
  };
}

async function importFrom(
  states: States,
  file: string,
  adoptFrom: (folder: string) => void,
): Promise<SavedState> {
  const folder = states.workFolder();
  await unpackState(file, folder);
  const state = readState(folder);
  adoptFrom(folder);
  return state;
}

/** Errors: invalid: the file is the operator's. */
function planIn(file: string): InventoryPlan {
  try {
    return readInventoryFile(file, inventorySchema, file);
  } catch (error) {
    if (!(error instanceof ArrayError)) throw error;
    throw new ArrayError('invalid', error.message, error);
  }
}

function repair(live: LiveArray, directory: string) {
  let report = { mended: [], left: [] } as ReturnType<typeof repairArray>;
  live.replace(() => {
    report = repairFiles(directory);
  });
  return report;
}

/** Checks and mends the closed array in `directory`. Errors: failed. */
export function repairFiles(directory: string) {
  return withFiles(directory, repairArray);
}

/** Does `work` on the closed array in `directory`. Errors: those of opening it. */
export function withFiles<Result>(
  directory: string,
  work: (...files: Parameters<typeof repairArray>) => Result,
): Result {
  const db = openDatabase(directory);
  try {
    const content = openContent(db, directory);
    try {
      return work(db, content);
    } finally {
      content.close();
    }
  } finally {
    db.close();
  }
}

function kindOf(operation: string): JobKind {
  const kind = JOB_KINDS.find((each) => each === operation) ?? KIND_OF_OPERATION[operation];
  if (kind !== undefined) return kind;
  throw new ArrayError('invalid', `no jobs of ${operation}; there are ${JOB_KINDS.join(', ')}`);
}

function refusePace(pace: JobPace): void {
  if (pace === 'instant') return;
  const [count, most] =
    'polls' in pace ? [pace.polls, LIMITS.jobPacePolls] : [pace.milliseconds, LIMITS.jobPaceMs];
  if (!Number.isSafeInteger(count) || count < 1 || count > most) {
    throw new ArrayError('invalid', `a pace is from 1 to ${most}`);
  }
}

/** Runs one order after the other, each with `after` at its end. What is thrown becomes an ArrayError. */
function turns(after: () => void): <Result>(order: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (order) => {
    const ordered = last.then(order).finally(after);
    const turn = ordered.catch((error: unknown) => {
      throw toArrayError(error);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
