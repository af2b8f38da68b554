/**
 * Bound volumes as exports of the NBD server, one for each host and volume: `<hostId>/<vvolId>`. What
 * the array refuses is told in the words of NBD. Every change is durable when it is answered, so a flush
 * has nothing to do.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayErrorKind } from '../src/model/array.ts';
import type { HostId, VvolId } from '../src/model/ids.ts';
import type { DataPlace, HostDataPath } from './data-path.ts';
import { NBD_LIMITS } from './nbd/limits.ts';
import { type NbdDevice, NbdError, type NbdErrorName, type NbdExports } from './nbd/port.ts';

const CODES: Partial<Readonly<Record<ArrayErrorKind, NbdErrorName>>> = {
  notFound: 'ESHUTDOWN',
  unsupported: 'EPERM',
  invalid: 'EINVAL',
  noSpace: 'ENOSPC',
  failed: 'EIO',
  busy: 'EIO',
};

/** The name of an export. */
export function exportName({ hostId, vvolId }: DataPlace): string {
  return `${hostId}/${vvolId}`;
}

/** What hosts have bound, for the NBD server. */
export function boundExports(path: HostDataPath): NbdExports {
  return {
    list: async () => path.places(NBD_LIMITS.listedExports).map(exportName),
    open: async (name) => {
      const place = placeOf(name);
      const facts = path.facts(place);
      return facts === undefined ? undefined : device(path, place, facts.readOnly);
    },
  };
}

function placeOf(name: string): DataPlace {
  const cut = name.lastIndexOf('/');
  // Whatever a client sends: what is no id is bound by nobody.
  return {
    hostId: name.slice(0, Math.max(0, cut)) as HostId,
    vvolId: name.slice(cut + 1) as VvolId,
  };
}

function device(path: HostDataPath, place: DataPlace, readOnly: boolean): NbdDevice {
  const at = (offset: bigint) => Number(offset);
  return {
    get size() {
      return BigInt(path.facts(place)?.size ?? 0);
    },
    readOnly,
    flushCoversAll: true,
    read: (offset, length) => told(() => path.read(place, at(offset), length)),
    write: (offset, data) => told(() => path.write(place, at(offset), data)),
    trim: (offset, length) => told(() => path.trim(place, at(offset), length)),
    writeZeroes: (offset, length, { mayHole }) =>
      told(() =>
        mayHole ? path.trim(place, at(offset), length) : path.zero(place, at(offset), length),
      ),
    flush: async () => undefined,
    status: (offset, length) =>
      told(() => path.extents(place, at(offset), length, NBD_LIMITS.statusExtents)),
  };
}

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof ArrayError ? CODES[error.kind] : undefined;
    if (code === undefined || !(error instanceof ArrayError)) throw error;
    throw new NbdError(code, error.message);
  }
}
