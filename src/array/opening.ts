/**
 * How an array's adapter is opened: what a vendor's `index.ts` exports, and what it is handed. The
 * provider loads it by the name in its configuration.
 */
import type { Clock } from '../model/clock.ts';
import type { ArrayAdministration, RepairReport } from './administration.ts';
import type { CrashPoint } from './crash-points.ts';
import type { StorageArrayPort } from './port.ts';

/** How the provider hands an adapter what it needs. `options` is the configuration's `array.options`. */
export interface ArrayEnvironment {
  /** A folder of the adapter's own, made by the provider with mode 0700. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly options: Readonly<Record<string, unknown>>;
  /** To be called at each of these points that the adapter has; the process may end in the call. */
  readonly reach?: (point: CrashPoint) => void;
}

/**
 * What an adapter module exports as `openArray`. Resolves when the array answers; rejects with a message
 * for the operator (shown at start, then the provider exits) when it cannot.
 */
export type OpenArray = (environment: ArrayEnvironment) => Promise<OpenedArray>;

/** The port, and what the array's operator can do beside it where the adapter offers that. */
export interface OpenedArray extends StorageArrayPort {
  readonly administration?: ArrayAdministration;
}

/**
 * What an adapter module may export as `inspectArray`: the check, or with `repair` the mending, of an array
 * that no provider uses at the moment. Starts no work of the array. Rejects as `openArray` does.
 */
export type InspectArray = (
  environment: ArrayEnvironment,
  wish: { readonly repair: boolean },
) => Promise<RepairReport>;
