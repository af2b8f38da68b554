/**
 * Statistics of the simulated array: what hosts do by the data path, and what the option `load` adds. Counted
 * in memory; like those of a controller that was restarted, counters begin anew with the process.
 * Source: src/array/statistics.ts, docs/statistics.md.
 */
import type { Clock } from '../../src/model/clock.ts';
import type { ContainerId, VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import {
  COUNTED_ENTITIES,
  COUNTERS,
  type CountedEntity,
  type EntityStatistics,
  type StatisticsOffer,
} from '../../src/model/statistics.ts';
import type { EpochMs } from '../../src/model/units.ts';
import type { Inventory } from '../inventory.ts';
import type { Db } from '../open.ts';
import { TouchedChunks } from './cache.ts';
import { type Load, workOf } from './load.ts';
import { addWork, countersOf, NO_WORK, Tally, type Work } from './tally.ts';
import { countedThings, type OwnWork, type Things } from './things.ts';

interface StatisticsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly things: Things;
  readonly load: readonly Load[];
  readonly intervalSeconds: number;
  readonly chunkBytes: number;
}

/** One IO of a host by the data path. */
export interface HostIO {
  readonly kind: 'read' | 'write' | 'other';
  readonly vvolId: VvolId;
  readonly offset: number;
  readonly length: number;
  readonly ms: number;
}

interface VolumeTally {
  readonly containerNo: bigint;
  readonly tally: Tally;
}

export class Statistics {
  readonly #parts: StatisticsParts;
  readonly #startedAt: number;
  readonly #cache = new TouchedChunks();
  /** The one idle longest first. */
  readonly #volumes = new Map<string, VolumeTally>();
  readonly #containers = new Map<bigint, Tally>();
  readonly #containerOf;

  constructor(parts: StatisticsParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#containerOf = parts.db
      .prepare<[string], bigint>('SELECT container_no FROM volume WHERE vvol_id = ?')
      .pluck();
  }

  /** Every array counts everything. */
  offers(): readonly StatisticsOffer[] {
    const { inventory, intervalSeconds } = this.#parts;
    return inventory.arrays.flatMap(({ arrayId }) =>
      COUNTED_ENTITIES.map((entity) => ({ arrayId, entity, counters: COUNTERS, intervalSeconds })),
    );
  }

  /** Adds an IO to the counters of its volume and container; of one whose volume is gone, to none. */
  count({ kind, vvolId, offset, length, ms }: HostIO): void {
    const volume = this.#volumeTally(vvolId);
    if (volume === undefined) return;
    const chunk = this.#parts.chunkBytes;
    const last = Math.floor((offset + Math.max(length, 1) - 1) / chunk);
    const moves = kind !== 'other';
    const isHit = moves && this.#cache.touch(vvolId, Math.floor(offset / chunk), last);
    const done = { ios: 1, hits: isHit ? 1 : 0, bytes: length, ms, hitMs: isHit ? ms : 0 };
    const work: Work = {
      reads: kind === 'read' ? done : NO_WORK.reads,
      writes: kind === 'write' ? done : NO_WORK.writes,
      others: moves ? 0 : 1,
    };
    const interval = this.#interval();
    volume.tally.add(work, interval);
    const container = this.#containers.get(volume.containerNo) ?? new Tally();
    container.add(work, interval);
    this.#containers.set(volume.containerNo, container);
  }

  /** See the port. */
  of(entity: CountedEntity, ids: readonly string[]): readonly EntityStatistics[] {
    if (entity === 'VirtualVolumeInfo') return ids.flatMap((id) => this.#volumeRow(id));
    const { inventory, things } = this.#parts;
    const all = countedThings(entity, { inventory, things, own: this.#ownWork() });
    const byId = new Map(all.map((each) => [each.id, each]));
    return ids.flatMap((id) => {
      const thing = byId.get(id);
      return thing === undefined ? [] : [this.#row(id, thing.arrayId, thing.work())];
    });
  }

  #volumeRow(vvolId: string): readonly EntityStatistics[] {
    const containerNo = this.#containerOf.get(vvolId);
    if (containerNo === undefined) return [];
    const { arrayId } = this.#parts.inventory.containerByNo(containerNo).container;
    const work = this.#volumes.get(vvolId)?.tally.before(this.#interval()) ?? NO_WORK;
    return [this.#row(vvolId, arrayId, work)];
  }

  #row(entityId: string, arrayId: EntityStatistics['arrayId'], work: Work): EntityStatistics {
    const elapsed = this.#elapsed();
    return {
      entityId,
      arrayId,
      at: (this.#startedAt + elapsed) as EpochMs,
      counters: countersOf(work, elapsed),
    };
  }

  /** Number of the present interval; the first is 0. */
  #interval(): number {
    const { clock, intervalSeconds } = this.#parts;
    return Math.max(0, Math.floor((clock.now() - this.#startedAt) / (intervalSeconds * 1000)));
  }

  /** From the start to the beginning of the present interval, in ms. */
  #elapsed(): number {
    return this.#interval() * this.#parts.intervalSeconds * 1000;
  }

  #volumeTally(vvolId: string): VolumeTally | undefined {
    const containerNo = this.#volumes.get(vvolId)?.containerNo ?? this.#containerOf.get(vvolId);
    if (containerNo === undefined) return undefined;
    const entry = this.#volumes.get(vvolId) ?? { containerNo, tally: new Tally() };
    this.#volumes.delete(vvolId);
    this.#volumes.set(vvolId, entry);
    const [idlest = vvolId] = this.#volumes.keys();
    if (this.#volumes.size > LIMITS.countedVolumes) this.#volumes.delete(idlest);
    return entry;
  }

  #container(containerId: ContainerId, name: string): Work {
    const { containerNo } = this.#parts.inventory.container(containerId);
    const real = this.#containers.get(containerNo)?.before(this.#interval()) ?? NO_WORK;
    return addWork(real, this.#loadOf('StorageContainer', name));
  }

  #ownWork(): OwnWork {
    return {
      ofContainer: (containerId, name) => this.#container(containerId, name),
      ofLun: ({ displayName }) => this.#loadOf('StorageLun', displayName),
      ofFileSystem: ({ exports }) => this.#loadOf('StorageFileSystem', exports[0]?.path ?? ''),
    };
  }

  #loadOf(of: Load['of'], name: string): Work {
    const mine = this.#parts.load.filter((load) => load.of === of && (load.name ?? name) === name);
    return mine.map((load) => workOf(load, this.#elapsed())).reduce(addWork, NO_WORK);
  }
}
