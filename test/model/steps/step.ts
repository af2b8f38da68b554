/** What every step is: arguments that can be printed, what it does on both sides, and how both are compared. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { FaultName } from '../../../src/model/faults.ts';
import type { Operations } from '../../../src/wire/generated/vasa-2.0/operations.ts';
import { service } from '../../../src/wire/generated/vasa-2.0/service.ts';
import type { BatchReturnStatus, TaskInfo } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { agree } from '../agree.ts';
import { CANCELABLE, type Model } from '../model.ts';
import { CALLERS, type Caller, HOSTS, type Real } from '../real.ts';
import { letPass, nameLastTask, rest } from '../settle.ts';
import { type ModelTask, type ModelVolume, Refused } from '../state.ts';

export interface Sides {
  readonly model: Model;
  readonly real: Real;
}

/** Counts steps, and how often each operation came to what, for the record of long runs. */
export const counted = { steps: 0, outcomes: new Map<string, number>() };

export function count(outcome: string): void {
  counted.outcomes.set(outcome, (counted.outcomes.get(outcome) ?? 0) + 1);
}

export class Command implements fc.AsyncCommand<Model, Real> {
  readonly #text: string;
  readonly #step: (sides: Sides) => Promise<void>;

  constructor(text: string, step: (sides: Sides) => Promise<void>) {
    this.#text = text;
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    counted.steps += 1;
    // No two tasks begin at the same time, so that time ends them one after the other.
    await letPass(model, real, 1);
    await this.#step({ model, real });
    await rest(model, real);
    await agree(model, real);
  }

  toString(): string {
    return this.#text;
  }
}

/** A kind of step: its arguments, at random, and what is done with them. */
export function step<Args>(
  name: string,
  args: fc.Arbitrary<Args>,
  run: (sides: Sides, args: Args) => Promise<void>,
): fc.Arbitrary<Command> {
  return args.map(
    (given) => new Command(`${name}(${fc.stringify(given)})`, (sides) => run(sides, given)),
  );
}

/** Among which volumes: `busy` are those that a task, a binding or a prepared snapshot hangs on. */
type Pick = 'live' | 'known' | 'snapshot' | 'prepared' | 'busy' | 'bound';

/** A way to name a volume: resolved when the step runs, since ids are made by chance. */
export type Ref =
  | {
      readonly pick: Pick;
      readonly n: number;
      readonly upper: boolean;
    }
  | { readonly pick: 'text'; readonly text: string };

const UNKNOWN = 'rfc4122.99999999-6128-4ad2-873b-8ddb1ba45d4f';
const number = fc.nat(11);
const picked = (pick: Pick) =>
  fc.record({
    pick: fc.constant(pick),
    n: number,
    upper: fc.constantFrom(false, false, false, true),
  });

/** Mostly a volume that is there. */
export const anyVolume: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 16, arbitrary: picked('live') },
  { weight: 5, arbitrary: picked('busy') },
  { weight: 2, arbitrary: picked('known') },
  {
    weight: 1,
    arbitrary: fc.record({
      pick: fc.constant('text' as const),
      text: fc.constantFrom(UNKNOWN, 'rfc4122.no-uuid', ''),
    }),
  },
);
/** Mostly one that is bound already. */
export const anyBound: fc.Arbitrary<Ref> = fc.oneof(picked('bound'), anyVolume);
export const anySnapshot: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 6, arbitrary: picked('snapshot') },
  { weight: 1, arbitrary: anyVolume },
);
export const anyPrepared: fc.Arbitrary<Ref> = fc.oneof(
  { weight: 8, arbitrary: picked('prepared') },
  { weight: 1, arbitrary: anyVolume },
);

/** The id that a client would send. */
export function idOf(model: Model, ref: Ref): string {
  if (ref.pick === 'text') return ref.text;
  const ids = ref.pick === 'known' ? model.known : idsIn(model, ref.pick);
  const id = ids[ref.n % Math.max(1, ids.length)] ?? UNKNOWN;
  return ref.upper ? id.replace(/[a-f]/g, (c) => c.toUpperCase()).replace(/^RFC/i, 'rfc') : id;
}

function idsIn(model: Model, pick: Exclude<Pick, 'known'>): readonly string[] {
  const fit = [...model.volumes].filter(
    (each) => each.state === (pick === 'prepared' ? 'prepared' : 'live') && isIn(model, pick, each),
  );
  return fit.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

function isIn(model: Model, pick: Exclude<Pick, 'known'>, volume: ModelVolume): boolean {
  if (pick === 'snapshot') return volume.kind === 'snapshot';
  if (pick === 'bound') return model.isBound(volume);
  if (pick !== 'busy') return true;
  const hangs = [...model.volumes].some((each) => each.state !== 'live' && each.parent === volume);
  return hangs || model.isBound(volume) || model.isAtWorkOn(volume);
}

/** The live volume that a ref means, if it means one. */
export function volumeOf(model: Model, ref: Ref): ModelVolume | undefined {
  const id = idOf(model, ref).toLowerCase();
  return model.live().find((each) => each.id === id);
}

/** The id of a relative of the volume, by snapshots and fast clones; where it has none, its own. */
function kinOf(model: Model, id: string, n: number): string {
  const volume = model.live().find((each) => each.id === id.toLowerCase());
  const kin = model.live().filter(({ family }) => family === volume?.family);
  return kin[n % Math.max(1, kin.length)]?.id ?? id;
}

/** Mostly a place among the relatives of another volume, else any volume. */
export const kinOrAny: fc.Arbitrary<number | Ref> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(11) },
  { weight: 1, arbitrary: anyVolume },
);

