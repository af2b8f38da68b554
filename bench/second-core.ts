/**
 * Whether a second core pays: the three forms of servers/second-core.ts under the same calls and the same
 * handshakes, in alternating rounds. Printed is the processor time of the process that would hold the
 * database, which bounds the rate however many cores there are, and that of all. ADR 0012 has the figures.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { makeAuthority } from '../certs/make.ts';
import { medianOf } from './figures.ts';
import { measurePlan } from './measure.ts';
import { bindVirtualVolume, planned } from './messages.ts';
import type { HandshakePlan, Handshakes } from './plan.ts';
import { processorMicroseconds } from './processor.ts';
import { started } from './subjects.ts';

const FORMS = {
  one: 'one process',
  cluster: 'two front processes, one writer',
  worker: 'XML in a worker thread',
} as const;
const CONNECTIONS = 16;
const LOAD = resolve(import.meta.dirname, 'handshake-load.ts');

interface Cost {
  readonly writer: number;
  readonly all: number;
  readonly rate: number;
}

/** Prints the table. Rejects where an answer is wrong. */
export async function secondCore(short: boolean): Promise<void> {
  const milliseconds = short ? 300 : 2_000;
  const authority = await makeAuthority();
  const { chainPem, keyPem } = await authority.issueServer({ hosts: ['localhost'], key: 'rsa' });
  const client = await authority.issueClient({ key: 'rsa' });
  const identity = { certificate: client.chainPem, key: client.keyPem };
  const bind = bindVirtualVolume(['a', 'b'].map((letter) => `rfc4122.${letter.repeat(32)}`));
  const requests = [planned({ path: '/service' }, bind, { expect: 'rfc4122' })];
  const servers = [];
  try {
    for (const form of Object.keys(FORMS) as (keyof typeof FORMS)[]) {
      const secrets = JSON.stringify({ form, cert: chainPem, key: keyPem });
      servers.push({
        form,
        calls: [] as Cost[],
        handshakes: [] as Cost[],
        ...(await started('second-core.ts', secrets)),
      });
    }
    for (let round = 0; round < (short ? 1 : 6); round += 1) {
      for (const { form, pid, port, calls, handshakes } of servers) {
        const place = { host: 'localhost', port, trust: authority.certificatePem };
        const connections = Array.from({ length: CONNECTIONS }, () => ({ identity, requests }));
        const call = await costOf(pid, async () => {
          const figures = await measurePlan(form, { ...place, connections, milliseconds });
          return { count: figures.microseconds.length, elapsedMs: figures.elapsedMs };
        });
        const handshake = await costOf(pid, () =>
          shake({ ...place, identity, milliseconds, atOnce: 8, isResumed: false }),
        );
        // The first round only makes them warm.
        if (short || round > 0) {
          calls.push(call);
          handshakes.push(handshake);
        }
      }
    }
    const lines = servers.map(({ form, calls, handshakes }) =>
      [FORMS[form], ...[calls, handshakes].flatMap(cellsOf)].join(' | '),
    );
    process.stdout.write(
      `\n### The second core\n\n| form | bind: writer µs | all µs | calls/s | handshake: writer µs | all µs | handshakes/s |\n|---|---|---|---|---|---|---|\n${lines.map((line) => `| ${line} |`).join('\n')}\n`,
    );
  } finally {
    for (const { end } of servers) await end();
  }
}

function cellsOf(costs: readonly Cost[]): string[] {
  const median = (of: (cost: Cost) => number) => medianOf(costs.map(of)).toFixed(0);
  return [median(({ writer }) => writer), median(({ all }) => all), median(({ rate }) => rate)];
}

async function costOf(
  pid: number,
  work: () => Promise<{ readonly count: number; readonly elapsedMs: number }>,
): Promise<Cost> {
  const pids = [pid, ...childrenOf(pid)];
  const before = pids.map(timesOf);
  const { count, elapsedMs } = await work();
  const spent = pids.map((each, index) => {
    const now = timesOf(each);
    const then = before[index] ?? now;
    return { main: now.main - then.main, all: now.all - then.all };
  });
  return {
    writer: (spent[0]?.main ?? 0) / count,
    all: spent.reduce((sum, { all }) => sum + all, 0) / count,
    rate: (count * 1_000) / elapsedMs,
  };
}

/** Of the main thread, and of all. */
function timesOf(pid: number): { readonly main: number; readonly all: number } {
  const main = Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1_000;
  return { main, all: processorMicroseconds(pid) };
}

function childrenOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
}

async function shake(plan: HandshakePlan): Promise<{ count: number; elapsedMs: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', LOAD], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  const { full, resumed, elapsedMs } = (await json(child.stdout)) as Handshakes;
  return { count: full + resumed, elapsedMs };
}
