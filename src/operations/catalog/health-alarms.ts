/**
 * Alarms about the health of what an array is made of, and about what its parts offer for as long as their
 * pool is not well. See alarm-messages.ts.
 */
import type { AlarmKind } from './alarm-kind.ts';

export const HEALTH_ALARMS = {
  LunCapability: {
    type: 'Capability',
    objectType: 'StorageLun',
    texts: {
      Red: {
        en: 'LUN {objectId} does not offer its capability {capabilityId} at the moment: its pool {poolId} has failed.',
        de: 'Die LUN {objectId} bietet ihre Fähigkeit {capabilityId} derzeit nicht: Ihr Pool {poolId} ist ausgefallen.',
      },
      Yellow: {
        en: 'LUN {objectId} may not offer its capability {capabilityId} in full: its pool {poolId} is degraded.',
        de: 'Die LUN {objectId} bietet ihre Fähigkeit {capabilityId} vielleicht nicht ganz: Ihr Pool {poolId} ist beeinträchtigt.',
      },
      Green: {
        en: 'LUN {objectId} offers its capability again.',
        de: 'Die LUN {objectId} bietet ihre Fähigkeit wieder.',
      },
    },
  },
  FileSystemCapability: {
    type: 'Capability',
    objectType: 'StorageFileSystem',
    texts: {
      Red: {
        en: 'File system {objectId} does not offer its capability {capabilityId} at the moment: its pool {poolId} has failed.',
        de: 'Das Dateisystem {objectId} bietet seine Fähigkeit {capabilityId} derzeit nicht: Sein Pool {poolId} ist ausgefallen.',
      },
      Yellow: {
        en: 'File system {objectId} may not offer its capability {capabilityId} in full: its pool {poolId} is degraded.',
        de: 'Das Dateisystem {objectId} bietet seine Fähigkeit {capabilityId} vielleicht nicht ganz: Sein Pool {poolId} ist beeinträchtigt.',
      },
      Green: {
        en: 'File system {objectId} offers its capability again.',
        de: 'Das Dateisystem {objectId} bietet seine Fähigkeit wieder.',
      },
    },
  },
  LunHealth: {
    type: 'Object',
    objectType: 'StorageLun',
    texts: {
      Red: { en: 'LUN {objectId} has failed.', de: 'Die LUN {objectId} ist ausgefallen.' },
      Yellow: { en: 'LUN {objectId} is degraded.', de: 'Die LUN {objectId} ist beeinträchtigt.' },
      Green: { en: 'LUN {objectId} is healthy.', de: 'Die LUN {objectId} ist in Ordnung.' },
    },
  },
  FileSystemHealth: {
    type: 'Object',
    objectType: 'StorageFileSystem',
    texts: {
      Red: {
        en: 'File system {objectId} has failed.',
        de: 'Das Dateisystem {objectId} ist ausgefallen.',
      },
      Yellow: {
        en: 'File system {objectId} is degraded.',
        de: 'Das Dateisystem {objectId} ist beeinträchtigt.',
      },
      Green: {
        en: 'File system {objectId} is healthy.',
        de: 'Das Dateisystem {objectId} ist in Ordnung.',
      },
    },
  },
  PortHealth: {
    type: 'Object',
    objectType: 'StoragePort',
    texts: {
      Red: {
        en: 'Storage port {objectId} is offline.',
        de: 'Der Speicherport {objectId} ist offline.',
      },
      Yellow: {
        en: 'Storage port {objectId} is degraded.',
        de: 'Der Speicherport {objectId} ist beeinträchtigt.',
      },
      Green: {
        en: 'Storage port {objectId} is online.',
        de: 'Der Speicherport {objectId} ist online.',
      },
    },
  },
  ProcessorHealth: {
    type: 'Object',
    objectType: 'StorageProcessor',
    texts: {
      Red: {
        en: 'Storage processor {objectId} has failed.',
        de: 'Der Speicherprozessor {objectId} ist ausgefallen.',
      },
      Yellow: {
        en: 'Storage processor {objectId} is degraded.',
        de: 'Der Speicherprozessor {objectId} ist beeinträchtigt.',
      },
      Green: {
        en: 'Storage processor {objectId} is healthy.',
        de: 'Der Speicherprozessor {objectId} ist in Ordnung.',
      },
    },
  },
  EndpointOffline: {
    type: 'Object',
    objectType: 'ProtocolEndpoint',
    texts: {
      Red: {
        en: 'Protocol endpoint {objectId} is offline: virtual volumes cannot be reached through it.',
        de: 'Der Protokollendpunkt {objectId} ist offline: Virtuelle Volumes sind über ihn nicht erreichbar.',
      },
      Green: {
        en: 'Protocol endpoint {objectId} is online.',
        de: 'Der Protokollendpunkt {objectId} ist online.',
      },
    },
  },
  PoolHealth: {
    type: 'StorageObject',
    objectType: 'BackingStoragePool',
    texts: {
      Red: {
        en: 'Backing storage pool {objectId} has failed.',
        de: 'Der Speicher-Pool {objectId} ist ausgefallen.',
      },
      Yellow: {
        en: 'Backing storage pool {objectId} is degraded: a further failure may cost data.',
        de: 'Der Speicher-Pool {objectId} ist beeinträchtigt: Ein weiterer Ausfall kann Daten kosten.',
      },
      Green: {
        en: 'Backing storage pool {objectId} is healthy.',
        de: 'Der Speicher-Pool {objectId} ist in Ordnung.',
      },
    },
  },
  ContainerHealth: {
    type: 'StorageObject',
    objectType: 'StorageContainer',
    texts: {
      Red: {
        en: 'Storage container {objectId} is not served: its pool {poolId} has failed.',
        de: 'Der Speichercontainer {objectId} wird nicht bedient: Sein Pool {poolId} ist ausgefallen.',
      },
      Yellow: {
        en: 'Storage container {objectId} is degraded with its pool {poolId}.',
        de: 'Der Speichercontainer {objectId} ist mit seinem Pool {poolId} beeinträchtigt.',
      },
      Green: {
        en: 'Storage container {objectId} is healthy.',
        de: 'Der Speichercontainer {objectId} ist in Ordnung.',
      },
    },
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;
