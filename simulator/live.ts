/**
 * The array in use, which can be replaced by another under the same port: whoever holds the port, the data
 * path or a watch goes on with the new one. Between the two nobody gets in, since it is one step.
 * Knows nothing of what is replaced by what.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { DataPlace, HostDataPath } from './data-path.ts';
import type { Db } from './open.ts';
import type { JobKind, Pace } from './pacing.ts';
import type { Simulator } from './simulator.ts';

/** One array and its file. */
export interface OpenedFiles {
  readonly db: Db;
  readonly simulator: Simulator;
}

interface Watch {
  readonly listener: () => void;
  end: () => void;
}

export class LiveArray {
  readonly #open: () => OpenedFiles;
  readonly #watches = new Set<Watch>();
  readonly #unboundListeners: ((place: DataPlace) => void)[] = [];
  readonly #paces = new Map<JobKind, Pace>();
  #opened: OpenedFiles;
  #isClosed = false;
  readonly port: StorageArrayPort;
  readonly dataPath: HostDataPath;

  /** `open` opens what lies in the folder at the moment; called once now, and once for each replacement. */
  constructor(open: () => OpenedFiles) {
    this.#open = open;
    this.#opened = open();
    this.#follow();
    // The simulator's port has the methods of the interface and nothing else.
    const names = Object.keys(this.simulator.port) as (keyof StorageArrayPort)[];
    this.port = {
      ...following(names, () => this.simulator.port),
      watch: (listener) => this.#watch(listener),
      close: () => this.#close(),
    };
    const paths = ['places', 'facts', 'read', 'write', 'zero', 'trim', 'extents'] as const;
    this.dataPath = following(paths, () => this.simulator.dataPath);
  }

  get simulator(): Simulator {
    return this.#opened.simulator;
  }

  /** The file of the array in use. Errors: failed (closed). */
  get db(): Db {
    if (this.#isClosed) throw new ArrayError('failed', 'the array is closed');
    return this.#opened.db;
  }

  /** Stays over replacements. */
  setPace(kind: JobKind, pace: Pace): void {
    this.simulator.setPace(kind, pace);
    this.#paces.set(kind, pace);
  }

  /** Told of each place that is bound no more; at a replacement, of all that were bound. */
  watchUnbound(listener: (place: DataPlace) => void): void {
    this.#unboundListeners.push(listener);
  }

  /**
   * Closes the array, does `work` (synchronous) on its closed files, opens what lies there then. What was
   * asked of the array before is done first. What `work` throws is thrown when the array is open again.
   */
  replace(work: () => void): void {
    const { db, simulator } = this.#opened;
    const places = simulator.dataPath.places(Number.MAX_SAFE_INTEGER);
    simulator.port.close().catch(() => undefined);
    if (db.open) throw new ArrayError('failed', 'the array cannot be closed');
    try {
      work();
    } finally {
      this.#opened = this.#open();
      this.#follow();
    }
    for (const place of places) for (const listener of this.#unboundListeners) listener(place);
  }

  #follow(): void {
    const { simulator } = this.#opened;
    for (const [kind, pace] of this.#paces) simulator.setPace(kind, pace);
    simulator.watchUnbound((place) => {
      for (const listener of this.#unboundListeners) listener(place);
    });
    for (const watch of this.#watches) {
      watch.end = simulator.port.watch(watch.listener);
      queueMicrotask(watch.listener);
    }
  }

  #watch(listener: () => void): () => void {
    const watch: Watch = { listener, end: this.simulator.port.watch(listener) };
    this.#watches.add(watch);
    return () => {
      this.#watches.delete(watch);
      watch.end();
    };
  }

  #close(): Promise<void> {
    this.#isClosed = true;
    this.#watches.clear();
    return this.simulator.port.close();
  }
}

/** Methods of these names, each that of what is present when it is called. */
function following<
  Name extends string,
  Part extends { readonly [Key in Name]: (...given: never[]) => unknown },
>(names: readonly Name[], present: () => Part): Pick<Part, Name> {
  const entries = names.map((name) => [
    name,
    (...given: never[]) => {
      const part = present();
      return Reflect.apply(part[name], part, given);
    },
  ]);
  // Each name has the method of its own name.
  return Object.fromEntries(entries) as Pick<Part, Name>;
}
