/** Space, in the model: every chunk once, and what is kept free for volumes that were promised it. */
import { CHUNK, type Chunk } from './content.ts';
import {
  type ModelContainer,
  type ModelPool,
  type ModelTask,
  type ModelVolume,
  Refused,
} from './state.ts';

interface Holders {
  readonly volumes: ReadonlySet<ModelVolume>;
  readonly tasks: readonly ModelTask[];
}

export function committedChunks(volume: ModelVolume): number {
  return volume.content.size * CHUNK;
}

function kept({ guaranteed }: ModelVolume, committed: number): number {
  return Math.max(0, guaranteed - committed);
}

/** What clients are told: allocated and kept. */
export function committed(volume: ModelVolume): number {
  return committedChunks(volume) + kept(volume, committedChunks(volume));
}

/** Volumes of a family lie in one pool, so that a task's hold is where its volumes are. */
function chunksIn({ volumes, tasks }: Holders, pool: ModelPool): Set<Chunk> {
  const found = new Set<Chunk>();
  for (const volume of volumes)
    if (volume.container.pool === pool)
      for (const chunk of volume.content.values()) found.add(chunk);
  for (const { holds, place } of openHolds(tasks))
    if (place.pool === pool) for (const chunk of holds.values()) found.add(chunk);
  return found;
}

function openHolds(tasks: readonly ModelTask[]) {
  return tasks
    .filter((task) => task.endedAt === undefined)
    .flatMap((task) => task.holds.map((hold) => ({ holds: hold.content, place: hold.place })));
}

/** Bytes that are taken in the pool of a container. */
export function used(holders: Holders, { pool }: ModelContainer): number {
  const own = [...holders.volumes].filter((volume) => volume.container.pool === pool);
  const reserved = own.reduce((sum, each) => sum + kept(each, committedChunks(each)), 0);
  return chunksIn(holders, pool).size * CHUNK + reserved + pool.classic;
}

/** Bytes that volumes of a container have been promised. */
export function promised({ volumes }: Holders, container: ModelContainer): number {
  const own = [...volumes].filter((volume) => volume.container === container);
  return own.reduce((sum, { size }) => sum + size, 0);
}

/** Refuses what is too much on top of what there is. */
export function reserve(
  holders: Holders,
  container: ModelContainer,
  more: { readonly logical: number; readonly physical: number },
): void {
  const isFull = used(holders, container) + more.physical > container.pool.capacity;
  const limit = container.logicalLimit === 0 ? Infinity : container.logicalLimit;
  if (isFull || promised(holders, container) + more.logical > limit)
    throw new Refused('OutOfResource');
}

/** Bytes that would be free without the volume. */
export function unshared(holders: Holders, volume: ModelVolume): number {
  const others = new Set(holders.volumes);
  others.delete(volume);
  return used(holders, volume.container) - used({ ...holders, volumes: others }, volume.container);
}

/** Chunks of the volume that nobody else holds. */
export function exclusive(holders: Holders, volume: ModelVolume): ReadonlySet<number> {
  const others = new Set(holders.volumes);
  others.delete(volume);
  const held = chunksIn({ ...holders, volumes: others }, volume.container.pool);
  return new Set([...volume.content].filter(([, chunk]) => !held.has(chunk)).map(([at]) => at));
}
