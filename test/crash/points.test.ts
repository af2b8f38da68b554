/**
 * The process dies at each named point of each operation that changes something, by a fault rule. Before
 * the commit nothing has been done, after it everything; the array adds up, and the next process goes on
 * as if nothing had been. What was acknowledged earlier is there each time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issued } from '../../certs/make.ts';
import { openSimulator } from '../../simulator/index.ts';
import { adminClient } from '../../src/admin/client.ts';
import { findSocket } from '../../src/admin/socket.ts';
import { CRASH_POINTS } from '../../src/array/crash-points.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { VvolId } from '../../src/model/ids.ts';
import { openSession, reached, register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import { bindVirtualVolume, unbinding } from './calls.ts';

const HOST = '00000000-0000-4000-8000-000000000001';
const folder = mkdtempSync(join(tmpdir(), 'keelson-points-'));
const data = join(folder, 'data');
let server: ServerProcess;
let vcenter: VCenter;
let identity: Issued;
let host: SoapClient;
let made = 0;

beforeAll(async () => {
  server = await startServer(folder);
  vcenter = await register(server.ready);
  identity = await vcenter.authority.issueClient();
  await enter();
});

afterAll(async () => {
  host.close();
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function enter(): Promise<void> {
  host = vcenter.client(identity);
  await openSession(host, HOST);
}

/** Metadata pair of the messages (`m`) or inside a VirtualVolumeInfo (`v`). */
const pair = (element: string, name: string, value: string) =>
  `<${element}><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></${element}>`;
const id = (vvolId: string) => `<m:vvolId>${vvolId}</m:vvolId>`;

async function creation(name: string): Promise<string> {
  const containers = await host.ask('queryStorageContainer', '');
  const [container] = textsOf(containers, 'uniqueIdentifier');
  const metadata = [pair('m:metadata', 'VMW_VVolType', 'Data'), pair('m:metadata', 'name', name)];
  return `<m:containerId>${container}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>64</m:sizeInMB>${metadata.join('')}`;
}

/** Creates a volume that is acknowledged. */
async function volume(): Promise<string> {
  made += 1;
  const answer = await host.ask('createVirtualVolume', await creation(`volume-${made}`));
  expect(textOf(answer, 'taskState')).toBe('Success');
  return textOf(answer, 'result');
}

async function bound(): Promise<string> {
  const vvolId = await volume();
  await host.ask('bindVirtualVolume', `${id(vvolId)}<m:bindContext>Normal</m:bindContext>`);
  return vvolId;
}

/** Id of a snapshot that is prepared and not taken. */
async function prepared(vvolId: string): Promise<string> {
  const message = `${id(vvolId)}<m:snapType>SnapshotReadOnly</m:snapType>`;
  const answer = await host.ask('prepareToSnapshotVirtualVolume', message);
  return textOf(answer, 'snapshotId');
}

interface Doing {
  /** A volume that was acknowledged before, which must be there unless the work is to delete it. */
  readonly subject: string;
  /** Arguments of the call, in XML. */
  readonly message: string;
  /** Whether the array has done it. */
  readonly isDone: (array: StorageArrayPort) => Promise<boolean>;
}

const named = async (array: StorageArrayPort, key: string, value: string) =>
  (await array.findVolumes([{ key, value }], { after: undefined, limit: 9 })).items.length === 1;
// Ids that the provider gave; nothing but the brand is missing.
const there = async (array: StorageArrayPort, vvolId: string) =>
  (await array.volumes([vvolId as VvolId])).length === 1;
const isBound = async (array: StorageArrayPort, vvolId: string) =>
  (await array.bindings({ vvolId: vvolId as VvolId })).length === 1;

/** For each operation how it is set up; every set-up is acknowledged. */
const OPERATIONS: Readonly<Record<string, () => Promise<Doing>>> = {
  createVirtualVolume: async () => {
    const name = `new-${made}`;
    const isDone = (array: StorageArrayPort) => named(array, 'name', name);
    return { subject: await volume(), message: await creation(name), isDone };
  },
  bindVirtualVolume: async () => {
    const subject = await volume();
    const message = `${id(subject)}<m:bindContext>Normal</m:bindContext>`;
    return { subject, message, isDone: (array) => isBound(array, subject) };
  },
  unbindVirtualVolume: async () => {
    const subject = await volume();
    const answer = await bindVirtualVolume(host, [subject]);
    const [handle] = 'value' in answer ? answer.value : [];
    if (handle === undefined || typeof handle === 'string') throw new Error('it was not bound');
    const isDone = async (array: StorageArrayPort) => !(await isBound(array, subject));
    return { subject, message: unbinding(handle), isDone };
  },
  unbindVirtualVolumeFromAllHost: async () => {
    const subject = await bound();
    const isDone = async (array: StorageArrayPort) => !(await isBound(array, subject));
    return { subject, message: id(subject), isDone };
  },
  deleteVirtualVolume: async () => {
    const subject = await volume();
    const isDone = async (array: StorageArrayPort) => !(await there(array, subject));
    return { subject, message: id(subject), isDone };
  },
  updateVirtualVolumeMetaData: async () => {
    const subject = await volume();
    const message = `${id(subject)}${pair('m:keyValuePair', 'mark', subject)}`;
    return { subject, message, isDone: (array) => named(array, 'mark', subject) };
  },
  snapshotVirtualVolume: async () => {
    const subject = await volume();
    const snapshotId = await prepared(subject);
    const message = `<m:snapshotInfo><d:uniqueIdentifier>${snapshotId}</d:uniqueIdentifier>${pair('v:metadata', 'of', subject)}<v:vvolId>${snapshotId}</v:vvolId></m:snapshotInfo><m:timeoutMS>9000</m:timeoutMS>`;
    return { subject, message, isDone: (array) => there(array, snapshotId) };
  },
  cloneVirtualVolume: async () => {
    const subject = await volume();
    const message = `${id(subject)}${pair('m:metadata', 'cloneOf', subject)}`;
    return { subject, message, isDone: (array) => named(array, 'cloneOf', subject) };
  },
};

