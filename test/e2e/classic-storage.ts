/**
 * An inventory of classic datastores that masks: two hosts that reach different LUNs, file systems for
 * whoever has them mounted, and a second array that is for nobody. As `array.options` of the simulator.
 */

const INITIATORS = {
  first: 'iqn.1998-01.com.example:first',
  second: '50:06:01:60:00:00:00:01',
} as const;

const MOUNT = { serverName: 'nas.example.com', filePath: '/exports/home' } as const;

/** What a host group lets nobody else at. */
const NOTHING = { luns: [], fileSystems: [], ports: [], endpoints: [] };

const INVENTORY = {
  arrays: [
    {
      name: 'open',
      processors: 2,
      ports: { FC: 1, ISCSI: 1 },
      pools: [
        { name: 'flash', capacityMB: 1_000 },
        { name: 'disks', capacityMB: 100_000, medium: 'spinning' },
      ],
      labels: [{ name: 'Gold', detail: 'Fast, on flash.' }],
      luns: [
        // Promised twice what there is, and 90 % of that used.
        { name: 'lun-1', pool: 'flash', capacityMB: 2_000, usedMB: 900, label: 'Gold' },
        { name: 'lun-2', pool: 'disks', capacityMB: 2_000, thin: false },
        { name: 'lun-3', pool: 'disks', capacityMB: 2_000 },
        { name: 'lun-4', pool: 'disks', capacityMB: 2_000, drs: false },
      ],
      fileSystems: [
        {
          name: 'home',
          pool: 'disks',
          capacityMB: 1_000,
          exports: [
            { serverName: MOUNT.serverName, path: MOUNT.filePath, ipAddress: '192.0.2.10' },
          ],
        },
        { name: 'new', pool: 'disks', capacityMB: 1_000, version: 'NFSV4_x' },
      ],
      hostGroups: [
        { name: 'first', initiators: [INITIATORS.first], luns: ['lun-1', 'lun-2'] },
        { name: 'second', initiators: [INITIATORS.second], luns: ['lun-2', 'lun-3', 'lun-4'] },
        { name: 'mounts', mounts: [`${MOUNT.serverName}:${MOUNT.filePath}`], luns: [] },
      ],
      endpoints: { SCSI: 1, NFS: 1, NFS4x: 0 },
      containers: [{ name: 'block', protocol: 'SCSI', pool: 'disks' }],
    },
    {
      name: 'closed',
      hostGroups: [{ name: 'nobody', hosts: ['nobody'], ...NOTHING }],
      endpoints: { SCSI: 1 },
      containers: [{ name: 'hidden', protocol: 'SCSI', capacityMB: 1_000 }],
    },
  ],
};

/** Environment of a provider over that inventory. */
export const CLASSIC_STORAGE = {
  KEELSON_ARRAY_MODULE: 'simulator',
  KEELSON_ARRAY_OPTIONS: JSON.stringify({ inventory: INVENTORY, seed: 'classic' }),
};

const IQN = `<d:hostInitiator><d:iscsiIdentifier>${INITIATORS.first}</d:iscsiIdentifier></d:hostInitiator>`;
const WWN = `<d:hostInitiator><d:portWwn>${INITIATORS.second}</d:portWwn></d:hostInitiator>`;
const MOUNTED = `<d:mountPoint><d:filePath>${MOUNT.filePath}</d:filePath><d:serverName>${MOUNT.serverName}</d:serverName></d:mountPoint>`;

/** Arguments of setContext for clients that reach this and that, for both versions of the API. */
export const CONTEXTS = {
  nothing: '<m:usageContext></m:usageContext>',
  first: `<m:usageContext>${IQN}</m:usageContext>`,
  mounts: `<m:usageContext>${MOUNTED}</m:usageContext>`,
  everything: `<m:usageContext>${IQN}${WWN}${MOUNTED}<d:vcGuid>vcenter-of-classic-storage</d:vcGuid></m:usageContext>`,
} as const;
