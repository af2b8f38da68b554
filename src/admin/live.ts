/**
 * What has changed, as it happens: for pages that show it. It says which subjects look otherwise, never how; whoever
 * wants to know asks again. Changes of a moment are gathered into one telling, and nobody listening costs nothing.
 */
import { LIMITS } from '../model/limits.ts';
import type { RequestRow } from './shapes/activity.ts';

/** What a page can be about. */
export const LIVE_SUBJECTS = [
  'alarms',
  'bindings',
  'certificate',
  'clock',
  'containers',
  'endpoints',
  'events',
  'faults',
  'inventory',
  'registrations',
  'requests',
  'sessions',
  'space',
  'states',
  'status',
  'tasks',
  'trust',
  'users',
  'verbose',
  'volumes',
] as const;
export type LiveSubject = (typeof LIVE_SUBJECTS)[number];

/** One telling. */
export interface LiveNews {
  readonly subjects: readonly LiveSubject[];
  /** Requests that came since the last one, oldest first; of very many the latest. */
  readonly requests: readonly RequestRow[];
}

export type LiveListener = (news: LiveNews) => void;

/** What a VASA operation changes when it succeeds, by a part of its name; the first that fits. */
const SUBJECTS_OF_OPERATION: readonly (readonly [RegExp, readonly LiveSubject[]])[] = [
  [/^(query|get|space|allocated|unshared)/, []],
  [/Context$/, ['sessions', 'registrations', 'trust']],
  [/CACert|VASACert|CSR|Certificate/, ['registrations', 'certificate', 'trust', 'sessions']],
  [/^(un)?bind|^prepareForBind|^cancelBinding/i, ['bindings']],
  [
    /^(create|delete|clone|fastClone|resize|revert|snapshot|prepareToSnapshot|copyDiffs|update)/,
    ['volumes', 'containers', 'tasks'],
  ],
  [/^cancelTask$/, ['tasks']],
  [/^activateProvider/, ['status', 'inventory']],
];

/** Lives as long as the provider. */
export class LiveFeed {
  readonly #listeners = new Set<LiveListener>();
  #subjects = new Set<LiveSubject>();
  #requests: RequestRow[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Told of all that changes from now on; must return at once. Gives the end of it. */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** These subjects look otherwise now. */
  changed(...subjects: readonly LiveSubject[]): void {
    if (this.#listeners.size === 0) return;
    for (const subject of subjects) this.#subjects.add(subject);
    this.#gather();
  }

  /** A request has been answered. `row` is called only when somebody listens. */
  answered(operation: string, row: () => RequestRow): void {
    if (this.#listeners.size === 0) return;
    const found = SUBJECTS_OF_OPERATION.find(([pattern]) => pattern.test(operation));
    this.#requests.push(row());
    if (this.#requests.length > LIMITS.liveRequests) this.#requests.shift();
    this.changed('requests', ...(found?.[1] ?? []));
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      const news = { subjects: [...this.#subjects].sort(), requests: this.#requests };
      this.#timer = undefined;
      this.#subjects = new Set();
      this.#requests = [];
      for (const listener of this.#listeners) listener(news);
    }, LIMITS.liveGatherMs);
    this.#timer.unref();
  }
}