/** What the next process finds in the array's folder; it must add up. */
async function inspected(doing: Doing): Promise<{ isDone: boolean; isSubjectThere: boolean }> {
  const simulator = await openSimulator({
    dataDirectory: join(data, 'array'),
    clock: systemClock,
    options: {},
  });
  const { port } = simulator;
  try {
    while ((await port.openJobs(undefined)).length > 0) await pause(10);
    expect(simulator.check()).toEqual([]);
    const isDone = await doing.isDone(port);
    return { isDone, isSubjectThere: await there(port, doing.subject) };
  } finally {
    await port.close();
  }
}

async function admin() {
  const socket = await findSocket(data);
  if (socket === undefined) throw new Error('no provider runs');
  return adminClient(socket);
}

const CASES = Object.keys(OPERATIONS).flatMap((operation) =>
  CRASH_POINTS.map((point) => [operation, point] as const),
);

describe('a process that dies', () => {
  it.each(CASES)('in %s at %s leaves all or nothing', async (operation, point) => {
    const doing = await OPERATIONS[operation]?.();
    if (doing === undefined) throw new Error(`no ${operation}`);
    await (await admin()).faults.add({ id: 'death', on: operation, crash: point });
    await expect(host.call(operation, doing.message)).rejects.toThrow();
    expect(await server.end('SIGKILL'), 'it had died by itself').toBeNull();
    expect(server.output()).toContain(`death: crash at ${point}`);

    const found = await inspected(doing);
    const isDone = point === 'array:after-commit';
    expect(found.isDone).toBe(isDone);
    expect(found.isSubjectThere).toBe(operation !== 'deleteVirtualVolume' || !isDone);

    host.close();
    server = await startServer(folder);
    vcenter = await reached(vcenter, server.ready);
    await enter();
    const again = await host.call(operation, doing.message);
    const isGone = operation === 'deleteVirtualVolume' && isDone;
    expect(again.fault).toBe(isGone ? 'NotFound' : undefined);
  });
});

describe('a provider under rules', () => {
  it('loses the reply of a creation, and the volume can be found', async () => {
    const { faults } = await admin();
    await faults.add({ id: 'lost', on: 'createVirtualVolume', lostReply: true, most: 1 });
    const reply = await host.call('createVirtualVolume', await creation('lost-and-found'));
    expect(reply.fault).toBe('StorageFault');
    const constraint =
      '<m:searchConstraint><v:key>name</v:key><v:value>lost-and-found</v:value></m:searchConstraint>';
    const [found] = textsOf(await host.ask('queryVirtualVolume', constraint), 'return');
    const [line] = server
      .output()
      .split('\n')
      .filter((each) => each.includes('"injected"'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      operation: 'createVirtualVolume',
      outcome: 'StorageFault',
      injected: ['lost: lost reply'],
    });
    expect((await faults.list()).rules).toMatchObject([{ id: 'lost', matched: 1, injected: 1 }]);
    expect((await host.call('createVirtualVolume', await creation('next'))).fault).toBeUndefined();
    await host.ask('deleteVirtualVolume', id(found ?? ''));
    expect(await faults.clear()).toEqual({ count: 1 });
  });

  it('has no space for one host, and for others it has', async () => {
    const { faults } = await admin();
    const other = await vcenter.host('00000000-0000-4000-8000-000000000002');
    await faults.add({ on: 'createVirtualVolume', host: HOST, noSpace: true });
    const message = await creation('crowded');
    expect((await host.call('createVirtualVolume', message)).fault).toBe('OutOfResource');
    expect((await other.call('createVirtualVolume', message)).fault).toBeUndefined();
    other.close();
    await faults.clear();
    expect((await host.call('createVirtualVolume', message)).fault).toBeUndefined();
  });

  it('holds a task, which is running until then', async () => {
    const { faults } = await admin();
    await faults.add({ on: 'cloneVirtualVolume', delayMs: 800, at: 'during' });
    const subject = await volume();
    const task = await host.ask(
      'cloneVirtualVolume',
      id(subject) + pair('m:metadata', 'held', 'yes'),
    );
    expect(textOf(task, 'taskState')).toBe('Running');
    const ask = () => host.ask('getTaskUpdate', `<m:taskId>${textOf(task, 'taskId')}</m:taskId>`);
    await expect
      .poll(async () => textOf(await ask(), 'taskState'), { timeout: 5_000 })
      .toBe('Success');
    await faults.clear();
  });

  it('refuses rules that mean nothing, and to move a clock that must not move', async () => {
    const { faults, clock } = await admin();
    await expect(faults.add({ on: 'bindVirtualVolumes', noSpace: true })).rejects.toThrow(
      'did you mean "bindVirtualVolume"?',
    );
    await expect(faults.remove('nobody')).rejects.toThrow('no fault rule nobody');
    await expect(clock.moveBy(1_000)).rejects.toThrow('clock.movable is false');
    expect(await clock.show()).toMatchObject({ offsetMs: 0, movable: false });
  });
});