export function kinOrAnyId(model: Model, id: string, which: number | Ref): string {
  return typeof which === 'number' ? kinOf(model, id, which) : idOf(model, which);
}

export const caller: fc.Arbitrary<Caller> = fc.constantFrom(...CALLERS);
export const host = fc.constantFrom(...HOSTS);

/** What the model says of a call. */
export type Verdict<Result> =
  | { readonly result: Result; readonly fault?: undefined }
  | { readonly result?: undefined; readonly fault: FaultName };

function verdictOf<Result>(work: () => Result): Verdict<Result> {
  try {
    return { result: work() };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault };
    throw error;
  }
}

/** What a client is told of a fault that the operation may not declare. */
function asDeclared(operation: string, fault: FaultName): FaultName {
  const declared = service.operations[operation]?.faults ?? [];
  if (declared.includes(fault) || fault === 'InvalidArgument') return fault;
  if (fault === 'NotSupported' && declared.includes('NotImplemented')) return 'NotImplemented';
  return 'StorageFault';
}

/** Calls and compares: the same fault, or none and then what `check` says of both answers. */
export async function compare<Name extends keyof Operations & string, Result>(
  { model, real }: Sides,
  who: Caller,
  operation: Name,
  request: Operations[Name]['request'],
  expected: () => Result,
  check: (response: Operations[Name]['response'], result: Result) => void = () => undefined,
): Promise<void> {
  const verdict = verdictOf(expected);
  const answer = await real.call(who, operation, request);
  nameLastTask(model, real);
  const fault = verdict.fault && asDeclared(operation, verdict.fault);
  expect({ operation, fault: answer.fault }).toEqual({ operation, fault });
  count(`${operation} ${fault ?? 'ok'}`);
  if (verdict.fault !== undefined || answer.fault !== undefined) return;
  check(answer.response, verdict.result);
}

/** The row of each item of a batch: nothing, or its fault. */
export function checkRows(
  rows: readonly BatchReturnStatus[],
  ids: readonly string[],
  expected: readonly (Refused | undefined)[],
): void {
  for (const fault of expected) count(`row ${fault?.fault ?? 'ok'}`);
  const found = rows.map(({ uniqueId, errorResult }) => [uniqueId, errorResult?.error[0]?.type]);
  expect(found).toEqual(ids.map((id, index) => [id, expected[index]?.fault]));
}

const MB = 1n << 20n;
export const megabytesUp = (count: number) => (BigInt(count) + MB - 1n) / MB;

/** A task as a client sees it, beside the model's. */
export function checkTask(info: TaskInfo, task: ModelTask): void {
  const { taskId, operation, arrayId, state, startedAt, cancelled, kind } = task;
  const isOpen = task.endedAt === undefined;
  expect({ ...info, error: info.error?.type }).toMatchObject({
    taskId,
    name: operation,
    arrayId,
    taskState: state,
    startTime: startedAt,
    cancelled,
    cancelable: isOpen && CANCELABLE.includes(kind),
    progressUpdateAvailable: isOpen,
    error: task.error,
  });
  expect(info.progress).toBeGreaterThanOrEqual(0);
  expect(info.progress).toBeLessThanOrEqual(isOpen ? 99 : 100);
  if (state === 'Success') expect(info.progress).toBe(100);
  else expect(info.result).toBeUndefined();
  if (state === 'Success') checkResult(info, task);
}

function checkResult({ result }: TaskInfo, { made, parentFacts }: ModelTask): void {
  if (made === undefined) {
    expect(result).toBeUndefined();
    return;
  }
  if (parentFacts === undefined) {
    expect(result?.type).toBe('xs:string');
    if (made.id !== undefined) expect(result?.value).toBe(made.id);
    return;
  }
  const { volume, metadata, logical, committed, unshared } = parentFacts;
  const pairs = [...metadata].map(([parameterName, parameterValue]) => ({
    parameterName,
    parameterValue,
  }));
  expect(result).toMatchObject({
    type: 'PrepareSnapshotResult',
    value: {
      parentInfo: { vvolId: volume.id, metadata: expect.arrayContaining(pairs) },
      parentStats: {
        objectId: volume.id,
        logical: megabytesUp(logical),
        committed: megabytesUp(committed),
        unshared: megabytesUp(unshared),
        unsharedValid: true,
      },
      ...(made.id === undefined ? {} : { snapshotId: made.id }),
    },
  });
}

/** Undefined in the wire's form of a pair is the empty value. */
export const onWire = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue }));
