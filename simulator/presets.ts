/**
 * Ready-made inventories, by name: plain data, as an operator could write it under `inventory`. Small is for
 * a first look, medium for several arrays and many hosts, large is what many data centres do not reach.
 */
import type { ArrayPlan, InventoryPlan } from './inventory-schema.ts';
import type { PRESET_NAMES } from './options.ts';

const TB_IN_MB = 1024 * 1024;

/** What an array of a preset has how many of. */
interface Size {
  readonly containers: ArrayPlan['endpoints'];
  readonly endpoints: ArrayPlan['endpoints'];
  readonly processors: number;
  readonly portsOfEachKind: number;
  /** Of flash and of spinning disks. */
  readonly poolsOfEachMedium: number;
  readonly luns: number;
  readonly fileSystems: number;
}

const SMALL: Size = {
  containers: { SCSI: 1, NFS: 1, NFS4x: 1 },
  endpoints: { SCSI: 4, NFS: 2, NFS4x: 2 },
  processors: 2,
  portsOfEachKind: 2,
  poolsOfEachMedium: 1,
  luns: 4,
  fileSystems: 3,
};

const MEDIUM: Size = {
  containers: { SCSI: 4, NFS: 2, NFS4x: 2 },
  endpoints: { SCSI: 8, NFS: 4, NFS4x: 4 },
  processors: 2,
  portsOfEachKind: 4,
  poolsOfEachMedium: 2,
  luns: 16,
  fileSystems: 8,
};

const LARGE: Size = {
  containers: { SCSI: 16, NFS: 8, NFS4x: 8 },
  endpoints: { SCSI: 32, NFS: 16, NFS4x: 16 },
  processors: 8,
  portsOfEachKind: 4,
  poolsOfEachMedium: 4,
  luns: 128,
  fileSystems: 64,
};

export const PRESETS: Readonly<Record<(typeof PRESET_NAMES)[number], InventoryPlan>> = {
  small: { arrays: [arrayOf(1, SMALL)] },
  medium: { arrays: [1, 2].map((number) => arrayOf(number, MEDIUM)) },
  large: { arrays: [1, 2, 3, 4].map((number) => arrayOf(number, LARGE)) },
};

/** Names begin with 1 in each array: `block-1`, `nfs-1`, `nfs4x-1`, `flash-1`, `lun-1`, `share-1`. */
function arrayOf(number: number, size: Size): ArrayPlan {
  const pools = poolsOf(size.poolsOfEachMedium);
  const portCount = size.portsOfEachKind;
  return {
    name: `array-${number}`,
    priority: 100,
    bindingsPerHost: 4_096,
    snapshotsPerVolume: 1_024,
    processors: size.processors,
    ports: { FC: portCount, ISCSI: portCount, FCoE: 0 },
    pools,
    labels: [
      { name: 'gold', detail: 'On flash.' },
      { name: 'silver', detail: 'On spinning disks, deduplicated.' },
    ],
    luns: Array.from({ length: size.luns }, (_, index) => ({
      name: `lun-${index + 1}`,
      ...classicIn(pools, index),
    })),
    fileSystems: Array.from({ length: size.fileSystems }, (_, index) => ({
      name: `share-${index + 1}`,
      ...classicIn(pools, index),
      version: index % 2 === 0 ? ('NFSV3_0' as const) : ('NFSV4_x' as const),
      nativeSnapshots: true,
    })),
    hostGroups: [],
    endpoints: size.endpoints,
    containers: containersOf(size.containers, pools),
  };
}

/** 100 TB each; those of flash first. */
function poolsOf(count: number): ArrayPlan['pools'] {
  const common = { capacityMB: 100 * TB_IN_MB, deduplicationEfficiency: 60 };
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...numbers.map((number) => ({
      name: `flash-${number}`,
      kind: 'ThinProvisioning' as const,
      medium: 'flash' as const,
      autoTiering: false,
      optimizationIntervalSeconds: 0,
      ...common,
    })),
    ...numbers.map((number) => ({
      name: `disk-${number}`,
      kind: 'ThinAndDeduplication' as const,
      medium: 'spinning' as const,
      autoTiering: true,
      optimizationIntervalSeconds: 3_600,
      ...common,
    })),
  ];
}

/** They may promise their pool ten times over, so that thin volumes of the largest size find room. */
function containersOf(
  counts: ArrayPlan['endpoints'],
  pools: ArrayPlan['pools'],
): ArrayPlan['containers'] {
  const families = [
    ['SCSI', 'block'],
    ['NFS', 'nfs'],
    ['NFS4x', 'nfs4x'],
  ] as const;
  return families.flatMap(([protocol, name]) =>
    Array.from({ length: counts[protocol] }, (_, index) => ({
      name: `${name}-${index + 1}`,
      protocol,
      pool: poolAt(pools, protocol === 'NFS4x' ? pools.length / 2 + index : index).name,
      overcommit: 10,
      quotaMB: 0,
      maxVolumeMB: 64 * TB_IN_MB,
    })),
  );
}

/** A thin one of 2 TB, a fifth of it used, in one pool after the other. */
function classicIn(pools: ArrayPlan['pools'], index: number) {
  const pool = poolAt(pools, index);
  return {
    pool: pool.name,
    capacityMB: 2 * TB_IN_MB,
    usedMB: Math.floor((2 * TB_IN_MB) / 5),
    thin: true,
    label: pool.medium === 'flash' ? 'gold' : 'silver',
    drs: true,
  };
}

function poolAt(pools: ArrayPlan['pools'], index: number): ArrayPlan['pools'][number] {
  const pool = pools[index % pools.length];
  if (pool === undefined) throw new RangeError('an array of a preset has pools');
  return pool;
}
