/**
 * The soak: hours of a modest mixed load on the provider as it is delivered, with fault rules that come and go, and
 * restarts in order and by kill -9; what was acknowledged is looked for each time. Memory, open files, latency and
 * sizes are sampled all along. Ends with a verdict (verdict.ts), and 1 when it does not hold. `--hours N` or
 * `--seconds N`, `--rate CALLS_PER_SECOND`, `--seed N`; `--out FOLDER` for CSV and chart; `--keep` puts the chart
 * and a section into docs. Needs `npm run build`, and Linux.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seeded } from '../../test/crash/load.ts';
import type { SoapClient } from '../../test/support/soap-client.ts';
import { containersOf } from './calls.ts';
import type { Mark } from './chart.ts';
import { Gate, paced } from './gate.ts';
import { type Disturbance, disturbances, RULES, RULES_STAY, rulePeriods } from './plan.ts';
import { SoakedProvider } from './provider.ts';
import { insert, keep, type Outcome } from './report.ts';
import { Meter, type Sample, sampler } from './sample.ts';
import { settle } from './settle.ts';
import { judge } from './verdict.ts';
import { step, type Work, type Worker } from './worker.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const HOSTS = 6;
const WORKERS_PER_HOST = 2;
const SAMPLES = 120;
const LONGEST_SAMPLE_SECONDS = 60;

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '2' },
    seconds: { type: 'string' },
    rate: { type: 'string', default: '25' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    out: { type: 'string', default: '.' },
    keep: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds ?? Number(values.hours) * 3_600);
const say = (words: string) => process.stdout.write(`${words}\n`);

/** The state of one soak. */
class Soak {
  readonly gate = new Gate();
  readonly meter = new Meter();
  readonly samples: Sample[] = [];
  readonly restarts: Mark[] = [];
  readonly findings: string[] = [];
  readonly startedAt = performance.now();
  readonly #provider: SoakedProvider;
  readonly #workers: Worker[];
  readonly #work: Work;
  readonly #turn = paced(Number(values.rate));
  #clients: SoapClient[] = [];
  #disturbed = false;
  #over = false;
  #rules = 0;

