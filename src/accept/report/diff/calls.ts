/**
 * Which calls of two runs can be compared: those of scenarios that both have played, and those before and after all
 * scenarios. So a scenario that only one runner knows, or only one provider can be asked, is no difference of calls.
 */
import type { ReportDocument, ReportedExchange, ReportedScenario } from '../document.ts';

/** Calls of one operation in one scenario, in order, of each run. */
export interface PairedCalls {
  /** Id of the scenario; undefined for the calls outside of any. */
  readonly scenario: string | undefined;
  readonly api: string;
  readonly operation: string;
  readonly a: readonly ReportedExchange[];
  readonly b: readonly ReportedExchange[];
}

/** A scenario that both runs have played. */
export interface PairedScenario {
  readonly a: ReportedScenario;
  readonly b: ReportedScenario;
}

/** Scenarios that both runs have played: neither skipped. */
export function pairedScenarios(a: ReportDocument, b: ReportDocument): readonly PairedScenario[] {
  const others = new Map(b.scenarios.map((each) => [each.id, each]));
  return a.scenarios.flatMap((one) => {
    const other = others.get(one.id);
    const isPlayed =
      one.outcome !== 'skipped' && other !== undefined && other.outcome !== 'skipped';
    return isPlayed ? [{ a: one, b: other }] : [];
  });
}

/** The calls that can be compared. */
export function pairedCalls(a: ReportDocument, b: ReportDocument): readonly PairedCalls[] {
  const [callsOfA, callsOfB] = [callsOf(a), callsOf(b)];
  const groups = pairedScenarios(a, b).map((pair) => ({
    scenario: pair.a.id,
    a: callsOfA.among(pair.a.exchanges),
    b: callsOfB.among(pair.b.exchanges),
  }));
  const outside = { scenario: undefined, a: callsOfA.outside, b: callsOfB.outside };
  return [outside, ...groups].flatMap(byOperation);
}

function callsOf({ exchanges, scenarios }: ReportDocument) {
  const byNumber = new Map(exchanges.map((each) => [each.number, each]));
  const owned = new Set(scenarios.flatMap((each) => each.exchanges));
  return {
    among: (numbers: readonly number[]) =>
      numbers.map((each) => byNumber.get(each)).filter((each) => each !== undefined),
    outside: exchanges.filter(({ number }) => !owned.has(number)),
  };
}

function byOperation(group: {
  readonly scenario: string | undefined;
  readonly a: readonly ReportedExchange[];
  readonly b: readonly ReportedExchange[];
}): readonly PairedCalls[] {
  const { scenario, a, b } = group;
  const keys = new Map([...a, ...b].map((each) => [`${each.api} ${each.operation}`, each]));
  return [...keys.values()].map(({ api, operation }) => {
    const own = (each: ReportedExchange) => each.api === api && each.operation === operation;
    return { scenario, api, operation, a: a.filter(own), b: b.filter(own) };
  });
}
