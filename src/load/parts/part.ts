/** What a part of a load run is given and what it finds. Plain data. */
import type { Failures, Meter, Timing } from '../meter.ts';
import type { Processes } from '../processes.ts';
import type { Stage } from '../stage.ts';

/** How much is done. */
export interface Extent {
  /** Of the storm. */
  readonly stormHosts: number;
  /** Of slow hosts, after each piece of a request. */
  readonly slowPauseMs: number;
  readonly machines: number;
  /** Migrations under way at once. */
  readonly migrations: number;
  /** Calls of one host in flight at once. */
  readonly perHost: number;
  readonly pollingHosts: number;
  readonly pollSeconds: number;
  /** Of the mix. */
  readonly inFlight: number;
  /** How long mix and polling go on. */
  readonly seconds: number;
}

export interface PartContext {
  readonly stage: Stage;
  readonly extent: Extent;
  /** The provider's, when it runs on this machine and its id was told. */
  readonly processes: Processes | undefined;
  /** Ends the work early; what was made is taken back all the same. */
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** One thing that was found, for people and machines. */
export interface Fact {
  readonly name: string;
  readonly value: number | string | undefined;
  /** E.g. `ms`; empty for a pure number. */
  readonly unit: string;
  /** What it should be, where there is a goal; it fails nobody. */
  readonly goal?: string;
}

export interface PartResult {
  readonly part: string;
  /** What was done, in a sentence. */
  readonly what: string;
  readonly facts: readonly Fact[];
  readonly timings: readonly Timing[];
  readonly failures: readonly Failures[];
}

/** A part by name; one part may have several results, e.g. the storm in its forms. */
export type Part = (context: PartContext) => Promise<readonly PartResult[]>;

/** Result of a part whose calls one meter has noted. */
export function resultOf(
  part: string,
  what: string,
  meter: Meter,
  facts: readonly Fact[],
): PartResult {
  return { part, what, facts, timings: meter.timings(), failures: meter.failures() };
}
