import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Health, Lun, Pool, Port, Processor, Reach } from '../../../src/model/discovery.ts';
import type { ArrayId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { bytes, epochMs } from '../../../src/model/units.ts';
import { getAlarms } from '../../../src/operations/alarms/alarms.ts';
import { alarmMessages } from '../../../src/operations/catalog/alarm-messages.ts';
import { placesOf } from '../../../src/operations/catalog/text.ts';
import type { ExpiryNotice } from '../../../src/trust/events.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
  type TestProviderOptions,
} from '../../support/provider.ts';
import { faultOf, onTheWire } from '../support.ts';

const ARRAY = 'array-1' as ArrayId;
const open: TestProvider[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function pool(given: Partial<Pool> = {}): Pool {
  return {
    poolId: 'pool-1',
    arrayId: ARRAY,
    name: 'gold',
    kind: 'ThinProvisioning',
    capacity: bytes(1_000n),
    used: bytes(0n),
    promised: bytes(2_000n),
    health: 'healthy',
    ...given,
  };
}

function lun(given: Partial<Lun> = {}): Lun {
  return {
    lunId: 'lun-1',
    arrayId: ARRAY,
    poolId: 'pool-1',
    displayName: 'datastore 1',
    esxLunIdentifier: 'naa.60000000000000000000000000000001',
    alternateIdentifiers: [],
    capacity: bytes(100n),
    used: bytes(10n),
    thin: true,
    drsManagementPermitted: false,
    capabilityId: 'gold',
    portIds: ['port-1'],
    backing: {
      thinPoolId: 'pool-1',
      deduplicationPoolId: undefined,
      autoTiering: false,
      deduplicationEfficiency: undefined,
      optimizationIntervalSeconds: undefined,
    },
    health: 'healthy',
    ...given,
  };
}

const processor = (health: Health): Processor => ({
  processorId: 'processor-1',
  arrayId: ARRAY,
  identifiers: [],
  health,
});

const port = (health: Health): Port => ({
  portId: 'port-1',
  processorId: 'processor-1',
  protocol: 'ISCSI',
  portWwn: undefined,
  nodeWwn: undefined,
  iscsiIdentifier: 'iqn.1998-01.com.example:array-1',
  alternateNames: [],
  health,
});

const EVERYTHING: Reach = {
  arrayIds: [ARRAY],
  processorIds: ['processor-1'],
  portIds: ['port-1'],
  lunIds: ['lun-1'],
  fileSystemIds: [],
  endpointIds: [],
};

/** A provider over an array whose answers the test sets; `fakes` may be changed at any time. */
async function world(options: TestProviderOptions = {}) {
  const fakes: Partial<StorageArrayPort> = {
    pools: async () => [],
    containers: async () => [],
    reach: async () => EVERYTHING,
  };
  const test = await openTestProvider({ ...options, wrap: (array) => overriding(array, fakes) });
  open.push(test);
  const { alarms } = test.provider;
  const look = () => alarms.look();
  const poll = async (
    session: Session,
    lastAlarmId: bigint | undefined,
    version: '1.0' | '2.0' = '2.0',
  ) => {
    const call = callOf(test.provider, session, 'getAlarms', version);
    return onTheWire(version, 'getAlarms', await getAlarms(call, { lastAlarmId })).return;
  };
  return { test, fakes, look, poll, client: () => openSession(test.provider) };
}

type Told = Awaited<ReturnType<Awaited<ReturnType<typeof world>>['poll']>>;
const told = (alarms: Told) =>
  alarms.map(({ alarmType, objectId, status }) => `${alarmType} ${objectId} ${status}`);

describe('an alarm', () => {
  it('is raised, changed and ended with what it is about', async () => {
    const { test, fakes, look, poll, client } = await world();
    const session = client();
    expect(await poll(session, -1n)).toEqual([]);
    fakes.pools = async () => [pool({ used: bytes(600n) })];
    await look();
    const [yellow, ...more] = await poll(session, -1n);
    expect(more).toEqual([]);
    expect(yellow).toEqual({
      alarmId: expect.any(BigInt),
      alarmTimeStamp: expect.any(Number),
      alarmType: 'SpaceCapacity',
      messageId: 'Keelson.Alarm.PoolSpace.Yellow',
      objectId: 'pool-1',
      objectType: 'BackingStoragePool',
      parameterList: [
        { parameterName: 'objectId', parameterValue: 'pool-1' },
        { parameterName: 'used', parameterValue: '60' },
        { parameterName: 'promised', parameterValue: '200' },
      ],
      status: 'Yellow',
    });
    fakes.pools = async () => [pool({ used: bytes(900n) })];
    await look();
    const [red] = await poll(session, yellow?.alarmId);
    expect(red).toMatchObject({ status: 'Red', messageId: 'Keelson.Alarm.PoolSpace.Red' });
    fakes.pools = async () => [pool()];
    await look();
    const [green] = await poll(session, red?.alarmId);
    expect(green).toMatchObject({
      objectId: 'pool-1',
      status: 'Green',
      messageId: 'Keelson.Alarm.PoolSpace.Green',
      parameterList: [{ parameterName: 'objectId', parameterValue: 'pool-1' }],
    });
    expect(await poll(session, green?.alarmId)).toEqual([]);
    const ids = test.alarmChanges.map(({ alarmId }) => alarmId);
    expect(ids).toEqual([yellow?.alarmId, red?.alarmId, green?.alarmId]);
    expect(test.errors).toEqual([]);
  });

  it('is told once for as long as nothing changes but figures', async () => {
    const { test, fakes, look } = await world();
    for (const used of [810n, 820n, 990n]) {
      fakes.pools = async () => [pool({ used: bytes(used) })];
      await look();
    }
    expect(test.alarmChanges).toHaveLength(1);
  });

  it('that ended before a client came is not told to it', async () => {
    const { fakes, look, poll, client } = await world();
    fakes.pools = async () => [pool({ used: bytes(900n) })];
    await look();
    const early = client();
    const [red] = await poll(early, -1n);
    fakes.pools = async () => [pool()];
    await look();
    expect(await poll(client(), -1n)).toEqual([]);
    expect(told(await poll(early, red?.alarmId))).toEqual(['SpaceCapacity pool-1 Green']);
  });

  it('that lasts is told to every new session that starts over', async () => {
    const { fakes, look, poll, client } = await world();
    fakes.pools = async () => [pool({ used: bytes(900n) })];
    await look();
    const first = await poll(client(), -1n);
    expect(first).toHaveLength(1);
    expect(await poll(client(), undefined)).toEqual(first);
    expect(await poll(client(), first[0]?.alarmId)).toEqual([]);
  });

  it('is still there after a restart, under its id', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'keelson-alarms-'));
    const before = await world({ directory });
    before.fakes.pools = async () => [pool({ used: bytes(900n) })];
    await before.look();
    const told = await before.poll(before.client(), -1n);
    for (const each of open.splice(0)) await each.close();
    const after = await world({ directory });
    expect(await after.poll(after.client(), -1n)).toEqual(told);
    expect(await after.poll(after.client(), told[0]?.alarmId)).toEqual([]);
    await after.look();
    const [green] = await after.poll(after.client(), told[0]?.alarmId);
    expect(green).toMatchObject({ status: 'Green', alarmId: (told[0]?.alarmId ?? 0n) + 1n });
    for (const each of open.splice(0)) await each.close();
    await rm(directory, { recursive: true });
  });
});

