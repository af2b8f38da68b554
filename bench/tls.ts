/**
 * What TLS handshakes cost the server, with provider certificates of RSA 2048 and ECDSA P-256 and clients
 * of both kinds, full and resumed: Keelson's door beside Node's own HTTPS server, in alternating rounds.
 * Processor time, because a rate is also the clients', who share the machine; each connection makes one
 * small request, so that resumed ones show what the connection itself costs.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { makeAuthority } from '../certs/make.ts';
import { medianOf } from './figures.ts';
import type { HandshakePlan, Handshakes } from './plan.ts';
import { processorMicroseconds } from './processor.ts';
import { started } from './subjects.ts';

const KINDS = ['rsa', 'ecdsa'] as const;
const SERVERS = { 'Node’s HTTPS server': 'plain-https.ts', 'Keelson’s door': 'wire.ts' } as const;
const AT_ONCE = 8;
const LOAD = resolve(import.meta.dirname, 'handshake-load.ts');

interface Row {
  readonly name: string;
  readonly pid: number;
  readonly plan: Omit<HandshakePlan, 'milliseconds'>;
  readonly costs: number[];
}

/** Prints the table. Rejects where a handshake fails, or was not of the kind that was asked for. */
export async function tls(short: boolean): Promise<void> {
  const milliseconds = short ? 300 : 1_500;
  const authority = await makeAuthority();
  const rows: Row[] = [];
  const ends: (() => Promise<void>)[] = [];
  try {
    for (const key of short ? KINDS.slice(1) : KINDS) {
      const { chainPem, keyPem } = await authority.issueServer({ hosts: ['localhost'], key });
      const secrets = { cert: chainPem, key: keyPem, ca: authority.certificatePem };
      for (const [server, program] of Object.entries(SERVERS)) {
        const { pid, port, end } = await started(program, JSON.stringify(secrets));
        ends.push(end);
        for (const client of short ? KINDS.slice(1) : KINDS) {
          const issued = await authority.issueClient({ key: client });
          const identity = { certificate: issued.chainPem, key: issued.keyPem };
          for (const isResumed of [false, true]) {
            const name = `${key} | ${server} | ${client} | ${isResumed ? 'resumed' : 'full'}`;
            const place = { host: 'localhost', port, trust: authority.certificatePem };
            rows.push({
              name,
              pid,
              plan: { ...place, identity, atOnce: AT_ONCE, isResumed },
              costs: [],
            });
          }
        }
      }
    }
    if (!short) for (const row of rows) await costOfOne(row, milliseconds / 2);
    for (let round = 0; round < (short ? 1 : 5); round += 1) {
      for (const row of rows) row.costs.push(await costOfOne(row, milliseconds));
    }
    const lines = rows.map(({ name, costs }) => {
      const cost = medianOf(costs);
      return `| ${name} | ${cost.toFixed(0)} | ${(1e6 / cost).toFixed(0)} |`;
    });
    process.stdout.write(
      `\n### Handshakes\n\n| provider’s key | server | client’s key | handshake | server’s processor µs | per second of one processor |\n|---|---|---|---|---|---|\n${lines.join('\n')}\n`,
    );
  } finally {
    for (const end of ends) await end();
  }
}

async function costOfOne({ name, pid, plan }: Row, milliseconds: number): Promise<number> {
  const before = processorMicroseconds(pid);
  const child = spawn(process.execPath, ['--import', 'tsx', LOAD], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ ...plan, milliseconds } satisfies HandshakePlan));
  const { full, resumed } = (await json(child.stdout)) as Handshakes;
  const others = plan.isResumed ? full - AT_ONCE : resumed;
  if (full + resumed === 0 || others > 0)
    throw new Error(`${name}: ${full} full, ${resumed} resumed`);
  return (processorMicroseconds(pid) - before) / (full + resumed);
}
