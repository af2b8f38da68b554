/**
 * One run of the fuzzer through the in-process door: inputs one after the other from a seed until the time or
 * the number is over, each answer judged, each new kind of failure made small and kept in the corpus.
 */
import { compileSchemas, type SchemaCheck } from '../support/wire/xsd.ts';
import { corpus, keep } from './corpus.ts';
import { inputsFrom } from './inputs.ts';
import { mistake } from './oracle.ts';
import { newPool } from './pool.ts';
import { randomFrom } from './random.ts';
import { reduced } from './reduce.ts';
import type { FuzzStage, Input, Outcome } from './stage.ts';

export interface RunOptions {
  readonly seed: number;
  readonly inputs?: number;
  readonly milliseconds?: number;
  /** Keep in the corpus one small input for each way of being refused by the reader, too. */
  readonly grows?: boolean;
  /** Told now and then. */
  readonly progress?: (report: RunReport) => void;
}

export interface Failure {
  readonly mistake: string;
  /** Name in the corpus. */
  readonly name: string;
}

export interface RunReport {
  readonly inputs: number;
  /** How many were answered well. */
  readonly good: number;
  /** Different answers: operation, outcome and words without what is quoted. */
  readonly answers: number;
  readonly slowestMs: number;
  /** Operation and size of that input. */
  readonly slowest: string;
  readonly heapMb: number;
  readonly failures: readonly Failure[];
}

/** The schemas of both services; dispose of each. */
export function bothSchemas(): ReadonlyMap<'1.0' | '2.0', SchemaCheck> {
  return new Map([
    ['1.0', compileSchemas('vasa-1.0')],
    ['2.0', compileSchemas('vasa-2.0')],
  ]);
}

/** What kind of answer it is, without ids, numbers and quotations. */
function kindOf({ facts }: Outcome): string {
  const words = (facts.reason ?? '')
    .replace(/\[Keelson.*$/s, '')
    .replace(/".*?"|\d+|[\w-]{20,}|…/gs, '#');
  return `${facts.operation} ${facts.outcome} ${words.slice(0, 100)}`;
}

/** How the reader refused it, without the place; undefined: it did not. */
function refusalOf({ facts }: Outcome): string | undefined {
  if (facts.outcome !== 'Client') return undefined;
  const words = (facts.reason ?? '').replace(/ \[Keelson.*$/s, '').replace(/^[\w/[\]]+ (?=\w)/, '');
  const general = words.replace(
    /".*|[;,{].*|\b(namespace|action|type|for|called|than) .*/gs,
    '$1 #',
  );
  return general.replace(/\b[a-z]+[A-Z]\w*|\d+/g, '#').slice(0, 60);
}

const SMALL = 3_072;

/** Runs. Rejects only when the stage itself fails. */
export async function run(stage: FuzzStage, options: RunOptions): Promise<RunReport> {
  const random = randomFrom(options.seed);
  const pool = newPool();
  const schemas = bothSchemas();
  const next = inputsFrom(
    random,
    pool,
    corpus().map(({ input }) => input),
  );
  const seen = new Set<string>();
  const refusals = new Set<string>();
  const failures = new Map<string, Failure>();
  const until = performance.now() + (options.milliseconds ?? Number.POSITIVE_INFINITY);
  let [inputs, good, slowestMs] = [0, 0, 0];
  let slowest = '';
  for (const { input } of corpus()) refusals.add(refusalOf(await stage.play(input, 'host')) ?? '');
  const report = (): RunReport => ({
    inputs,
    good,
    answers: seen.size,
    slowestMs: Math.round(slowestMs),
    slowest,
    heapMb: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
    failures: [...failures.values()],
  });
  const wrongWith = async (input: Input, by: 'host' | 'vcenter') =>
    mistake(input, await stage.play(input, by), schemas);

  while (inputs < (options.inputs ?? Number.POSITIVE_INFINITY) && performance.now() < until) {
    const { input } = next();
    const by = random.chance(0.75) ? 'host' : 'vcenter';
    const outcome = await stage.play(input, by);
    inputs += 1;
    if (outcome.milliseconds > slowestMs) {
      slowestMs = outcome.milliseconds;
      slowest = `${outcome.facts.operation}, ${input.body.length} bytes`;
    }
    if (outcome.status === 200) {
      good += 1;
      pool.learn(outcome.answer);
    }
    const wrong = mistake(input, outcome, schemas);
    if (wrong !== undefined && !failures.has(wrong)) {
      const fails = async (body: Buffer) => (await wrongWith({ ...input, body }, by)) === wrong;
      const body = await reduced(input.body, fails);
      failures.set(wrong, { mistake: wrong, name: keep({ ...input, body }, wrong) });
    }
    seen.add(kindOf(outcome));
    const refusal = refusalOf(outcome);
    if (refusal !== undefined && input.body.length <= SMALL && !refusals.has(refusal)) {
      refusals.add(refusal);
      if (options.grows) keep(input, refusal);
    }
    if (inputs % 5_000 === 0) {
      options.progress?.(report());
      // The provider's own timers have their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  for (const each of schemas.values()) each.dispose();
  return report();
}
