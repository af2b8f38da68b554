/**
 * The latest requests as their lines in the log tell them, in memory: what the console and the support bundle show
 * without reading log files. Bounded by number, and by the characters of the bodies, of which the oldest go first.
 * What is in here has been made fit for the log already.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { EpochMs } from '../model/units.ts';
import type { LogFields } from './fields.ts';

/** SOAP with its secrets hidden. */
export interface RecentBodies {
  readonly request: string;
  readonly response: string;
}

export interface RecentRequest {
  /** Rises by one with each request. */
  readonly number: number;
  readonly at: EpochMs;
  readonly level: 'info' | 'error';
  readonly fields: LogFields<'request'>;
  /** Set while verbose mode covered the call, until there are too many. */
  readonly bodies: RecentBodies | undefined;
}

/** Lives as long as the provider. */
export class RecentRequests {
  readonly #clock: Clock;
  readonly #kept: RecentRequest[] = [];
  /** Where the next one goes once the ring is full. */
  #count = 0;
  #bodyCharacters = 0;
  readonly #listeners = new Set<(request: RecentRequest) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(level: RecentRequest['level'], fields: LogFields<'request'>): void {
    const place = this.#count % LIMITS.recentRequests;
    this.#forget(place);
    this.#count += 1;
    const request = {
      number: this.#count,
      at: this.#clock.now(),
      level,
      fields,
      bodies: undefined,
    };
    this.#kept[place] = request;
    for (const listener of this.#listeners) listener(request);
  }

  /** The bodies of the call that was added last under this id. */
  addBodies(requestId: string, bodies: RecentBodies): void {
    const characters = charactersOf(bodies);
    if (characters > LIMITS.recentBodiesCharacters) return;
    const place = this.#kept.findIndex(({ fields }) => fields.request_id === requestId);
    const found = this.#kept[place];
    if (found === undefined) return;
    this.#kept[place] = { ...found, bodies };
    this.#bodyCharacters += characters;
    for (const { number } of this.latest().reverse()) {
      if (this.#bodyCharacters <= LIMITS.recentBodiesCharacters) return;
      this.#forget((number - 1) % LIMITS.recentRequests);
    }
  }

  /** All that are kept, newest first. */
  latest(): RecentRequest[] {
    const place = this.#count % LIMITS.recentRequests;
    return [...this.#kept.slice(place), ...this.#kept.slice(0, place)].reverse();
  }

  /** Told of each request at once, without its bodies; must return at once. Gives the end of it. */
  watch(listener: (request: RecentRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Gives up the bodies of the request at this place. */
  #forget(place: number): void {
    const found = this.#kept[place];
    if (found?.bodies === undefined) return;
    this.#bodyCharacters -= charactersOf(found.bodies);
    this.#kept[place] = { ...found, bodies: undefined };
  }
}

function charactersOf({ request, response }: RecentBodies): number {
  return request.length + response.length;
}
