/** The capability matrix: what a provider offers, and how it did in the scenarios that need it. */
import type { ReportDocument } from './document.ts';

export interface Capability {
  /** As scenarios name what they need. */
  readonly need: string;
  readonly isOffered: boolean;
  /** Ids of the scenarios that need it, by outcome. */
  readonly scenarios: Readonly<
    Record<'passed' | 'failed' | 'skipped' | 'known', readonly string[]>
  >;
}

/** A row for each thing that is offered, or that a scenario of the run needs. */
export function capabilitiesOf({ offers, scenarios }: ReportDocument): readonly Capability[] {
  const needs = new Set([...offers, ...scenarios.flatMap((each) => each.needs)]);
  return [...needs].sort().map((need) => {
    const own = scenarios.filter((each) => each.needs.includes(need));
    const ids = (outcome: string) =>
      own.filter((each) => each.outcome === outcome).map(({ id }) => id);
    return {
      need,
      isOffered: offers.includes(need),
      scenarios: {
        passed: ids('passed'),
        failed: ids('failed'),
        skipped: ids('skipped'),
        known: ids('known'),
      },
    };
  });
}
