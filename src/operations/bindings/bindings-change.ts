/**
 * Planned moves of bindings, such as a virtual machine's move to another host: getting ready, and the end
 * of it either way. Undocumented in public; a host that does without them binds and unbinds as usual, and
 * any order of these calls is tolerated (docs/protocol-choices.md, "Planned moves of bindings").
 */
import { parseHostId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type {
  BindingChangeComplete,
  BindingChangeCompleteResponse,
  CancelBindingChange,
  CancelBindingChangeResponse,
  PrepareForBindingChange,
  PrepareForBindingChangeResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, vvolIdOf, vvolIdsOf } from '../arguments.ts';
import { batch, returnStatus } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { startTask } from '../volumes/tasks.ts';

/** These operations declare no TooMany. */
function checkList(ids: readonly string[]): void {
  if (ids.length === 0) throw invalid('vvolId is empty');
  if (ids.length > LIMITS.batchItems)
    throw invalid(`vvolId has ${ids.length} entries; the most is ${LIMITS.batchItems}`);
}

/**
 * Starts getting the array ready for binds of these volumes by another host; whole or not at all.
 * Faults: InvalidArgument (no, too many or malformed ids; blank host), NotFound, NotImplemented (the
 * array has nothing to get ready). A repeat changes nothing.
 */
export async function prepareForBindingChange(
  context: SessionContext,
  { vvolId: ids, destHostId }: PrepareForBindingChange,
): Promise<PrepareForBindingChangeResponse> {
  checkList(ids);
  const vvolIds = [...new Set(ids.map(vvolIdOf))];
  const hostId = parseHostId(destHostId);
  if (hostId === undefined) throw invalid('destHostId is blank');
  const { call, provider } = context;
  call.note({ vvol_ids: vvolIds });
  return startTask(context, (start) => provider.array.prepareBindingChange(start, vvolIds, hostId));
}

async function endChanges(
  { call, provider: { array } }: SessionContext,
  ids: readonly string[],
  outcome: 'complete' | 'cancel',
): Promise<BindingChangeCompleteResponse> {
  checkList(ids);
  call.note({ vvol_ids: vvolIdsOf(ids) });
  const items = { items: ids, keyOf: (id: string) => id.toLowerCase() };
  const outcomes = await batch(call, items, (id) => array.endBindingChange(vvolIdOf(id), outcome));
  return { return: ids.map((id, index) => returnStatus(id, outcomes[index])) };
}

/**
 * The move has been made. Faults: InvalidArgument (no or too many ids). Faults of items: InvalidArgument
 * (malformed), NotFound. Where nothing was begun, nothing happens. Repeatable.
 */
export async function bindingChangeComplete(
  context: SessionContext,
  { vvolId }: BindingChangeComplete,
): Promise<BindingChangeCompleteResponse> {
  return endChanges(context, vvolId, 'complete');
}

/** The move is not made; all stays as it is. Faults and repeats as bindingChangeComplete. */
export async function cancelBindingChange(
  context: SessionContext,
  { vvolId }: CancelBindingChange,
): Promise<CancelBindingChangeResponse> {
  return endChanges(context, vvolId, 'cancel');
}