describe('the states behind alarms', () => {
  it('are space, capability and health of LUNs, ports and processors', async () => {
    const { fakes, look, poll, client } = await world();
    const isBad = { used: bytes(900n), health: 'degraded' } as const;
    fakes.pools = async () => [pool(isBad)];
    fakes.luns = async () => [lun({ health: 'failed' })];
    fakes.ports = async () => [port('failed')];
    fakes.processors = async () => [processor('degraded')];
    await look();
    expect(told(await poll(client(), -1n)).sort()).toEqual([
      'Capability lun-1 Yellow',
      'Object lun-1 Red',
      'Object port-1 Red',
      'Object processor-1 Yellow',
      'SpaceCapacity lun-1 Red',
      'SpaceCapacity pool-1 Red',
      'StorageObject pool-1 Yellow',
    ]);
  });

  it('are for a thick LUN not the space of its pool', async () => {
    const { fakes, look, poll, client } = await world();
    fakes.pools = async () => [pool({ used: bytes(900n) })];
    fakes.luns = async () => [lun({ thin: false })];
    await look();
    expect(told(await poll(client(), -1n))).toEqual(['SpaceCapacity pool-1 Red']);
  });

  it('are what a container may promise, and its pool', async () => {
    const { test, fakes, look, poll, client } = await world();
    const [container] = await test.simulator.port.containers();
    if (container === undefined) throw new Error('no container');
    const { containerId, poolId } = container;
    fakes.containers = async () => [container];
    fakes.pools = async () => [pool({ poolId, health: 'failed', promised: bytes(0n) })];
    fakes.containerSpace = async () => ({
      physicalTotal: bytes(1_000n),
      physicalUsed: bytes(0n),
      physicalFree: bytes(1_000n),
      logicalLimit: bytes(100n),
      logicalUsed: bytes(95n),
      logicalFree: bytes(5n),
    });
    await look();
    const alarms = await poll(client(), -1n);
    expect(told(alarms).sort()).toEqual(
      [
        `SpaceCapacity ${containerId} Red`,
        `StorageObject ${containerId} Red`,
        `StorageObject ${poolId} Red`,
      ].sort(),
    );
    const own = alarms.filter(({ objectId }) => objectId === containerId);
    expect(own.map((each) => each.containerId)).toEqual([containerId, containerId]);
  });

  it('are an endpoint that is down', async () => {
    const { test, look, poll, client, fakes } = await world();
    delete fakes.reach;
    const [endpoint] = await test.array.endpoints();
    if (endpoint === undefined) throw new Error('no endpoint');
    await test.simulator.setEndpointOnline(endpoint.endpointId, false);
    await look();
    expect(told(await poll(client(), -1n))).toEqual([`Object ${endpoint.endpointId} Red`]);
  });

  it('are an array that does not answer, twice in a row, and then nothing else changes', async () => {
    const { test, fakes, look, poll, client } = await world();
    const arrays = await test.array.arrays();
    fakes.reach = async () => ({ ...EVERYTHING, arrayIds: arrays.map(({ arrayId }) => arrayId) });
    fakes.pools = async () => [pool({ arrayId: arrays[0]?.arrayId ?? ARRAY, used: bytes(900n) })];
    await look();
    const session = client();
    const [full] = await poll(session, -1n);
    fakes.pools = () => Promise.reject(new ArrayError('failed', 'no answer'));
    await look();
    expect(await poll(session, full?.alarmId)).toEqual([]);
    await look();
    const silent = await poll(session, full?.alarmId);
    expect(told(silent)).toEqual(arrays.map(({ arrayId }) => `Manageability ${arrayId} Red`));
    expect(silent[0]?.messageId).toBe('Keelson.Alarm.ArraySilent.Red');
    fakes.pools = async () => [pool()];
    await look();
    const over = told(await poll(session, silent.at(-1)?.alarmId));
    expect(over.every((each) => each.endsWith('Green'))).toBe(true);
    expect(over).toHaveLength(arrays.length + 1);
    expect(test.errors).toHaveLength(2);
  });

  it('are certificates near their end, as the worst that is wrong with managing an array', async () => {
    const expiries: ExpiryNotice[] = [];
    const { test, fakes, look, poll, client } = await world({ expiries: () => expiries });
    const [array] = await test.array.arrays();
    if (array === undefined) throw new Error('no array');
    const { arrayId } = array;
    fakes.reach = async () => ({ ...EVERYTHING, arrayIds: [arrayId] });
    fakes.arrays = async () => [array];
    const notice = (daysLeft: ExpiryNotice['daysLeft']): ExpiryNotice => ({
      subject: 'provider certificate',
      label: 'CN=provider (0123456789abcdef)',
      fingerprint: `f${daysLeft}`,
      notAfter: epochMs(1_000_000 * (daysLeft + 1)),
      daysLeft,
    });
    const session = client();
    let last: bigint | undefined = -1n;
    const next = async () => {
      await look();
      const alarms: Told = await poll(session, last);
      last = alarms.at(-1)?.alarmId ?? last;
      return alarms.map(({ messageId }) => messageId?.replace('Keelson.Alarm.', ''));
    };
    expiries.push(notice(90), { ...notice(1), subject: 'CRL' });
    expect(await next()).toEqual([]);
    expiries.push(notice(30));
    expect(await next()).toEqual(['CertificateExpires.Yellow']);
    fakes.arrays = async () => [{ ...array, health: 'failed' }];
    expect(await next()).toEqual(['ArrayHealth.Red']);
    fakes.arrays = async () => [array];
    expect(await next()).toEqual(['CertificateExpires.Yellow']);
    expiries.push(notice(7));
    expect(await next()).toEqual(['CertificateExpires.Red']);
    expiries.length = 0;
    expect(await next()).toEqual(['CertificateExpires.Green']);
  });
});