  constructor(provider: SoakedProvider, clients: readonly SoapClient[]) {
    this.#provider = provider;
    this.#work = {
      random: seeded(Number(values.seed)),
      containers: [],
      ended: new Set(),
      isDisturbed: () => this.#disturbed,
      finding: (text) => {
        this.findings.push(text);
        say(`finding: ${text}`);
      },
    };
    this.#workers = clients.flatMap((client) =>
      Array.from({ length: WORKERS_PER_HOST }, () => ({
        ...{ client, own: [], unanswered: 0, lastEventId: '-1', steps: 0 },
      })),
    );
  }

  get elapsedSeconds(): number {
    return (performance.now() - this.startedAt) / 1_000;
  }

  /** Works until the time is over. */
  async run(): Promise<void> {
    await this.#enter();
    const work = this.#workers.map((worker) => this.#keepWorking(worker));
    const watching = this.#watch();
    for (const disturbance of disturbances(seconds)) {
      await this.#until(disturbance.at);
      await this.#disturb(disturbance);
    }
    await this.#until(1);
    await this.#restart('kill -9');
    this.#over = true;
    await Promise.all([...work, watching]);
    for (const client of this.#clients) client.close();
    const code = await this.#provider.end('SIGTERM');
    if (code !== 0) this.#work.finding(`the provider ended with ${code}`);
    const unsound = this.#provider.checked();
    if (unsound !== undefined) this.#work.finding(unsound);
  }

  /** Sessions for all hosts, and calls that are paced and measured. */
  async #enter(): Promise<void> {
    this.#clients = (await this.#provider.sessions()).map((client) => this.#measured(client));
    this.#workers.forEach((worker, index) => {
      const client = this.#clients[Math.floor(index / WORKERS_PER_HOST)];
      if (client !== undefined) worker.client = client;
    });
    const [client] = this.#clients;
    if (client !== undefined) this.#work.containers = await containersOf(client);
    await this.#settled();
  }

  #measured(client: SoapClient): SoapClient {
    const { call } = client;
    client.call = async (...args) => {
      await this.#turn();
      const start = performance.now();
      const reply = await call(...args);
      this.meter.note(performance.now() - start);
      if (reply.fault !== undefined) this.meter.noteFault();
      return reply;
    };
    return client;
  }

  async #keepWorking(worker: Worker): Promise<void> {
    while (!this.#over) await this.gate.pass(() => step(this.#work, worker));
  }

  async #watch(): Promise<void> {
    const sample = sampler(this.meter, () => performance.now());
    const apart = Math.min(LONGEST_SAMPLE_SECONDS, seconds / SAMPLES);
    while (!this.#over) {
      await pause(Math.max(apart, 1.5) * 1_000);
      const taken = this.#looked(sample);
      if (taken === undefined) continue;
      this.samples.push(taken);
      const { atS, rssMb, heapMb, fds, p99Ms, calls } = taken;
      say(
        `${atS} s: ${calls} calls, p99 ${p99Ms} ms, ${rssMb} MB, heap ${heapMb} MB, ${fds} files`,
      );
    }
  }

  /** Undefined while it is being restarted. */
  #looked(sample: ReturnType<typeof sampler>): Sample | undefined {
    try {
      return sample(this.#provider.watched);
    } catch (error) {
      if (
        error instanceof Error &&
        'code' in error &&
        (error.code === 'ENOENT' || error.code === 'ESRCH')
      )
        return undefined;
      throw error;
    }
  }

  async #until(share: number): Promise<void> {
    await pause(Math.max(0, (share * seconds - this.elapsedSeconds) * 1_000));
  }

  async #disturb({ what }: Disturbance): Promise<void> {
    if (what === 'fault rules') await this.#underRules();
    else await this.#restart(what);
  }

  async #restart(what: Mark['what']): Promise<void> {
    say(`${Math.round(this.elapsedSeconds)} s: ${what}`);
    this.restarts.push({ atS: Math.round(this.elapsedSeconds), what });
    this.#disturbed = true;
    const code = await this.#provider.end(what === 'kill -9' ? 'SIGKILL' : 'SIGTERM');
    if (what === 'restart' && code !== 0) this.#work.finding(`it ended with ${code}`);
    await this.gate.close();
    for (const client of this.#clients) client.close();
    await this.#provider.again();
    await this.#enter();
  }

  async #underRules(): Promise<void> {
    const { faults } = await this.#provider.admin();
    const rules = RULES[this.#rules % RULES.length] ?? [];
    this.#rules += 1;
    this.#disturbed = true;
    for (const rule of rules) await faults.add(rule);
    await pause((1_000 * seconds * RULES_STAY) / rulePeriods(seconds));
    await this.gate.close();
    await faults.clear();
    await this.#settled();
  }

  /** Compares what is there with what was acknowledged, and goes on. */
  async #settled(): Promise<void> {
    const [client] = this.#clients;
    if (client === undefined) throw new Error('there is no host');
    await settle(client, this.#work, this.#workers);
    this.#disturbed = false;
    this.gate.open();
  }
}

/** Runs it, and gives whether the verdict holds. */
async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-soak-'));
  say(`a soak of ${seconds} s, ${values.rate} calls a second, seed ${values.seed}, in ${folder}`);
  const provider = await SoakedProvider.start(folder, HOSTS);
  try {
    const { release } = await (await provider.admin()).status();
    const clients = await provider.sessions();
    const soak = new Soak(provider, clients);
    for (const client of clients) client.close();
    await soak.run();
    const { samples, restarts, findings } = soak;
    const outcome: Outcome = {
      ...{ samples, restarts, findings, seconds, release },
      judgements: judge(samples, findings, seconds),
      rulePeriods: rulePeriods(seconds),
      date: new Date().toISOString().slice(0, 10),
    };
    const section = keep(outcome, values.keep ? join(DOCS, 'pictures') : resolve(values.out));
    if (values.keep) insert(join(DOCS, 'reliability.md'), section);
    say(section);
    return outcome.judgements.every(({ holds }) => holds);
  } finally {
    await provider.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = (await main()) ? 0 : 1;
