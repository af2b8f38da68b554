/**
 * The protocol's semantics in memory: what there is, how ids are found, how tasks begin, go on and end. The
 * operations are in the files beside it, as functions over this. Where docs/protocol-choices.md or
 * docs/array-port.md says something, it is said here once more, as plainly as can be.
 */
import { LIMITS } from '../../src/model/limits.ts';
import {
  type ArmedFault,
  type Hold,
  type JobKind,
  type ModelBinding,
  type ModelContainer,
  type ModelEndpoint,
  type ModelEvent,
  type ModelTask,
  type ModelVolume,
  type Pace,
  Refused,
} from './state.ts';

/** What the random tests make an array of. */
export interface ModelWorld {
  readonly containers: readonly ModelContainer[];
  readonly endpoints: readonly ModelEndpoint[];
  readonly bindingsPerHost: number;
  readonly snapshotsPerVolume: number;
  readonly now: number;
}

/** What is special in the beginning of a task. */
export interface Beginning {
  readonly arrayId: string;
  readonly subject?: ModelVolume;
  readonly made?: ModelVolume;
  readonly holds?: readonly Hold[];
  /** Absent: there is no work but the end. */
  readonly work?: (task: ModelTask) => void;
  readonly finish: (task: ModelTask) => void;
  /** Puts back what the beginning has changed beside what is made and held. */
  readonly undo?: () => void;
  /** There is nothing to do at all. */
  readonly isDone?: boolean;
}

/** Kinds of jobs that can be stopped. */
export const CANCELABLE: readonly JobKind[] = ['applyProfile', 'cloneVolume', 'copyDiffs'];

const VVOL = /^rfc4122\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const FAULT_OF_KIND = {
  failed: 'StorageFault',
  busy: 'VasaProviderBusy',
  noSpace: 'OutOfResource',
  inUse: 'ResourceInUse',
} as const;

export class Model {
  readonly containers: readonly ModelContainer[];
  readonly endpoints: readonly ModelEndpoint[];
  readonly bindingsPerHost: number;
  readonly snapshotsPerVolume: number;
  readonly volumes = new Set<ModelVolume>();
  /** Every id that a client was ever told, oldest first. */
  readonly known: string[] = [];
  readonly events: ModelEvent[] = [];
  readonly paces = new Map<JobKind, Pace>();
  /** Endpoints that a host has named to this session; none: it has not named any. */
  readonly seen = new Map<string, readonly string[]>();
  /** Secondary ids that were ever given out on block endpoints. */
  readonly usedSecondaryIds = new Set<string>();
  bindings: ModelBinding[] = [];
  tasks: ModelTask[] = [];
  armed: ArmedFault | undefined;
  now: number;

  constructor(world: ModelWorld) {
    this.containers = world.containers;
    this.endpoints = world.endpoints;
    this.bindingsPerHost = world.bindingsPerHost;
    this.snapshotsPerVolume = world.snapshotsPerVolume;
    this.now = world.now;
  }

  /** The volume that clients know by this id. Refused: InvalidArgument (form), NotFound. */
  volume(id: string): ModelVolume {
    checkVvolId(id);
    const found = this.live().find((each) => each.id === id.toLowerCase());
    if (found === undefined) throw new Refused('NotFound');
    return found;
  }

  /** Refused: InvalidArgument (form), NotFound. */
  container(id: string): ModelContainer {
    checkContainerId(id);
    const found = this.containers.find((each) => each.id === id.toLowerCase());
    if (found === undefined) throw new Refused('NotFound');
    return found;
  }

  live(): readonly ModelVolume[] {
    return [...this.volumes].filter(({ state }) => state === 'live');
  }

  openTasks(): readonly ModelTask[] {
    return this.tasks.filter(({ endedAt }) => endedAt === undefined);
  }

  isBound(volume: ModelVolume): boolean {
    return this.bindings.some((each) => each.volume === volume);
  }

  bindingsOf(volume: ModelVolume, host: string): readonly ModelBinding[] {
    return this.bindings.filter((each) => each.volume === volume && each.host === host);
  }

  /** Whether a task works on the volume; of these kinds only, where any are named. */
  isAtWorkOn(volume: ModelVolume, kinds?: readonly JobKind[]): boolean {
    const own = this.openTasks().filter(({ subject }) => subject === volume);
    return own.some(({ kind }) => kinds === undefined || kinds.includes(kind));
  }

  refuseWorkOn(volume: ModelVolume, kinds?: readonly JobKind[]): void {
    if (this.isAtWorkOn(volume, kinds)) throw new Refused('ResourceInUse');
  }

  /** Snapshots, prepared ones too, and fast clones of the volume. */
  copiesOf(volume: ModelVolume): number {
    const copies = [...this.volumes].filter((each) => each.parent === volume);
    return copies.filter(({ kind }) => kind !== 'clone').length;
  }

