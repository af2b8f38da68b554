/**
 * What the scale bench asks of each array, and what must be in the answer. Each question is put to a
 * volume anywhere in the array; what it has made is taken away again, uncounted, so that no array grows.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { type VvolId, vvolIdFromUuid } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import {
  bind,
  CHUNK_BYTES,
  DEEP_BYTES,
  DEEP_CHUNKS,
  DEEP_DIFFERENCES,
  newJob,
  newVolume,
  type Subject,
  snapshot,
  unbind,
  VOLUMES_OF_ONE_VM,
  vmIdOf,
  vvolIdOf,
} from './scale-arrays.ts';

/** A call that is ready to be made. */
export interface Asking {
  /** What is timed. */
  readonly ask: () => Promise<unknown>;
  /** Rejects when the answer was wrong; puts back what was. */
  readonly after: (answer: unknown) => Promise<void> | void;
}

export interface Question {
  readonly name: string;
  /** Whether it changes something, and so waits for the disk. */
  readonly changes: boolean;
  readonly about: (subject: Subject) => Promise<Asking> | Asking;
}

const VOLUMES_LISTED = 100;
const WHOLE = {
  start: bytes(0n),
  length: bytes(BigInt(DEEP_BYTES)),
  chunkSize: bytes(BigInt(CHUNK_BYTES)),
};

export const QUESTIONS: readonly Question[] = [
  { name: 'createVolume', changes: true, about: creating },
  { name: 'bind', changes: true, about: binding },
  { name: 'prepareSnapshot, takeSnapshots', changes: true, about: snapshooting },
  { name: 'fastCloneVolume', changes: true, about: cloning },
  {
    name: 'allocatedChunks',
    changes: false,
    about: ({ array, deep }) => ({
      ask: () => array.allocatedChunks(deep.vvolId, WHOLE),
      after: (bitmap) => expectBits(bitmap, DEEP_CHUNKS),
    }),
  },
  {
    name: 'unsharedChunks',
    changes: false,
    about: ({ array, deep }) => ({
      ask: () => array.unsharedChunks(deep.vvolId, deep.base, WHOLE),
      after: (bitmap) => expectBits(bitmap, DEEP_DIFFERENCES),
    }),
  },
  { name: 'findVolumes by one pair', changes: false, about: (subject) => finding(subject, []) },
  {
    name: 'findVolumes by two pairs, one of which all have',
    changes: false,
    about: (subject) => finding(subject, [{ key: 'VMW_VVolType', value: 'Data' }]),
  },
  { name: `volumes of ${VOLUMES_LISTED}`, changes: false, about: listing },
];

async function creating({ array }: Subject): Promise<Asking> {
  // Far from the numbers that the array was filled with, in either direction.
  const volume = newVolume(await array.containers(), randomInt(2 ** 40, 2 ** 41));
  return {
    ask: () => array.createVolume(newJob(), volume),
    after: () => array.deleteVolume(volume.vvolId),
  };
}

function binding(subject: Subject): Asking {
  const vvolId = anyVolume(subject);
  const host = `host-${randomInt(64)}`;
  return {
    ask: () => bind(subject, vvolId, host),
    after: () => unbind(subject, vvolId, host),
  };
}

/** Of the volume that holds data. */
function snapshooting(subject: Subject): Asking {
  const snapshotId = vvolIdFromUuid(randomUUID());
  return {
    ask: () => snapshot(subject, subject.deep.vvolId, snapshotId),
    after: () => subject.array.deleteVolume(snapshotId),
  };
}

/** Of the volume that holds data. */
function cloning({ array, deep }: Subject): Asking {
  const vvolId = vvolIdFromUuid(randomUUID());
  const wish = { vvolId, source: deep.vvolId, containerId: undefined, profile: undefined };
  return {
    ask: () => array.fastCloneVolume(newJob(), { ...wish, metadata: [] }),
    after: () => array.deleteVolume(vvolId),
  };
}

function finding(
  { array, shape }: Subject,
  others: readonly { readonly key: string; readonly value: string }[],
): Asking {
  const group = randomInt(Math.floor(shape.volumes / VOLUMES_OF_ONE_VM)) * VOLUMES_OF_ONE_VM;
  const constraints = [...others, { key: 'VMW_VmID', value: vmIdOf(group) }];
  const wanted = Array.from({ length: VOLUMES_OF_ONE_VM }, (_, index) => vvolIdOf(group + index));
  return {
    ask: () => array.findVolumes(constraints, { after: undefined, limit: 1_000 }),
    after: (page) => expectSame((page as { items: unknown }).items, wanted),
  };
}

function listing(subject: Subject): Asking {
  const asked = Array.from({ length: VOLUMES_LISTED }, () => anyVolume(subject));
  return {
    ask: () => subject.array.volumes(asked),
    after: (volumes) =>
      expectSame(
        (volumes as readonly { vvolId: VvolId }[]).map(({ vvolId }) => vvolId),
        asked,
      ),
  };
}

function anyVolume({ shape }: Subject): VvolId {
  return vvolIdOf(randomInt(shape.volumes));
}

function expectBits(bitmap: unknown, wanted: number): void {
  let bits = 0;
  for (const byte of bitmap as Uint8Array) {
    for (let rest = byte; rest > 0; rest &= rest - 1) bits += 1;
  }
  expectSame(bits, wanted);
}

function expectSame(found: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`expected ${other}, got ${one}`);
}
