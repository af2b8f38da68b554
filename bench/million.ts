/**
 * What a thousand times as many volumes cost over the wire: two providers, one with 1,000 volumes and one with a
 * million, each a process of its own, asked the same calls in turn. And the time from start to first answer, and
 * memory. The arrays are those of the scale bench (`--kept` keeps them filled).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchText } from '../src/accept/world/target.ts';
import { clear } from '../src/load/clear.ts';
import type { Host } from '../src/load/client/host.ts';
import { Work } from '../src/load/client/work.ts';
import { onStage } from '../src/load/load.ts';
import { Meter } from '../src/load/meter.ts';
import { askOnce, openCaller } from '../src/load/parts/calls.ts';
import { processesOf } from '../src/load/processes.ts';
import type { Stage } from '../src/load/stage.ts';
import { type ServerProcess, startServer, USER } from '../test/support/server-process.ts';
import { OPTIONS, openSubject, vvolIdOf } from './scale-arrays.ts';

interface Extent {
  readonly sizes: readonly number[];
  readonly rounds: number;
}

const FULL: Extent = { sizes: [1_000, 1_000_000], rounds: 500 };
const SHORT: Extent = { sizes: [200, 1_000], rounds: 3 };
/** Volumes that are asked about, strewn over the array. */
const ASKED = 1_000;
/** Every tenth volume of these arrays is bound already; the one after it is asked about. */
const ONE_IS_BOUND_OF = 10;
const FREE = 1;
/** From one to the next that is asked about, so that neighbours are not; prime. */
const STRIDE = 389;

const say = (text: string) => process.stdout.write(`${text}\n`);

/** A provider over an array of that size, and how long it took. */
interface Sized {
  readonly volumes: number;
  readonly server: ServerProcess;
  /** From the start of the process to version.xml being served, milliseconds. */
  readonly firstAnswerMs: number;
}

/** Rejects where an answer is wrong. `kept`: a folder whose arrays are used again, and left. */
export async function million(short: boolean, kept: string | undefined): Promise<void> {
  const { sizes, rounds } = short ? SHORT : FULL;
  const parent = kept ?? mkdtempSync(join(tmpdir(), 'keelson-million-'));
  const folder = mkdtempSync(join(tmpdir(), 'keelson-million-providers-'));
  const sized: Sized[] = [];
  try {
    for (const volumes of sizes) sized.push(await started(parent, folder, volumes));
    await compared(sized, rounds);
  } finally {
    for (const { server } of sized) await server.end('SIGTERM');
    rmSync(folder, { recursive: true });
    if (kept === undefined) rmSync(parent, { recursive: true });
  }
}

/** Fills the array, starts the provider once so that it has its keys, and again to measure. */
async function started(parent: string, folder: string, volumes: number): Promise<Sized> {
  const subject = await openSubject(parent, { volumes, depth: 1 });
  await subject.array.close();
  const own = join(folder, `${volumes}`);
  mkdirSync(join(own, 'data'), { recursive: true, mode: 0o700 });
  symlinkSync(subject.folder, join(own, 'data', 'array'));
  const environment = { KEELSON_ARRAY_OPTIONS: JSON.stringify(OPTIONS) };
  await (await startServer(own, { environment })).end('SIGTERM');
  const start = performance.now();
  const server = await startServer(own, { environment });
  await fetchText(server.ready.versionXml, [trustOf(server)], 30_000);
  return { volumes, server, firstAnswerMs: performance.now() - start };
}

const trustOf = ({ ready }: ServerProcess) => readFileSync(ready.certificateFile, 'utf8');

/** One host of one provider. */
interface Asked {
  readonly stage: Stage;
  readonly work: Work;
  readonly host: Host;
  readonly vvolIds: readonly string[];
  readonly meter: Meter;
}

/** Registers with each, asks all of them in turn, and prints what came of it. */
async function compared(sized: readonly Sized[], rounds: number): Promise<void> {
  const asked: Asked[] = [];
  const next = async (index: number): Promise<void> => {
    const one = sized[index];
    if (one === undefined) return inTurn(asked, rounds);
    const left = await onStage(
      {
        url: one.server.ready.versionXml,
        trust: trustOf(one.server),
        ...{ user: USER.name, password: USER.password, timeoutMs: 30_000 },
        events: ['ConfigProtocolEndpoint', 'Rebind'],
        now: () => Date.now(),
      },
      async (stage) => {
        asked[index] = await asking(stage, one.volumes);
        await next(index + 1);
      },
    );
    if (left.length > 0) throw new Error(left.join('; '));
  };
  await next(0);
  for (const { meter } of asked) {
    const [failure] = meter.failures();
    if (failure !== undefined) throw new Error(`${failure.count} times ${failure.example}`);
  }
  say(`\n### A million volumes, over the wire\n\n${tableOf(sized, asked)}`);
}

async function asking(stage: Stage, volumes: number): Promise<Asked> {
  const step = Math.max(1, Math.floor(volumes / ASKED / ONE_IS_BOUND_OF)) * ONE_IS_BOUND_OF;
  const numbers = Array.from(
    { length: Math.floor(volumes / step) },
    (_, turn) => turn * step + FREE,
  );
  const work = new Work(stage.messages, stage.containerId);
  const vvolIds = numbers.map((number) => vvolIdOf(number));
  return { stage, work, host: await openCaller(stage), vvolIds, meter: new Meter() };
}

async function inTurn(asked: readonly Asked[], rounds: number): Promise<void> {
  const warmUp = Math.ceil(rounds / 5);
  for (let turn = 0; turn < warmUp + rounds; turn += 1)
    // Volumes anywhere in the array, in no order: the worst case.
    for (const one of asked)
      await askOnce(one, turn < warmUp ? new Meter() : one.meter, turn * STRIDE);
  for (const { host, stage, work, meter } of asked) {
    host.close();
    await clear(stage, work, meter);
  }
}

function tableOf(sized: readonly Sized[], asked: readonly Asked[]): string {
  const columns = sized.map(({ volumes }) => `${volumes.toLocaleString('en')} volumes`);
  const usages = sized.map(({ server }) => processesOf(server.ready.pid)?.usage().memoryMB);
  const timings = asked.map(({ meter }) => meter.timings());
  const [first = []] = timings;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...columns]),
    `|---|${columns.map(() => '---|').join('')}`,
    line(['start to first answer, ms', ...sized.map((each) => each.firstAnswerMs.toFixed(0))]),
    line(['memory afterwards, MB', ...usages.map((each) => each?.toFixed(0) ?? 'not known')]),
    ...first.map(({ operation, p50 }, row) =>
      line([
        `${operation}, median ms`,
        ...timings.map((own) => {
          const time = own[row]?.p50 ?? Number.NaN;
          return `${time.toFixed(2)} (${(time / p50).toFixed(2)})`;
        }),
      ]),
    ),
  ].join('\n');
}
