/** What the simulator's tests stand on: folders of their own, small inventories, short names. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import { ArrayError } from '../../src/array/errors.ts';
import type { JobStart } from '../../src/array/jobs.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { NewVolume } from '../../src/array/volumes.ts';
import type { Binding, Job } from '../../src/model/array.ts';
import { type Clock, systemClock } from '../../src/model/clock.ts';
import {
  type ContainerId,
  type HostId,
  type JobId,
  type VvolId,
  vvolIdFromUuid,
} from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';

export const MB = 1n << 20n;

/** A folder that is removed when the test has finished. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The simulated array in `folder`, closed when the test has finished. */
export async function open(
  folder: string,
  options: Readonly<Record<string, unknown>> = {},
  clock: Clock = systemClock,
): Promise<StorageArrayPort> {
  return (await openWhole(folder, options, clock)).port;
}

/** The same, with what its operator can do. */
export async function openWhole(
  folder: string,
  options: Readonly<Record<string, unknown>> = {},
  clock: Clock = systemClock,
): Promise<ServedSimulator> {
  const simulator = await openSimulator({ dataDirectory: folder, clock, options });
  onTestFinished(() => simulator.port.close());
  return simulator;
}

/** The job once it has ended; asks after it at most 500 times. */
export async function ended(array: StorageArrayPort, job: Job): Promise<Job> {
  let latest: Job | undefined = job;
  for (let round = 0; round < 500 && latest?.endedAt === undefined; round += 1) {
    await pause(5);
    latest = await array.job(job.jobId);
  }
  if (latest?.endedAt === undefined) throw new Error(`job ${job.jobId} has not ended`);
  return latest;
}

/** The same for a job that must succeed. */
export async function done(array: StorageArrayPort, starting: Promise<Job>): Promise<Job> {
  const job = await ended(array, await starting);
  if (job.state !== 'succeeded') throw new Error(job.error?.message);
  return job;
}

/** Prepares and takes a snapshot; gives its id. */
export async function snapshot(
  array: StorageArrayPort,
  vvolId: VvolId,
  wish: { readonly snapshotId?: VvolId; readonly readOnly?: boolean } = {},
): Promise<VvolId> {
  const { snapshotId = newId(), readOnly = true } = wish;
  const request = { vvolId, snapshotId, readOnly, profile: undefined };
  await done(array, array.prepareSnapshot(newJob(), request));
  const [refusal] = await array.takeSnapshots([{ snapshotId, metadata: [] }], 60_000);
  if (refusal !== undefined) throw new ArrayError(refusal.kind, refusal.message);
  return snapshotId;
}

/** Makes a copy, as the method does; gives its id. */
export async function copy(
  array: StorageArrayPort,
  method: 'cloneVolume' | 'fastCloneVolume',
  source: VvolId,
  vvolId: VvolId = newId(),
): Promise<VvolId> {
  const asked = { vvolId, source, containerId: undefined, metadata: [], profile: undefined };
  await done(array, array[method](newJob(), asked));
  return vvolId;
}

/** Binds through any endpoint. */
export async function bind(
  array: StorageArrayPort,
  vvolId: VvolId,
  hostId: HostId,
): Promise<Binding> {
  const candidates = (await array.endpoints()).map(({ endpointId }) => endpointId);
  return array.bind(vvolId, hostId, { candidates, rebind: false });
}

export function newId(): VvolId {
  return vvolIdFromUuid(randomUUID());
}

/** Options for one array with one SCSI container. */
export function oneContainer(
  container: Readonly<Record<string, unknown>>,
  array: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const plan = { name: 'c', protocol: 'SCSI', capacityMB: 1_000, ...container };
  return {
    inventory: { arrays: [{ name: 'a', endpoints: { SCSI: 3 }, containers: [plan], ...array }] },
  };
}

export async function firstContainer(array: StorageArrayPort): Promise<ContainerId> {
  const [container] = await array.containers();
  if (container === undefined) throw new Error('no container');
  return container.containerId;
}

export function newJob(): JobStart {
  return { jobId: randomUUID() as JobId, operation: 'createVirtualVolume' };
}

/** Makes a volume of so many MB and gives its id. */
export async function create(
  array: StorageArrayPort,
  sizeMB: bigint,
  wish: Partial<NewVolume> = {},
): Promise<VvolId> {
  const vvolId = vvolIdFromUuid(randomUUID());
  await array.createVolume(newJob(), {
    vvolId,
    containerId: await firstContainer(array),
    type: 'Data',
    size: bytes(sizeMB * MB),
    thin: true,
    metadata: [],
    profile: undefined,
    ...wish,
  });
  return vvolId;
}
