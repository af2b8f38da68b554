/**
 * Calls that must be refused. A provider may refuse at once, by a fault, or in the task that it has started:
 * both are legal, and both are accepted here.
 */
import type { Operations } from '../../wire/generated/vasa-2.0/operations.ts';
import type { TaskInfo } from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError, type VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import { endOf } from './tasks.ts';
import { type World, willGo } from './world.ts';

type Request<Name extends keyof Operations> = Operations[Name]['request'];
/** The call must end in one of these faults; `untyped` is one without a typed detail. */
export async function refused<Name extends keyof Operations>(
  client: VasaClient,
  operation: Name,
  request: Request<Name>,
  faults: string | readonly string[],
  why: string,
): Promise<void> {
  const { name = 'untyped' } = await client.faultOf(operation, request);
  expectOneOf(name, faults, `${operation}, ${why}`);
}

/** The call, or the task that it starts, must end in one of these faults; what was made all the same will go. */
export async function refusedOrFails<Name extends keyof Operations>(
  world: World,
  client: VasaClient,
  operation: Name,
  request: Request<Name>,
  faults: string | readonly string[],
  why: string,
): Promise<void> {
  const onMade = (vvolId: string) => willGo(world, client, vvolId);
  const ending = await endingOf(client, operation, request, onMade);
  expectOneOf(ending, faults, `${operation}, ${why}`);
}

/** Operations whose task tells what was made: that it is refused does not mean that everybody does. */
const MAKING: readonly string[] = [
  'createVirtualVolume',
  'prepareToSnapshotVirtualVolume',
  'cloneVirtualVolume',
  'fastCloneVirtualVolume',
];

/**
 * How a call ends: `Success`, or the name of its fault or of its task's error; `untyped` without a name. `onMade` is
 * told what was made all the same.
 */
export async function endingOf<Name extends keyof Operations>(
  client: VasaClient,
  operation: Name,
  request: Request<Name>,
  onMade: (vvolId: string) => void = () => undefined,
): Promise<string> {
  try {
    const answer: unknown = await client.call(operation, request);
    const started = taskIn(answer);
    if (started === undefined) return 'Success';
    const { taskState, error, result } = await endOf(client, started);
    const made = MAKING.includes(operation) ? madeIn(result?.value) : undefined;
    if (made !== undefined) onMade(made);
    return taskState === 'Error' ? (error?.type ?? 'untyped') : taskState;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name ?? 'untyped';
    throw error;
  }
}

/** The id of what was made: the result, or in that of a prepared snapshot. */
function madeIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { snapshotId } = (value ?? {}) as { readonly snapshotId?: unknown };
  return typeof snapshotId === 'string' ? snapshotId : undefined;
}

/** The task that an answer holds; the reader has checked its shape. */
function taskIn(answer: unknown): TaskInfo | undefined {
  const { return: result } = (answer ?? {}) as { readonly return?: unknown };
  return typeof result === 'object' && result !== null && 'taskId' in result
    ? (result as TaskInfo)
    : undefined;
}

function expectOneOf(found: string, faults: string | readonly string[], what: string): void {
  const wanted = [faults].flat();
  if (found === 'NotImplemented' && !wanted.includes(found)) skip(`${what}: ${found}`);
  const [only] = wanted;
  if (wanted.length === 1) expectSame(found, only, what);
  else expectThat(wanted.includes(found), `${what}: one of ${wanted.join(', ')}`, found);
}
