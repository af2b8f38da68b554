/**
 * What the operator of an array may do beside the port: look at it, empty it, keep and bring back named
 * states, check and mend it. It is optional: an adapter that has its own tools for this leaves it out, and
 * the commands say so. Unlike the port it never serves a host. All records are plain and go through JSON.
 *
 * Errors of every method are `ArrayError`s, whose message is for the operator.
 */
import type { ChangedEntity } from '../model/array.ts';
import type { Health } from '../model/discovery.ts';

/** What there is, and how much of it is used. */
export interface ArrayReport {
  readonly arrays: readonly ArrayFigures[];
  /** Those that hold bindings, oldest binding first; at most `LIMITS.shownHosts`. */
  readonly hosts: readonly HostFigures[];
  readonly hostCount: number;
  readonly volumeCount: number;
  readonly bindingCount: number;
  readonly openJobs: number;
  readonly endedJobs: number;
  /** How long jobs take, by the operation that `setPace` knows. */
  readonly paces: Readonly<Record<string, JobPace>>;
  /** The array's time of day, ISO 8601. */
  readonly now: string;
}

export interface ArrayFigures {
  readonly arrayId: string;
  readonly name: string;
  readonly health: string;
  /** Controllers and ports. */
  readonly hardware: readonly HardwareFigures[];
  readonly pools: readonly PoolFigures[];
  /** LUNs and file systems of classic datastores. */
  readonly classics: readonly ClassicFigures[];
  readonly containers: readonly ContainerFigures[];
  readonly endpoints: readonly EndpointFigures[];
}

/** A controller or port; `kind` by VASA's EntityTypeEnum. */
export interface HardwareFigures {
  readonly entityId: string;
  readonly kind: string;
  readonly health: string;
}

/** A LUN or file system. Sizes are bytes. */
export interface ClassicFigures {
  readonly entityId: string;
  readonly kind: string;
  readonly name: string;
  /** Name of its pool. */
  readonly pool: string;
  readonly health: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

/** Where space comes from. Sizes are bytes. */
export interface PoolFigures {
  readonly poolId: string;
  readonly name: string;
  readonly health: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

/** Sizes are bytes. Space that is used is its pool's. */
export interface ContainerFigures {
  readonly containerId: string;
  readonly name: string;
  readonly protocol: string;
  readonly volumes: number;
  /** Name of its pool. */
  readonly pool: string;
  readonly promisedBytes: number;
  /** 0: it may promise without bound. */
  readonly promiseLimitBytes: number;
  readonly maxVolumeBytes: number;
}

export interface EndpointFigures {
  readonly endpointId: string;
  readonly protocol: string;
  readonly online: boolean;
  readonly bindings: number;
}

/** A host that holds bindings, whether or not it has a session. Times ISO 8601. */
export interface HostFigures {
  readonly hostId: string;
  readonly bindings: number;
  readonly oldestAt: string;
  readonly newestAt: string;
}

/** `instant`: as fast as the work goes; else not before this time, or before it was asked after so often. */
export type JobPace = 'instant' | { readonly milliseconds: number } | { readonly polls: number };

/** A state of the whole array, kept under a name. */
export interface SavedState {
  readonly name: string;
  /** ISO 8601, by the array's clock. */
  readonly savedAt: string;
  /** By how much that clock went before the system's. */
  readonly clockOffsetMs: number;
  readonly volumes: number;
  readonly bindings: number;
  readonly bytes: number;
}

/** What a check found, each in a sentence; nothing is good. */
export interface ArrayFindings {
  readonly problems: readonly string[];
}

/** What a repair did: what was wrong and is not any more, and what is still wrong. */
export interface RepairReport {
  readonly mended: readonly string[];
  readonly left: readonly string[];
}

/** A thing that an order has added, changed or removed. */
export interface InventoryChange {
  readonly kind: 'new' | 'update' | 'delete';
  readonly entity: ChangedEntity;
  readonly entityId: string;
}

export interface ArrayAdministration {
  show(): Promise<ArrayReport>;

  /**
   * Empties the array: as it was when it was made, with the same ids of arrays, containers and endpoints.
   * Like `loadState` it ends the feed: see there.
   */
  reset(): Promise<void>;

  /** Keeps the array as it is at some moment of the call, while hosts go on. Errors: alreadyExists, noSpace (too many of them), invalid (name). */
  saveState(name: string): Promise<SavedState>;

  /**
   * Makes the array what it was when the state was saved: volumes, content, bindings, jobs. Wholly or not
   * at all, also when the process dies. The feed of changes does not go back: it begins anew behind a gap,
   * so that every reader sees that it has missed something and reads all again. Errors: notFound,
   * incompatible (a state of another inventory).
   */
  loadState(name: string): Promise<SavedState>;

  /** By name. */
  listStates(): Promise<readonly SavedState[]>;

  /** Errors: notFound. */
  removeState(name: string): Promise<void>;

  /** Writes the array as it is now into a new file (absolute path). Errors: alreadyExists, failed. */
  exportTo(file: string): Promise<SavedState>;

  /** As `loadState`, from a file that `exportTo` wrote. Errors: notFound, invalid (no such file), incompatible. */
  importFrom(file: string): Promise<SavedState>;

  /**
   * Proves that everything adds up, as it is at some moment of the call. Changes nothing; reads everything,
   * while hosts go on.
   */
  check(): Promise<ArrayFindings>;

  /** Mends what follows from something else; what was lost stays lost and is told. */
  repair(): Promise<RepairReport>;

  /** Takes a protocol endpoint out of service or back into it. Repeatable. Errors: notFound. */
  setEndpointOnline(endpointId: string, online: boolean): Promise<void>;

  /**
   * How a pool, controller, port, LUN, file system or array is from now on; endpoints have an order of their
   * own. Repeatable. Errors: notFound.
   */
  setHealth(entityId: string, health: Health): Promise<readonly InventoryChange[]>;

  /**
   * How much of a LUN or file system of a classic datastore is used. Repeatable. Errors: notFound, invalid
   * (more than it has), noSpace (of its pool).
   */
  setUsed(entityId: string, megabytes: number): Promise<readonly InventoryChange[]>;

  /**
   * Brings the living array to what an inventory file (absolute path) says: adds, changes, removes. Wholly or
   * not at all; hosts go on. Errors: invalid (the file), inUse, noSpace, unsupported (what cannot be).
   */
  applyInventory(file: string): Promise<readonly InventoryChange[]>;

  /** How long jobs of an operation take, until the array is closed. Errors: invalid (operation, pace). */
  setPace(operation: string, pace: JobPace): Promise<void>;
}
