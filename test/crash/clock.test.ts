/**
 * Goal: a clock that jumps, while the provider runs or while it is off, loses nothing: ids of events rise on, volumes,
 * bindings and registrations stay, and sessions end when their time is over and not before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { openLog } from '../../src/log/log.ts';
import { type Clock, movableClock } from '../../src/model/clock.ts';
import type { HostId } from '../../src/model/ids.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { openSession, register } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';

const DAY_MS = 86_400_000;
const HOST = '00000000-0000-4000-8000-000000000001';
const room = mkdtempSync(join(tmpdir(), 'keelson-jump-'));
let provider: RunningProvider | undefined;
let host: SoapClient | undefined;

afterEach(async () => {
  host?.close();
  await provider?.close(0);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

async function start(data: string, clock: Clock): Promise<RunningProvider> {
  const config = configSchema.parse({
    dataDir: data,
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
  });
  const parts = { release: 'test', level: 'error', stream: undefined, files: undefined } as const;
  provider = await startProvider({ config, clock, log: openLog({ ...parts, clock }) });
  return provider;
}

/** A host of a vCenter that registers, and that makes a volume and binds it. */
async function enter(running: RunningProvider): Promise<{ readonly vvolId: string }> {
  const vcenter = await register(running);
  host = await vcenter.host(HOST);
  const [container] = textsOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier');
  const metadata =
    '<m:metadata><d:parameterName>VMW_VVolType</d:parameterName><d:parameterValue>Data</d:parameterValue></m:metadata>';
  const message = `<m:containerId>${container}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>8</m:sizeInMB>${metadata}`;
  const vvolId = textOf(await host.ask('createVirtualVolume', message), 'result');
  await host.ask(
    'bindVirtualVolume',
    `<m:vvolId>${vvolId}</m:vvolId><m:bindContext>Normal</m:bindContext>`,
  );
  return { vvolId };
}

/** What was acknowledged is there. */
async function expectThere({ parts }: RunningProvider, vvolId: string): Promise<void> {
  const bindings = await parts.array.bindings({ hostId: HOST as HostId });
  expect(bindings.map((each) => each.vvolId)).toEqual([vvolId]);
}

it('jumps of a year while the provider is off lose nothing, and ids of events rise on', async () => {
  const data = join(room, 'off');
  const clock = movableClock();
  const first = await start(data, clock);
  const { vvolId } = await enter(first);
  let newest = (await first.parts.store.eventRange()).newest;
  await first.close(0);
  for (const jump of [366 * DAY_MS, -2 * 366 * DAY_MS]) {
    clock.moveBy(jump);
    const next = await start(data, clock);
    await expectThere(next, vvolId);
    expect(next.parts.trust.registrations.all()).toHaveLength(1);
    const { eventId } = await next.parts.store.appendSystemEvent(clock.now(), 'told', []);
    expect(eventId).toBeGreaterThan(newest);
    newest = eventId;
    await next.close(0);
  }
});

it('jumps while it runs: certificates and sessions go by the new time, and nothing is told twice', async () => {
  const clock = movableClock();
  const running = await start(join(room, 'running'), clock);
  const { vvolId } = await enter(running);
  const ask = () => host?.call('queryArrays', '');
  clock.moveBy(-2 * DAY_MS);
  const early = await ask();
  expect(early?.fault, 'its certificate is not valid yet').toBe('InvalidSession');
  clock.moveBy(2 * DAY_MS);
  await openSession(host as SoapClient, HOST);
  expect((await ask())?.fault).toBeUndefined();
  clock.moveBy(3 * 3_600_000);
  expect((await ask())?.fault, 'its session is too old').toBe('InvalidSession');
  await openSession(host as SoapClient, HOST);
  await expectThere(running, vvolId);
  const body = (await host?.ask('getEvents', '<m:lastEventId>-1</m:lastEventId>')) ?? '';
  const ids = textsOf(body, 'eventId').map(BigInt);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
});
