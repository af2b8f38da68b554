/**
 * kill -9 in the middle of polling: each client goes on with the id that it has, over sessions and restarts,
 * and hears of every change that was acknowledged once, in order, and of nothing twice.
 * KEELSON_CRASH_ROUNDS and KEELSON_CRASH_SEED say how often and with which dice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Issued } from '../../certs/make.ts';
import { openSession, reached, register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import { createVirtualVolume, deleteVirtualVolume } from './calls.ts';
import { Ledger } from './ledger.ts';
import { must, type Random, seeded } from './load.ts';

const ROUNDS = Math.min(Number(process.env['KEELSON_CRASH_ROUNDS'] ?? 6), 50);
const SEED = Number(process.env['KEELSON_CRASH_SEED'] ?? Date.now() % 1_000_000);
const POLLERS = 3;

/** A client over all rounds: what it heard lasts, its sessions do not. */
interface Poller {
  readonly hostId: string;
  readonly identity: Issued;
  readonly heard: { readonly id: bigint; readonly about: string }[];
}

test(`polling goes on over ${ROUNDS} kills (seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * 15_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-polling-'));
  const random = seeded(SEED);
  /** Changes that were acknowledged, as `New <id>` and `Delete <id>`. */
  const acknowledged: string[] = [];
  let server = await startServer(folder);
  try {
    let vcenter = await register(server.ready);
    const pollers = await makePollers(vcenter);
    for (let round = 0; round < ROUNDS; round += 1) {
      await untilKilled(server, vcenter, { pollers, acknowledged, random });
      server = await startServer(folder);
      vcenter = await reached(vcenter, server.ready);
    }
    for (const poller of pollers) {
      const client = await sessionOf(vcenter, poller);
      let more = 1;
      while (more > 0) more = await poll(client, poller);
      client.close();
    }
    expect(acknowledged.length, 'there was something to hear').toBeGreaterThan(ROUNDS * 5);
    for (const { heard } of pollers) expectWhole(heard, acknowledged);
    expect(pollers.map(({ heard }) => heard)).toEqual(pollers.map(() => pollers[0]?.heard));
  } finally {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

function expectWhole(heard: Poller['heard'], acknowledged: readonly string[]): void {
  const ids = heard.map(({ id }) => id);
  expect(ids, 'rising, and none twice').toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
  const abouts = heard.map(({ about }) => about);
  expect(new Set(abouts).size, 'no change twice').toBe(abouts.length);
  const known = new Set(abouts);
  expect(acknowledged.filter((about) => !known.has(about))).toEqual([]);
}

function makePollers(vcenter: VCenter): Promise<Poller[]> {
  return Promise.all(
    Array.from({ length: POLLERS }, async (_, index) => ({
      hostId: `00000000-0000-4000-8000-00000000001${index}`,
      identity: await vcenter.authority.issueClient(),
      heard: [],
    })),
  );
}

async function sessionOf(vcenter: VCenter, { hostId, identity }: Poller): Promise<SoapClient> {
  const client = vcenter.client(identity, { connections: 2 });
  await openSession(client, hostId);
  return client;
}

/** One getEvents with the id that the client has; gives how many events came. */
async function poll(client: SoapClient, { heard }: Poller): Promise<number> {
  const last = heard.at(-1)?.id ?? -1n;
  const body = await client.ask('getEvents', `<m:lastEventId>${last}</m:lastEventId>`);
  const events = body.split(/<\/(?:\w+:)?return>/).slice(0, -1);
  for (const event of events) {
    const [kind, object] = ['eventConfigType', 'objectId'].map((name) => textsOf(event, name)[0]);
    heard.push({ id: BigInt(textOf(event, 'eventId')), about: `${kind} ${object}` });
  }
  return events.length;
}

interface Work {
  readonly pollers: readonly Poller[];
  readonly acknowledged: string[];
  readonly random: Random;
}

async function untilKilled(server: ServerProcess, vcenter: VCenter, work: Work): Promise<void> {
  let killed = false;
  const clients = await Promise.all(work.pollers.map((each) => sessionOf(vcenter, each)));
  const until = async (step: () => Promise<unknown>) => {
    try {
      while (!killed) await step();
    } catch (error) {
      // From the kill on a broken connection is no error.
      if (!killed || !(error instanceof Error && 'code' in error)) throw error;
    }
  };
  const [writer] = clients;
  if (writer === undefined) throw new Error('no poller');
  const [container = ''] = textsOf(
    await writer.ask('queryStorageContainer', ''),
    'uniqueIdentifier',
  );
  const ledger = new Ledger();
  const death = pause(200 + work.random(800)).then(() => {
    killed = true;
    return server.end('SIGKILL');
  });
  await Promise.all([
    death,
    ...clients.flatMap((client, index) => [
      until(() => change(client, ledger, { container, acknowledged: work.acknowledged })),
      until(async () => {
        const poller = work.pollers[index];
        if (poller !== undefined) await poll(client, poller);
      }),
    ]),
  ]);
  for (const client of clients) client.close();
}

/** Makes a volume and ends it again, and notes what was acknowledged. */
async function change(
  client: SoapClient,
  ledger: Ledger,
  { container, acknowledged }: { readonly container: string; readonly acknowledged: string[] },
): Promise<void> {
  const volume = ledger.open('Data', container);
  const task = must(await createVirtualVolume(client, volume), 'createVirtualVolume');
  if (task.state !== 'Success') return;
  const id = task.result ?? '';
  acknowledged.push(`New ${id}`);
  must(await deleteVirtualVolume(client, id), 'deleteVirtualVolume');
  acknowledged.push(`Delete ${id}`);
}
