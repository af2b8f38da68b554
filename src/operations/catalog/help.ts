/**
 * What lies behind the events and alarms that clients are sent, and what to do: for the handbook of support
 * staff. Their texts, which vCenter shows, are in the catalogs beside.
 */
import type { Change } from '../../model/array.ts';
import type { Explanation } from '../../model/explanation.ts';
import type { AlarmName } from './alarm-messages.ts';
import type { EventSubject, SystemEventName } from './event-messages.ts';
import type { StorageFaultReason } from './fault-messages.ts';

const POOL = ['A disk, shelf or controller behind the pool has failed.'];
const MEND = 'Mend the pool in the array. The alarm ends by itself.';
const SPACE = [
  'Machines have written more.',
  'Snapshots that were never deleted.',
  'More was promised than the pool holds.',
];
const FREE =
  'Enlarge the pool or container, delete snapshots, or move machines elsewhere. The alarm ends by itself.';

export const ALARM_HELP: Readonly<Record<AlarmName, Explanation>> = {
  ArraySilent: {
    means:
      'The provider cannot ask the array anything: hosts keep the data paths they have, and nothing can be changed.',
    causes: [
      'The array or its management is down.',
      'The network between the provider and the array is cut.',
      '`keelson array serve` of a shared array has stopped.',
    ],
    remedy: 'Bring the array back. The provider tries again by itself.',
  },
  ArrayHealth: {
    means: 'The array says of itself that it is not well.',
    causes: ['A part of the array has failed.'],
    remedy: 'Look into the array’s own management.',
  },
  CertificateExpires: {
    means:
      'A certificate or revocation list that the management of the array rests on is near its end, or past it.',
    causes: ['It was not renewed.', 'The clock of the provider’s machine is ahead.'],
    remedy:
      'The provider’s certificate: renew it in vCenter. A trusted certificate or list: have vCenter refresh the CA certificates.',
  },
  Compliance: {
    means: 'The volume does not get what its storage policy asks for, or that cannot be told.',
    causes: ['Its pool is degraded.', 'Its container no longer offers what the policy asks for.'],
    remedy: 'Mend the pool, or apply another policy, or move the virtual machine.',
  },
  PoolSpace: {
    means: 'The pool that holds the volumes fills up. When it is full, machines that write stop.',
    causes: SPACE,
    remedy: FREE,
  },
  ContainerSpace: {
    means: 'The container, which vCenter shows as a datastore, fills up.',
    causes: SPACE,
    remedy: FREE,
  },
  ContainerQuota: {
    means: 'The container has promised all it may: no new volumes, whatever space is left.',
    causes: ['The quota is smaller than what is wanted.'],
    remedy: 'Raise the quota in the array, or delete volumes.',
  },
  LunSpace: { means: 'A thin LUN lies in a pool that fills up.', causes: SPACE, remedy: FREE },
  FileSystemSpace: {
    means: 'A thin file system lies in a pool that fills up.',
    causes: SPACE,
    remedy: FREE,
  },
  LunCapability: {
    means: 'A LUN does not offer what it declares, for as long as its pool is not well.',
    causes: POOL,
    remedy: MEND,
  },
  FileSystemCapability: {
    means: 'A file system does not offer what it declares, for as long as its pool is not well.',
    causes: POOL,
    remedy: MEND,
  },
  LunHealth: { means: 'The array says that a LUN is not well.', causes: POOL, remedy: MEND },
  FileSystemHealth: {
    means: 'The array says that a file system is not well.',
    causes: POOL,
    remedy: MEND,
  },
  PortHealth: {
    means: 'A port by which hosts reach the array is down or degraded.',
    causes: ['A cable or switch.', 'The port was switched off.'],
    remedy:
      'Look at the port in the array and at the switch behind it. Hosts with a second path keep working.',
  },
  ProcessorHealth: {
    means: 'A controller of the array is down or degraded.',
    causes: ['The controller has failed or is being restarted.'],
    remedy: 'Look into the array’s own management.',
  },
  EndpointOffline: {
    means:
      'Volumes cannot be reached through this protocol endpoint: what hosts have bound by it stalls, and no new binding goes there.',
    causes: [
      'The endpoint was taken down in the array.',
      'The port, LUN or mount behind it is gone.',
    ],
    remedy:
      'Bring the endpoint back. A host that has no other endpoint in common with the array cannot start machines until then.',
  },
  PoolHealth: { means: 'A pool is degraded or has failed.', causes: POOL, remedy: MEND },
  ContainerHealth: { means: 'A container suffers from its pool.', causes: POOL, remedy: MEND },
};

