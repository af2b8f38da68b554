/**
 * What a scenario is: a sentence about a provider that is proven by calls. Scenarios know a provider by its
 * answers alone.
 */
import type { World } from './world/world.ts';

/** Chapters, in the order in which they are run and read. */
export const CHAPTERS = {
  discovery: 'Finding the provider',
  registration: 'Registration and certificates',
  sessions: 'Sessions',
  inventory: 'Arrays, containers and protocol endpoints',
  volumes: 'Virtual volumes',
  binding: 'Binding',
  snapshots: 'Snapshots',
  clones: 'Clones and differences',
  bitmaps: 'Bitmaps and changed blocks',
  metadata: 'Metadata and searching',
  policies: 'Storage policies',
  events: 'Events and alarms',
  tasks: 'Tasks',
  statistics: 'Statistics',
  storage: 'Block and file discovery',
  legacy: 'VASA 1.0',
  refusals: 'Declared faults',
  workflows: 'Whole workflows of virtual machines',
  load: 'Many at once',
  hostile: 'Hostile input',
  restart: 'A restart of the provider',
} as const;
export type Chapter = keyof typeof CHAPTERS;

/** Chapters that a provider of VASA 1.0 alone is asked too; all others need 2.0. */
export const CHAPTERS_OF_ANY_VERSION: readonly Chapter[] = ['discovery', 'legacy', 'hostile'];

/** How sure the expectation is: seen in public artefacts, seen in one implementation, or inferred. */
export type Mark = 'seen' | 'seen once' | 'inferred';

/** What a provider must offer for a scenario to be run; what it does not claim is skipped. */
export type Need =
  | 'api 1.0'
  | 'api 2.0'
  | 'SCSI'
  | 'NFS'
  | 'LUNs'
  | 'file systems'
  | 'labels'
  | 'capability profiles'
  | 'statistics'
  | 'storage DRS'
  | 'certificate change'
  | 'wrong password'
  | 'restart';

export interface Scenario {
  /** `<chapter>.<words-with-dashes>`; never changes once published. */
  readonly id: string;
  readonly chapter: Chapter;
  /** What is true of a provider that passes. */
  readonly sentence: string;
  /** Why it matters to vCenter or a host. */
  readonly proves: string;
  /** Where the expectation comes from. */
  readonly source: { readonly text: string; readonly mark: Mark };
  readonly needs?: readonly Need[];
  /** Resolves when the provider behaved; rejects with what it did instead. */
  readonly run: (world: World) => Promise<void>;
}
