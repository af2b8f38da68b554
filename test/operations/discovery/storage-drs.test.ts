import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/model/limits.ts';
import { discovery, ONE_LUN } from './storage.ts';

const { ask, having, refused } = discovery();
const EX = 'queryDrsMigrationCapabilityForPerformanceEx';
const PAIR = 'queryDRSMigrationCapabilityForPerformance';

const pair = (srcUniqueId?: string, dstUniqueId?: string, entityType?: string) => ({
  srcUniqueId,
  dstUniqueId,
  entityType,
});
const may = async (from: string, to: string, type = 'StorageLun') =>
  (await ask(PAIR, pair(from, to, type))).return;
const sets = async (...entityId: readonly string[]) =>
  (await ask(EX, { entityId })).return.nonRecommendedEntitySet.map((each) => each.entityId);

describe('queryDRSMigrationCapabilityForPerformance', () => {
  it('says yes where nothing is shared, no where something is', async () => {
    expect(await may('lun-1', 'lun-2')).toBe(true);
    expect(await may('lun-1', 'lun-3')).toBe(false);
    expect(await may('fs-1', 'fs-2', 'StorageFileSystem')).toBe(true);
  });

  it('says no for what may not be moved, on either side, and for a thing and itself', async () => {
    expect(await may('lun-fixed', 'lun-2')).toBe(false);
    expect(await may('lun-2', 'lun-fixed')).toBe(false);
    expect(await may('lun-2', 'lun-2')).toBe(false);
  });

  it('answers InvalidArgument for a missing or blank id, and for another type', async () => {
    for (const request of [
      pair(undefined, 'lun-1', 'StorageLun'),
      pair('lun-1', ' ', 'StorageLun'),
      pair('lun-1', 'lun-2', undefined),
      pair('lun-1', 'lun-2', 'StoragePort'),
    ])
      expect(await refused(PAIR, request)).toBe('InvalidArgument');
  });

  it('answers NotFound for what is not there, not of that type, or not seen', async () => {
    expect(await refused(PAIR, pair('lun-1', 'none', 'StorageLun'))).toBe('NotFound');
    expect(await refused(PAIR, pair('lun-1', 'fs-1', 'StorageLun'))).toBe('NotFound');
    const masked = pair('lun-1', 'lun-2', 'StorageLun');
    expect(await refused(PAIR, masked, { context: ONE_LUN })).toBe('NotFound');
  });

  it('answers InvalidArgument for a type for which no array has Storage DRS', async () => {
    for (const features of [{ luns: true }, { fileSystems: true, storageDrs: true }])
      await having({ features }, async () => {
        const request = pair('lun-1', 'lun-2', 'StorageLun');
        expect(await refused(PAIR, request)).toBe('InvalidArgument');
      });
  });
});

describe('queryDrsMigrationCapabilityForPerformanceEx', () => {
  it('gives the groups that share what is slow, of those asked for', async () => {
    expect(await sets('lun-1', 'lun-2', 'lun-3', 'fs-1')).toEqual([['lun-1', 'lun-3', 'fs-1']]);
    expect(await sets('lun-1', 'lun-2', 'none')).toEqual([]);
    expect(await sets('lun-1')).toEqual([]);
  });

  it('puts what may not be moved into a set with everybody', async () => {
    expect(await sets('lun-fixed', 'lun-1', 'lun-2', 'lun-3')).toEqual([
      ['lun-fixed', 'lun-1', 'lun-3'],
      ['lun-fixed', 'lun-2'],
    ]);
    expect(await sets('lun-fixed')).toEqual([]);
  });

  it('answers InvalidArgument for a blank id, and for too many', async () => {
    expect(await refused(EX, { entityId: ['lun-1', ''] })).toBe('InvalidArgument');
    const entityId = Array.from({ length: LIMITS.storageDrsEntities + 1 }, () => 'lun-1');
    expect(await refused(EX, { entityId })).toBe('InvalidArgument');
  });

  it('answers NotImplemented where no array has Storage DRS', async () => {
    await having({ features: { luns: true, fileSystems: true } }, async () =>
      expect(await refused(EX, { entityId: ['lun-1'] })).toBe('NotImplemented'),
    );
  });

  it('says of each two what the operation for a pair says of them', async () => {
    const ids = ['lun-1', 'lun-2', 'lun-3', 'lun-fixed', 'lun-other'];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(ids, { minLength: 1 }),
        fc.uniqueArray(fc.subarray(ids, { minLength: 2 }), { maxLength: 3 }),
        async (asked, bottlenecks) =>
          having({ bottlenecks }, async () => {
            const found = await sets(...asked);
            const known = asked.filter((id) => id !== 'lun-other');
            for (const from of known)
              for (const to of known.filter((each) => each !== from)) {
                const isTold = found.some((set) => set.includes(from) && set.includes(to));
                expect(isTold).toBe(!(await may(from, to)));
              }
          }),
      ),
      { numRuns: 40 },
    );
  });
});
