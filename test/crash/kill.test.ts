/**
 * kill -9 at any moment, many times, on one data folder: no acknowledged volume or binding is missing, no
 * acknowledged end is undone, nothing half made is visible, sessions are asked for anew, the uid is the
 * same. KEELSON_CRASH_ROUNDS and KEELSON_CRASH_SEED say how often and with which dice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Issued } from '../../certs/make.ts';
import { openSession, reached, register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { textOf, textsOf } from '../support/soap-client.ts';
import { Ledger, type VolumeRecord } from './ledger.ts';
import { create, type Host, type Load, type Random, seeded, work } from './load.ts';
import { verify } from './verify.ts';

const ROUNDS = Number(process.env['KEELSON_CRASH_ROUNDS'] ?? 15);
const SEED = Number(process.env['KEELSON_CRASH_SEED'] ?? Date.now() % 1_000_000);
const HOSTS = 4;
const WORKERS_PER_HOST = 4;

/** A host over all rounds: its certificate lasts, its sessions do not. */
interface Machine {
  readonly id: string;
  readonly identity: Issued;
  /** The session of the round before. */
  session: string | undefined;
}

test(`survives ${ROUNDS} kills under load (seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * 15_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-crash-'));
  const random = seeded(SEED);
  const ledger = new Ledger();
  let server = await startServer(folder);
  try {
    let vcenter = await register(server.ready);
    const machines = await makeMachines(vcenter);
    const shared: VolumeRecord[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const hosts = await openHosts(vcenter, machines);
      await verify(ledger, hosts, random);
      const containers = await containersOf(hosts);
      if (round === 0) shared.push(...(await sharedVolumes(ledger, hosts, containers)));
      await loadUntilKilled(server, { ledger, containers, random }, hosts, shared);
      for (const { client } of hosts) client.close();
      if (random(3) === 0) await killWhileStarting(folder, random);
      server = await startServer(folder);
      vcenter = await reached(vcenter, server.ready);
    }
    await verify(ledger, await openHosts(vcenter, machines), random);
    expect(ledger.acknowledged, 'the load was one').toBeGreaterThan(ROUNDS * 50);
    expect(ledger.with('open')).toEqual([]);
  } finally {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

function makeMachines(vcenter: VCenter): Promise<Machine[]> {
  return Promise.all(
    Array.from({ length: HOSTS }, async (_, index) => ({
      id: `00000000-0000-4000-8000-00000000000${index}`,
      identity: await vcenter.authority.issueClient(),
      session: undefined,
    })),
  );
}

/** New sessions; the old ones must have died with the process, and the provider must be the same. */
function openHosts(vcenter: VCenter, machines: readonly Machine[]): Promise<Host[]> {
  return Promise.all(
    machines.map(async (machine) => {
      const client = vcenter.client(machine.identity, { connections: WORKERS_PER_HOST });
      if (machine.session !== undefined) {
        client.session = machine.session;
        expect((await client.call('queryArrays', '')).fault).toBe('InvalidSession');
        client.session = undefined;
      }
      expect(textOf(await openSession(client, machine.id), 'uid')).toBe(vcenter.uid);
      machine.session = client.session;
      return { id: machine.id, client };
    }),
  );
}

async function containersOf([host]: readonly Host[]): Promise<string[]> {
  if (host === undefined) throw new Error('no host');
  return textsOf(await host.client.ask('queryStorageContainer', ''), 'uniqueIdentifier');
}

/** Volumes that every host binds and nobody deletes. */
async function sharedVolumes(
  ledger: Ledger,
  [host]: readonly Host[],
  containers: readonly string[],
) {
  if (host === undefined) throw new Error('no host');
  return Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      create(ledger, host, containers[index % containers.length] ?? '', 'Config'),
    ),
  );
}

async function loadUntilKilled(
  server: ServerProcess,
  load: Omit<Load, 'killed'>,
  hosts: readonly Host[],
  shared: readonly VolumeRecord[],
): Promise<void> {
  let killed = false;
  const workers = hosts.flatMap((host) =>
    Array.from({ length: WORKERS_PER_HOST }, (_, index) =>
      // A binding has one worker: each takes its own part of the shared volumes.
      work({ ...load, killed: () => killed }, host, everyNth(shared, index)),
    ),
  );
  const death = pause(20 + load.random(600)).then(() => {
    killed = true;
    return server.end('SIGKILL');
  });
  await Promise.all([death, ...workers]);
}

function everyNth<Item>(items: readonly Item[], remainder: number): Item[] {
  return items.filter((_, index) => index % WORKERS_PER_HOST === remainder);
}

/** A start that is killed before it is ready must not stand in the way of the next. */
async function killWhileStarting(folder: string, random: Random): Promise<void> {
  await startServer(folder, { killAfterMs: random(400) }).then(
    (server) => server.end('SIGKILL'),
    () => undefined,
  );
}
