/**
 * The array of the matrix: a container for each protocol, some that are soon full, one of few snapshots, and a
 * nearly full pool of spinning disks with LUNs and a file system of classic datastores.
 */
export const INVENTORY = {
  arrays: [
    {
      name: 'array-1',
      endpoints: { SCSI: 2, NFS: 1, NFS4x: 1 },
      pools: [{ name: 'disks', capacityMB: 10_000, medium: 'spinning' }],
      labels: [{ name: 'silver', detail: 'On spinning disks.' }],
      luns: [
        { name: 'lun-1', pool: 'disks', capacityMB: 10_000, usedMB: 9_500, label: 'silver' },
        { name: 'lun-2', pool: 'disks', capacityMB: 10_000, label: 'silver' },
      ],
      fileSystems: [{ name: 'share-1', pool: 'disks', capacityMB: 10_000, label: 'silver' }],
      containers: [
        { name: 'block', protocol: 'SCSI', capacityMB: 1_000_000, maxVolumeMB: 100_000 },
        { name: 'small', protocol: 'SCSI', capacityMB: 100, maxVolumeMB: 100_000, overcommit: 1 },
        { name: 'cloned', protocol: 'SCSI', capacityMB: 100, overcommit: 1 },
        { name: 'snapped', protocol: 'SCSI', capacityMB: 100, overcommit: 1 },
        { name: 'promising', protocol: 'SCSI', capacityMB: 100, overcommit: 10 },
        { name: 'files', protocol: 'NFS', capacityMB: 1_000_000 },
        { name: 'files4', protocol: 'NFS4x', capacityMB: 1_000_000 },
      ],
    },
    {
      name: 'array-2',
      snapshotsPerVolume: 1,
      endpoints: { SCSI: 1 },
      containers: [{ name: 'few', protocol: 'SCSI', capacityMB: 1_000_000 }],
    },
  ],
} as const;

/** Jobs that are still under way after they were started, until somebody has asked for them. */
export const PACING = { cloneVolume: { polls: 2 }, copyDiffs: { polls: 2 } } as const;
