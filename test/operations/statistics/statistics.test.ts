import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { COUNTED_ENTITIES, COUNTERS } from '../../../src/model/statistics.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import {
  queryAssociatedStatisticsForEntity,
  queryAssociatedStatisticsManifestForArray,
  setStatisticsContext,
} from '../../../src/operations/statistics/statistics.ts';
import {
  type ArrayStatisticsManifest,
  CounterNameEnum,
  type EntityStatisticsManifest,
  EntityTypeEnum,
} from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { expectFaultsOf, faultOf, makeVolume, onTheWire } from '../support.ts';

let test: TestProvider;
let session: Session;
let arrayId: string;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  arrayId = (await test.array.arrays())[0]?.arrayId ?? '';
});
beforeEach(() => {
  session = openSession(test.provider);
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => test.close());

const wish = (entityTypeName: string, over: Partial<EntityStatisticsManifest> = {}) => ({
  counterInfo: [{ counterId: 1, nameValue: [] }],
  entityTypeName,
  maxRetrievalSize: 10,
  pollingInterval: 20,
  ...over,
});
const manifestOf = (
  ...entityStatisticsManifest: EntityStatisticsManifest[]
): ArrayStatisticsManifest => ({ arrayId, entityStatisticsManifest });

const offered = async (...arrayStatisticsManifest: ArrayStatisticsManifest[]) => {
  const call = callOf(test.provider, session, 'queryAssociatedStatisticsManifestForArray');
  const answer = await queryAssociatedStatisticsManifestForArray(call, { arrayStatisticsManifest });
  return onTheWire('2.0', 'queryAssociatedStatisticsManifestForArray', answer).return;
};
const choose = (...arrayStatisticsManifest: ArrayStatisticsManifest[]) =>
  setStatisticsContext(callOf(test.provider, session, 'setStatisticsContext'), {
    arrayStatisticsManifest,
  });
const ask = async (entityTypeName: string, ...entityId: string[]) => {
  const call = callOf(test.provider, session, 'queryAssociatedStatisticsForEntity');
  const answer = await queryAssociatedStatisticsForEntity(call, { entityTypeName, entityId });
  return onTheWire('2.0', 'queryAssociatedStatisticsForEntity', answer).return;
};

const bound = async (text: string) => {
  const vvolId = vvolIdOf(text);
  const candidates = (await test.array.endpoints()).map((each) => each.endpointId);
  await test.array.bind(vvolId, HOST, { candidates, rebind: false });
  return { hostId: HOST, vvolId };
};

it('has the counters of the contract in their order, and kinds of things that it knows', () => {
  expect([...COUNTERS, 'StatisticsTime']).toEqual(CounterNameEnum);
  expect(EntityTypeEnum).toEqual(expect.arrayContaining([...COUNTED_ENTITIES]));
});

describe('queryAssociatedStatisticsManifestForArray', () => {
  it('offers all sixteen counters of every kind of thing, with their units', async () => {
    const [manifest] = await offered(manifestOf(wish('')));
    const kinds = manifest?.entityStatisticsManifest ?? [];
    expect(kinds.map((each) => each.entityTypeName)).toEqual(COUNTED_ENTITIES);
    for (const { counterInfo, maxRetrievalSize, pollingInterval } of kinds) {
      expect(counterInfo.map((each) => each.counterId)).toEqual(
        Array.from({ length: 16 }, (_, index) => index + 1),
      );
      expect({ maxRetrievalSize, pollingInterval }).toEqual({
        maxRetrievalSize: LIMITS.statisticsItems,
        pollingInterval: 20,
      });
    }
    const units = kinds[0]?.counterInfo.map(({ nameValue }) =>
      nameValue.map((each) => each.parameterValue).join(' '),
    );
    expect(units?.[0]).toBe('TotalIOs Cumulative Uint64 Number');
    expect(units?.[1]).toBe('KBytesTransfered Cumulative Uint64 KiloByte');
    expect(units?.[2]).toBe('IOTimeCounter Cumulative Uint64 MilliSecond');
    expect(units?.[15]).toBe('StatisticsTime Absolute String Timestamp');
  });

  it('offers the kinds asked for, of each array asked for', async () => {
    const found = await offered(manifestOf(wish('StorageLun'), wish('VirtualVolumeInfo')));
    expect(found.map((each) => each.arrayId)).toEqual([arrayId]);
    expect(found[0]?.entityStatisticsManifest.map((each) => each.entityTypeName)).toEqual([
      'StorageLun',
      'VirtualVolumeInfo',
    ]);
  });

  it('has one row of an array, however often it is named, with all kinds that are asked for there', async () => {
    const kindsOf = async (...asked: ArrayStatisticsManifest[]) =>
      (await offered(...asked)).map((row) =>
        row.entityStatisticsManifest.map((each) => each.entityTypeName),
      );
    const [lun, port] = [manifestOf(wish('StorageLun')), manifestOf(wish('StoragePort'))];
    expect(await kindsOf(port, lun, port)).toEqual([['StoragePort', 'StorageLun']]);
    expect(await kindsOf(lun, manifestOf(wish('')))).toEqual([[...COUNTED_ENTITIES]]);
  });

  it('refuses arrays and kinds that it does not know, and is not there where nothing is counted', async () => {
    const strange = { ...manifestOf(wish('')), arrayId: 'StorageArray:none' };
    expect(
      (await faultOf('queryAssociatedStatisticsManifestForArray', offered(strange))).fault,
    ).toBe('InvalidArgument');
    const odd = offered(manifestOf(wish('StorageToaster')));
    expect((await faultOf('queryAssociatedStatisticsManifestForArray', odd)).fault).toBe(
      'InvalidArgument',
    );
    fakes.statisticsOffers = async () => [];
    const none = offered(manifestOf(wish('')));
    expect((await faultOf('queryAssociatedStatisticsManifestForArray', none)).fault).toBe(
      'NotImplemented',
    );
  });
});

describe('setStatisticsContext', () => {
  it.each([
    ['a counter that is not offered', { counterInfo: [{ counterId: 17, nameValue: [] }] }],
    [
      'a counter named twice',
      { counterInfo: [1, 1].map((counterId) => ({ counterId, nameValue: [] })) },
    ],
    [
      'more counters than there are',
      { counterInfo: Array.from({ length: 17 }, () => ({ counterId: 1, nameValue: [] })) },
    ],
    ['an interval shorter than the counters change', { pollingInterval: 19 }],
    ['more things in a question than offered', { maxRetrievalSize: LIMITS.statisticsItems + 1 }],
    ['no things in a question', { maxRetrievalSize: 0 }],
  ])('refuses %s', async (_what, over) => {
    const refused = choose(manifestOf(wish('StorageContainer', over)));
    expect((await faultOf('setStatisticsContext', refused)).fault).toBe('InvalidStatisticsContext');
  });

  it('keeps the earlier choice when the new one is refused, and ends it by an empty one', async () => {
    const vvolId = await makeVolume(test, session);
    await choose(manifestOf(wish('VirtualVolumeInfo')));
    const twice = choose(manifestOf(wish('StorageLun'), wish('StorageLun')));
    expect((await faultOf('setStatisticsContext', twice)).fault).toBe('InvalidArgument');
    expect(await ask('VirtualVolumeInfo', vvolId)).toHaveLength(1);
    await choose();
    expect(
      (await faultOf('queryAssociatedStatisticsForEntity', ask('VirtualVolumeInfo', vvolId))).fault,
    ).toBe('InvalidStatisticsContext');
  });
});

describe('queryAssociatedStatisticsForEntity', () => {
  const ALL = Array.from({ length: 16 }, (_, index) => ({ counterId: index + 1, nameValue: [] }));

  it('counts what a host reads and writes, from the end of the interval on', async () => {
    const vvolId = await makeVolume(test, session);
    const place = await bound(vvolId);
    await test.simulator.dataPath.write(place, 0, Buffer.alloc(65_536, 'a'));
    await test.simulator.dataPath.read(place, 0, 4096);
    await test.simulator.dataPath.trim(place, 0, 65_536);
    await choose(manifestOf(wish('VirtualVolumeInfo', { counterInfo: ALL })));
    const row = async () =>
      (await ask('VirtualVolumeInfo', vvolId))[0]?.statisticsString.split(',');
    expect((await row())?.slice(0, 2)).toEqual(['0', '0']);
    test.clock.moveBy(20_000);
    const values = await row();
    const named = Object.fromEntries(COUNTERS.map((name, index) => [name, values?.[index]]));
    expect(named).toMatchObject({
      TotalIOs: '3',
      KBytesTransfered: '68',
      KBytesRead: '4',
      KBytesWritten: '64',
      ReadIOs: '1',
      ReadHitIOs: '1',
      WriteIOs: '1',
      WriteHitIOs: '0',
      OtherIOs: '1',
    });
    expect(new Date(values?.[15] ?? '').toISOString()).toBe(values?.[15]);
  });

  it('gives the chosen counters in the order in which they were chosen', async () => {
    const vvolId = await makeVolume(test, session);
    const counterInfo = [16, 1].map((counterId) => ({ counterId, nameValue: [] }));
    await choose(manifestOf(wish('VirtualVolumeInfo', { counterInfo })));
    const [row] = await ask('VirtualVolumeInfo', vvolId);
    expect(row?.statisticsString).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,0$/);
  });

  it('leaves out what is unknown, and answers in the order asked', async () => {
    await choose(manifestOf(wish('VirtualVolumeInfo')));
    const [a, b] = [await makeVolume(test, session), await makeVolume(test, session)];
    const rows = await ask(
      'VirtualVolumeInfo',
      b,
      'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f',
      a,
    );
    expect(rows.map((each) => each.entityId)).toEqual([b, a]);
  });

  it('wants a choice, a known kind, ids, and no more of them than was agreed', async () => {
    await choose(manifestOf(wish('StorageContainer', { maxRetrievalSize: 1 })));
    const faultFor = async (kind: string, ...ids: string[]) =>
      (await faultOf('queryAssociatedStatisticsForEntity', ask(kind, ...ids))).fault;
    expect(await faultFor('VirtualVolumeInfo', 'x')).toBe('InvalidStatisticsContext');
    expect(await faultFor('StorageToaster', 'x')).toBe('InvalidArgument');
    expect(await faultFor('StorageContainer')).toBe('InvalidArgument');
    expect(await faultFor('StorageContainer', ' ')).toBe('InvalidArgument');
    expect(await faultFor('StorageContainer', 'a', 'b')).toBe('TooMany');
  });

  it('says what the array says', async () => {
    await choose(manifestOf(wish('VirtualVolumeInfo')));
    const expected = { busy: 'VasaProviderBusy', failed: 'StorageFault' } as const;
    const call = () => ask('VirtualVolumeInfo', 'x');
    const operation = 'queryAssociatedStatisticsForEntity';
    await expectFaultsOf(operation, fakes, 'statistics', expected, call);
  });

  it('tells nothing of arrays to a session that reaches none', async () => {
    await choose(manifestOf(wish('StorageArray')));
    expect(await ask('StorageArray', arrayId)).toHaveLength(1);
    session = openSession(test.provider, { initiators: [], mountPoints: [] });
    await choose(manifestOf(wish('StorageArray')));
    expect(await ask('StorageArray', arrayId)).toEqual([]);
  });
});
