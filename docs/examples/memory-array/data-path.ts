/**
 * How hosts reach the bytes of what they have bound: no part of the port, since a real array has a data
 * path of its own. It is here so that snapshots, copies and bitmaps can be proved on content.
 */
import { ArrayError } from '../../../src/array/errors.ts';
import type { HostId, VvolId } from '../../../src/model/ids.ts';
import { bindingsOf } from './bindings.ts';
import { readBytes, writeBytes } from './content.ts';
import type { Memory, Stored } from './memory.ts';
import { stored } from './volumes.ts';

/** Who reaches what. */
interface Place {
  readonly hostId: HostId;
  readonly vvolId: VvolId;
}

/** Reads and writes of hosts. Errors of both: notFound (not bound by the host), invalid (range). */
export interface DataPath {
  read(place: Place, offset: number, length: number): Promise<Uint8Array>;
  /** Errors also: unsupported (a read-only snapshot). */
  write(place: Place, offset: number, data: Uint8Array): Promise<void>;
}

/** The data path of the array. */
export function dataPathOf(memory: Memory): DataPath {
  const reached = (place: Place, end: number): Stored => {
    const own = stored(memory, place.vvolId);
    if (bindingsOf(memory, place).length === 0) {
      throw new ArrayError('notFound', `${place.vvolId} is not bound by the host`);
    }
    if (end > own.volume.size) throw new ArrayError('invalid', 'beyond the end of the volume');
    return own;
  };
  return {
    read: async (place, offset, length) =>
      readBytes(reached(place, offset + length).chunks, offset, length),
    write: async (place, offset, data) => {
      const { volume, chunks } = reached(place, offset + data.length);
      if (volume.origin.kind === 'snapshot' && volume.origin.readOnly) {
        throw new ArrayError('unsupported', 'a read-only snapshot');
      }
      writeBytes(chunks, offset, data);
    },
  };
}
