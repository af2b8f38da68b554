import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { bytes, bytesFromMB } from '../../../src/model/units.ts';
import {
  spaceStatsForStorageContainer,
  spaceStatsForVirtualVolume,
} from '../../../src/operations/volumes/space.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { containerId, expectFaultsOf, faultOf, makeVolume, onTheWire } from '../support.ts';

const UNKNOWN_CONTAINER = 'b487b73a-6128-3ad2-873b-8ddb1ba45d4f';
const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => test.close());

describe('spaceStatsForVirtualVolume', () => {
  const spaces = async (...vvolId: string[]) => {
    const call = callOf(test.provider, session, 'spaceStatsForVirtualVolume');
    const response = await spaceStatsForVirtualVolume(call, { vvolId });
    return onTheWire('2.0', 'spaceStatsForVirtualVolume', response).return;
  };

  it('tells size and allocated space in the order asked, and leaves out what names no volume', async () => {
    const thin = await makeVolume(test, session, { sizeInMB: 20n });
    const thick = await makeVolume(test, session, { sizeInMB: 30n, vvolType: 'Swap' });
    const found = await spaces(thick, UNKNOWN, 'disk-1', thin.toUpperCase().replace('RFC', 'rfc'));
    expect(
      found.map(({ objectId, logical, committed }) => ({ objectId, logical, committed })),
    ).toEqual([
      { objectId: thick, logical: 30n, committed: 30n },
      { objectId: thin, logical: 20n, committed: 0n },
    ]);
  });

  it('rounds up to whole MB, and says where shared space is not computed', async () => {
    const vvolId = await makeVolume(test, session);
    fakes.volumeSpace = async (ids) =>
      ids.map((id) => ({
        vvolId: id,
        logical: bytesFromMB(10n),
        committed: bytes(1_048_577n),
        unshared: undefined,
      }));
    const rest = { objectId: vvolId, logical: 10n, committed: 2n };
    expect(await spaces(vvolId)).toEqual([{ ...rest, unshared: 0n, unsharedValid: false }]);
    fakes.volumeSpace = async (ids) =>
      ids.map((id) => ({
        vvolId: id,
        logical: bytesFromMB(10n),
        committed: bytesFromMB(2n),
        unshared: bytes(1n),
      }));
    expect(await spaces(vvolId)).toEqual([{ ...rest, unshared: 1n, unsharedValid: true }]);
  });

  it('refuses more ids than one call may have, and says how many it may', async () => {
    const many = Array.from({ length: LIMITS.queryItems + 1 }, () => UNKNOWN);
    expect(await faultOf('spaceStatsForVirtualVolume', spaces(...many))).toMatchObject({
      fault: 'TooMany',
      data: { maxBatchSize: BigInt(LIMITS.queryItems) },
    });
    expect(await spaces(...many.slice(1))).toEqual([]);
  });

  it('passes on what the array says', async () => {
    const expected = { busy: 'VasaProviderBusy', failed: 'StorageFault' } as const;
    await expectFaultsOf('spaceStatsForVirtualVolume', fakes, 'volumeSpace', expected, () =>
      spaces(UNKNOWN),
    );
  });
});

describe('spaceStatsForStorageContainer', () => {
  const space = async (id: string, ...capabilityProfileId: string[]) => {
    const call = callOf(test.provider, session, 'spaceStatsForStorageContainer');
    const request = { containerId: id, capabilityProfileId };
    const response = await spaceStatsForStorageContainer(call, request);
    return onTheWire('2.0', 'spaceStatsForStorageContainer', response).return;
  };
  const refused = async (id: string, ...profiles: string[]) =>
    (await faultOf('spaceStatsForStorageContainer', space(id, ...profiles))).fault;

  it('tells what a container has, holds and has promised, and follows its volumes', async () => {
    const files4 = await containerId(test, 'files4');
    const [empty] = await space(files4.toUpperCase());
    expect(empty).toMatchObject({
      objectId: files4,
      physicalTotal: 1_000_000n,
      physicalFree: 1_000_000n,
      physicalUsed: 0n,
      logicalUsed: 0n,
    });
    await makeVolume(test, session, { container: 'files4', vvolType: 'Swap', sizeInMB: 100n });
    await makeVolume(test, session, { container: 'files4', sizeInMB: 50n });
    expect(await space(files4)).toMatchObject([
      { physicalUsed: 100n, physicalFree: 999_900n, logicalUsed: 150n },
    ]);
  });

  it('adds used and free up to the total, and never shows more free than there is', async () => {
    const block = await containerId(test, 'block');
    const amount = fc.bigInt({ min: 0n, max: 1n << 40n });
    await fc.assert(
      fc.asyncProperty(amount, amount, async (used, free) => {
        fakes.containerSpace = async () => ({
          physicalTotal: bytes(used + free),
          physicalFree: bytes(free),
          physicalUsed: bytes(used),
          logicalLimit: bytes(0n),
          logicalFree: bytes(free),
          logicalUsed: bytes(used),
        });
        const [stats] = await space(block);
        const { physicalTotal = 0n, physicalFree = 0n, physicalUsed } = stats ?? {};
        expect(physicalUsed).toBe(physicalTotal - physicalFree);
        expect(physicalFree * 1_048_576n).toBeLessThanOrEqual(free);
        expect(free - physicalFree * 1_048_576n).toBeLessThan(2n * 1_048_576n);
        expect(stats?.logicalFree).toBe(physicalFree);
      }),
    );
  });

  it('tells a quota, and what may still be promised within it', async () => {
    fakes.containerSpace = async () => ({
      physicalTotal: bytesFromMB(100n),
      physicalFree: bytesFromMB(90n),
      physicalUsed: bytesFromMB(10n),
      logicalLimit: bytesFromMB(40n),
      logicalFree: bytesFromMB(15n),
      logicalUsed: bytesFromMB(25n),
    });
    const [stats] = await space(await containerId(test, 'block'));
    expect(stats).toMatchObject({ logicalLimit: 40n, logicalFree: 15n, logicalUsed: 25n });
  });

  it('refuses what is no container, and a profile that nobody has published', async () => {
    const block = await containerId(test, 'block');
    expect(await refused('pool-1')).toBe('InvalidArgument');
    expect(await refused(UNKNOWN_CONTAINER, ' ')).toBe('InvalidArgument');
    expect(await refused(UNKNOWN_CONTAINER)).toBe('NotFound');
    expect(await refused(block, 'gold')).toBe('NotFound');
  });

  it('passes on what the array says', async () => {
    const block = await containerId(test, 'block');
    const expected = { busy: 'VasaProviderBusy', failed: 'StorageFault' } as const;
    await expectFaultsOf('spaceStatsForStorageContainer', fakes, 'containerSpace', expected, () =>
      space(block),
    );
  });
});
