import { describe, expect, it } from 'vitest';
import { EntityTypeEnum as TYPES_OF_1_0 } from '../../../src/wire/generated/vasa-1.0/types.ts';
import { EntityTypeEnum } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { discovery, NOTHING, ONE_LUN, ONE_MOUNT } from './storage.ts';

const { arrayId, ask, having, refused } = discovery();
const ids = async (entityType: string, context = {}) =>
  (await ask('queryUniqueIdentifiersForEntity', { entityType }, context)).return;

describe('queryUniqueIdentifiersForEntity', () => {
  it('lists what there is of each type that VASA 1.0 has', async () => {
    expect(await ids('StorageArray')).toEqual([arrayId(0), arrayId(1)]);
    expect(await ids('StorageProcessor')).toEqual(['sp-a', 'sp-b', 'sp-other']);
    expect(await ids('StoragePort')).toEqual(['port-1', 'port-2']);
    expect(await ids('StorageLun')).toEqual(['lun-1', 'lun-2', 'lun-3', 'lun-fixed']);
    expect(await ids('StorageFileSystem')).toEqual(['fs-1', 'fs-2']);
    expect(await ids('StorageCapability')).toEqual(['gold']);
  });

  it('lists nothing of any type for a session that named nothing', async () => {
    for (const type of TYPES_OF_1_0) expect(await ids(type, { context: NOTHING })).toEqual([]);
  });

  it('lists what is masked to the initiators, and what is mounted', async () => {
    expect(await ids('StorageLun', { context: ONE_LUN })).toEqual(['lun-1']);
    expect(await ids('StoragePort', { context: ONE_LUN })).toEqual(['port-1']);
    expect(await ids('StorageFileSystem', { context: ONE_LUN })).toEqual([]);
    expect(await ids('StorageFileSystem', { context: ONE_MOUNT })).toEqual(['fs-1', 'fs-2']);
    expect(await ids('StorageLun', { context: ONE_MOUNT })).toEqual([]);
    expect(await ids('StorageArray', { context: ONE_MOUNT })).toEqual([arrayId(0)]);
    expect(await ids('StorageCapability', { context: ONE_MOUNT })).toEqual(['gold']);
  });
});

describe.each(['getNumberOfEntities', 'queryUniqueIdentifiersForEntity'] as const)('%s', (name) => {
  it('answers InvalidArgument for no type, an unknown one, and those that came after 1.0', async () => {
    const later = EntityTypeEnum.filter(
      (type) => !(TYPES_OF_1_0 as readonly string[]).includes(type),
    );
    for (const entityType of [undefined, '', 'storagelun', 'toString', ...later])
      expect(await refused(name, { entityType })).toBe('InvalidArgument');
  });

  it('answers InvalidArgument for a type that no array has', async () => {
    const without = { features: {}, processors: [], ports: [] };
    await having(without, async () => {
      for (const entityType of TYPES_OF_1_0.filter((type) => type !== 'StorageArray'))
        expect(await refused(name, { entityType })).toBe('InvalidArgument');
    });
  });
});

describe('getNumberOfEntities', () => {
  it('counts what queryUniqueIdentifiersForEntity lists, for whomever', async () => {
    for (const entityType of TYPES_OF_1_0)
      for (const context of [{}, NOTHING, ONE_LUN, ONE_MOUNT]) {
        const { return: count } = await ask('getNumberOfEntities', { entityType }, { context });
        expect(count).toBe((await ids(entityType, { context })).length);
      }
  });
});

describe('queryUniqueIdentifiersForLuns', () => {
  it('lists the LUNs of the array that the session sees', async () => {
    const request = { arrayUniqueId: arrayId(0) };
    expect((await ask('queryUniqueIdentifiersForLuns', request)).return).toHaveLength(4);
    const masked = await ask('queryUniqueIdentifiersForLuns', request, { context: ONE_LUN });
    expect(masked.return).toEqual(['lun-1']);
    const unseen = await ask('queryUniqueIdentifiersForLuns', request, { context: NOTHING });
    expect(unseen.return).toEqual([]);
  });

  it('answers InvalidArgument without an array, NotFound for an unknown one', async () => {
    for (const arrayUniqueId of [undefined, ' '])
      expect(await refused('queryUniqueIdentifiersForLuns', { arrayUniqueId })).toBe(
        'InvalidArgument',
      );
    const unknown = { arrayUniqueId: 'StorageArray:none' };
    expect(await refused('queryUniqueIdentifiersForLuns', unknown)).toBe('NotFound');
  });

  it('answers NotImplemented for an array without LUNs, and where no array has any', async () => {
    const other = { arrayUniqueId: arrayId(1) };
    expect(await refused('queryUniqueIdentifiersForLuns', other)).toBe('NotImplemented');
    await having({ features: { luns: false } }, async () => {
      const blank = { arrayUniqueId: '' };
      expect(await refused('queryUniqueIdentifiersForLuns', blank)).toBe('NotImplemented');
    });
  });
});

describe('queryUniqueIdentifiersForFileSystems', () => {
  it('takes the id of an array, whatever its argument is called', async () => {
    const request = { fsUniqueId: arrayId(0) };
    const { return: found } = await ask('queryUniqueIdentifiersForFileSystems', request);
    expect(found).toEqual(['fs-1', 'fs-2']);
    const masked = await ask('queryUniqueIdentifiersForFileSystems', request, { context: ONE_LUN });
    expect(masked.return).toEqual([]);
    expect(await refused('queryUniqueIdentifiersForFileSystems', { fsUniqueId: 'fs-1' })).toBe(
      'NotFound',
    );
  });

  it('answers InvalidArgument without an array, NotImplemented for one without file systems', async () => {
    for (const fsUniqueId of [undefined, ' '])
      expect(await refused('queryUniqueIdentifiersForFileSystems', { fsUniqueId })).toBe(
        'InvalidArgument',
      );
    const other = { fsUniqueId: arrayId(1) };
    expect(await refused('queryUniqueIdentifiersForFileSystems', other)).toBe('NotImplemented');
  });
});
