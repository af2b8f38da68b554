/**
 * How the space of the containers goes: looked at every minute, kept for a day in memory, so that a chart has a
 * past. A restart forgets it; monitoring keeps the long run (docs/monitoring.md).
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import type { SpaceHistory } from '../shapes/inventory.ts';
import { spaceOf } from './inventory.ts';
import { iso } from './text.ts';

type Sample = SpaceHistory['containers'][number]['samples'][number];

/** Lives as long as the provider. */
export class SpaceWatch {
  readonly #array: StorageArrayPort;
  readonly #clock: Clock;
  /** By container, oldest first. */
  readonly #samples = new Map<string, Sample[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(array: StorageArrayPort, clock: Clock) {
    this.#array = array;
    this.#clock = clock;
  }

  /** Looks now, and from now on every `LIMITS.spaceSampleMs`. Nobody waits for it. */
  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), LIMITS.spaceSampleMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Takes one sample. An array that does not answer leaves a gap; its illness is told elsewhere. */
  async look(): Promise<void> {
    try {
      const all = (await this.#array.containers()).slice(0, LIMITS.spaceContainers);
      for (const { containerId } of all) {
        const space = spaceOf(await this.#array.containerSpace(containerId));
        const { totalBytes, usedBytes, promisedBytes } = space;
        const at = iso(this.#clock.now());
        const kept = this.#samples.get(containerId) ?? [];
        kept.push({ at, totalBytes, usedBytes, promisedBytes });
        if (kept.length > LIMITS.spaceSamples) kept.shift();
        this.#samples.set(containerId, kept);
      }
      const there = new Set<string>(all.map(({ containerId }) => containerId));
      for (const containerId of this.#samples.keys()) {
        if (!there.has(containerId)) this.#samples.delete(containerId);
      }
    } catch {
      // The alarms and the health listener tell it; here only the picture is poorer.
    }
  }

  history(): SpaceHistory {
    return {
      everySeconds: LIMITS.spaceSampleMs / 1_000,
      containers: [...this.#samples].map(([containerId, samples]) => ({
        containerId,
        samples: [...samples],
      })),
    };
  }
}
