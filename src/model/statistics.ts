/**
 * Statistics of an array: counters that add up from the array's start on, kept of many kinds of things.
 * Names and units are those of the protocol. Source: VASA `CounterNameEnum`, `EntityStatisticsManifest`.
 */
import type { ArrayId } from './ids.ts';
import type { EpochMs } from './units.ts';

/** Kinds of things that counters can be kept of, by VASA's EntityTypeEnum. */
export const COUNTED_ENTITIES = [
  'StorageArray',
  'StorageProcessor',
  'StoragePort',
  'StorageLun',
  'StorageFileSystem',
  'StorageContainer',
  'VirtualVolumeInfo',
] as const;
export type CountedEntity = (typeof COUNTED_ENTITIES)[number];

/** IOs are numbers of requests, KBytes are 1,024 bytes, times are milliseconds. */
export const COUNTERS = [
  'TotalIOs',
  'KBytesTransfered',
  'IOTimeCounter',
  'ReadIOs',
  'ReadHitIOs',
  'ReadIOTimeCounter',
  'ReadHitIOTimeCounter',
  'KBytesRead',
  'WriteIOs',
  'WriteHitIOs',
  'WriteIOTimeCounter',
  'WriteHitIOTimeCounter',
  'KBytesWritten',
  'OtherIOs',
  'IdleTimeCounter',
] as const;
export type Counter = (typeof COUNTERS)[number];

/** Which counters an array keeps of a kind of thing, and how often they are brought up to date. */
export interface StatisticsOffer {
  readonly arrayId: ArrayId;
  readonly entity: CountedEntity;
  readonly counters: readonly Counter[];
  readonly intervalSeconds: number;
}

/** Counters of one thing, as they were at `at`. A counter that is not offered is left out. */
export interface EntityStatistics {
  readonly entityId: string;
  readonly arrayId: ArrayId;
  readonly at: EpochMs;
  readonly counters: Readonly<Partial<Record<Counter, bigint>>>;
}

/** A column of a statistics string: a counter, or the time at which all of them were read. */
export type StatisticsColumn = Counter | 'StatisticsTime';

/** What a session has chosen to be told of one kind of thing in one array. */
export interface ChosenStatistics {
  readonly arrayId: string;
  readonly entity: CountedEntity;
  /** In the order in which the client named them. */
  readonly columns: readonly StatisticsColumn[];
  /** Things in one question. */
  readonly maxRetrievalSize: number;
}
