import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Container } from '../../../src/model/array.ts';
import type { Health } from '../../../src/model/discovery.ts';
import type { JobId, ProfileId, VvolId } from '../../../src/model/ids.ts';
import type { CapabilitySchema, CapabilityValue } from '../../../src/model/policies.ts';
import { bytes } from '../../../src/model/units.ts';
import { getAlarms } from '../../../src/operations/alarms/alarms.ts';
import { getEvents } from '../../../src/operations/events/events.ts';
import { newVvolId } from '../../array/contract/harness.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
  type TestProviderOptions,
} from '../../support/provider.ts';
import { onTheWire } from '../support.ts';

const NAMESPACE = 'com.example.array';
const TEXT = { label: 'x', summary: 'x' };
const SCHEMA: CapabilitySchema = {
  schemaId: 'schema-1',
  namespace: NAMESPACE,
  namespaceVersion: '1',
  vendor: { uuid: randomUUID(), text: TEXT },
  categories: [
    {
      id: 'storage',
      capabilities: [
        {
          id: 'disks',
          text: TEXT,
          properties: [
            {
              id: 'failuresToTolerate',
              text: TEXT,
              type: 'long',
              form: 'single',
              allowed: undefined,
              defaultValue: undefined,
              mandatory: true,
              hint: false,
            },
          ],
          mandatory: false,
          hint: false,
          allowMultipleConstraints: false,
          keyId: undefined,
        },
      ],
    },
  ],
};

const tolerates = (value: bigint): CapabilityValue => ({
  namespace: NAMESPACE,
  capabilityId: 'disks',
  propertyId: 'failuresToTolerate',
  value: { kind: 'single', value },
});

const open: TestProvider[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  for (const each of folders.splice(0)) await rm(each, { recursive: true });
});

/** A provider whose volumes ask for two failures to tolerate and get what `given` says of them. */
async function world(options: TestProviderOptions = {}) {
  let health: Health = 'healthy';
  let judged = 0;
  const given = new Map<VvolId, bigint>();
  const moving = new Set<VvolId>();
  const fakes: Partial<StorageArrayPort> = {
    capabilitySchemas: async () => [SCHEMA],
    volumeServices: async (vvolIds) => {
      judged += vvolIds.length;
      return vvolIds.map((vvolId) => ({
        vvolId,
        values: [tolerates(given.get(vvolId) ?? (health === 'healthy' ? 2n : 1n))],
        healthy: health === 'healthy',
        moving: moving.has(vvolId) ? { progressPercent: 10, estimatedEndAt: undefined } : undefined,
      }));
    },
  };
  const test = await openTestProvider({ ...options, wrap: (array) => overriding(array, fakes) });
  open.push(test);
  const real = test.simulator.port;
  // The simulated array takes nothing that it cannot give; what it keeps is asked for afterwards.
  fakes.volumes = async (vvolIds) =>
    (await real.volumes(vvolIds)).map((volume) => {
      const { profile } = volume;
      return { ...volume, profile: profile && { ...profile, asked: [tolerates(2n)] } };
    });
  fakes.pools = async () => (await real.pools()).map((pool) => ({ ...pool, health }));
  const [container] = await real.containers();
  if (container === undefined) throw new Error('no container');
  const session = openSession(test.provider, { initiators: [] });
  const look = async () => {
    // Numbers what the array did.
    await test.provider.events.read({ reader: {}, view: '2.0', after: -1n, wants: () => false });
    await test.provider.alarms.look();
  };
  const alarmsAfter = async (lastAlarmId: bigint | undefined, of = session) => {
    const call = callOf(test.provider, of, 'getAlarms');
    const { return: alarms } = onTheWire(
      '2.0',
      'getAlarms',
      await getAlarms(call, { lastAlarmId }),
    );
    return alarms.filter(({ alarmType }) => alarmType === 'Compliance');
  };
  const policyEvents = async () => {
    const own = openSession(test.provider, { subscribedEvents: ['Policy'] });
    const call = callOf(test.provider, own, 'getEvents');
    return (await getEvents(call, { lastEventId: -1n })).return.map(({ objectId }) => objectId);
  };
  return {
    test,
    given,
    moving,
    container,
    session,
    look,
    alarmsAfter,
    policyEvents,
    judged: () => judged,
    setHealth: (to: Health) => {
      health = to;
    },
  };
}

async function makeVolume(test: TestProvider, { containerId }: Container): Promise<VvolId> {
  const vvolId = newVvolId();
  const job = await test.array.createVolume(
    // Ids of jobs and profiles are free text; nothing but the brand is missing.
    { jobId: randomUUID() as JobId, operation: 'createVirtualVolume' },
    {
      vvolId,
      containerId,
      type: 'Data',
      size: bytes(1n << 20n),
      thin: true,
      metadata: [],
      profile: {
        profileId: 'gold' as ProfileId,
        generationId: 1n,
        document: '{}',
        asked: [],
      },
    },
  );
  expect(job.state).toBe('succeeded');
  test.provider.events.arrayChanged();
  return vvolId;
}

