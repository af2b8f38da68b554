/**
 * Runs the benches that are named, or all: `servers` compares Keelson with a general SOAP library and with
 * an empty handler, in alternating rounds, so that a busy machine hurts all alike; `scale` is in scale.ts,
 * `content` in content-times.ts, `http` in http-times.ts. `--short` takes seconds and fails only on wrong answers.
 * Needs `npm run build`. Figures are kept, with their date, in docs/performance.md.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentTimes } from './content-times.ts';
import { percentile, summaryOf, table } from './figures.ts';
import { httpTimes } from './http-times.ts';
import { largeAnswers } from './large-answers.ts';
import { loadOwn } from './load-own.ts';
import { measure } from './measure.ts';
import { metrics } from './metrics.ts';
import { million } from './million.ts';
import { compareMix } from './mix.ts';
import type { Figures } from './plan.ts';
import { scale } from './scale.ts';
import { secondCore } from './second-core.ts';
import { emptyFastify, keelson, SCENARIOS, type Subject, soapPackage } from './subjects.ts';
import { tls } from './tls.ts';
import { wire } from './wire.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Median time in which this disk makes 4 KB durable. */
function syncMilliseconds(): number {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-sync-'));
  const file = openSync(join(folder, 'file'), 'w');
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return percentile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

async function compare(subjects: readonly Subject[], rounds: number, milliseconds: number) {
  for (const scenario of SCENARIOS) {
    const figures = new Map<Subject, Figures[]>(subjects.map((subject) => [subject, []]));
    for (const subject of subjects) await measure(subject, scenario, milliseconds / 2);
    for (let round = 0; round < rounds; round += 1) {
      for (const [subject, kept] of figures)
        kept.push(await measure(subject, scenario, milliseconds));
    }
    const rows = [...figures].map(([{ name }, kept]) => ({ name, summary: summaryOf(kept) }));
    say(`\n### ${scenario}\n\n${table(rows)}`);
  }
}

async function servers(short: boolean): Promise<void> {
  const subjects: Subject[] = [];
  try {
    for (const start of [keelson, soapPackage, emptyFastify]) subjects.push(await start());
    await compare(subjects, short ? 1 : 5, short ? 300 : 2000);
  } finally {
    for (const subject of subjects) await subject.end();
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    kept: { type: 'string' },
    part: { type: 'string', multiple: true, default: [] },
    hosts: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const { short, kept, part, hosts, seconds } = values;
const benches: Readonly<Record<string, () => Promise<void> | void>> = {
  servers: () => servers(short),
  load: () => loadOwn({ short, part, hosts, seconds }),
  mix: () => compareMix(short),
  million: () => million(short, kept),
  scale: () => scale(short, kept),
  content: () => contentTimes(short),
  wire: () => wire(short),
  http: () => httpTimes(short),
  metrics: () => metrics(short),
  cores: () => secondCore(short),
  tls: () => tls(short),
  large: () => largeAnswers(short, kept),
};
say(
  `${availableParallelism()} processors, Node ${process.versions.node}, ${syncMilliseconds().toFixed(2)} ms to make 4 KB durable; what is measured and what measures share the machine`,
);
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`no bench ${name}: ${Object.keys(benches).join(', ')}`);
  await bench();
}
