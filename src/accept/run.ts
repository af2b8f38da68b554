/**
 * Runs scenarios against a provider, one after the other, and says how each ended. Bounded in calls and time;
 * what was made is undone whatever happens, also when the run is told to stop.
 */
import type { Exchange, Recorder } from './client/exchange.ts';
import { Skipped } from './expectations.ts';
import { CHAPTERS, type Need, type Scenario } from './scenario.ts';
import { type Opened, type OpeningOptions, openRun } from './world/opening.ts';
import { Undo } from './world/undo.ts';
import type { World } from './world/world.ts';

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped; several when the answers themselves were wrong too. */
  readonly reasons: readonly string[];
  readonly startedAt: number;
  readonly ms: number;
  /** Its exchanges, by number. */
  readonly exchanges: readonly number[];
}

export interface RunResult {
  readonly startedAt: number;
  readonly ms: number;
  readonly results: readonly ScenarioResult[];
  readonly exchanges: readonly Exchange[];
  /** What could not be undone at the end. */
  readonly left: readonly string[];
}

export interface RunOptions extends Omit<OpeningOptions, 'recorder'> {
  readonly scenarios: readonly Scenario[];
  /** What this provider and this run can be asked. */
  readonly has: ReadonlySet<Need>;
  readonly signal: AbortSignal;
  readonly onResult: (result: ScenarioResult, done: number) => void;
  /** Calls of the whole run. */
  readonly callsMax: number;
}

/** Keeps every exchange of a run, up to a bound. */
class Keeper implements Recorder {
  readonly exchanges: Exchange[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  take(exchange: Omit<Exchange, 'number'>): void {
    if (this.exchanges.length >= this.#most)
      throw new Error(`the run has made ${this.#most} calls`);
    this.exchanges.push({ number: this.exchanges.length + 1, ...exchange });
  }
}

/** Scenarios in the order of their chapters, and within one as they are listed. */
export function inOrder(scenarios: readonly Scenario[]): readonly Scenario[] {
  const chapters = Object.keys(CHAPTERS);
  return [...scenarios].sort((a, b) => chapters.indexOf(a.chapter) - chapters.indexOf(b.chapter));
}

/** Runs all. Rejects only when the run cannot begin. */
export async function runScenarios(options: RunOptions): Promise<RunResult> {
  const { now, signal, onResult } = options;
  const keeper = new Keeper(options.callsMax);
  const startedAt = now();
  const opened = await openRun({ ...options, recorder: keeper });
  const results: ScenarioResult[] = [];
  let left: readonly string[] = [];
  try {
    for (const scenario of inOrder(options.scenarios)) {
      if (signal.aborted) break;
      const result = await runOne(scenario, options, opened, keeper);
      results.push(result);
      onResult(result, results.length);
    }
  } finally {
    left = await opened.undo.all();
  }
  return { startedAt, ms: now() - startedAt, results, exchanges: keeper.exchanges, left };
}

async function runOne(
  scenario: Scenario,
  { target, now, has }: RunOptions,
  opened: Opened,
  keeper: Keeper,
): Promise<ScenarioResult> {
  const startedAt = now();
  const first = keeper.exchanges.length;
  const missing = (scenario.needs ?? []).filter((need) => !has.has(need));
  const undo = new Undo();
  const world: World = { ...opened, target, undo, now };
  const reasons: string[] = [];
  let outcome: ScenarioResult['outcome'] = 'passed';
  if (missing.length > 0) {
    outcome = 'skipped';
    reasons.push(`the provider does not offer: ${missing.join(', ')}`);
  } else {
    try {
      await scenario.run(world);
    } catch (error) {
      outcome = error instanceof Skipped ? 'skipped' : 'failed';
      reasons.push(error instanceof Error ? error.message : String(error));
    }
    for (const each of await undo.all()) reasons.push(`could not be undone: ${each}`);
  }
  const own = keeper.exchanges.slice(first);
  const complaints = own.flatMap((each) =>
    each.complaints.map((words) => `${each.operation} (exchange ${each.number}): ${words}`),
  );
  if (complaints.length > 0 && outcome === 'passed') outcome = 'failed';
  return {
    scenario,
    outcome,
    reasons: [...reasons, ...complaints],
    startedAt,
    ms: now() - startedAt,
    exchanges: own.map((each) => each.number),
  };
}
