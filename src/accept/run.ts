/**
 * Runs scenarios against a provider, one after the other, and says how each ended; the opening of the run is the
 * first, its end the last. Bounded in calls and time; what was made is undone whatever happens, also when the run is told to stop.
 */
import { isNotOffered } from './client/client.ts';
import type { ApiVersion, Exchange, Recorder, Wire } from './client/exchange.ts';
import { Skipped, skip, Unmet } from './expectations.ts';
import { CHAPTERS, CHAPTERS_OF_ANY_VERSION, type Need, type Scenario } from './scenario.ts';
import { isOfTheRun, RUN_CLOSES, RUN_OPENS } from './scenarios/whole-run.ts';
import { type Allowed, offersOf } from './world/offers.ts';
import { type Opened, type OpeningOptions, openRun } from './world/opening.ts';
import { Undo } from './world/undo.ts';
import type { World } from './world/world.ts';

export interface ScenarioResult {
  readonly scenario: Scenario;
  /** `known`: it failed, and is listed as a known difference. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'known';
  /** Why it failed or was skipped; several when the answers themselves were wrong too. */
  readonly reasons: readonly string[];
  readonly startedAt: number;
  readonly ms: number;
  /** Its exchanges, by number. */
  readonly exchanges: readonly number[];
  /** How many of them are its own steps; those after them take back what it made. */
  readonly steps: number;
}

export interface RunResult {
  /** False: the run could not be opened, and nothing else was tried. */
  readonly isOpen: boolean;
  readonly startedAt: number;
  readonly ms: number;
  readonly results: readonly ScenarioResult[];
  readonly exchanges: readonly Exchange[];
  /** What could not be undone at the end. */
  readonly left: readonly string[];
  /** What the provider could be asked. */
  readonly offers: readonly Need[];
}

export interface RunOptions extends Omit<OpeningOptions, 'recorder' | 'api'> {
  /** Beside the opening, which every run plays. */
  readonly scenarios: readonly Scenario[];
  /** What the run itself allows. */
  readonly allowed: Allowed;
  readonly signal: AbortSignal;
  readonly onResult: (result: ScenarioResult, done: number) => void;
  /** Calls of the whole run. */
  readonly callsMax: number;
  /** Sees each exchange as it is kept. */
  readonly onExchange?: OnExchange | undefined;
}

export type OnExchange = (exchange: Exchange, wire: Wire) => void;

/** Keeps every exchange of a run, up to a bound. */
class Keeper implements Recorder {
  readonly exchanges: Exchange[] = [];
  readonly #most: number;
  readonly #onExchange: OnExchange | undefined;

  constructor(most: number, onExchange?: OnExchange) {
    this.#most = most;
    this.#onExchange = onExchange;
  }

