/**
 * The verbose switches: for whom the SOAP of requests and answers goes to the log. Each switch is for
 * everything, one host or one volume, and goes off by itself. Knows nothing of bodies or of who asks.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import { type EpochMs, epochMs } from '../model/units.ts';
import type { CallNotes } from '../wire/call.ts';

export type VerboseTarget =
  | { readonly kind: 'everything' }
  /** Host id, vCenter id or address of the client. */
  | { readonly kind: 'host'; readonly id: string }
  | { readonly kind: 'volume'; readonly id: string };

export interface VerboseSwitch {
  readonly number: number;
  readonly target: VerboseTarget;
  readonly until: EpochMs;
}

export interface VerboseListener {
  on(entry: VerboseSwitch): void;
  off(entry: VerboseSwitch, reason: string): void;
}

/** `everything`, `host <id>`, `volume <id>`. */
export function describeTarget(target: VerboseTarget): string {
  return target.kind === 'everything' ? 'everything' : `${target.kind} ${target.id}`;
}

/** Lives as long as the provider; all switches are off at the start. */
export class Verbose {
  readonly #clock: Clock;
  readonly #listener: VerboseListener;
  #switches: readonly VerboseSwitch[] = [];
  #lastNumber = 0;

  constructor(clock: Clock, listener: VerboseListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /**
   * Switches on for a target, for 1 second to `LIMITS.verboseSeconds`; on again for the same target only
   * moves the end. Throws RangeError outside that, and when too many switches are on.
   */
  on(target: VerboseTarget, seconds: number): VerboseSwitch {
    if (!(seconds >= 1 && seconds <= LIMITS.verboseSeconds)) {
      throw new RangeError(`verbose mode lasts 1 to ${LIMITS.verboseSeconds} seconds`);
    }
    const name = describeTarget(target);
    const others = this.active().filter((entry) => describeTarget(entry.target) !== name);
    if (others.length >= LIMITS.verboseSwitches) {
      throw new RangeError(`${LIMITS.verboseSwitches} verbose switches are on already`);
    }
    this.#lastNumber += 1;
    const entry: VerboseSwitch = {
      number: this.#lastNumber,
      target,
      until: epochMs(this.#clock.now() + seconds * 1_000),
    };
    this.#switches = [...others, entry];
    this.#listener.on(entry);
    return entry;
  }

  /** Switches off what is on for this target, or (undefined) everything that is on. Gives how many went. */
  off(target: VerboseTarget | undefined, reason: string): number {
    const name = target && describeTarget(target);
    const going = this.active().filter(
      (entry) => name === undefined || describeTarget(entry.target) === name,
    );
    this.#switches = this.#switches.filter((entry) => !going.includes(entry));
    for (const entry of going) this.#listener.off(entry, reason);
    return going.length;
  }

  /** Switches that are on now; those whose time is over go off here. */
  active(): readonly VerboseSwitch[] {
    if (this.#switches.length === 0) return this.#switches;
    const now = this.#clock.now();
    const over = this.#switches.filter((entry) => entry.until <= now);
    if (over.length > 0) {
      this.#switches = this.#switches.filter((entry) => entry.until > now);
      for (const entry of over) this.#listener.off(entry, 'expired');
    }
    return this.#switches;
  }

  /** Whether some switch covers this call. Costs nothing while all are off. */
  wants(call: { readonly notes: CallNotes; readonly peerAddress: string }): boolean {
    return this.active().some(({ target }) => {
      if (target.kind === 'everything') return true;
      if (target.kind === 'volume') return call.notes.vvol_ids?.includes(target.id) === true;
      const { host_id, vcenter_id } = call.notes;
      return [host_id, vcenter_id, call.peerAddress].includes(target.id);
    });
  }
}
