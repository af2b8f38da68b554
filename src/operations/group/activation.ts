/**
 * activateProvider and activateProviderEx: this provider takes an array over. The array keeps who serves it,
 * so that nothing moves: volumes, bindings and tasks are the array's, and the provider that served it so
 * far learns of it at its next call. It need not be alive.
 */
import { randomUUID } from 'node:crypto';
import { ArrayError } from '../../array/errors.ts';
import type { ArrayDescription } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import { jobIdFromUuid } from '../../model/ids.ts';
import type {
  ActivateProvider,
  ActivateProviderEx,
  ActivateProviderExResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { taskInfo } from '../volumes/tasks.ts';

/** The array of this id; no operation here declares NotFound. Faults: InvalidArgument. */
async function arrayToServe(
  { provider }: SessionContext,
  entityId: string,
): Promise<ArrayDescription> {
  const found = (await provider.array.arrays()).find(({ arrayId }) => arrayId === entityId);
  if (found === undefined) throw invalid(`${shown(entityId)} is not the id of a storage array`);
  return found;
}

/** In a group where all are active there is nothing to take over. Rejects with what the array says. */
async function takeOver(
  { call, provider }: SessionContext,
  { arrayId }: ArrayDescription,
): Promise<void> {
  const { array, events, group, identity } = provider;
  if (!group.needsExplicitActivation) return;
  const before = (await array.activeProviders()).get(arrayId);
  if (before !== undefined && before.providerId !== identity.uid)
    call.note({ took_over_from: before.url });
  await array.activate(arrayId, { providerId: identity.uid, url: group.url() });
  events.arrayChanged();
}

/**
 * Makes this provider the one that serves an array. Faults: InvalidArgument (not an array's id),
 * VasaProviderBusy. Repeatable; in an active/active group it does nothing.
 */
export async function activateProvider(
  context: SessionContext,
  { entityId }: ActivateProvider,
): Promise<void> {
  await takeOver(context, await arrayToServe(context, entityId));
}

/**
 * The same, as a task that has ended when it is answered. `currentActiveProviderUrl` is what the client
 * believes; whoever serves the array is replaced, since the one named may be dead. Faults: InvalidArgument,
 * VasaProviderBusy, ActivateProviderFailed (the array did not keep it).
 */
export async function activateProviderEx(
  context: SessionContext,
  { activationSpec: { entityId } }: ActivateProviderEx,
): Promise<ActivateProviderExResponse> {
  const { call, provider } = context;
  const array = await arrayToServe(context, entityId);
  const startedAt = provider.clock.now();
  try {
    await takeOver(context, array);
  } catch (error) {
    if (error instanceof ArrayError && error.kind === 'busy') throw error;
    const reason = error instanceof ArrayError ? error.message : 'the array failed';
    const message = `the array ${shown(entityId)} cannot be taken over: ${reason}`;
    throw new VasaFault('ActivateProviderFailed', message, { cause: error });
  }
  const job = {
    jobId: jobIdFromUuid(randomUUID()),
    arrayId: array.arrayId,
    operation: call.operation,
    state: 'succeeded',
    startedAt,
    endedAt: provider.clock.now(),
    estimatedEndAt: undefined,
    progressPercent: 100,
    cancelable: false,
    cancelled: false,
    result: { kind: 'none' },
    error: undefined,
  } as const;
  provider.group.activations.add(job);
  const task = taskInfo(job);
  call.note({ task_id: task.taskId });
  return { return: task };
}
