/** How much a load run does, in full and in its short form, which takes seconds and proves only that it works. */
import type { Extent } from './parts/part.ts';

const FULL: Extent = {
  stormHosts: 2_500,
  slowPauseMs: 250,
  machines: 512,
  migrations: 8,
  perHost: 5,
  pollingHosts: 256,
  pollSeconds: 10,
  inFlight: 64,
  seconds: 30,
};

const SHORT: Extent = {
  stormHosts: 40,
  slowPauseMs: 50,
  machines: 16,
  migrations: 8,
  perHost: 5,
  pollingHosts: 16,
  pollSeconds: 0.5,
  inFlight: 16,
  seconds: 1,
};

/** What the caller wants otherwise; undefined: as the form says. */
export interface ExtentWish {
  readonly isShort: boolean;
  /** Of the storm, and those that poll. */
  readonly hosts?: number | undefined;
  readonly machines?: number | undefined;
  readonly migrations?: number | undefined;
  readonly perHost?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly seconds?: number | undefined;
}

export function extentOf({ isShort, hosts, ...wish }: ExtentWish): Extent {
  const form = isShort ? SHORT : FULL;
  return {
    ...form,
    stormHosts: hosts ?? form.stormHosts,
    pollingHosts: hosts ?? form.pollingHosts,
    machines: wish.machines ?? form.machines,
    migrations: wish.migrations ?? form.migrations,
    perHost: wish.perHost ?? form.perHost,
    inFlight: wish.inFlight ?? form.inFlight,
    seconds: wish.seconds ?? form.seconds,
  };
}
