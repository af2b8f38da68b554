/** Requests of block and file discovery, and of statistics, that must be refused. Data: see `refusals.ts`. */
import type { Scenario } from '../scenario.ts';
import { refusalsOf } from './refusals.ts';

const NOBODY = 'nothing of this name';
const BLANK = '';
const vCenter = { by: 'vCenter' } as const;
const block = { ...vCenter, needs: ['LUNs'] } as const;
const files = { ...vCenter, needs: ['file systems'] } as const;
const labels = { ...vCenter, needs: ['labels'] } as const;
const statistics = { ...vCenter, needs: ['statistics'] } as const;
const manifest = (arrayId: string) => [
  {
    arrayId,
    entityStatisticsManifest: [
      {
        entityTypeName: 'StorageLun',
        pollingInterval: 60,
        maxRetrievalSize: 10,
        counterInfo: [{ counterId: 2_000_000_000, nameValue: [] }],
      },
    ],
  },
];

export const DISCOVERY_REFUSALS: readonly Scenario[] = [
  refusalsOf(
    'getNumberOfEntities',
    () => ({ entityType: 'StorageArray' }),
    [
      ['InvalidArgument', 'no type', () => ({})],
      ['InvalidArgument', 'an unknown type', () => ({ entityType: 'Spoon' })],
    ],
    vCenter,
  ),
  refusalsOf(
    'queryUniqueIdentifiersForEntity',
    () => ({ entityType: 'StorageArray' }),
    [
      ['InvalidArgument', 'no type', () => ({})],
      ['InvalidArgument', 'an unknown type', () => ({ entityType: 'Spoon' })],
    ],
    vCenter,
  ),
  refusalsOf(
    'queryUniqueIdentifiersForLuns',
    () => ({ arrayUniqueId: NOBODY }),
    [
      ['InvalidArgument or NotFound', 'an unknown array', () => ({ arrayUniqueId: NOBODY })],
      ['InvalidArgument', 'no array', () => ({})],
    ],
    block,
  ),
  refusalsOf(
    'queryUniqueIdentifiersForFileSystems',
    () => ({ fsUniqueId: NOBODY }),
    [
      ['InvalidArgument or NotFound', 'an unknown array', () => ({ fsUniqueId: NOBODY })],
      ['InvalidArgument', 'no array', () => ({})],
    ],
    files,
  ),
  refusalsOf(
    'queryArrays',
    () => ({ arrayUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ arrayUniqueId: [BLANK] })]],
    vCenter,
  ),
  refusalsOf(
    'queryStorageProcessors',
    () => ({ spUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ spUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryStoragePorts',
    () => ({ portUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ portUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryStorageLuns',
    () => ({ lunUniqueId: [NOBODY] }),
    [['InvalidArgument', 'a blank id', () => ({ lunUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryStorageFileSystems',
    () => ({ fsUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ fsUniqueId: [BLANK] })]],
    files,
  ),
  refusalsOf(
    'queryStorageCapabilities',
    () => ({ capabilityUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ capabilityUniqueId: [BLANK] })]],
    labels,
  ),
  refusalsOf(
    'queryAssociatedProcessorsForArray',
    () => ({ arrayUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ arrayUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryAssociatedPortsForProcessor',
    () => ({ spUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ spUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryAssociatedLunsForPort',
    () => ({ portUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ portUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryAssociatedCapabilityForLun',
    () => ({ lunUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ lunUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryAssociatedCapabilityForFileSystem',
    () => ({ fsUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ fsUniqueId: [BLANK] })]],
    files,
  ),
  refusalsOf(
    'queryBackingStoragePools',
    () => ({ storagePoolUniqueId: [] }),
    [['InvalidArgument', 'a blank id', () => ({ storagePoolUniqueId: [BLANK] })]],
    block,
  ),
  refusalsOf(
    'queryDRSMigrationCapabilityForPerformance',
    () => ({ entityType: 'StorageLun' }),
    [
      ['InvalidArgument', 'nothing to move', () => ({ entityType: 'StorageLun' })],
      [
        'InvalidArgument',
        'an unknown type',
        () => ({ srcUniqueId: NOBODY, dstUniqueId: NOBODY, entityType: 'Spoon' }),
      ],
      [
        'NotFound or InvalidArgument',
        'unknown LUNs',
        () => ({ srcUniqueId: NOBODY, dstUniqueId: NOBODY, entityType: 'StorageLun' }),
      ],
    ],
    { ...vCenter, needs: ['storage DRS', 'LUNs'] },
  ),
  refusalsOf(
    'queryDrsMigrationCapabilityForPerformanceEx',
    () => ({ entityId: [NOBODY] }),
    [['InvalidArgument', 'a blank id', () => ({ entityId: [BLANK] })]],
    { ...vCenter, needs: ['storage DRS'] },
  ),
  refusalsOf(
    'setStatisticsContext',
    () => ({ arrayStatisticsManifest: [] }),
    [
      [
        'InvalidArgument or InvalidStatisticsContext',
        'an unknown array',
        () => ({ arrayStatisticsManifest: manifest(NOBODY) }),
      ],
      [
        'InvalidStatisticsContext or InvalidArgument',
        'an unknown counter',
        ({ world }) => ({
          arrayStatisticsManifest: manifest(world.inventory.arrays[0]?.uniqueIdentifier ?? ''),
        }),
      ],
    ],
    statistics,
  ),
  refusalsOf(
    'queryAssociatedStatisticsManifestForArray',
    () => ({ arrayStatisticsManifest: manifest(NOBODY) }),
    [
      [
        'InvalidArgument',
        'an unknown array',
        () => ({ arrayStatisticsManifest: manifest(NOBODY) }),
      ],
    ],
    statistics,
  ),
  refusalsOf(
    'queryAssociatedStatisticsForEntity',
    () => ({ entityTypeName: 'StorageLun', entityId: [NOBODY] }),
    [
      [
        'InvalidStatisticsContext',
        'nothing chosen',
        () => ({ entityTypeName: 'StorageLun', entityId: [NOBODY] }),
      ],
    ],
    statistics,
  ),
];
