/**
 * Goal: a disk that fills while the provider serves stops changes and nothing else. Every refusal is a declared fault
 * or one line, what was acknowledged stays, and with room again all goes on without a restart, events
 * included. The disk holds both databases, the provider's own and the array's. Needs the right to mount a small
 * file system, and is left out without it. docs/reliability.md lists what is lost.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { keelson } from '../cli/support.ts';
import {
  credentialsMessage,
  openSession,
  reached,
  register,
  rootsMessage,
  type VCenter,
} from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';

const HOST = '00000000-0000-4000-8000-000000000001';
/** More than the databases hold between two checkpoints of their logs. */
const CHANGES_AT_MOST = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'keelson-full-serving-'));
const data = join(folder, 'data');
const ballast = join(data, 'ballast');
mkdirSync(data, { mode: 0o700 });
const mounted =
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', data]).status === 0;

let server: ServerProcess;
let vcenter: VCenter;
let host: SoapClient;
let container = '';
let lastEvent = '';
const acknowledged: string[] = [];

/** Takes all the room there is. */
function fillDisk(): void {
  for (const bytes of [1_048_576, 4_096, 1]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(bytes));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
}

const pair = (name: string, value: string) =>
  `<m:metadata><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></m:metadata>`;

/** Undefined when it was made. */
async function createVolume(): Promise<string | undefined> {
  const arguments_ = `<m:containerId>${container}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>8</m:sizeInMB>${pair('VMW_VVolType', 'Data')}${pair('mine', 'yes')}`;
  const { body, fault } = await host.call('createVirtualVolume', arguments_);
  if (fault === undefined) acknowledged.push(textOf(body, 'result'));
  return fault;
}

async function found(): Promise<readonly string[]> {
  const search = '<m:searchConstraint><v:key>mine</v:key></m:searchConstraint>';
  return textsOf(await host.ask('queryVirtualVolume', search), 'return').sort();
}

const pollNow = () => host.call('getEvents', `<m:lastEventId>${lastEvent}</m:lastEventId>`);
const addUser = (name: string) =>
  keelson(['user', 'add', name, '--data-dir', data], { input: 'a password\n' });

/** Another vCenter brings its root. */
async function registerAnother() {
  const authority = await makeAuthority({ name: 'Another vCenter CA' });
  const roots = rootsMessage([authority.certificatePem], [await authority.crl()]);
  const client = vcenter.client();
  const reply = await client.call('registerCACertificatesAndCRLs', credentialsMessage() + roots);
  client.close();
  return reply;
}

beforeAll(async () => {
  if (!mounted) return;
  server = await startServer(folder);
  vcenter = await register(server.ready);
  host = await vcenter.host(HOST);
  container = textOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier');
  lastEvent =
    textsOf(await host.ask('getEvents', '<m:lastEventId>-1</m:lastEventId>'), 'eventId').at(-1) ??
    '-1';
  expect(await createVolume()).toBeUndefined();
});
afterAll(async () => {
  host?.close();
  await server?.end('SIGKILL');
  spawnSync('umount', ['-l', data]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!mounted)(
  'a disk that fills while the provider serves (left out where a tmpfs may not be mounted)',
  () => {
    it('stops changes, each with its declared fault, and answers all questions', async () => {
      fillDisk();
      let fault: string | undefined;
      for (let change = 0; change < CHANGES_AT_MOST && fault === undefined; change += 1) {
        fault = await createVolume();
      }
      expect(fault).toBe('OutOfResource');
      expect(await found()).toEqual([...acknowledged].sort());
      await openSession(host, HOST);
      // News that cannot be numbered cannot be told, and a poll must not say that there is none. The
      // provider's database may still have some room of its own, and then they are numbered.
      const { fault: polled, body } = await pollNow();
      expect([undefined, 'StorageFault']).toContain(polled);
      if (polled !== undefined) expect(body).toContain('its disk is full');
    });

    it('keeps nothing of a registration or a user that it could not write down', async () => {
      const { status, fault } = await registerAnother();
      expect([status, fault]).toEqual([500, 'StorageFault']);
      const { code, stdout, stderr } = await addUser('unwritten');
      expect([code === 0, stdout]).toEqual([false, '']);
      expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
      expect(stderr).toMatch(/no space left/);
      expect((await keelson(['user', 'list', '--data-dir', data])).stdout).not.toContain(
        'unwritten',
      );
      const { stdout: registrations } = await keelson(['registrations', '--data-dir', data]);
      expect(registrations.trimEnd().split('\n'), registrations).toHaveLength(1);
    });

    it('goes on without a restart when there is room, and no event is missing', async () => {
      rmSync(ballast);
      expect(await createVolume()).toBeUndefined();
      expect((await registerAnother()).fault).toBeUndefined();
      expect((await addUser('written')).stdout).toBe('written: added\n');
      expect(await found()).toEqual([...acknowledged].sort());
      const told = new Set<string>();
      const deadline = Date.now() + 20_000;
      while (told.size < acknowledged.length && Date.now() < deadline) {
        const { body: answer, fault } = await pollNow();
        expect(fault).toBeUndefined();
        lastEvent = textsOf(answer, 'eventId').at(-1) ?? lastEvent;
        for (const vvolId of acknowledged) if (answer.includes(vvolId)) told.add(vvolId);
        if (!answer.includes('eventId')) await pause(50);
      }
      expect(acknowledged.filter((vvolId) => !told.has(vvolId))).toEqual([]);
    });

    it('finds everything at the next start', async () => {
      host.close();
      expect(await server.end('SIGTERM')).toBe(0);
      server = await startServer(folder);
      vcenter = await reached(vcenter, server.ready);
      host = await vcenter.host('00000000-0000-4000-8000-000000000002');
      expect(await found()).toEqual([...acknowledged].sort());
    });
  },
);
