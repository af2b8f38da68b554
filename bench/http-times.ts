/**
 * What the way in and out costs: processor time of the server per setContext, for an empty Fastify handler,
 * for Keelson's door before an empty dispatcher, and for the whole of Keelson. Processor time, because a
 * rate is also the load generator's; rounds alternate, and the ratio to the first is the point. Linux only.
 */
import { medianOf } from './figures.ts';
import { measure } from './measure.ts';
import { processorMicroseconds } from './processor.ts';
import { bareWire, emptyFastify, keelson, type Subject } from './subjects.ts';

async function costOfOne(subject: Subject, milliseconds: number): Promise<number> {
  const before = processorMicroseconds(subject.pid);
  const { microseconds } = await measure(subject, 'setContext', milliseconds);
  return (processorMicroseconds(subject.pid) - before) / microseconds.length;
}

/** Prints the table. `short` fails on wrong answers only. */
export async function httpTimes(short: boolean): Promise<void> {
  const subjects: Subject[] = [];
  try {
    for (const start of [emptyFastify, bareWire, keelson]) subjects.push(await start());
    const costs = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
    for (const subject of subjects) await measure(subject, 'setContext', short ? 300 : 2000);
    for (let round = 0; round < (short ? 1 : 5); round += 1) {
      for (const [subject, kept] of costs) kept.push(await costOfOne(subject, short ? 300 : 2000));
    }
    const [first = Number.NaN] = [...costs.values()].map(medianOf);
    const rows = [...costs].map(([{ name }, kept]) => {
      const cost = medianOf(kept);
      return `| ${name} | ${cost.toFixed(0)} | ${(cost / first).toFixed(2)} |`;
    });
    const head = '| server | processor µs per call | ratio |\n|---|---|---|';
    process.stdout.write(`\n### setContext\n\n${head}\n${rows.join('\n')}\n`);
  } finally {
    for (const subject of subjects) await subject.end();
  }
}
