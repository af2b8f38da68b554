/**
 * The steady mix of `keelson bench`, and the same against the `soap` package's server and an empty Fastify
 * handler, both over the same mutual TLS: in alternating rounds, so that a busy machine hurts all alike.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clear } from '../src/load/clear.ts';
import { Host } from '../src/load/client/host.ts';
import { Messages } from '../src/load/client/messages.ts';
import { Work } from '../src/load/client/work.ts';
import { percentile } from '../src/load/figures.ts';
import { onStage } from '../src/load/load.ts';
import { Meter } from '../src/load/meter.ts';
import { goThroughMix, mixSlots, type Slot } from '../src/load/parts/mix.ts';
import type { Stage } from '../src/load/stage.ts';
import { watched } from '../src/load/watch.ts';
import { compileCodec } from '../src/wire/codec.ts';
import { service } from '../src/wire/generated/vasa-2.0/service.ts';
import { startServer, USER } from '../test/support/server-process.ts';
import { started } from './subjects.ts';

interface Extent {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly inFlight: number;
}

const FULL: Extent = { rounds: 7, milliseconds: 3_000, inFlight: 64 };
const SHORT: Extent = { rounds: 1, milliseconds: 300, inFlight: 16 };

/** A server under the mix. */
interface Mixed {
  readonly name: string;
  readonly work: Work;
  readonly slots: readonly Slot[];
  end(): void;
}

interface Round {
  readonly rate: number;
  /** Of one processor, of this process. */
  readonly own: number;
  readonly p50: number;
  readonly p99: number;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

export async function compareMix(short: boolean): Promise<void> {
  const extent = short ? SHORT : FULL;
  const folder = mkdtempSync(join(tmpdir(), 'keelson-mix-'));
  const server = await startServer(folder);
  try {
    const left = await onStage(
      {
        url: server.ready.versionXml,
        trust: readFileSync(server.ready.certificateFile, 'utf8'),
        ...{ user: USER.name, password: USER.password, timeoutMs: 30_000 },
        events: ['ConfigProtocolEndpoint', 'Rebind'],
        now: () => Date.now(),
      },
      (stage) => compared(stage, extent),
    );
    if (left.length > 0) throw new Error(left.join('; '));
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compared(stage: Stage, extent: Extent): Promise<void> {
  const subjects: Mixed[] = [];
  const cleared = new Meter();
  try {
    const work = new Work(stage.messages, stage.containerId);
    const slots = await mixSlots(stage, work, extent.inFlight);
    const end = () => undefined;
    subjects.push({ name: 'Keelson (mutual TLS, durable)', work, slots, end });
    subjects.push(
      await other(stage, slots, 'soap package (mutual TLS, in memory)', 'soap-package.ts'),
    );
    subjects.push(
      await other(stage, slots, 'empty Fastify handler (mutual TLS)', 'empty-fastify.ts', 'empty'),
    );
    const rounds = new Map<Mixed, Round[]>(subjects.map((subject) => [subject, []]));
    for (const subject of subjects) await round(subject, extent);
    for (let turn = 0; turn < extent.rounds; turn += 1)
      for (const [subject, kept] of rounds) kept.push(await round(subject, extent));
    say(`\n### Steady mix, ${extent.inFlight} in flight\n\n${tableOf(rounds)}`);
  } finally {
    for (const { slots, end } of subjects) {
      for (const { host } of slots) host.close();
      end();
    }
    const [own] = subjects;
    if (own !== undefined) await clear(stage, own.work, cleared);
  }
  const [failure] = cleared.failures();
  if (failure !== undefined) throw new Error(failure.example);
}

/** The same load to a server that knows no sessions and makes volumes of any id. */
async function other(
  stage: Stage,
  slots: readonly Slot[],
  name: string,
  program: string,
  expect?: string,
): Promise<Mixed> {
  const { chainPem, keyPem } = await stage.authority.issueServer({ hosts: ['localhost'] });
  const secrets = { cert: chainPem, key: keyPem, ca: stage.authority.certificatePem };
  const { port, end } = await started(program, JSON.stringify(secrets));
  const url = `https://localhost:${port}/service`;
  const work = new Work(new Messages(compileCodec(service), url, expect), stage.containerId);
  const endpoint = { host: 'localhost', port };
  const made = new Map(slots.map(({ host }) => [host, new Host({ ...host.options, endpoint })]));
  return {
    name,
    work,
    slots: slots.flatMap(({ host, vvolId }) => {
      const own = made.get(host);
      return own === undefined ? [] : [{ host: own, vvolId, cursor: { last: -1n } }];
    }),
    end: () => void end(),
  };
}

async function round({ name, work, slots }: Mixed, { milliseconds }: Extent): Promise<Round> {
  const meter = new Meter();
  const watch = watched(undefined);
  await goThroughMix(work, slots, meter, { milliseconds, signal: new AbortController().signal });
  const { seconds, generatorShare } = watch();
  const [failure] = meter.failures();
  if (failure !== undefined) throw new Error(`${name}: ${failure.count} times ${failure.example}`);
  const all = Float64Array.from(meter.allTimes()).sort();
  return {
    rate: meter.calls / seconds,
    own: generatorShare,
    p50: percentile(all, 0.5),
    p99: percentile(all, 0.99),
  };
}

function tableOf(rounds: ReadonlyMap<Mixed, readonly Round[]>): string {
  const median = (kept: readonly Round[], key: keyof Round) =>
    percentile(
      kept.map((each) => each[key]).sort((a, b) => a - b),
      0.5,
    );
  const [first = []] = rounds.values();
  const rows = [...rounds].map(([{ name }, kept]) => {
    const ratios = first.map(({ rate }, turn) => rate / (kept[turn]?.rate ?? Number.NaN));
    const ratio = percentile(
      [...ratios].sort((a, b) => a - b),
      0.5,
    );
    const [rate, p50, p99, own] = (['rate', 'p50', 'p99', 'own'] as const).map((key) =>
      median(kept, key),
    );
    return `| ${name} | ${rate?.toFixed(0)} | ${p50?.toFixed(2)} | ${p99?.toFixed(2)} | ${ratio.toFixed(2)} | ${((own ?? 0) * 100).toFixed(0)} % |`;
  });
  return [
    '| server | requests/s | p50 ms | p99 ms | Keelson ÷ this | load generator, of one processor |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
