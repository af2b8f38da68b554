/**
 * The long run of the random tests against the model (`npm run random -- --minutes 60`): one run after the
 * other, each under a fresh seed, until the time is over. What was run is noted in docs/random-runs.md; a
 * seed that fails is noted in test/model/seeds.txt, from where every later test run begins with it.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOTES = new URL('../docs/random-runs.md', import.meta.url);
const SEEDS = new URL('../test/model/seeds.txt', import.meta.url);
const RUNS_PER_SEED = 40;

interface Outcome {
  readonly seed: number;
  readonly steps: number;
  /** Runs until the failure; undefined: all agreed. */
  readonly failedAfter: number | undefined;
}

/** One seed. What is printed goes on to the terminal. */
function runSeed(seed: number, stepsPerRun: number): Outcome {
  const env = {
    ...process.env,
    KEELSON_MODEL_SEED: String(seed),
    KEELSON_MODEL_RUNS: String(RUNS_PER_SEED),
    KEELSON_MODEL_STEPS: String(stepsPerRun),
  };
  const args = ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/model'];
  const { stdout, stderr, status } = spawnSync('npx', args, { cwd: ROOT, env, encoding: 'utf8' });
  const steps = Number(/model: (\d+) steps/.exec(stdout)?.[1] ?? 0);
  if (status === 0) return { seed, steps, failedAfter: undefined };
  process.stdout.write(`${stdout}\n${stderr}\n`);
  const path = /path: "(\d+)/.exec(stdout + stderr)?.[1];
  if (path === undefined) throw new Error(`the tests could not run under seed ${seed}`);
  return { seed, steps, failedAfter: Number(path) + 1 };
}

function note(outcomes: readonly Outcome[], minutes: number, stepsPerRun: number): void {
  const steps = outcomes.reduce((sum, each) => sum + each.steps, 0);
  const failed = outcomes.filter((each) => each.failedAfter !== undefined);
  const date = new Date().toISOString().slice(0, 10);
  const facts = [
    `\n## ${date}: ${minutes} minutes, ${steps} steps, ${outcomes.length} seeds, ${failed.length} failed\n`,
    `Node ${process.version}, ${availableParallelism()} processors, up to ${stepsPerRun} steps in a run,`,
    `${RUNS_PER_SEED} runs of a seed. Seed and steps:\n`,
    outcomes
      .map(({ seed, steps: own, failedAfter }) =>
        failedAfter === undefined ? `${seed} ${own}` : `**${seed} ${own} failed**`,
      )
      .join(', '),
  ];
  appendFileSync(NOTES, `${facts.join('\n')}.\n`);
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    steps: { type: 'string', default: '150' },
  },
});
const stepsPerRun = Number(values.steps);
const start = Date.now();
const minutesGone = () => (Date.now() - start) / 60_000;
const outcomes: Outcome[] = [];
while (minutesGone() < Number(values.minutes)) {
  const outcome = runSeed(randomInt(2 ** 31), stepsPerRun);
  const { seed, steps, failedAfter } = outcome;
  outcomes.push(outcome);
  process.stdout.write(`seed ${seed}: ${steps} steps${failedAfter ? ', FAILED' : ''}\n`);
  if (failedAfter !== undefined)
    appendFileSync(SEEDS, `${seed} ${failedAfter} ${stepsPerRun} # found by a long run\n`);
}
note(outcomes, Math.round(minutesGone()), stepsPerRun);
process.exitCode = outcomes.some(({ failedAfter }) => failedAfter !== undefined) ? 1 : 0;
