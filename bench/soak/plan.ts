/**
 * What happens when: the first half of a soak has the restarts, by kill -9 and in order by turns; the second is one
 * process, so that what grows in it can be seen; fault rules come and go in both. Pure.
 */

/** What is done to the provider, `at` a share of the whole time. */
export interface Disturbance {
  readonly at: number;
  readonly what: 'kill -9' | 'restart' | 'fault rules';
}

/** Restarts are not closer than this, whatever the length. */
const APART_SECONDS = 450;
const MOST_RESTARTS = 16;
const RULES_APART_SECONDS = 300;
const MOST_RULES = 40;

/** How long rules stay, as a share of the time between them. */
export const RULES_STAY = 0.25;

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, Math.floor(value)));

/** How many times fault rules come in a soak of this length. */
export function rulePeriods(seconds: number): number {
  return between(2, seconds / RULES_APART_SECONDS, MOST_RULES);
}

/** In the order of time. */
export function disturbances(seconds: number): readonly Disturbance[] {
  const restarts = between(2, seconds / 2 / APART_SECONDS, MOST_RESTARTS);
  const rules = rulePeriods(seconds);
  return [
    ...Array.from(
      { length: restarts },
      (_, index): Disturbance => ({
        at: (0.5 * (index + 1)) / restarts,
        what: index % 2 === 0 ? 'kill -9' : 'restart',
      }),
    ),
    ...Array.from(
      { length: rules },
      (_, index): Disturbance => ({
        at: (index + 0.3) / rules,
        what: 'fault rules',
      }),
    ),
  ].sort((a, b) => a.at - b.at);
}

/** The rules that come together, by turns; docs/fault-rules.md has their form. */
export const RULES: readonly (readonly object[])[] = [
  [
    { on: ['createVirtualVolume', 'bindVirtualVolume'], error: 'busy', probability: 0.2 },
    { on: 'bindVirtualVolume', lostReply: true, probability: 0.2 },
  ],
  [{ on: '*', error: 'failed', probability: 0.05 }],
  [
    { on: 'cloneVirtualVolume', delayMs: 2_000, at: 'during', probability: 0.5 },
    { on: 'createVirtualVolume', lostReply: true, probability: 0.2 },
  ],
  [
    { on: 'createVirtualVolume', noSpace: true },
    { on: 'changes', delayMs: 300 },
  ],
];
