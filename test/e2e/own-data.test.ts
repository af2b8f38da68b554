/**
 * Goal: the provider's own data can be lost, and nothing of the array's is: volumes, what they are called, bindings with
 * their places, snapshots, tasks and profiles are all there for whoever registers again. And a backup that was made
 * while it ran brings the provider back as it was, so that nobody has to register. docs/reliability.md lists the rest.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issued } from '../../certs/make.ts';
import { keelson } from '../cli/support.ts';
import { type Answer, bindVirtualVolume } from '../crash/calls.ts';
import type { Handle } from '../crash/ledger.ts';
import { openSession, reached, register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';

const HOST = '00000000-0000-4000-8000-000000000001';
const OWN = ['provider.db', 'provider.db-wal', 'provider.db-shm', 'keys', 'provider.pem'];
const folder = mkdtempSync(join(tmpdir(), 'keelson-own-data-'));
const data = join(folder, 'data');
const backup = join(folder, 'backup.tar');

let server: ServerProcess;
let vcenter: VCenter;
let identity: Issued;
let host: SoapClient;
let before: Seen;
let lastEvent: string;
let first: { readonly vcenter: VCenter; readonly identity: Issued };

/** What a host sees of the array's. */
interface Seen {
  readonly volumes: readonly string[];
  readonly infos: readonly string[];
  readonly binding: Answer<readonly (Handle | string)[]>;
  readonly task: string;
  readonly compliance: readonly string[];
  readonly containers: readonly string[];
}

const id = (vvolId: string) => `<m:vvolId>${vvolId}</m:vvolId>`;
const pair = (name: string, value: string) =>
  `<m:metadata><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></m:metadata>`;
let taskId = '';
let bound = '';

async function fill(): Promise<void> {
  const [container] = textsOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier');
  const create = (name: string) =>
    host.ask(
      'createVirtualVolume',
      `<m:containerId>${container}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>8</m:sizeInMB>${pair('VMW_VVolType', 'Data')}${pair('VMW_VVolName', name)}${pair('mine', name)}`,
    );
  bound = textOf(await create('one.vmdk'), 'result');
  await create('two.vmdk');
  const task = await host.ask('cloneVirtualVolume', id(bound) + pair('mine', 'copy'));
  taskId = textOf(task, 'taskId');
  while ((await taskState()) !== 'Success') await pause(20);
}

const taskState = async () =>
  textOf(await host.ask('getTaskUpdate', `<m:taskId>${taskId}</m:taskId>`), 'taskState');

async function seen(): Promise<Seen> {
  const search = '<m:searchConstraint><v:key>mine</v:key></m:searchConstraint>';
  const volumes = textsOf(await host.ask('queryVirtualVolume', search), 'return').sort();
  const infos = await host.ask('queryVirtualVolumeInfo', volumes.map(id).join(''));
  const compliance = await host.ask(
    'queryComplianceResult',
    `<m:compliance><compliance:objectId>${bound}</compliance:objectId></m:compliance>`,
  );
  return {
    volumes,
    infos: textsOf(infos, 'parameterValue').sort(),
    binding: await bindVirtualVolume(host, [bound]),
    task: await taskState(),
    compliance: textsOf(compliance, 'complianceStatus'),
    containers: textsOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier').sort(),
  };
}

async function enter(known: VCenter, as?: Issued): Promise<void> {
  vcenter = known;
  identity = as ?? (await vcenter.authority.issueClient());
  host = vcenter.client(identity);
  await openSession(host, HOST);
}

/** The provider stops, and what is its own is gone. */
async function lose(): Promise<void> {
  host.close();
  expect(await server.end('SIGTERM')).toBe(0);
  for (const name of OWN) rmSync(join(data, name), { recursive: true, force: true });
}

const poll = (client: SoapClient, last: string) =>
  client.call('getEvents', `<m:lastEventId>${last}</m:lastEventId>`);

beforeAll(async () => {
  server = await startServer(folder);
  await enter(await register(server.ready));
  first = { vcenter, identity };
  await fill();
  before = await seen();
  expect((await keelson(['backup', 'create', backup, '--data-dir', data])).stderr).toBe('');
  lastEvent = textsOf((await poll(host, '-1')).body, 'eventId').at(-1) ?? '';
});
afterAll(async () => {
  host.close();
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('a provider whose own data are lost', () => {
  it('is a stranger to those who knew it, and shows the whole array to whoever registers', async () => {
    await lose();
    server = await startServer(folder);
    await expect(
      reached(first.vcenter, server.ready),
      'its certificate is another',
    ).rejects.toThrow();
    await enter(await register(server.ready));
    expect(vcenter.uid).not.toBe(first.vcenter.uid);
    const stranger = vcenter.client(first.identity);
    await expect(openSession(stranger, HOST)).rejects.toThrow(/is not trusted/);
    stranger.close();
    expect(await seen()).toEqual(before);
    expect(before.volumes).toHaveLength(3);
    expect(before.compliance).toEqual(['compliant']);
    expect((await poll(host, lastEvent)).fault).toBe('LostEvent');
  });
});

describe('a provider that is restored from a backup', () => {
  it('is who it was: nobody registers, and clients are told to read everything anew', async () => {
    await lose();
    const said = await keelson(['backup', 'restore', backup, '--data-dir', data]);
    expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('1 registrations') });
    server = await startServer(folder);
    await enter(await reached(first.vcenter, server.ready), first.identity);
    expect(textOf(await openSession(host, HOST), 'uid')).toBe(first.vcenter.uid);
    expect(await seen()).toEqual(before);
    expect((await poll(host, lastEvent)).fault).toBe('LostEvent');
    const { body } = await poll(host, '-1');
    expect(textsOf(body, 'eventId').every((each) => BigInt(each) > BigInt(lastEvent))).toBe(true);
  });
});
