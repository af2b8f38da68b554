/**
 * What the contract's sentences stand on: the array under test, opened once and reopened on request, and
 * a record of what was made, freed last in first out after each sentence.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, type TestContext } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { JobStart } from '../../../src/array/jobs.ts';
import type { OpenArray } from '../../../src/array/opening.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { NewVolume } from '../../../src/array/volumes.ts';
import type {
  ArrayDescription,
  ArrayFeatures,
  ArrayLimits,
  Container,
  EndpointProtocol,
  Job,
  Volume,
} from '../../../src/model/array.ts';
import { systemClock } from '../../../src/model/clock.ts';
import {
  type ContainerId,
  type EndpointId,
  type HostId,
  type JobId,
  type VvolId,
  vvolIdFromUuid,
} from '../../../src/model/ids.ts';
import { bytesFromMB, type EpochMs } from '../../../src/model/units.ts';

export interface Harness {
  /** The array, as opened last. */
  readonly array: StorageArrayPort;
  /** Closes the array and opens it again on what it left. */
  reopen(): Promise<void>;
  /** A volume that does not exist yet, 1 GB and thin in the first container unless said otherwise. */
  newVolume(wish?: Partial<NewVolume>): NewVolume;
  /** Makes a volume and waits for it; it is deleted after the sentence. */
  create(wish?: Partial<NewVolume>): Promise<Volume>;
  /** Calls createVolume as given and waits for its job; what it makes is deleted after the sentence. */
  createAs(start: JobStart, volume: NewVolume): Promise<Job>;
  /** Has a volume that the sentence made in another way deleted after it. */
  made(vvolId: VvolId): void;
  /** The first container. */
  container(): Container;
  /** What the array of the first container says of itself. */
  features(): ArrayFeatures;
  limits(): ArrayLimits;
  /** The first container of a family; skips the sentence when the array has none. */
  containerOf(protocol: EndpointProtocol, context: TestContext): Container;
  /** The endpoints that are online and serve the container. */
  endpointsOf(containerId: ContainerId): Promise<readonly EndpointId[]>;
}

export function useArray(
  openArray: OpenArray,
  options: Readonly<Record<string, unknown>>,
): Harness {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'array-contract-'));
  const made = new Set<VvolId>();
  let array: StorageArrayPort;
  let containers: readonly Container[] = [];
  let arrays: readonly ArrayDescription[] = [];
  const open = async () => {
    array = await openArray({ dataDirectory, clock: systemClock, options });
    containers = await array.containers();
    arrays = await array.arrays();
  };
  beforeAll(open);
  afterEach(async () => {
    for (const vvolId of [...made].reverse()) await discard(array, vvolId);
    made.clear();
  });
  afterAll(async () => {
    await array.close();
    rmSync(dataDirectory, { recursive: true });
  });

  const description = () => {
    const { arrayId } = harness.container();
    const own = arrays.find((one) => one.arrayId === arrayId);
    if (own === undefined) throw new Error('the container lies in no array');
    return own;
  };
  const harness: Harness = {
    get array() {
      return array;
    },
    reopen: async () => {
      await array.close();
      await open();
    },
    container: () => {
      const [first] = containers;
      if (first === undefined) throw new Error('the array has no container');
      return first;
    },
    made: (vvolId) => made.add(vvolId),
    features: () => description().features,
    limits: () => description().limits,
    containerOf: (protocol, context) =>
      containers.find((container) => container.protocol === protocol) ??
      context.skip(`the array has no container of ${protocol}`),
    newVolume: (wish = {}) => ({
      vvolId: newVvolId(),
      containerId: harness.container().containerId,
      type: 'Data',
      size: bytesFromMB(1024n),
      thin: true,
      metadata: [{ key: 'VMW_VVolName', value: 'disk.vmdk' }],
      profile: undefined,
      ...wish,
    }),
    create: async (wish) => {
      const asked = harness.newVolume(wish);
      const job = await harness.createAs(newJob(), asked);
      expect(job).toMatchObject({ state: 'succeeded' });
      return only(await array.volumes([asked.vvolId]));
    },
    createAs: async (start, asked) => {
      const job = await ended(array, await array.createVolume(start, asked));
      if (job.state === 'succeeded') made.add(asked.vvolId);
      return job;
    },
    endpointsOf: async (containerId) => {
      const container = containers.find((c) => c.containerId === containerId);
      return (await array.endpoints())
        .filter((e) => e.online && e.arrayId === container?.arrayId)
        .filter((e) => e.inBandId.protocol === container?.protocol)
        .map((e) => e.endpointId);
    },
  };
  return harness;
}

async function discard(array: StorageArrayPort, vvolId: VvolId): Promise<void> {
  if ((await array.volumes([vvolId])).length === 0) return;
  await array.unbindFromAllHosts(vvolId);
  await array.deleteVolume(vvolId);
}

export function newVvolId(): VvolId {
  return vvolIdFromUuid(randomUUID());
}

export function newHostId(): HostId {
  return randomUUID() as HostId;
}

export function newJob(operation = 'createVirtualVolume'): JobStart {
  return { jobId: randomUUID() as JobId, operation };
}

/** The job once it has ended; waits for it at most ten seconds. */
export async function ended(array: StorageArrayPort, job: Job): Promise<Job> {
  let latest: Job | undefined = job;
  for (let round = 0; round < 200 && latest !== undefined; round += 1) {
    if (latest.endedAt !== undefined) return latest;
    await pause(50);
    latest = await array.job(job.jobId);
  }
  throw new Error(`job ${job.jobId} has not ended in time`);
}

/** The kind of error that a call ends with, thrown or in its job; undefined when it succeeds. */
export async function failureOf(
  call: Promise<unknown>,
  array?: StorageArrayPort,
): Promise<string | undefined> {
  try {
    const answer = await call;
    if (array === undefined) return undefined;
    return (await ended(array, answer as Job)).error?.kind;
  } catch (error) {
    if (error instanceof ArrayError) return error.kind;
    throw error;
  }
}

/** Expects a time of the array to be about now: clocks may differ by a minute. */
export function expectRecent(time: EpochMs | undefined): void {
  expect(Math.abs((time ?? 0) - systemClock.now())).toBeLessThan(60_000);
}

/** The one element of a list that must have one. */
export function only<Item>(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  const [item] = items;
  if (item === undefined) throw new Error('an empty list');
  return item;
}