describe('getAlarms', () => {
  it('tells a client of what it can see and no other', async () => {
    const { fakes, look, poll, client } = await world();
    fakes.luns = async () => [lun({ health: 'failed' }), lun({ lunId: 'other', health: 'failed' })];
    await look();
    expect(told(await poll(client(), -1n))).toEqual(['Object lun-1 Red']);
    fakes.reach = async () => ({ ...EVERYTHING, lunIds: ['lun-1', 'other'] });
    expect(told(await poll(client(), -1n))).toEqual(['Object lun-1 Red', 'Object other Red']);
    fakes.reach = async () => ({ ...EVERYTHING, lunIds: [] });
    expect(await poll(client(), -1n)).toEqual([]);
  });

  it('tells a 1.0 client what 1.0 has words for', async () => {
    const { fakes, look, poll, client } = await world();
    fakes.pools = async () => [pool({ used: bytes(900n), health: 'failed' })];
    fakes.luns = async () => [lun()];
    await look();
    expect(told(await poll(client(), -1n, '1.0'))).toEqual([
      'SpaceCapacity lun-1 Red',
      'Capability lun-1 Red',
    ]);
    expect(await poll(client(), -1n)).toHaveLength(4);
  });

  it('repeats what was told after an id, and refuses ids that cannot be', async () => {
    const { fakes, look, poll, client } = await world({ alarmsKept: 3 });
    for (const used of [600n, 900n, 600n, 900n, 600n]) {
      fakes.pools = async () => [pool({ used: bytes(used) })];
      await look();
    }
    const session = client();
    const [active] = await poll(session, -1n);
    const newest = active?.alarmId ?? 0n;
    const after = await poll(session, newest - 2n);
    expect(told(after)).toEqual(['SpaceCapacity pool-1 Red', 'SpaceCapacity pool-1 Yellow']);
    expect(await poll(session, newest - 2n)).toEqual(after);
    const refused = async (id: bigint) => (await faultOf('getAlarms', poll(session, id))).fault;
    expect(await refused(-2n)).toBe('InvalidArgument');
    expect(await refused(newest + 1n)).toBe('InvalidArgument');
    expect(await refused(newest - 4n)).toBe('LostAlarm');
    expect(await refused(0n)).toBe('LostAlarm');
    const { message } = await faultOf('getAlarms', poll(session, newest - 4n));
    expect(message).toBe(`alarms ${newest - 3n} to ${newest - 3n} are no longer kept`);
  });

  it('never tells a client that is still at the start that it has lost something', async () => {
    const { fakes, look, poll, client } = await world({ alarmsKept: 2 });
    const session = client();
    expect(await poll(session, -1n)).toEqual([]);
    for (const used of [600n, 900n, 600n, 900n, 0n, 900n]) {
      fakes.pools = async () => [pool({ used: bytes(used) })];
      await look();
    }
    expect(told(await poll(session, -1n))).toEqual(['SpaceCapacity pool-1 Red']);
  });

  it('gives at most a hundred in one answer, and every one that lasts in turn', async () => {
    const { fakes, look, poll, client } = await world({ alarmsKept: 10 });
    const count = LIMITS.alarmsPerReply * 2 + 7;
    const ids = Array.from({ length: count }, (_, n) => `pool-${n}`);
    fakes.pools = async () => ids.map((poolId) => pool({ poolId, used: bytes(900n) }));
    await look();
    const session = client();
    const found: string[] = [];
    for (let after: bigint | undefined = -1n; ; ) {
      const page: Told = await poll(session, after);
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(LIMITS.alarmsPerReply);
      found.push(...page.map(({ objectId = '' }) => objectId));
      after = page.at(-1)?.alarmId;
    }
    expect(found).toEqual(ids);
  });

  it('asks neither store nor array when there is nothing new', async () => {
    const { test, fakes, look, poll, client } = await world();
    fakes.pools = async () => [pool({ used: bytes(900n) })];
    await look();
    const session = client();
    const [active] = await poll(session, -1n);
    const refuse = () => Promise.reject(new Error('asked'));
    for (const name of Object.keys(fakes)) Object.assign(fakes, { [name]: refuse });
    const untouched = await test.store.alarmRange();
    await test.store.close();
    expect(await poll(session, active?.alarmId)).toEqual([]);
    expect(untouched.newest).toBe(active?.alarmId);
  });
});

describe('every alarm', () => {
  it('has a parameter for each place of its text', async () => {
    const { test, fakes, look } = await world();
    const bad = (health: Health) => {
      const colour = health === 'failed' ? 900n : 600n;
      fakes.pools = async () => [pool({ health, used: bytes(colour) })];
      fakes.luns = async () => [lun({ health })];
      fakes.ports = async () => [port(health)];
      fakes.processors = async () => [processor(health)];
    };
    for (const health of ['degraded', 'failed', 'healthy'] as const) {
      bad(health);
      await look();
    }
    const messages = alarmMessages();
    expect(test.alarmChanges.length).toBeGreaterThan(10);
    for (const { alarm } of test.alarmChanges) {
      const text = messages[alarm.messageId]?.en ?? '';
      expect(text, alarm.messageId).not.toBe('');
      const names = alarm.parameters.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([...placesOf(text)]));
      expect(alarm.messageId.endsWith(alarm.status)).toBe(true);
    }
  });
});
