/**
 * Alarms about space: pools, and what lies in them, that may run out of it. See alarm-messages.ts.
 */
import type { AlarmKind } from './alarm-kind.ts';

export const SPACE_ALARMS = {
  PoolSpace: {
    type: 'SpaceCapacity',
    objectType: 'BackingStoragePool',
    texts: {
      Red: {
        en: 'Backing storage pool {objectId} is almost full: {used} percent of it is used, and {promised} percent is promised. Enlarge it or free space.',
        de: 'Der Speicher-Pool {objectId} ist fast voll: {used} Prozent sind belegt, {promised} Prozent sind zugesagt. Vergrößern Sie ihn, oder schaffen Sie Platz.',
      },
      Yellow: {
        en: 'Backing storage pool {objectId} is filling up: {used} percent of it is used, and {promised} percent is promised.',
        de: 'Der Speicher-Pool {objectId} füllt sich: {used} Prozent sind belegt, {promised} Prozent sind zugesagt.',
      },
      Green: {
        en: 'Backing storage pool {objectId} has space enough.',
        de: 'Der Speicher-Pool {objectId} hat genug Platz.',
      },
    },
  },
  ContainerSpace: {
    type: 'SpaceCapacity',
    objectType: 'StorageContainer',
    texts: {
      Red: {
        en: 'Storage container {objectId} is almost full: {used} percent of its space is used, and {promised} percent is promised. Enlarge it or free space.',
        de: 'Der Speichercontainer {objectId} ist fast voll: {used} Prozent seines Platzes sind belegt, {promised} Prozent sind zugesagt. Vergrößern Sie ihn, oder schaffen Sie Platz.',
      },
      Yellow: {
        en: 'Storage container {objectId} is filling up: {used} percent of its space is used, and {promised} percent is promised.',
        de: 'Der Speichercontainer {objectId} füllt sich: {used} Prozent seines Platzes sind belegt, {promised} Prozent sind zugesagt.',
      },
      Green: {
        en: 'Storage container {objectId} has space enough.',
        de: 'Der Speichercontainer {objectId} hat genug Platz.',
      },
    },
  },
  ContainerQuota: {
    type: 'SpaceCapacity',
    objectType: 'StorageContainer',
    texts: {
      Red: {
        en: 'Storage container {objectId} can promise no more space: {promised} percent of its quota is promised.',
        de: 'Der Speichercontainer {objectId} kann keinen Platz mehr zusagen: {promised} Prozent seines Kontingents sind zugesagt.',
      },
      Green: {
        en: 'Storage container {objectId} can promise space again.',
        de: 'Der Speichercontainer {objectId} kann wieder Platz zusagen.',
      },
    },
  },
  LunSpace: {
    type: 'SpaceCapacity',
    objectType: 'StorageLun',
    texts: {
      Red: {
        en: 'Thin LUN {objectId} may run out of space: its pool {poolId} is {used} percent used.',
        de: 'Der Thin-LUN {objectId} kann der Platz ausgehen: Ihr Pool {poolId} ist zu {used} Prozent belegt.',
      },
      Yellow: {
        en: 'The pool {poolId} of thin LUN {objectId} is filling up: {used} percent is used.',
        de: 'Der Pool {poolId} der Thin-LUN {objectId} füllt sich: {used} Prozent sind belegt.',
      },
      Green: {
        en: 'Thin LUN {objectId} has space enough.',
        de: 'Die Thin-LUN {objectId} hat genug Platz.',
      },
    },
  },
  FileSystemSpace: {
    type: 'SpaceCapacity',
    objectType: 'StorageFileSystem',
    texts: {
      Red: {
        en: 'Thin file system {objectId} may run out of space: its pool {poolId} is {used} percent used.',
        de: 'Dem Thin-Dateisystem {objectId} kann der Platz ausgehen: Sein Pool {poolId} ist zu {used} Prozent belegt.',
      },
      Yellow: {
        en: 'The pool {poolId} of thin file system {objectId} is filling up: {used} percent is used.',
        de: 'Der Pool {poolId} des Thin-Dateisystems {objectId} füllt sich: {used} Prozent sind belegt.',
      },
      Green: {
        en: 'Thin file system {objectId} has space enough.',
        de: 'Das Thin-Dateisystem {objectId} hat genug Platz.',
      },
    },
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;
