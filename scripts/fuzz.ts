/**
 * The long run of the fuzzer (`npm run fuzz -- --minutes 30 --seed 1`): requests with every kind of mistake,
 * through all of a provider but its sockets, and then broken HTTP over TLS. Each kind of failure is kept in test/fuzz/corpus/, made small, from
 * where every later test run sends it again. `--grow` keeps one input for each new kind of answer as well.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runHttp } from '../test/fuzz/http.ts';
import { type RunReport, run } from '../test/fuzz/run.ts';
import { openFuzzStage } from '../test/fuzz/stage.ts';

/** Of each minute, what is spent on broken HTTP over TLS. */
const HTTP_MS = 10_000;

function say({ inputs, good, answers, slowestMs, slowest, heapMb, failures }: RunReport): void {
  const facts = `${inputs} inputs, ${good} answered well, ${answers} kinds of answer`;
  process.stdout.write(
    `${facts}, slowest ${slowestMs} ms (${slowest}), heap ${heapMb} MB, ${failures.length} kinds of failure\n`,
  );
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    grow: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
process.stdout.write(`seed ${seed}\n`);
const stage = await openFuzzStage();
const report = await run(stage, {
  seed,
  milliseconds: Number(values.minutes) * (60_000 - HTTP_MS),
  grows: values.grow,
  progress: say,
});
const http = await runHttp(stage, { seed, milliseconds: Number(values.minutes) * HTTP_MS });
await stage.close();
say(report);
process.stdout.write(`${http.sent} HTTP requests, ${http.failures.length} kinds of failure\n`);
for (const { mistake, bytes } of http.failures)
  process.stdout.write(`FAILED ${mistake}: ${JSON.stringify(bytes.toString('latin1'))}\n`);
for (const { mistake, name } of report.failures)
  process.stdout.write(`FAILED ${name}: ${mistake}\n`);
process.exitCode = report.failures.length + http.failures.length === 0 ? 0 : 1;
