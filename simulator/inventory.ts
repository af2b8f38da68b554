/**
 * Arrays and what they are made of in the open file, answered from memory: they change only when the
 * operator changes them, and are then read again. Whether endpoints are online, and accounts (space, number
 * of bindings), are not here; they are read where they are needed.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayDescription, Container, Endpoint } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ContainerId } from '../src/model/ids.ts';
import { readClassics } from './classic-rows.ts';
import { readLabels, readPools, readPorts, readProcessors } from './discovery-rows.ts';
import {
  type ContainerEntry,
  found,
  readArrays,
  readContainers,
  readEndpoints,
} from './inventory-rows.ts';
import { inventorySchema } from './inventory-schema.ts';
import { readGroups } from './masking.ts';
import type { Db } from './open.ts';
import type { Options } from './options.ts';
import { type PlanSource, writePlan } from './plan/plan.ts';
import { PRESETS } from './presets.ts';
import { newSeed } from './random.ts';

export type { ContainerEntry } from './inventory-rows.ts';

/** All of it at one moment. */
export type InventoryContent = ReturnType<typeof readContent>;

export class Inventory {
  readonly #db: Db;
  readonly #offline;
  #content: InventoryContent;
  #byId: ReadonlyMap<ContainerId, ContainerEntry> = new Map();
  #byNo: ReadonlyMap<bigint, ContainerEntry> = new Map();

  constructor(db: Db) {
    this.#db = db;
    this.#offline = db
      .prepare<[], bigint>('SELECT endpoint_no FROM endpoint WHERE is_online = 0')
      .pluck();
    this.#content = this.reload();
  }

  /** Reads everything again; after a change of it, and after one that was undone. */
  reload(): InventoryContent {
    const content = readContent(this.#db);
    this.#content = content;
    this.#byId = new Map(content.entries.map((entry) => [entry.container.containerId, entry]));
    this.#byNo = new Map(content.entries.map((entry) => [entry.containerNo, entry]));
    return content;
  }

  get content(): InventoryContent {
    return this.#content;
  }

  get arrays(): readonly ArrayDescription[] {
    return this.#content.arrays;
  }

  get containers(): readonly Container[] {
    return this.#content.containers;
  }

  /** As they are now. */
  endpoints(): readonly Endpoint[] {
    const down = new Set(this.#offline.all());
    return [...this.#content.endpoints].map(([no, one]) =>
      down.has(no) ? { ...one, online: false } : one,
    );
  }

  /** Errors: notFound. */
  container(containerId: ContainerId): ContainerEntry {
    return found(this.#byId.get(containerId), `container ${containerId}`);
  }

  containerByNo(containerNo: bigint): ContainerEntry {
    return found(this.#byNo.get(containerNo), `container number ${containerNo}`);
  }

  endpointByNo(endpointNo: bigint): Endpoint {
    return found(this.#content.endpoints.get(endpointNo), `endpoint number ${endpointNo}`);
  }
}

function readContent(db: Db) {
  const entries = readContainers(db);
  const ports = readPorts(db);
  return Object.freeze({
    arrays: Object.freeze(readArrays(db)),
    entries,
    containers: Object.freeze(entries.map(({ container }) => container)),
    endpoints: readEndpoints(db),
    pools: readPools(db),
    processors: readProcessors(db),
    ports,
    labels: readLabels(db),
    ...readClassics(db, ports),
    groups: readGroups(db),
  });
}

interface InstallationRow {
  readonly seed: string;
  readonly source: string;
  readonly applied: string | null;
}

/**
 * The inventory of the file; a new file is given the one that the options ask for. Errors: failed, when
 * the options ask for another seed or inventory than the file was made with or last changed to.
 */
export function openInventory(db: Db, clock: Clock, options: Options): Inventory {
  const asked = sourceOf(options);
  const installation = db
    .prepare<[], InstallationRow>('SELECT seed, source, applied FROM installation')
    .get();
  if (installation === undefined) {
    const plan = options.inventory ?? PRESETS[options.preset ?? 'small'];
    const seed = options.seed ?? newSeed();
    const source = JSON.stringify(asked ?? { preset: 'small' });
    db.transaction(() => {
      db.prepare(
        'INSERT INTO installation (installation_no, seed, source, made_at_ms) VALUES (1, ?, ?, ?)',
      ).run(seed, source, clock.now());
      writePlan(db, seed, plan);
    }).exclusive();
  } else {
    refuseOther(installation, options.seed, asked);
  }
  return new Inventory(db);
}

function sourceOf(options: Options): PlanSource | undefined {
  if (options.inventory !== undefined) return { inventory: options.inventory };
  return options.preset === undefined ? undefined : { preset: options.preset };
}

function refuseOther(
  made: InstallationRow,
  seed: string | undefined,
  source: PlanSource | undefined,
): void {
  const isOtherSeed = seed !== undefined && seed !== made.seed;
  const known = made.applied === null ? [made.source] : [made.source, made.applied];
  const isKnown = (text: string) => JSON.stringify(madeFrom(text)) === JSON.stringify(source);
  const isOtherSource = source !== undefined && !known.some(isKnown);
  if (!isOtherSeed && !isOtherSource) return;
  const what = isOtherSeed ? 'seed' : 'preset or inventory';
  throw new ArrayError(
    'failed',
    `array.options: this data folder was made with another ${what}; remove the option, or use a new folder`,
  );
}

/** What the file was made from, with what options have since been given a default for. */
function madeFrom(text: string): PlanSource {
  const source: PlanSource = JSON.parse(text);
  return 'preset' in source ? source : { inventory: inventorySchema.parse(source.inventory) };
}
