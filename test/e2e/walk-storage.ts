/**
 * Two vCenters with two hosts each, and one array for them all that masks: each side has a LUN, a file
 * system, a SCSI endpoint and a datastore of its own, and shares a LUN and an NFS endpoint with the other.
 */

/** A host as its administrator knows it. */
export interface HostPlan {
  readonly name: string;
  readonly hostId: string;
  readonly iqn: string;
}

/** A vCenter and what it manages. */
export interface Site {
  readonly name: string;
  readonly vcenterId: string;
  readonly hosts: readonly HostPlan[];
  /** Name of the container that its hosts mount. */
  readonly datastore: string;
  readonly lun: string;
  readonly mount: { readonly serverName: string; readonly filePath: string };
}

/** Seen by both sides. */
export const SHARED_LUN = 'lun-shared';

function site(name: string, digit: number): Site {
  return {
    name,
    vcenterId: `00000000-0000-4000-8000-0000000000${digit}0`,
    hosts: [1, 2].map((number) => ({
      name: `${name}-${number}`,
      hostId: `00000000-0000-4000-8000-0000000000${digit}${number}`,
      iqn: `iqn.1998-01.com.example:${name}-${number}`,
    })),
    datastore: `datastore-${name}`,
    lun: `lun-${name}`,
    mount: { serverName: `nas-${name}.example.com`, filePath: `/home-${name}` },
  };
}

export const SITES = [site('a', 1), site('b', 2)] as const;

/** The NFS endpoint has the number after those of SCSI, of which each side has one. */
const endpointsOf = (index: number) => [index + 1, SITES.length + 1];

function hostGroups({ name, hosts, lun, mount }: Site, index: number) {
  const endpoints = endpointsOf(index);
  return [
    ...hosts.map((host) => ({
      name: host.name,
      initiators: [host.iqn],
      luns: [lun, SHARED_LUN],
      fileSystems: [],
      endpoints,
    })),
    {
      name: `mounts-${name}`,
      mounts: [`${mount.serverName}:${mount.filePath}`],
      luns: [],
      fileSystems: [`home-${name}`],
      ports: [],
      endpoints,
    },
  ];
}

const INVENTORY = {
  arrays: [
    {
      name: 'array',
      pools: [
        { name: 'full', capacityMB: 1_000 },
        { name: 'empty', capacityMB: 100_000 },
      ],
      labels: [{ name: 'Gold', detail: 'Fast.' }],
      luns: [
        // Promised more than there is, and nearly used up: an alarm for whoever sees it.
        { name: SITES[0].lun, pool: 'full', capacityMB: 2_000, usedMB: 900, label: 'Gold' },
        { name: SITES[1].lun, pool: 'empty', capacityMB: 2_000, label: 'Gold' },
        { name: SHARED_LUN, pool: 'empty', capacityMB: 2_000, label: 'Gold' },
      ],
      fileSystems: SITES.map(({ name, mount }) => ({
        name: `home-${name}`,
        pool: 'empty',
        capacityMB: 1_000,
        label: 'Gold',
        exports: [{ serverName: mount.serverName, path: mount.filePath, ipAddress: '192.0.2.10' }],
      })),
      hostGroups: SITES.flatMap(hostGroups),
      endpoints: { SCSI: SITES.length, NFS: 1 },
      containers: SITES.map(({ datastore }) => ({
        name: datastore,
        protocol: 'SCSI',
        pool: 'empty',
      })),
    },
  ],
};

/** Environment of a provider over that array. */
export const WALK_STORAGE = {
  KEELSON_ARRAY_MODULE: 'simulator',
  KEELSON_ARRAY_OPTIONS: JSON.stringify({ inventory: INVENTORY, seed: 'walk' }),
};
