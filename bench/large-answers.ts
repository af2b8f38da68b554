/**
 * What large answers do to everybody else: eight hosts fetch the ids of all volumes of a large array, again
 * and again, while others bind and unbind. Printed is the processor time of the turns of its event
 * loop, how long it was held by the clock (on a busy machine also by others), and what a bind took, without and with them. `--kept` keeps the array of 100,000 volumes.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { summaryOf } from './figures.ts';
import { measurePlan } from './measure.ts';
import { OPTIONS, openSubject } from './scale-arrays.ts';
import { type KeelsonSubject, keelson } from './subjects.ts';

const FETCHING_HOSTS = 8;
/** A pair that every volume of the scale bench's arrays has. */
const PAIR = ['VMW_VVolType', 'Data'] as const;
const TOLD_AFTER_MS = 200;

/** Runs in the provider: tells of its event loop since the last signal, in the file. */
const WATCH = (file: string) => `
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let turns = [];
let last = process.cpuUsage();
const used = ({ user, system }) => (user + system) / 1000;
setInterval(() => {
  turns.push(used(process.cpuUsage(last)));
  last = process.cpuUsage();
}, 1).unref();
process.on('SIGUSR2', () => {
  turns.sort((a, b) => a - b);
  const at = (share) => turns[Math.min(turns.length - 1, Math.floor(turns.length * share))];
  const told = { held: delay.max / 1e6, longest: at(1), p999: at(0.999), p99: at(0.99) };
  writeFileSync(${JSON.stringify(file)}, JSON.stringify(told));
  delay.reset();
  turns = [];
});`;

/**
 * Milliseconds: how long the loop was held at most, whoever else had the processor; and the processor time
 * of a turn of it.
 */
interface Held {
  readonly held: number;
  readonly longest: number;
  readonly p999: number;
  readonly p99: number;
}

/** Prints the table. Rejects where an answer is wrong. */
export async function largeAnswers(short: boolean, kept: string | undefined): Promise<void> {
  const parent = kept ?? mkdtempSync(join(tmpdir(), 'keelson-large-'));
  const told = join(mkdtempSync(join(tmpdir(), 'keelson-large-told-')), 'delay.json');
  const filled = await openSubject(parent, { volumes: short ? 2_000 : 100_000, depth: 1 });
  await filled.array.close();
  const watch = `data:text/javascript,${encodeURIComponent(WATCH(told))}`;
  const subject = await keelson(
    ['--import', watch],
    { KEELSON_ARRAY_OPTIONS: JSON.stringify(OPTIONS) },
    (folder) => {
      mkdirSync(join(folder, 'data'), { mode: 0o700 });
      symlinkSync(filled.folder, join(folder, 'data', 'array'));
    },
  );
  try {
    const rows = [
      await row('binds alone', subject, told, 0, short),
      await row('binds, 8 hosts fetching', subject, told, FETCHING_HOSTS, short),
    ];
    process.stdout.write(
      `\n### Large answers\n\n| | longest turn, processor ms | p99.9 | p99 | event loop held at most, ms | bind p50 ms | bind p99 ms | binds/s | large answers/s |\n|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
    );
  } finally {
    await subject.end();
    if (kept === undefined) rmSync(parent, { recursive: true });
  }
}

async function row(
  name: string,
  subject: KeelsonSubject,
  told: string,
  fetching: number,
  short: boolean,
): Promise<string> {
  const milliseconds = short ? 300 : 10_000;
  const bind = { ...subject.plan('bind of 2'), milliseconds };
  // Those who fetch are the first hosts; the others bind.
  const binding = { ...bind, connections: bind.connections.slice(FETCHING_HOSTS) };
  await measurePlan('warm-up', { ...binding, milliseconds: milliseconds / 2 });
  await heldSince(subject, told);
  const [binds, fetches] = await Promise.all([
    measurePlan(name, binding),
    fetching === 0
      ? undefined
      : measurePlan(name, { ...subject.asking(fetching, PAIR, 'rfc4122'), milliseconds }),
  ]);
  const { held, longest, p999, p99 } = await heldSince(subject, told);
  const { p50Ms, p99Ms, requestsPerSecond } = summaryOf([binds]);
  const large = fetches === undefined ? 0 : summaryOf([fetches]).requestsPerSecond;
  const turns = [longest, p999, p99, held].map((milliseconds) => milliseconds.toFixed(1));
  return `| ${[name, ...turns, p50Ms.toFixed(1), p99Ms.toFixed(1), requestsPerSecond.toFixed(0), large.toFixed(1)].join(' | ')} |`;
}

async function heldSince({ pid }: KeelsonSubject, told: string): Promise<Held> {
  process.kill(pid, 'SIGUSR2');
  await pause(TOLD_AFTER_MS);
  return JSON.parse(readFileSync(told, 'utf8')) as Held;
}
