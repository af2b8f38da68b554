/**
 * Known differences: what a provider documents as its own way, listed with the reason. A scenario on the list may
 * fail without failing the run; one that passes all the same is told, so that the list stays true.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import type { ScenarioResult } from './run.ts';

/** Reason by scenario id. */
export type KnownDifferences = ReadonlyMap<string, string>;

/** Longest list: many times the number of scenarios. */
const ENTRIES = 10_000;

const LIST = z
  .array(z.strictObject({ scenario: z.string().min(1), reason: z.string().trim().min(1) }))
  .max(ENTRIES);

/**
 * Reads a list: YAML, each entry a `scenario` and a `reason`. Throws RangeError, with what is wrong, for anything
 * else, an id twice, and an id that is not among `ids`.
 */
export function readKnownDifferences(text: string, ids: ReadonlySet<string>): KnownDifferences {
  let document: unknown;
  try {
    document = parse(text) ?? [];
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const read = LIST.safeParse(document);
  if (!read.success)
    throw new RangeError(`a list of scenario and reason is needed\n${z.prettifyError(read.error)}`);
  const known = new Map<string, string>();
  for (const { scenario, reason } of read.data) {
    if (!ids.has(scenario)) throw new RangeError(`there is no scenario ${scenario}`);
    if (known.has(scenario)) throw new RangeError(`${scenario} is listed twice`);
    known.set(scenario, reason);
  }
  return known;
}

/** The result as the list has it: a failure that is listed is `known`, with the reason first. */
export function judgedBy(known: KnownDifferences, result: ScenarioResult): ScenarioResult {
  const reason = known.get(result.scenario.id);
  if (reason === undefined || result.outcome !== 'failed') return result;
  return { ...result, outcome: 'known', reasons: [`known: ${reason}`, ...result.reasons] };
}

/** Ids that are listed and passed. */
export function settledAmong(
  known: KnownDifferences,
  results: readonly ScenarioResult[],
): readonly string[] {
  return results
    .filter(({ scenario, outcome }) => outcome === 'passed' && known.has(scenario.id))
    .map(({ scenario }) => scenario.id);
}
