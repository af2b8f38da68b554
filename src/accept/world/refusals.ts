/**
 * Calls that must be refused. A provider may refuse at once, by a fault, or in the task that it has started:
 * both are legal, and both are accepted here.
 */
import type { Operations } from '../../wire/generated/vasa-2.0/operations.ts';
import type { TaskInfo } from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError, type VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import { endOf } from './tasks.ts';

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

/** The call, or the task that it starts, must end in one of these faults. */
export async function refusedOrFails<Name extends keyof Operations>(
  client: VasaClient,
  operation: Name,
  request: Request<Name>,
  faults: string | readonly string[],
  why: string,
): Promise<void> {
  expectOneOf(await endingOf(client, operation, request), faults, `${operation}, ${why}`);
}

/** How a call ends: `Success`, or the name of its fault or of its task's error; `untyped` without a name. */
export async function endingOf<Name extends keyof Operations>(
  client: VasaClient,
  operation: Name,
  request: Request<Name>,
): Promise<string> {
  try {
    const answer: unknown = await client.call(operation, request);
    const started = taskIn(answer);
    if (started === undefined) return 'Success';
    const { taskState, error } = await endOf(client, started);
    return taskState === 'Error' ? (error?.type ?? 'untyped') : taskState;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name ?? 'untyped';
    throw error;
  }
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