  take(exchange: Omit<Exchange, 'number'>, wire: Wire): void {
    if (this.exchanges.length >= this.#most)
      throw new Error(`the run has made ${this.#most} calls`);
    const kept = { number: this.exchanges.length + 1, ...exchange };
    this.exchanges.push(kept);
    this.#onExchange?.(kept, wire);
  }
}

/** Scenarios in the order of their chapters, and within one as they are listed; opening and end are none of them. */
function inOrder(scenarios: readonly Scenario[]): readonly Scenario[] {
  const chapters = Object.keys(CHAPTERS);
  return scenarios
    .filter((each) => !isOfTheRun(each))
    .sort((a, b) => chapters.indexOf(a.chapter) - chapters.indexOf(b.chapter));
}

/** How many results a run of these will have: opening and end are always among them. */
export function resultsOf(scenarios: readonly Scenario[]): number {
  return 2 + inOrder(scenarios).length;
}

/** Runs all. A run that cannot be opened has no others than its opening, failed, and its end. */
export async function runScenarios(options: RunOptions): Promise<RunResult> {
  const { now, signal, onResult, allowed, target } = options;
  const keeper = new Keeper(options.callsMax, options.onExchange);
  const startedAt = now();
  const results: ScenarioResult[] = [];
  const add = (result: ScenarioResult): void => {
    results.push(result);
    onResult(result, results.length);
  };
  const undo = new Undo();
  let opened: Opened | undefined;
  let has: ReadonlySet<Need> = new Set();
  let left: readonly string[] = [];
  try {
    const opening = { ...options, api: openingVersion(options), recorder: keeper };
    const play = async (): Promise<void> => {
      opened = await openRun(opening, undo);
    };
    add(await resultOf({ scenario: RUN_OPENS, play, undo: new Undo(), keeper, now }));
    if (opened !== undefined) {
      has = offersOf(target, opened.inventory, allowed);
      for (const scenario of inOrder(options.scenarios)) {
        if (signal.aborted) break;
        add(await runOne(scenario, { options, has, opened, keeper }));
      }
    }
  } finally {
    const play = async (): Promise<void> => {
      left = await undo.all();
      if (left.length > 0) throw new Unmet(`could not be undone: ${left.join('; ')}`);
    };
    add(await resultOf({ scenario: RUN_CLOSES, play, undo: new Undo(), keeper, now }));
  }
  const { exchanges } = keeper;
  const isOpen = opened !== undefined;
  return { isOpen, startedAt, ms: now() - startedAt, results, exchanges, left, offers: [...has] };
}

/** Most of what there is to try is VASA 2.0; 1.0 alone opens a run where there is nothing else. */
function openingVersion({ target, allowed }: RunOptions): ApiVersion {
  return allowed.api ?? (target.services.has('2.0') ? '2.0' : '1.0');
}

/** What must be offered for a scenario: VASA 2.0 too, but in the chapters that are of any version. */
export function needsOf(scenario: Scenario): readonly Need[] {
  const { chapter, needs = [] } = scenario;
  const isOfAny = isOfTheRun(scenario) || CHAPTERS_OF_ANY_VERSION.includes(chapter);
  return isOfAny ? needs : ['api 2.0', ...needs];
}

interface Running {
  readonly options: RunOptions;
  /** What this provider and this run can be asked. */
  readonly has: ReadonlySet<Need>;
  readonly opened: Opened;
  readonly keeper: Keeper;
}

async function runOne(
  scenario: Scenario,
  { options: { target, now, allowed }, has, opened, keeper }: Running,
): Promise<ScenarioResult> {
  const missing = needsOf(scenario).filter((need) => !has.has(need));
  const undo = new Undo();
  const world: World = { ...opened, target, undo, now, restart: allowed.restart };
  const play = async (): Promise<void> => {
    if (missing.length > 0) skip(`not offered, or not allowed in this run: ${missing.join(', ')}`);
    await scenario.run(world).catch((error: unknown) => {
      if (error instanceof Error && isNotOffered(error)) skip(error.message);
      throw error;
    });
  };
  return resultOf({ scenario, play, undo, keeper, now });
}

interface Played {
  readonly scenario: Scenario;
  /** Resolves when the provider behaved, as a scenario's `run`. */
  readonly play: () => Promise<void>;
  /** What is taken back at its end. */
  readonly undo: Undo;
  readonly keeper: Keeper;
  readonly now: () => number;
}

async function resultOf(played: Played): Promise<ScenarioResult> {
  const { scenario, play, undo, keeper, now } = played;
  const startedAt = now();
  const first = keeper.exchanges.length;
  const reasons: string[] = [];
  let outcome: ScenarioResult['outcome'] = 'passed';
  try {
    await play();
  } catch (error) {
    outcome = error instanceof Skipped ? 'skipped' : 'failed';
    reasons.push(error instanceof Error ? error.message : String(error));
  }
  const steps = keeper.exchanges.length - first;
  const left = await undo.all();
  // What a provider does not let go of is a failure, however well the rest went.
  if (left.length > 0) outcome = 'failed';
  reasons.push(...left.map((each) => `could not be undone: ${each}`));
  const own = keeper.exchanges.slice(first);
  const complaints = own.flatMap((each) =>
    each.complaints.map((words) => `${each.operation} (exchange ${each.number}): ${words}`),
  );
  if (complaints.length > 0) outcome = 'failed';
  return {
    scenario,
    outcome,
    reasons: [...reasons, ...complaints],
    startedAt,
    ms: now() - startedAt,
    exchanges: own.map((each) => each.number),
    steps,
  };
}