  changed(kind: 'new' | 'update' | 'delete', volume: ModelVolume): void {
    this.events.push({ kind, volumes: [volume] });
  }

  /** Has the array do something; an armed fault speaks for it. */
  inArray<Result>(method: string, work: () => Result): Result {
    const fault = this.armed?.method === method ? this.armed : undefined;
    if (fault === undefined) return work();
    this.armed = undefined;
    if (fault.when === 'after') work();
    throw new Refused(FAULT_OF_KIND[fault.kind]);
  }

  /** Begins a task; one whose kind takes no time has ended. What it refuses leaves no trace. */
  start(kind: JobKind, operation: string, begin: () => Beginning): ModelTask {
    return this.inArray(kind, () => {
      const { isDone = false, holds = [], ...plan } = begin();
      const task: ModelTask = {
        taskId: undefined,
        operation,
        kind,
        arrayId: plan.arrayId,
        startedAt: this.now,
        state: 'Queued',
        polls: 0,
        worked: plan.work === undefined,
        endedAt: undefined,
        cancelled: false,
        error: undefined,
        subject: plan.subject,
        made: plan.made,
        holds,
        parentFacts: undefined,
        work: plan.work ?? (() => undefined),
        finish: plan.finish,
        undo: plan.undo ?? (() => undefined),
      };
      this.tasks.push(task);
      try {
        if (isDone) this.#succeed(task);
        else if (this.#pace(kind) === 'instant') this.#end(task);
      } catch (refused) {
        this.tasks.pop();
        if (task.made !== undefined) this.volumes.delete(task.made);
        throw refused;
      }
      return task;
    });
  }

  /** Moves on what goes on by itself, and ends what is due, each task by itself. */
  settle(): void {
    for (const task of this.openTasks()) {
      const pace = this.#pace(task.kind);
      const isCounted = pace !== 'instant' && 'polls' in pace;
      if (isCounted && task.polls === 0) continue;
      this.#attempt(task, () => {
        if (!task.worked) this.#work(task);
        task.state = 'Running';
        if (this.#isDue(task)) this.#end(task);
      });
    }
  }

  /** Somebody asks after the task. */
  poll(task: ModelTask): void {
    if (task.endedAt !== undefined) return;
    const pace = this.#pace(task.kind);
    if (pace === 'instant' || !('polls' in pace)) return;
    task.polls += 1;
    this.settle();
  }

  /** When the next task ends by time, at or before `until`. */
  nextDue(until: number): number | undefined {
    const times = this.openTasks().flatMap(({ kind, startedAt }) => {
      const pace = this.#pace(kind);
      return pace !== 'instant' && 'milliseconds' in pace ? [startedAt + pace.milliseconds] : [];
    });
    const next = Math.min(...times);
    return next <= until ? next : undefined;
  }

  /** Ends what time alone ends. */
  expire(): void {
    for (const volume of this.volumes)
      if (volume.state === 'prepared' && volume.preparedAt < this.now - LIMITS.preparedSnapshotMs)
        this.volumes.delete(volume);
    this.tasks = this.tasks.filter(
      ({ endedAt }) => endedAt === undefined || endedAt >= this.now - LIMITS.jobKeptMs,
    );
  }

  /** Refused: NotCancellable. */
  cancel(task: ModelTask): void {
    if (task.endedAt !== undefined || !CANCELABLE.includes(task.kind))
      throw new Refused('NotCancellable');
    this.#giveUp(task, 'StorageFault');
    task.cancelled = true;
  }

  #pace(kind: JobKind): Pace {
    return this.paces.get(kind) ?? 'instant';
  }

  #isDue({ kind, startedAt, polls }: ModelTask): boolean {
    const pace = this.#pace(kind);
    if (pace === 'instant') return true;
    return 'polls' in pace ? polls >= pace.polls : this.now - startedAt >= pace.milliseconds;
  }

  #attempt(task: ModelTask, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#giveUp(task, error.fault);
    }
  }

  #work(task: ModelTask): void {
    task.work(task);
    task.worked = true;
  }

  #end(task: ModelTask): void {
    if (!task.worked) this.#work(task);
    task.finish(task);
    this.#succeed(task);
  }

  #succeed(task: ModelTask): void {
    task.state = 'Success';
    task.endedAt = this.now;
    task.holds = [];
  }

  #giveUp(task: ModelTask, fault: NonNullable<ModelTask['error']>): void {
    if (task.made !== undefined) this.volumes.delete(task.made);
    task.state = 'Error';
    task.error = fault;
    task.endedAt = this.now;
    task.holds = [];
    task.undo();
  }
}

/** Refused: InvalidArgument. */
export function checkVvolId(id: string): void {
  if (!VVOL.test(id)) throw new Refused('InvalidArgument');
}

/** Refused: InvalidArgument. */
export function checkContainerId(id: string): void {
  if (!UUID.test(id)) throw new Refused('InvalidArgument');
}
