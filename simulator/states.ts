/**
 * Named states: each a folder `states/<name>` with a copy of the array's files and `state.json`, which says
 * what it is. A state is there wholly or not at all, and never changed. Knows nothing of loading.
 */
import { constants, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SavedState } from '../src/array/administration.ts';
import { ArrayError } from '../src/array/errors.ts';
import { type Clock, systemClock } from '../src/model/clock.ts';
import { LIMITS } from '../src/model/limits.ts';
import { copyFiles, figuresOf, type RunningArray, syncFiles } from './copying.ts';
import { ARRAY_FILES, emptyFolder, syncPath } from './replacement.ts';

/** What says of a folder which state it holds. */
export const STATE_FILE = 'state.json';

/** No name begins with a dot: those are folders of ours. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const stateSchema = z.strictObject({
  /** Of this file. */
  form: z.literal(1),
  name: z.string(),
  savedAt: z.string(),
  clockOffsetMs: z.int(),
  volumes: z.int(),
  bindings: z.int(),
  bytes: z.int(),
});

/** The state that a folder holds. Errors: failed (it is none that this release reads). */
export function readState(folder: string): SavedState {
  try {
    const { form: _, ...state } = stateSchema.parse(
      JSON.parse(readFileSync(join(folder, STATE_FILE), 'utf8')),
    );
    return state;
  } catch (error) {
    throw new ArrayError('failed', `${folder} holds no state that can be read`, error);
  }
}

/**
 * Writes the array into an empty folder, durable, as it is at some moment of the call. Hosts go on meanwhile.
 * Errors: failed.
 */
export async function writeState(
  array: RunningArray,
  clock: Clock,
  folder: string,
  name: string,
): Promise<SavedState> {
  try {
    await copyFiles(array, folder);
    const state: SavedState = {
      name,
      savedAt: new Date(clock.now()).toISOString(),
      clockOffsetMs: offsetOf(clock),
      ...(await figuresOf(folder)),
    };
    await writeFile(join(folder, STATE_FILE), `${JSON.stringify({ form: 1, ...state })}\n`);
    await syncFiles(folder);
    return state;
  } catch (error) {
    throw new ArrayError('failed', 'the state of the array could not be written', error);
  }
}

/** By how much the clock goes before the system's; two readings a few milliseconds apart are none. */
function offsetOf(clock: Clock): number {
  const offset = clock.now() - systemClock.now();
  return Math.abs(offset) < 10 ? 0 : offset;
}

/** The states of the array in `directory`. One order at a time. */
export class States {
  readonly #folder: string;

  constructor(directory: string) {
    this.#folder = join(directory, 'states');
  }

  /** An empty folder beside the states, to work in; the next call empties it. */
  workFolder(): string {
    return emptyFolder(join(this.#folder, '.work'));
  }

  list(): readonly SavedState[] {
    if (!existsSync(this.#folder)) return [];
    const names = readdirSync(this.#folder).filter((name) => NAME.test(name));
    return names.sort().map((name) => readState(join(this.#folder, name)));
  }

  /** Keeps what `write` writes into a folder. Errors: invalid, alreadyExists, noSpace, those of `write`. */
  async add(name: string, write: (folder: string) => Promise<SavedState>): Promise<SavedState> {
    const place = this.#place(name);
    if (existsSync(place))
      throw new ArrayError('alreadyExists', `there is a state ${name} already`);
    if (this.list().length >= LIMITS.arrayStates) {
      throw new ArrayError('noSpace', `there are ${LIMITS.arrayStates} states already; remove one`);
    }
    const folder = this.workFolder();
    const state = await write(folder);
    await rename(folder, place);
    syncPath(this.#folder);
    return state;
  }

  /** Copies the files of a state into a new work folder. Errors: invalid, notFound. */
  async copy(name: string): Promise<{ readonly folder: string; readonly state: SavedState }> {
    const place = this.#known(name);
    const state = readState(place);
    const folder = this.workFolder();
    for (const file of ARRAY_FILES) {
      await cp(join(place, file), join(folder, file), { mode: constants.COPYFILE_FICLONE });
    }
    await syncFiles(folder);
    return { folder, state };
  }

  /** Errors: invalid, notFound. */
  async remove(name: string): Promise<void> {
    const place = this.#known(name);
    // Out of the list first: half of a state is none.
    const going = this.workFolder();
    await rename(place, going);
    await rm(going, { recursive: true });
  }

  /** Removes the work folder: after an order, and what a process that died left. */
  tidy(): void {
    rmSync(join(this.#folder, '.work'), { recursive: true, force: true });
  }

  #known(name: string): string {
    const place = this.#place(name);
    if (!existsSync(place)) throw new ArrayError('notFound', `there is no state ${name}`);
    return place;
  }

  #place(name: string): string {
    if (!NAME.test(name)) {
      throw new ArrayError(
        'invalid',
        'the name of a state has 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first',
      );
    }
    return join(this.#folder, name);
  }
}
