import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/model/array.ts';
import type { Access, Reach } from '../../../src/model/discovery.ts';
import type { ArrayId, EndpointId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { UsageContext } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { eventMessages } from '../../../src/operations/catalog/event-messages.ts';
import { getEvents } from '../../../src/operations/events/events.ts';
import {
  deleteVirtualVolume,
  updateVirtualVolumeMetaData,
} from '../../../src/operations/volumes/volumes.ts';
import {
  callOf,
  HOST,
  OTHER_HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { faultOf, makeVolume, onTheWire } from '../support.ts';

let test: TestProvider;
beforeAll(async () => {
  test = await openTestProvider();
});
afterAll(() => test.close());

async function poll(
  lastEventId: bigint | undefined,
  context: Partial<UsageContext> = {},
  apiVersion: '1.0' | '2.0' = '2.0',
) {
  const session = openSession(test.provider, context);
  const call = callOf(test.provider, session, 'getEvents', apiVersion);
  return onTheWire(apiVersion, 'getEvents', await getEvents(call, { lastEventId })).return;
}

const last = async () => (await poll(-1n)).at(-1)?.eventId;
const refused = async (id: bigint) => (await faultOf('getEvents', poll(id))).fault;

describe('getEvents', () => {
  it('answers an empty list while nothing has happened', async () => {
    expect(await poll(undefined)).toEqual([]);
    expect(await poll(-1n)).toEqual([]);
  });

  it('tells of a volume’s making, change and end, in order', async () => {
    const session = openSession(test.provider);
    const vvolId = await makeVolume(test, session);
    const keyValuePair = [{ parameterName: 'a', parameterValue: 'b' }];
    const call = callOf(test.provider, session, 'x');
    await updateVirtualVolumeMetaData(call, { vvolId, keyValuePair });
    await deleteVirtualVolume(call, { vvolId });
    const events = await poll(undefined);
    expect(events.map((each) => each.eventConfigType)).toEqual(['New', 'Update', 'Delete']);
    expect(events[0]).toEqual({
      arrayId: (await test.array.arrays())[0]?.arrayId,
      eventConfigType: 'New',
      eventId: expect.any(BigInt),
      eventObjType: 'VirtualVolumeInfo',
      eventTimeStamp: expect.any(Number),
      eventType: 'Config',
      messageId: 'Keelson.Event.VirtualVolumeInfo.new',
      objectId: vvolId,
      parameterList: [{ parameterName: 'objectId', parameterValue: vvolId }],
    });
  });

  it('gives what is newer than the last id, and the same again for an older id', async () => {
    const events = await poll(-1n);
    expect(await poll(events[0]?.eventId)).toEqual(events.slice(1));
    expect(await poll(events[0]?.eventId)).toEqual(events.slice(1));
    expect(await poll(await last())).toEqual([]);
  });

  it('refuses ids that cannot be, and calls those of a lost numbering lost', async () => {
    const newest = (await last()) ?? 0n;
    expect(await refused(-2n)).toBe('InvalidArgument');
    expect(await refused(newest + 1n)).toBe('InvalidArgument');
    expect(await refused(0n)).toBe('LostEvent');
    const { message } = await faultOf('getEvents', poll(7n));
    expect(message).toMatch(/^events 8 to \d+ are no longer kept$/);
    expect(await refused(newest - 1_000_000n)).toBe('LostEvent');
  });

  it('gives a client the types it subscribed to', async () => {
    await test.provider.events.announce('CertificateExpires', { days: '7', date: '2027-01-01' });
    const system = await poll(-1n, { subscribedEvents: ['System'] });
    expect(system).toEqual([
      {
        eventId: await last(),
        eventTimeStamp: expect.any(Number),
        eventType: 'System',
        messageId: 'Keelson.Event.CertificateExpires',
        parameterList: [
          { parameterName: 'days', parameterValue: '7' },
          { parameterName: 'date', parameterValue: '2027-01-01' },
        ],
      },
    ]);
    expect(await poll(-1n, { subscribedEvents: ['Rebind', 'Policy'] })).toEqual([]);
    const both = await poll(-1n, { subscribedEvents: ['System', 'Config'] });
    expect(both).toEqual(await poll(-1n));
  });

  it('gives a 1.0 client only what 1.0 has words for', async () => {
    const events = await poll(-1n, {}, '1.0');
    expect(events.map((each) => each.eventType)).toEqual(['System']);
    expect(events[0]).not.toHaveProperty('arrayId');
  });

  it('gives at most a hundred events in one answer', async () => {
    const session = openSession(test.provider);
    await Promise.all(
      Array.from({ length: LIMITS.eventsPerReply + 1 }, () => makeVolume(test, session)),
    );
    expect(await poll(-1n)).toHaveLength(LIMITS.eventsPerReply);
  });
});

describe('an event about', () => {
  // Ids of arrays are free text; nothing but the brand is missing.
  const ARRAY = 'array-1' as ArrayId;
  const NOTHING = { containerId: undefined, hostId: undefined, vvolIds: [] };
  // Numbers changes that the simulated array never makes; its own would not be numbered any more.
  let other: TestProvider;
  /** What a host with an initiator reaches; a client that names none reaches nothing. */
  const reached = {
    processorIds: ['x'],
    portIds: ['x'],
    lunIds: ['x'],
    fileSystemIds: ['x'],
    // Ids of endpoints are free text; nothing but the brand is missing.
    endpointIds: ['x' as EndpointId],
  };
  const reach = async ({ initiators }: Access): Promise<Reach> => {
    if (initiators.length > 0) return { ...reached, arrayIds: [ARRAY] };
    const { endpointIds } = reached;
    return { ...NOTHING_REACHED, endpointIds };
  };
  const NOTHING_REACHED = {
    arrayIds: [],
    processorIds: [],
    portIds: [],
    lunIds: [],
    fileSystemIds: [],
    endpointIds: [],
  };
  beforeAll(async () => {
    other = test;
    test = await openTestProvider({ wrap: (array) => overriding(array, { reach }) });
  });
  afterAll(async () => {
    await test.close();
    test = other;
  });

  async function pretend(changes: readonly Omit<Change, 'sequence' | 'at' | 'arrayId'>[]) {
    const arrayId = ARRAY;
    const position = await test.store.numberedUpTo();
    const at = test.clock.now();
    const numbered = changes.map((change, n) => {
      const sequence = position + BigInt(n) + 1n;
      return { ...change, at, arrayId, sequence };
    });
    await test.store.appendChanges(position, numbered);
  }

  const kinds = ['new', 'update', 'delete'] as const;

  it.each([
    ['StorageArray', 'Config', 'StorageArray'],
    ['StorageProcessor', 'Config', 'StorageProcessor'],
    ['StoragePort', 'Config', 'StoragePort'],
    ['StorageLun', 'Config', 'StorageLun'],
    ['StorageFileSystem', 'Config', 'StorageFileSystem'],
    ['StorageCapability', 'Config', 'StorageCapability'],
    ['StorageContainer', 'Config', 'StorageContainer'],
    ['BackingStoragePool', 'Config', 'BackingStoragePool'],
    ['ProtocolEndpoint', 'ConfigProtocolEndpoint', 'ProtocolEndpoint'],
    ['VirtualVolumeInfo', 'Config', 'VirtualVolumeInfo'],
    ['CapabilitySchema', 'Policy', 'Schema'],
    ['CapabilityProfile', 'Policy', 'Profile'],
    ['DefaultProfile', 'Policy', 'Profile'],
    ['ResourceAssociation', 'Policy', 'Resource'],
  ] as const)(
    '%s is of type %s about %s, with a text in the catalog',
    async (entity, type, object) => {
      const before = await last();
      await pretend(kinds.map((kind) => ({ ...NOTHING, kind, entity, entityId: 'x' })));
      const events = await poll(before);
      const configTypes = ['New', 'Update', 'Delete'];
      expect(events).toMatchObject(
        configTypes.map((eventConfigType) => ({
          eventType: type,
          eventObjType: object,
          eventConfigType,
          objectId: 'x',
        })),
      );
      for (const { messageId = '' } of events) expect(eventMessages()).toHaveProperty([messageId]);
    },
  );

  const HIDDEN = [
    'StorageProcessor',
    'StoragePort',
    'StorageLun',
    'StorageFileSystem',
    'ProtocolEndpoint',
  ] as const;

  it.each(HIDDEN)(
    'a %s goes to clients that reach it, and its end to all that may have',
    async (entity) => {
      const before = await last();
      const of = (kind: 'update' | 'delete', entityId: string) => ({
        ...NOTHING,
        kind,
        entity,
        entityId,
      });
      await pretend([of('update', 'x'), of('update', 'masked'), of('delete', 'masked')]);
      const told = (events: Awaited<ReturnType<typeof poll>>) =>
        events.map(({ eventConfigType, objectId }) => `${eventConfigType} ${objectId}`);
      expect(told(await poll(before))).toEqual(['Update x', 'Delete masked']);
      const nobody = told(await poll(before, { initiators: [] }));
      expect(nobody).toEqual(entity === 'ProtocolEndpoint' ? ['Update x', 'Delete masked'] : []);
    },
  );

  it.each(['StorageArray', 'BackingStoragePool', 'StorageCapability'] as const)(
    'a %s goes to clients that see its array',
    async (entity) => {
      const before = await last();
      await pretend([{ ...NOTHING, kind: 'update', entity, entityId: ARRAY }]);
      expect(await poll(before)).toHaveLength(1);
      expect(await poll(before, { initiators: [] })).toEqual([]);
    },
  );

  it('the compliance of a volume is of type Policy', async () => {
    const before = await last();
    const vvolId = vvolIdOf('rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f');
    const message = {
      messageId: 'Keelson.Event.Compliance.update',
      parameters: [{ name: 'objectId', value: vvolId }],
      complianceOf: vvolId,
    };
    await test.store.appendAlarms(test.clock.now(), [], [message]);
    const events = await poll(before, { subscribedEvents: ['Policy'] });
    expect(events).toMatchObject([
      {
        eventConfigType: 'Update',
        eventObjType: 'Compliance',
        eventType: 'Policy',
        objectId: vvolId,
        messageId: message.messageId,
        parameterList: [{ parameterName: 'objectId', parameterValue: vvolId }],
      },
    ]);
    expect(eventMessages()).toHaveProperty([message.messageId]);
  });

  it('bindings to move goes to the host concerned and to nobody else', async () => {
    const before = await last();
    const vvolId = vvolIdOf('rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f');
    const rebind = { kind: 'rebind', entity: 'VirtualVolumeInfo', entityId: '' } as const;
    await pretend([{ ...NOTHING, ...rebind, hostId: HOST, vvolIds: [vvolId] }]);
    const [event, ...more] = await poll(before, { hostId: HOST });
    expect(more).toEqual([]);
    expect(event).toMatchObject({ $type: 'RebindEvent', eventType: 'Rebind', vvolId: [vvolId] });
    expect(event).not.toHaveProperty('eventConfigType');
    expect(await poll(before, { hostId: OTHER_HOST })).toEqual([]);
    expect(await poll(before, { hostId: undefined, vcenterId: 'vc-1' })).toEqual([]);
    expect(await poll(before, { hostId: HOST }, '1.0')).toEqual([]);
    expect(eventMessages()).toHaveProperty([event?.messageId ?? '']);
  });
});
