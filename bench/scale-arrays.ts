/**
 * The arrays of the scale bench: each in a folder of its own, filled through the port by batches, so that
 * what is measured is what a provider would have made. Every volume's id and metadata follow from its
 * number. Knows nothing of what is measured.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSimulator, type ServedSimulator } from '../simulator/index.ts';
import { uuidOf } from '../simulator/random.ts';
import type { JobStart } from '../src/array/jobs.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { NewVolume } from '../src/array/volumes.ts';
import { systemClock } from '../src/model/clock.ts';
import type { EndpointId, HostId, VvolId } from '../src/model/ids.ts';
import { jobIdFromUuid, vvolIdFromUuid } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';

/** What one array holds: this many volumes, and one that has this many snapshots in a row behind it. */
export interface Shape {
  readonly volumes: number;
  readonly depth: number;
}

/** An open array and what to ask of it. */
export interface Subject {
  readonly folder: string;
  readonly shape: Shape;
  readonly simulator: ServedSimulator;
  readonly array: StorageArrayPort;
  readonly endpointIds: readonly EndpointId[];
  /** The volume that holds data, and its latest snapshot, from which it differs in some chunks. */
  readonly deep: { readonly vvolId: VvolId; readonly base: VvolId };
}

export const CHUNK_BYTES = 64 * 1024;
/** Size of the volume that holds data. */
export const DEEP_BYTES = 1024 ** 3;
/** Chunks of it that hold data, evenly strewn, and chunks in which it differs from its latest snapshot. */
export const DEEP_CHUNKS = 64;
export const DEEP_DIFFERENCES = 16;
/** Volumes that carry the same `VmId`. */
export const VOLUMES_OF_ONE_VM = 8;
/** Of so many volumes one is bound, as long as the array lives. */
const ONE_IS_BOUND_OF = 10;
const BINDINGS_OF_ONE_HOST = 4_000;
const BATCH = 256;
const SEED = 'scale';

/** Short histories, so that the smallest array's are as full as the largest's and each pays for pruning. */
export const OPTIONS = {
  seed: SEED,
  jobsKept: 1_000,
  changesKept: 1_000,
  inventory: {
    arrays: [
      {
        name: 'scale',
        endpoints: { SCSI: 4, NFS: 0, NFS4x: 0 },
        containers: ['one', 'two'].map((name) => ({
          name,
          protocol: 'SCSI',
          capacityMB: 1024 ** 3,
        })),
      },
    ],
  },
};

const hostId = (name: string) => name as HostId;

/** The id of the volume of this number. */
export function vvolIdOf(number: number): VvolId {
  return vvolIdFromUuid(uuidOf(SEED, `volume ${number}`));
}

/** The metadata that the volume of this number shares with those of the same virtual machine. */
export function vmIdOf(number: number): string {
  return uuidOf(SEED, `machine ${Math.floor(number / VOLUMES_OF_ONE_VM)}`);
}

/** A job of a new id. */
export function newJob(): JobStart {
  return { jobId: jobIdFromUuid(crypto.randomUUID()), operation: 'scale' };
}

/** What createVolume is asked for the volume of this number. */
export function newVolume(containers: readonly Pick<NewVolume, 'containerId'>[], number: number) {
  const container = containers[Math.abs(number) % containers.length];
  if (container === undefined) throw new Error('no container');
  return {
    vvolId: vvolIdOf(number),
    containerId: container.containerId,
    type: 'Data',
    size: bytes(BigInt(DEEP_BYTES)),
    thin: true,
    metadata: [
      { key: 'VMW_VVolName', value: `disk-${number}` },
      { key: 'VMW_VmID', value: vmIdOf(number) },
      { key: 'VMW_VVolType', value: 'Data' },
    ],
    profile: undefined,
  } as const satisfies NewVolume;
}

/** Opens the array of this shape below `parent`, made when it is not there. */
export async function openSubject(parent: string, shape: Shape): Promise<Subject> {
  const folder = join(parent, `volumes-${shape.volumes}-depth-${shape.depth}`);
  mkdirSync(folder, { recursive: true });
  const simulator = await openSimulator({
    dataDirectory: folder,
    clock: systemClock,
    options: OPTIONS,
  });
  const { port: array } = simulator;
  const endpointIds = (await array.endpoints()).map(({ endpointId }) => endpointId);
  const deep = { vvolId: vvolIdOf(-1), base: vvolIdOf(-1 - shape.depth) };
  const subject = { folder, shape, simulator, array, endpointIds, deep };
  // The volume that holds data is made last: where it is whole, all is.
  const [made] = await array.volumes([vvolIdOf(-2 - shape.depth)]);
  if (made === undefined) {
    const [begun] = await array.volumes([vvolIdOf(0)]);
    if (begun !== undefined)
      throw new Error(`${folder} was not filled to its end by an earlier run: remove it`);
    await fill(subject);
    await deepen(subject);
  }
  return subject;
}

/** Binds through any endpoint. */
export function bind({ array, endpointIds }: Subject, vvolId: VvolId, host: string) {
  return array.bind(vvolId, hostId(host), { candidates: endpointIds, rebind: false });
}

export function unbind({ array }: Subject, vvolId: VvolId, host: string): Promise<void> {
  return array.unbind(vvolId, hostId(host), undefined);
}

/** Prepares and takes a snapshot. */
export async function snapshot({ array }: Subject, vvolId: VvolId, snapshotId: VvolId) {
  const wish = { vvolId, snapshotId, readOnly: true, profile: undefined };
  await array.prepareSnapshot(newJob(), wish);
  const [refusal] = await array.takeSnapshots([{ snapshotId, metadata: [] }], 60_000);
  if (refusal !== undefined) throw new Error(refusal.message);
}

async function fill(subject: Subject): Promise<void> {
  const { array, shape } = subject;
  const containers = await array.containers();
  for (let first = 0; first < shape.volumes; first += BATCH) {
    const numbers = range(first, Math.min(shape.volumes, first + BATCH));
    await Promise.all(
      numbers.map((number) => array.createVolume(newJob(), newVolume(containers, number))),
    );
    const bound = numbers.filter((number) => number % ONE_IS_BOUND_OF === 0);
    await Promise.all(
      bound.map((number) => {
        const host = Math.floor(number / ONE_IS_BOUND_OF / BINDINGS_OF_ONE_HOST);
        return bind(subject, vvolIdOf(number), `standing-${host}`);
      }),
    );
  }
}

/** Makes the volume with data and its snapshots, some other chunks written after each. */
async function deepen(subject: Subject): Promise<void> {
  const { array, shape, simulator, deep } = subject;
  const { vvolId } = deep;
  await array.createVolume(newJob(), newVolume(await array.containers(), -1));
  const host = 'writer';
  await bind(subject, vvolId, host);
  const write = (places: number, text: string) =>
    Promise.all(
      range(0, places).map((place) => {
        const data = Buffer.alloc(CHUNK_BYTES, `${text} ${place}`);
        const at = (place * DEEP_BYTES) / DEEP_CHUNKS;
        return simulator.dataPath.write({ hostId: hostId(host), vvolId }, at, data);
      }),
    );
  await write(DEEP_CHUNKS, 'at first');
  for (let taken = 1; taken <= shape.depth; taken += 1) {
    await snapshot(subject, vvolId, vvolIdOf(-1 - taken));
    await write(DEEP_DIFFERENCES, `after snapshot ${taken}`);
  }
  await array.createVolume(newJob(), newVolume(await array.containers(), -2 - shape.depth));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
