/**
 * Random sequences of all operations on virtual volumes, by several hosts and a vCenter, with data written
 * between them, array errors, lost replies, restarts and moved clocks, on the provider and on a plain model
 * of the protocol beside it. After every step both must agree (agree.ts). A failing run prints its seed;
 * `seeds.txt` keeps those that once failed, and they are run first.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import { Model } from './model.ts';
import { Real } from './real.ts';
import { bindingSteps } from './steps/bindings.ts';
import { copySteps } from './steps/copies.ts';
import { counted } from './steps/step.ts';
import { volumeSteps } from './steps/volumes.ts';
import { worldSteps } from './steps/world.ts';

const RUNS = Number(process.env['KEELSON_MODEL_RUNS'] ?? 40);
const STEPS = Number(process.env['KEELSON_MODEL_STEPS'] ?? 80);
const SEED = process.env['KEELSON_MODEL_SEED'];

const commands = fc.commands(
  [fc.oneof(...volumeSteps, ...copySteps, ...bindingSteps, ...worldSteps)],
  { maxCommands: STEPS, size: 'max' },
);

async function run(seed: number | undefined, runs: number): Promise<void> {
  const property = fc.asyncProperty(commands, async (sequence) => {
    const real = await Real.open();
    try {
      const model = new Model(await real.world());
      await fc.asyncModelRun(() => ({ model, real }), sequence);
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

/** Lines of a seed and a number of runs; `#` begins a remark. */
function keptSeeds(): readonly (readonly [seed: number, runs: number])[] {
  const text = readFileSync(new URL('./seeds.txt', import.meta.url), 'utf8');
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [seed = 0, runs = 1] = line.split(/\s+/).map(Number);
      return [seed, runs] as const;
    });
}

describe('the provider and the model agree after every step', () => {
  const kept = SEED === undefined ? keptSeeds() : [];
  it.skipIf(kept.length === 0).each(kept)(
    'of seed %i, which once failed',
    (seed, runs) => run(seed, runs),
    600_000,
  );

  it('of any sequence', () => run(SEED === undefined ? undefined : Number(SEED), RUNS), 7_200_000);

  afterAll(() => process.stdout.write(`model: ${counted.steps} steps agreed\n`));
});
