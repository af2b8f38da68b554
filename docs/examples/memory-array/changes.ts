/**
 * The feed of changes. An entry is written in the same step as the change that it tells of, after all
 * that could still fail. A real array writes both in one transaction.
 */
import type { ChangePage } from '../../../src/array/changes.ts';
import type { Change, Volume } from '../../../src/model/array.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Memory, Opened } from './memory.ts';

/** Enters a change of a volume. */
export function tell(opened: Opened, kind: 'new' | 'update' | 'delete', volume: Volume): void {
  const { vvolId, containerId } = volume;
  enter(opened, { kind, entity: 'VirtualVolumeInfo', entityId: vvolId, containerId });
}

/** Enters a change of the array itself. */
export function tellOfArray(opened: Opened): void {
  const entityId = opened.memory.description.arrayId;
  enter(opened, { kind: 'update', entity: 'StorageArray', entityId, containerId: undefined });
}

function enter(
  { memory, clock }: Opened,
  about: Pick<Change, 'kind' | 'entity' | 'entityId' | 'containerId'>,
): void {
  memory.lastSequence += 1n;
  const change: Change = {
    sequence: memory.lastSequence,
    at: clock.now(),
    arrayId: memory.description.arrayId,
    ...about,
    hostId: undefined,
    vvolIds: [],
  };
  memory.changes.push(change);
  if (memory.changes.length > LIMITS.changesKept) memory.changes.shift();
  // Later, so that a listener which reads at once reads what has been acknowledged.
  for (const listener of memory.listeners) queueMicrotask(listener);
}

/** See `changes` of the port. */
export function readChanges(memory: Memory, after: bigint, limit: number): ChangePage {
  const newest = memory.lastSequence;
  return {
    feedId: memory.feedId,
    changes: memory.changes.filter(({ sequence }) => sequence > after).slice(0, limit),
    oldestKept: memory.changes[0]?.sequence ?? newest + 1n,
    newest,
  };
}
