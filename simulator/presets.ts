/** Ready-made inventories, by name: plain data, as an operator could write it under `inventory`. */
import type { InventoryPlan } from './options.ts';

const TB_IN_MB = 1024 * 1024;

export const PRESETS: Readonly<Record<'small', InventoryPlan>> = {
  /** One array with a block container and two file containers, one of each protocol family. */
  small: {
    arrays: [
      {
        name: 'array-1',
        priority: 100,
        bindingsPerHost: 4_096,
        snapshotsPerVolume: 1_024,
        endpoints: { SCSI: 4, NFS: 2, NFS4x: 2 },
        containers: [
          { name: 'block-1', protocol: 'SCSI', ...roomy() },
          { name: 'nfs-1', protocol: 'NFS', ...roomy() },
          { name: 'nfs4x-1', protocol: 'NFS4x', ...roomy() },
        ],
      },
    ],
  },
};

/** 100 TB that may be promised ten times over, so that thin volumes of the largest size find room. */
function roomy() {
  return {
    capacityMB: 100 * TB_IN_MB,
    overcommit: 10,
    quotaMB: 0,
    maxVolumeMB: 64 * TB_IN_MB,
  };
}