export const SYSTEM_EVENT_HELP: Readonly<Record<SystemEventName, Explanation>> = {
  CertificateExpired: {
    means: 'The provider’s own certificate has expired: clients will refuse to connect.',
    causes: ['It was not renewed in time.'],
    remedy: 'Renew it in vCenter, or remove and add the provider there.',
  },
  CertificateExpires: {
    means: 'The provider’s own certificate is near its end.',
    causes: ['A certificate of vCenter’s CA lives for about a year.'],
    remedy: 'Renew it in vCenter before that day.',
  },
  ChangesLost: {
    means: 'The provider cannot tell in detail what changed: everything has to be read anew.',
    causes: [
      'The provider was down for longer than the array keeps changes.',
      'A backup was restored.',
    ],
    remedy: 'Nothing: vCenter and hosts read the inventory anew.',
  },
};

/** What follows for a client from a change of each kind of thing. */
export const CHANGE_HELP: Readonly<Record<EventSubject, string>> = {
  BackingStoragePool:
    'Containers, LUNs and file systems of the pool may change their space or health with it.',
  CapabilityProfile: 'vCenter reads the profiles that the array offers anew.',
  CapabilitySchema:
    'vCenter reads what the array can promise anew; storage policies that name what is gone no longer match.',
  Compliance: 'vCenter asks again whether the volume meets its policy.',
  DefaultProfile: 'vCenter reads the container’s default profile anew.',
  ProtocolEndpoint:
    'Hosts look for their endpoints anew. Removed: what was bound through it has lost its data path.',
  ResourceAssociation: 'vCenter reads anew what the object offers.',
  StorageArray: 'vCenter reads the array anew. Removed: all its datastores become inaccessible.',
  StorageCapability: 'vCenter reads what LUNs and file systems offer anew.',
  StorageContainer:
    'vCenter reads the container anew. Removed: its datastore becomes inaccessible.',
  StorageFileSystem: 'vCenter reads the file system anew.',
  StorageLun: 'vCenter reads the LUN anew.',
  StoragePort: 'vCenter reads the port anew; see the alarms for its health.',
  StorageProcessor: 'vCenter reads the controller anew; see the alarms for its health.',
  VirtualVolumeInfo: 'Hosts read the volume anew.',
};

export const REBIND_HELP: Explanation = {
  means:
    'Hosts are asked to bind the volumes named in the event anew, since they shall be reached in another way.',
  causes: ['An endpoint is to be taken down.', 'The array balances its load.'],
  remedy:
    'Nothing: hosts do it by themselves. An endpoint may be switched off when no binding is left on it.',
};

/** What usually makes a thing of the array new, other or gone. */
export const CHANGE_CAUSES: Readonly<Record<Exclude<Change['kind'], 'rebind'>, string>> = {
  delete: 'It was removed in the array, or this caller may see it no longer.',
  new: 'It was made in the array, or shown to this caller.',
  update: 'Its settings, space or health are others.',
};

export const STORAGE_FAULT_HELP: Readonly<Record<StorageFaultReason, Explanation>> = {
  ArrayFailed: {
    means: 'The array said that it cannot do it.',
    causes: ['The array is ill, or what is asked meets a limit of its own.'],
    remedy: 'See `cause` in the log line, then the array’s own management.',
  },
  EndpointUnknown: {
    means: 'The host named a protocol endpoint that the array does not have.',
    causes: [
      'The endpoint was removed while the host still uses it.',
      'The host sees an endpoint of another array.',
    ],
    remedy: 'Rescan the host’s storage; remove stale paths or mounts.',
  },
  NoEndpoint: {
    means:
      'Host and array have no protocol endpoint in common: the provider does not know by which way the host could reach a volume.',
    causes: [
      'The host’s initiators are not zoned to the array, or not in its access list.',
      'The only endpoint is down.',
      'The NFS export is not mounted, or iSCSI discovery was not done.',
    ],
    remedy:
      'Check zoning, access lists and iSCSI targets or mounts, then rescan storage on the host; endpoints must appear on its list of protocol endpoints.',
  },
  NotServed: {
    means: 'This container or volume is not served at the moment, for the reason in the text.',
    causes: ['Its pool has failed.'],
    remedy: 'Mend what the text names.',
  },
  ProviderFull: {
    means: 'The disk of the provider’s data folder is full. Nothing acknowledged is lost.',
    causes: ['Logs or backups on the same disk.'],
    remedy: 'Free space; the same call then succeeds. The provider need not be restarted.',
  },
  Unexpected: {
    means: 'A mistake in this program.',
    causes: ['See `cause`, with its stack.'],
    remedy: 'Report it with the log line; try the call again.',
  },
};
