/**
 * Goal: the commands about the array reach a running provider and its array, ask before they destroy, print
 * for people and as JSON; check and repair work without a provider too.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { openAdminServer } from '../../src/admin/server.ts';
import { newSocketPath, publishAddress, withdrawAddress } from '../../src/admin/socket.ts';
import { paceText, sizeText } from '../../src/cli/array-text.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openLog } from '../../src/log/log.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { keelson } from './support.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Running {
  readonly provider: RunningProvider;
  /** Runs `keelson array …` on it. */
  readonly array: (...args: string[]) => ReturnType<typeof keelson>;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
}

/** A provider in this process with its admin socket. */
async function running(options: Record<string, unknown> = {}): Promise<Running> {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'keelson-array-')), 'data');
  const file = join(mkdtempSync(join(tmpdir(), 'keelson-array-')), 'keelson.yaml');
  const { module, ...given } = options;
  const array = { ...(module === undefined ? {} : { module }), options: given };
  const settings = { dataDir, host: '127.0.0.1', port: 0, array };
  writeFileSync(file, JSON.stringify({ ...settings, clock: { movable: true } }));
  const { config } = loadConfig({ file });
  const log = openLog({
    release: 'test',
    level: 'error',
    stream: undefined,
    files: undefined,
    clock: systemClock,
  });
  const provider = await startProvider({ config, clock: systemClock, log });
  const socket = newSocketPath(dataDir);
  const server = await openAdminServer(socket, provider.administration, () => undefined);
  publishAddress(dataDir, { socket, pid: process.pid });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await server.close();
    withdrawAddress(dataDir, socket);
    await provider.close(0);
    log.close();
  };
  closing.push(stop);
  return {
    provider,
    dataDir,
    stop,
    array: (...args) => keelson(['array', ...args, '--config', file]),
  };
}

