import { describe, expect, it } from 'vitest';
import { discovery, NOTHING, ONE_LUN, ONE_MOUNT } from './storage.ts';

const { ask, having, refused } = discovery();

/** Operations that list things by ids, the name of their argument, and what hides the things. */
const LISTS = [
  ['queryStorageProcessors', 'spUniqueId', { processors: [] }],
  ['queryStoragePorts', 'portUniqueId', { ports: [] }],
  ['queryStorageLuns', 'lunUniqueId', { features: { fileSystems: true } }],
  ['queryStorageFileSystems', 'fsUniqueId', { features: { luns: true } }],
  ['queryStorageCapabilities', 'capabilityUniqueId', { features: {} }],
  ['queryBackingStoragePools', 'storagePoolUniqueId', { pools: [] }],
] as const;

describe.each(LISTS)('%s', (name, argument, absent) => {
  // The operations differ in the name of their one argument alone.
  const request = (...ids: readonly string[]) => ({ [argument]: ids }) as never;

  it('leaves unknown ids out, and answers InvalidArgument for a blank one', async () => {
    expect((await ask(name, request('none'))).return).toEqual([]);
    expect(await refused(name, request('none', ' '))).toBe('InvalidArgument');
  });

  it('shows nothing to a session that named nothing', async () => {
    const { return: found } = await ask(name, request('lun-1'), { context: NOTHING });
    expect(found).toEqual([]);
  });

  it('answers NotImplemented where no array has such things, whatever is asked', async () => {
    await having(absent, async () => {
      expect(await refused(name, request('none'))).toBe('NotImplemented');
      expect(await refused(name, request(''))).toBe('NotImplemented');
    });
  });
});

describe('queryStorageProcessors', () => {
  it('gives those asked for, each once and in the array’s order; all without ids', async () => {
    const { return: two } = await ask('queryStorageProcessors', {
      spUniqueId: ['sp-b', 'sp-a', 'sp-b'],
    });
    expect(two).toEqual([
      { uniqueIdentifier: 'sp-a', spIdentifier: ['SP A', 'slot 1'] },
      { uniqueIdentifier: 'sp-b', spIdentifier: [] },
    ]);
    expect((await ask('queryStorageProcessors', { spUniqueId: [] })).return).toHaveLength(3);
  });
});

describe('queryStoragePorts', () => {
  it('gives each port by the names of its protocol', async () => {
    expect((await ask('queryStoragePorts', { portUniqueId: [] })).return).toEqual([
      {
        uniqueIdentifier: 'port-1',
        alternateName: ['A1'],
        nodeWwn: '50:00:00:00:00:00:00:00',
        portType: 'FC',
        portWwn: '50:00:00:00:00:00:00:01',
      },
      {
        uniqueIdentifier: 'port-2',
        alternateName: [],
        iscsiIdentifier: 'iqn.target',
        portType: 'ISCSI',
      },
    ]);
  });
});

describe('queryStorageLuns', () => {
  it('gives all of a LUN, and leaves out what there is not', async () => {
    const { return: luns } = await ask('queryStorageLuns', { lunUniqueId: ['lun-2', 'lun-1'] });
    expect(luns[0]).toEqual({
      uniqueIdentifier: 'lun-1',
      alternateIdentifier: ['serial 1'],
      backingConfig: {
        autoTieringEnabled: true,
        deduplicationBackingIdentifier: 'pool-1',
        deduplicationEfficiency: 70n,
        performanceOptimizationInterval: 0n,
        thinProvisionBackingIdentifier: 'pool-1',
      },
      capacityInMB: 1_000n,
      displayName: 'lun-1',
      drsManagementPermitted: true,
      esxLunIdentifier: `naa.${'6'.repeat(32)}`,
      thinProvisioned: true,
      thinProvisioningStatus: 'Yellow',
      usedSpaceInMB: 10n,
    });
    expect(luns[1]?.backingConfig).toEqual({ autoTieringEnabled: false });
  });

  it('is Green for a thick LUN, however full its pool is', async () => {
    const { return: luns } = await ask('queryStorageLuns', { lunUniqueId: ['lun-2'] });
    expect(luns[0]).toMatchObject({ thinProvisioned: false, thinProvisioningStatus: 'Green' });
  });

  it('gives only what is masked to the session', async () => {
    const request = { lunUniqueId: ['lun-1', 'lun-2'] };
    const { return: luns } = await ask('queryStorageLuns', request, { context: ONE_LUN });
    expect(luns.map((each) => each.uniqueIdentifier)).toEqual(['lun-1']);
  });

  it('must be given ids', async () => {
    expect(await refused('queryStorageLuns', { lunUniqueId: [] })).toBe('InvalidArgument');
  });

  it('tells a 1.0 client nothing that 1.0 has not', async () => {
    const request = { lunUniqueId: ['lun-1'] };
    const { return: luns } = await ask('queryStorageLuns', request, { apiVersion: '1.0' });
    expect(luns[0]).not.toHaveProperty('backingConfig');
    expect(luns[0]).toMatchObject({ capacityInMB: 1_000n, thinProvisioningStatus: 'Yellow' });
  });
});

describe('queryStorageFileSystems', () => {
  it('gives those that the session has mounted', async () => {
    const request = { fsUniqueId: [] };
    const { return: found } = await ask('queryStorageFileSystems', request, { context: ONE_MOUNT });
    expect(found).toEqual([
      {
        uniqueIdentifier: 'fs-1',
        backingConfig: { autoTieringEnabled: false },
        fileSystem: 'NFS',
        fileSystemInfo: [
          { fileServerName: 'nas', fileSystemPath: '/one', ipAddress: '192.0.2.10' },
        ],
        fileSystemVersion: 'NFSV3_0',
        nativeSnapshotSupported: true,
        thinProvisioningStatus: 'Green',
      },
      {
        uniqueIdentifier: 'fs-2',
        backingConfig: { autoTieringEnabled: false },
        fileSystem: 'NFS',
        fileSystemInfo: [],
        fileSystemVersion: 'NFSV4_x',
        nativeSnapshotSupported: true,
        thinProvisioningStatus: 'Red',
      },
    ]);
  });

  it('does not tell a 1.0 client of NFS 4, which 1.0 has no word for', async () => {
    const request = { fsUniqueId: [] };
    const { return: found } = await ask('queryStorageFileSystems', request, { apiVersion: '1.0' });
    expect(found.map((each) => each.fileSystemVersion)).toEqual(['NFSV3_0', undefined]);
  });
});

describe('queryStorageCapabilities', () => {
  it('gives the labels of arrays that the session sees', async () => {
    const { return: found } = await ask('queryStorageCapabilities', { capabilityUniqueId: [] });
    expect(found).toEqual([
      { uniqueIdentifier: 'gold', capabilityDetail: 'fast', capabilityName: 'Gold' },
    ]);
  });
});

describe('queryBackingStoragePools', () => {
  it('gives the pools of arrays that the session sees', async () => {
    const { return: pools } = await ask('queryBackingStoragePools', { storagePoolUniqueId: [] });
    expect(pools).toEqual([
      {
        uniqueIdentifier: 'pool-1',
        capacityInMB: 1_000n,
        type: 'ThinProvisioningPool',
        usedSpaceInMB: 600n,
      },
      {
        uniqueIdentifier: 'pool-2',
        capacityInMB: 1_000n,
        type: 'ThinAndDeduplicationCombinedPool',
        usedSpaceInMB: 900n,
      },
    ]);
  });
});
