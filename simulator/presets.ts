/**
 * Ready-made inventories, by name: plain data, as an operator could write it under `inventory`. Small is for
 * a first look, medium for several arrays and many hosts, large is what many data centres do not reach.
 */
import type { InventoryPlan, PRESET_NAMES } from './options.ts';

type ArrayPlan = InventoryPlan['arrays'][number];

const TB_IN_MB = 1024 * 1024;

export const PRESETS: Readonly<Record<(typeof PRESET_NAMES)[number], InventoryPlan>> = {
  /** 1 array, 3 containers, 8 endpoints. */
  small: { arrays: [arrayOf(1, { SCSI: 1, NFS: 1, NFS4x: 1 }, { SCSI: 4, NFS: 2, NFS4x: 2 })] },
  /** 2 arrays; each 8 containers, 16 endpoints. */
  medium: {
    arrays: [1, 2].map((number) =>
      arrayOf(number, { SCSI: 4, NFS: 2, NFS4x: 2 }, { SCSI: 8, NFS: 4, NFS4x: 4 }),
    ),
  },
  /** 4 arrays; each 32 containers, 64 endpoints. */
  large: {
    arrays: [1, 2, 3, 4].map((number) =>
      arrayOf(number, { SCSI: 16, NFS: 8, NFS4x: 8 }, { SCSI: 32, NFS: 16, NFS4x: 16 }),
    ),
  },
};

/** `containers`: how many of each family. Names begin with 1 in each array: `block-1`, `nfs-1`, `nfs4x-1`. */
function arrayOf(
  number: number,
  containers: ArrayPlan['endpoints'],
  endpoints: ArrayPlan['endpoints'],
): ArrayPlan {
  const families = [
    ['SCSI', 'block'],
    ['NFS', 'nfs'],
    ['NFS4x', 'nfs4x'],
  ] as const;
  return {
    name: `array-${number}`,
    priority: 100,
    bindingsPerHost: 4_096,
    snapshotsPerVolume: 1_024,
    endpoints,
    containers: families.flatMap(([protocol, name]) =>
      Array.from({ length: containers[protocol] }, (_, index) => ({
        name: `${name}-${index + 1}`,
        protocol,
        ...roomy(),
      })),
    ),
  };
}

/** 100 TB that may be promised ten times over, so that thin volumes of the largest size find room. */
function roomy() {
  return {
    capacityMB: 100 * TB_IN_MB,
    overcommit: 10,
    quotaMB: 0,
    maxVolumeMB: 64 * TB_IN_MB,
  };
}