describe('keelson array', () => {
  it('shows what there is, saves it, brings it back with its clock, and empties it', async () => {
    const { array, provider } = await running({ seed: 's' });
    const shown = await array('show');
    expect(shown.stdout).toMatch(
      /^array array-1 \(StorageArray:[0-9a-f]{16}\)\n pools\n {2}flash-1 +1\.60 TB of 100 TB used/,
    );
    expect(shown.stdout).toMatch(/ containers\n {2}block-1 +SCSI +0 volumes +in flash-1/);
    expect(shown.stdout).toMatch(/lun-1 +in flash-1 +410 GB of 2 TB used +StorageArray:\S+:1\n/);
    expect(shown.stdout).toContain(' 10 controllers and ports\n');
    expect(shown.stdout).toMatch(/ProtocolEndpoint:1 +SCSI +up +0 bindings/);
    expect((await array('save', 'first')).stdout).toMatch(/^first\tof 20\S+Z\t0 volumes/);
    expect((await array('save', 'first')).stderr).toBe('keelson: there is a state first already\n');
    const [saved] = JSON.parse((await array('states', '--json')).stdout);
    expect(saved).toMatchObject({ name: 'first', volumes: 0 });
    await provider.administration.clock.moveBy(7_200_000);

    const unconfirmed = await array('load', 'first');
    expect(unconfirmed).toMatchObject({ code: 9, stdout: '' });
    expect(unconfirmed.stderr).toContain('Confirm it with --yes.');
    const loaded = await array('load', 'first', '--yes');
    expect(loaded.stdout).toMatch(/^loaded first\t[\s\S]*the clock is moved to /);
    expect(Math.abs((await provider.administration.clock.show()).offsetMs)).toBeLessThan(1_000);
    expect((await array('reset', '--yes')).stdout).toBe('the array is empty\n');
    expect((await array('remove', 'first', '--yes')).stdout).toBe('removed first\n');
    expect((await array('states')).stdout).toBe('');
  });

  it('after a load clients are told to read again', async () => {
    const { array, provider } = await running();
    const { events, store } = provider.parts;
    await array('save', 's');
    const [endpoint] = await provider.parts.array.endpoints();
    for (const state of ['down', 'up']) await array('endpoint', endpoint?.endpointId ?? '', state);
    const reader = {};
    const ask = (after: bigint | undefined) =>
      events.read({ reader, view: 'all', after, wants: () => true });
    const last = (await ask(undefined)).at(-1)?.eventId;
    expect(last).toBeGreaterThan(0n);
    await array('load', 's', '--yes');
    events.arrayChanged();
    await expect(ask(last)).rejects.toMatchObject({ fault: 'LostEvent' });
    expect((await ask(undefined)).length).toBeGreaterThan(0);
    expect(await store.numberedUpTo()).toBe((await provider.parts.array.changes(0n, 1)).newest);
  });

  it('exports into a new file and imports it', async () => {
    const { array } = await running();
    const file = join(mkdtempSync(join(tmpdir(), 'keelson-array-')), 'array.tar');
    expect((await array('export', file)).stdout).toContain(file);
    expect(await array('export', file)).toMatchObject({ code: 9 });
    expect((await array('import', file)).code).toBe(9);
    expect((await array('import', file, '--yes')).stdout).toMatch(/^loaded export\t/);
    expect((await array('import', '/nowhere', '--yes')).stderr).toContain(
      '/nowhere cannot be read',
    );
  });

  it('takes endpoints out and back, and sets the pace of jobs', async () => {
    const { array, provider } = await running();
    const [first] = await provider.parts.array.endpoints();
    const id = first?.endpointId ?? '';
    expect((await array('endpoint', id, 'down')).stdout).toBe(`${id} is down\n`);
    expect((await array('show')).stdout).toMatch(/ProtocolEndpoint:1 +SCSI +DOWN/);
    expect((await array('endpoint', id, 'sideways')).code).toBe(2);
    expect((await array('endpoint', 'none', 'up')).stderr).toContain('no endpoint none');
    for (const pace of ['250ms', '10s', '3polls', 'instant']) {
      expect((await array('pace', 'cloneVirtualVolume', pace)).stdout).toContain(pace);
    }
    expect((await array('pace', 'cloneVirtualVolume', 'slow')).code).toBe(2);
    expect((await array('pace', 'nothing', 'instant')).stderr).toContain('no jobs of nothing');
    await array('pace', 'copyDiffs', '3polls');
    expect((await array('show')).stdout).toMatch(/pace of jobs[^\n]*\n +copyDiffs +3polls/);
  });

  it('changes health, what is used, and the inventory, and says what has changed', async () => {
    const { array, dataDir } = await running({ seed: 's' });
    const [shown] = JSON.parse((await array('show', '--json')).stdout).arrays;
    const port = `${shown.arrayId}:StoragePort:1`;
    expect(await array('health', port, 'failed')).toMatchObject({
      code: 0,
      stdout: `update\tStoragePort\t${port}\n`,
    });
    expect((await array('health', port, 'failed')).stdout).toBe('nothing has changed\n');
    expect((await array('show')).stdout).toMatch(
      /controllers and ports\n +\S+:StoragePort:1 +FAILED/,
    );
    expect(await array('health', port, 'ill')).toMatchObject({ code: 2 });
    expect((await array('health', 'x', 'failed')).stderr).toContain('is named x');

    const lun = `${shown.arrayId}:StorageLun:2`;
    const [change] = JSON.parse((await array('use', lun, '1024', '--json')).stdout);
    expect(change).toMatchObject({ kind: 'update', entity: 'StorageLun', entityId: lun });
    expect((await array('show')).stdout).toMatch(/lun-2 +in disk-1 +1 GB of 2 TB used/);
    expect((await array('use', lun, 'all')).stderr).toContain('not a number of MB: all');
    expect(await array('use', lun, '9999999')).toMatchObject({ code: 9 });

    const file = join(dataDir, 'inventory.yaml');
    const containers = '[{ name: block-1, protocol: SCSI, capacityMB: 10 }]';
    writeFileSync(
      file,
      `arrays:\n  - { name: array-1, endpoints: { SCSI: 4 }, containers: ${containers} }`,
    );
    const applied = await array('apply', file);
    expect(applied.stdout).toMatch(/^new\tBackingStoragePool\t/m);
    expect(applied.stdout).toContain(`delete\tStorageLun\t${lun}\n`);
    writeFileSync(file, 'arrays:\n  - name: 7\n');
    expect(await array('apply', file)).toMatchObject({
      code: 9,
      stderr: expect.stringContaining('inventory.yaml:2: arrays.0.name: '),
    });
    expect((await array('check')).stdout).toBe('everything adds up\n');
  });

  it('checks and mends, with a provider and without one', async () => {
    const { array, stop, dataDir } = await running();
    expect(await array('check')).toMatchObject({ code: 0, stdout: 'everything adds up\n' });
    expect(await array('repair')).toMatchObject({ code: 0, stdout: 'everything adds up\n' });
    await stop();
    expect(await array('check')).toMatchObject({ code: 0, stdout: 'everything adds up\n' });
    const db = new Database(join(dataDir, 'array/array.db'));
    db.exec('UPDATE endpoint SET binding_count = 7 WHERE endpoint_no = 1');
    db.close();
    const found = await array('check');
    expect(found.code).toBe(10);
    expect(found.stdout).toMatch(/^wrong: endpoint \S+ accounts for 7 bindings\nproblems: 1\n$/);
    expect(JSON.parse((await array('check', '--json')).stdout).left).toHaveLength(1);
    expect(await array('repair')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^mended: .*\nnow everything adds up\n$/),
    });
    expect((await array('check')).code).toBe(0);
    expect((await array('show')).stderr).toContain('no provider runs');
  });

  it('an adapter without orders says so; without a data folder there is nothing to check', async () => {
    const module = './docs/examples/memory-array/index.ts';
    const { array, stop } = await running({ module });
    expect((await array('show')).stderr).toContain('offers no orders to its array');
    await stop();
    expect((await array('check')).stderr).toContain('only while a provider runs');
    const nowhere = await keelson(['array', 'check', '--data-dir', '/tmp/keelson-is-not-here']);
    expect(nowhere).toMatchObject({ code: 9, stderr: expect.stringContaining('no data folder') });
  });
});

describe('texts', () => {
  it('sizes have three digits and a unit', () => {
    expect([0, 1, 1_023, 1_024, 1_536, 65_536, 100 * 2 ** 40].map(sizeText)).toEqual([
      '0 B',
      '1 B',
      '1023 B',
      '1 KB',
      '1.50 KB',
      '64 KB',
      '100 TB',
    ]);
  });

  it('a pace is written as it is given', () => {
    expect([{ milliseconds: 1_500 }, { milliseconds: 2_000 }, { polls: 1 }].map(paceText)).toEqual([
      '1500ms',
      '2s',
      '1polls',
    ]);
  });
});
