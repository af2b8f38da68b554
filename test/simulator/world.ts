/** What the simulator's tests stand on: folders of their own, small inventories, short names. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openArray } from '../../simulator/index.ts';
import type { JobStart, NewVolume, StorageArrayPort } from '../../src/array/port.ts';
import { type Clock, systemClock } from '../../src/model/clock.ts';
import { type ContainerId, type JobId, type VvolId, vvolIdFromUuid } from '../../src/model/ids.ts';
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
  const array = await openArray({ dataDirectory: folder, clock, options });
  onTestFinished(() => array.close());
  return array;
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
