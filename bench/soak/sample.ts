/**
 * One look at the provider from outside and inside, and what the load met since the last: the rows of the soak.
 * Knows /proc, so that it runs on Linux alone, and nothing of VASA.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../../src/load/figures.ts';

/** Everything in the order of the columns of the CSV. */
export interface Sample {
  /** Seconds since the start. */
  readonly atS: number;
  /** Which process it is: 1 is the first, and one more after each restart. */
  readonly process: number;
  /** Resident memory, pages of mapped files included, which the system takes back when it needs them. */
  readonly rssMb: number;
  /** Of it what belongs to no file: the process's own. */
  readonly ownMb: number;
  /** The least that the heap held since the last sample: close to what is alive. */
  readonly heapMb: number;
  /** Open file descriptors. */
  readonly fds: number;
  readonly calls: number;
  /** Faults that a rule brought about. */
  readonly faults: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  /** Share of one core that the process took. */
  readonly cpuPercent: number;
  /** Of the whole machine over the last minute: who else was at work. */
  readonly machineLoad: number;
  readonly storeMb: number;
  readonly arrayMb: number;
}

export const COLUMNS = [
  'atS',
  'process',
  'rssMb',
  'ownMb',
  'heapMb',
  'fds',
  'calls',
  'faults',
  'p50Ms',
  'p99Ms',
  'loopP99Ms',
  'loopMaxMs',
  'cpuPercent',
  'machineLoad',
  'storeMb',
  'arrayMb',
] as const satisfies readonly (keyof Sample)[];

/** What the load met since the last sample; emptied by `taken`. */
export class Meter {
  #milliseconds: number[] = [];
  #faults = 0;

  note(milliseconds: number): void {
    this.#milliseconds.push(milliseconds);
  }

  noteFault(): void {
    this.#faults += 1;
  }

  taken(): Pick<Sample, 'calls' | 'faults' | 'p50Ms' | 'p99Ms'> {
    const sorted = this.#milliseconds.sort((a, b) => a - b);
    const at = (share: number) => rounded(sorted.length === 0 ? 0 : percentile(sorted, share));
    const taken = { calls: sorted.length, faults: this.#faults, p50Ms: at(0.5), p99Ms: at(0.99) };
    this.#milliseconds = [];
    this.#faults = 0;
    return taken;
  }
}

/** What the provider is known by. */
export interface Watched {
  readonly pid: number;
  readonly process: number;
  readonly dataFolder: string;
  /** Where the probe writes. */
  readonly probeFile: string;
}

const MB = 1024 * 1024;
const rounded = (value: number) => Math.round(value * 100) / 100;

/** Processor seconds of a process so far. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // utime and stime in ticks, of which Linux tells 100 in a second.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Undefined of a process that has ended. */
function memoryOf(pid: number): Pick<Sample, 'rssMb' | 'ownMb'> | undefined {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string): number | undefined => {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
    return kilobytes === undefined ? undefined : rounded(Number(kilobytes) / 1024);
  };
  const [resident, own] = [megabytes('VmRSS'), megabytes('RssAnon')];
  return resident === undefined || own === undefined ? undefined : { rssMb: resident, ownMb: own };
}

/** Bytes of the files, those beside a database that belong to it included. */
function sizeMb(folder: string, names: readonly string[]): number {
  const all = names.flatMap((name) => [name, `${name}-wal`]).map((name) => join(folder, name));
  const bytes = all.filter((path) => existsSync(path)).map((path) => statSync(path).size);
  return rounded(bytes.reduce((sum, each) => sum + each, 0) / MB);
}

interface Reading {
  readonly heapBytes: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

/** Takes the probe's reading away; undefined when it has not written since. */
function reading(file: string): Reading | undefined {
  if (!existsSync(file)) return undefined;
  const read: Reading = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file, { force: true });
  return read;
}

/** Takes samples of one process after the other; the share of the processor is since the sample before. */
export function sampler(meter: Meter, now: () => number): (watched: Watched) => Sample | undefined {
  const start = now();
  let last: { pid: number; atMs: number; seconds: number } | undefined;
  return (watched) => {
    const { pid, process, dataFolder, probeFile } = watched;
    const inside = reading(probeFile);
    const memory = memoryOf(pid);
    if (inside === undefined || memory === undefined) return undefined;
    const atMs = now();
    const seconds = processorSeconds(pid);
    const before = last?.pid === pid ? last : undefined;
    last = { pid, atMs, seconds };
    const share = before && ((seconds - before.seconds) * 100_000) / (atMs - before.atMs);
    return {
      atS: Math.round((atMs - start) / 1000),
      process,
      ...memory,
      heapMb: rounded(inside.heapBytes / MB),
      fds: readdirSync(`/proc/${pid}/fd`).length,
      ...meter.taken(),
      loopP99Ms: rounded(inside.delayP99Ms),
      loopMaxMs: rounded(inside.delayMaxMs),
      cpuPercent: rounded(share ?? 0),
      machineLoad: rounded(loadavg()[0] ?? 0),
      storeMb: sizeMb(dataFolder, ['provider.db']),
      arrayMb: sizeMb(join(dataFolder, 'array'), ['array.db', 'content.data']),
    };
  };
}

/** All samples as CSV, a line of names first. */
export function csvOf(samples: readonly Sample[]): string {
  const lines = samples.map((sample) => COLUMNS.map((column) => sample[column]).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