describe('a compliance alarm', () => {
  it('names the profile, what was asked and what is given, and comes with an event', async () => {
    const { test, given, container, look, alarmsAfter, policyEvents } = await world();
    const well = await makeVolume(test, container);
    const vvolId = await makeVolume(test, container);
    given.set(well, 2n).set(vvolId, 1n);
    await look();
    const [red, ...more] = await alarmsAfter(-1n);
    expect(more).toEqual([]);
    const instance = (value: bigint) => ({
      capabilityId: { id: 'disks', namespace: NAMESPACE },
      constraint: [
        {
          propertyInstance: [
            { id: 'failuresToTolerate', value: { type: 'xs:long', value: value } },
          ],
        },
      ],
    });
    expect(red).toMatchObject({
      $type: 'ComplianceAlarm',
      alarmType: 'Compliance',
      complianceStatus: 'nonCompliant',
      containerId: container.containerId,
      messageId: 'Keelson.Alarm.Compliance.Red',
      objectId: vvolId,
      objectType: 'VirtualVolumeInfo',
      operationalStatus: { healthy: true, transitional: false },
      profileId: 'gold',
      status: 'Red',
      violatedPolicy: [{ currentValue: instance(1n), expectedValue: instance(2n) }],
    });
    expect(await policyEvents()).toEqual([vvolId]);
    given.set(vvolId, 2n);
    await look();
    expect(await alarmsAfter(red?.alarmId)).toMatchObject([
      {
        $type: 'ComplianceAlarm',
        complianceStatus: 'compliant',
        status: 'Green',
        violatedPolicy: [],
      },
    ]);
    expect(await policyEvents()).toEqual([vvolId, vvolId]);
    expect(test.errors).toEqual([]);
  });

  it('is Yellow while data is moved, and gone with its volume', async () => {
    const { test, given, moving, container, look, alarmsAfter } = await world();
    const vvolId = await makeVolume(test, container);
    given.set(vvolId, 1n);
    moving.add(vvolId);
    await look();
    const [yellow] = await alarmsAfter(-1n);
    expect(yellow).toMatchObject({
      status: 'Yellow',
      operationalStatus: { transitional: true, operationProgress: 10n },
    });
    moving.clear();
    await look();
    const [red] = await alarmsAfter(yellow?.alarmId);
    expect(red).toMatchObject({ status: 'Red' });
    await test.array.deleteVolume(vvolId);
    test.provider.events.arrayChanged();
    await look();
    expect(await alarmsAfter(red?.alarmId)).toMatchObject([{ status: 'Green', objectId: vvolId }]);
  });

  it('is raised for each volume of a pool that degrades, and ended when it is well again', async () => {
    const { test, container, look, alarmsAfter, setHealth, judged } = await world();
    const volumes: VvolId[] = [];
    for (let n = 0; n < 5; n += 1) volumes.push(await makeVolume(test, container));
    const [other] = (await test.array.containers()).filter(
      ({ poolId }) => poolId !== container.poolId,
    );
    expect(other).toBeDefined();
    await look();
    const before = judged();
    await look();
    expect(judged(), 'what nothing hints at is not judged again').toBe(before);
    setHealth('degraded');
    await look();
    const raised = await alarmsAfter(-1n);
    expect(raised.map(({ objectId }) => objectId).sort()).toEqual([...volumes].sort());
    setHealth('healthy');
    await look();
    const ended = await alarmsAfter(raised.at(-1)?.alarmId);
    expect(ended.map(({ status }) => status)).toEqual(volumes.map(() => 'Green'));
  });

  it('is judged after a restart for what changed before and was not judged', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'keelson-compliance-'));
    folders.push(directory);
    const first = await world({ directory });
    const early = await makeVolume(first.test, first.container);
    await first.look();
    const late = await makeVolume(first.test, first.container);
    await open.pop()?.close();
    const second = await world({ directory });
    second.given.set(early, 1n).set(late, 1n);
    await second.look();
    const alarms = await second.alarmsAfter(-1n);
    expect(alarms.map(({ objectId }) => objectId)).toEqual([late]);
    expect(second.judged()).toBe(1);
  });

  it('is found for every volume when the events that tell of them are lost', async () => {
    const { test, given, container, look, alarmsAfter } = await world({ eventsKept: 2 });
    const vvolId = await makeVolume(test, container);
    await look();
    for (let n = 0; n < 4; n += 1) await makeVolume(test, container);
    given.set(vvolId, 1n);
    await look();
    expect((await alarmsAfter(-1n)).map(({ objectId }) => objectId)).toEqual([vvolId]);
  });

  it('has a bound, and goes on when there is room again', async () => {
    const { test, given, container, look, alarmsAfter } = await world({ complianceAlarms: 2 });
    const volumes: VvolId[] = [];
    for (let n = 0; n < 4; n += 1) volumes.push(await makeVolume(test, container));
    for (const each of volumes) given.set(each, 1n);
    await look();
    await look();
    const raised = await alarmsAfter(-1n);
    expect(raised).toHaveLength(2);
    expect(test.errors).toHaveLength(1);
    for (const { objectId } of raised) given.set(objectId as VvolId, 2n);
    await look();
    await look();
    const session = openSession(test.provider);
    const now = (await alarmsAfter(-1n, session)).map(({ objectId }) => objectId);
    expect(now).toHaveLength(2);
    expect(raised.some(({ objectId }) => now.includes(objectId))).toBe(false);
  });
});
