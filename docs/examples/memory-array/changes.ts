/**
 * The feed of changes. An entry is written in the same step as the change that it tells of, after all
 * that could still fail. A real array writes both in one transaction.
 */
import type { ChangePage } from '../../../src/array/port.ts';
import type { Change, Volume } from '../../../src/model/array.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Memory, Opened } from './memory.ts';

/** Enters a change of a volume. */
export function tell({ memory, clock }: Opened, kind: 'new' | 'update' | 'delete', volume: Volume) {
  memory.lastSequence += 1n;
  const change: Change = {
    sequence: memory.lastSequence,
    at: clock.now(),
    arrayId: memory.description.arrayId,
    kind,
    entity: 'VirtualVolumeInfo',
    entityId: volume.vvolId,
    containerId: volume.containerId,
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
    changes: memory.changes.filter(({ sequence }) => sequence > after).slice(0, limit),
    oldestKept: memory.changes[0]?.sequence ?? newest + 1n,
    newest,
  };
}
