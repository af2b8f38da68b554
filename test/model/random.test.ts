/**
 * Random sequences of all operations on virtual volumes, by several hosts and a vCenter, with data written
 * between them, array errors, lost replies, restarts and moved clocks, on the provider and on a plain model
 * of the protocol beside it. After every step both must agree (agree.ts). A failing run prints its seed;
 * `seeds.txt` keeps those that once failed, and they are run first.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import { agreeOnBytes } from './agree.ts';
import { Model } from './model.ts';
import { Real } from './real.ts';
import { bindingSteps } from './steps/bindings.ts';
import { copySteps } from './steps/copies.ts';
import { endpointSteps, nameAllEndpoints } from './steps/endpoints.ts';
import { Command, counted } from './steps/step.ts';
import { create, volumeSteps } from './steps/volumes.ts';
import { worldSteps } from './steps/world.ts';

const RUNS = Number(process.env['KEELSON_MODEL_RUNS'] ?? 40);
const STEPS = Number(process.env['KEELSON_MODEL_STEPS'] ?? 150);
const SEED = process.env['KEELSON_MODEL_SEED'];
const FIRST = { who: 'vcenter', type: 'Data', sizeMB: 3, pairs: [['Tag', 'x']] } as const;
const of = (n: number) =>
  ({ id: 'gold', generation: 0n, thin: n % 2 === 0 ? 'thin' : 'thick' }) as const;

/** Hosts that see their endpoints, and a few volumes, so that there is something to work with. */
const beginning = [
  new Command('endpoints()', nameAllEndpoints),
  ...[0, 0, 1, 2].map(
    (container, n) =>
      new Command('create()', (sides) => create(sides, { ...FIRST, container, profile: of(n) })),
  ),
];

const commands = (steps: number) =>
  fc.commands(
    [fc.oneof(...volumeSteps, ...copySteps, ...bindingSteps, ...endpointSteps, ...worldSteps)],
    {
      maxCommands: steps,
      size: 'max',
    },
  );

async function run(seed: number | undefined, runs: number, steps: number): Promise<void> {
  const property = fc.asyncProperty(commands(steps), async (sequence) => {
    const real = await Real.open();
    try {
      const model = new Model(await real.world());
      for (const first of beginning) await first.run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await agreeOnBytes(model, real, true);
    } finally {
      await real.dispose();
    }
  });
  await fc.assert(property, {
    numRuns: runs,
    ...(seed !== undefined && { seed }),
    endOnFailure: process.env['KEELSON_MODEL_SHRINK'] === undefined,
  });
}

/** Lines of a seed, a number of runs and of steps in each at most; `#` begins a remark. */
function keptSeeds(): readonly (readonly [seed: number, runs: number, steps: number])[] {
  const text = readFileSync(new URL('./seeds.txt', import.meta.url), 'utf8');
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [seed = 0, runs = 1, steps = STEPS] = line.split(/\s+/).map(Number);
      return [seed, runs, steps] as const;
    });
}

describe('the provider and the model agree after every step', () => {
  const kept = SEED === undefined ? keptSeeds() : [];
  it.skipIf(kept.length === 0).each(kept)(
    'of seed %i, which once failed',
    (seed, runs, steps) => run(seed, runs, steps),
    600_000,
  );

  it(
    'of any sequence',
    () => run(SEED === undefined ? undefined : Number(SEED), RUNS, STEPS),
    7_200_000,
  );

  afterAll(() => {
    process.stdout.write(`model: ${counted.steps} steps agreed\n`);
    if (process.env['KEELSON_MODEL_OUTCOMES'] === undefined) return;
    for (const [outcome, count] of [...counted.outcomes].sort())
      process.stdout.write(`model: ${count} ${outcome}\n`);
  });
});
