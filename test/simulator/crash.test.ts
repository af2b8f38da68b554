/**
 * SIGKILL at random moments of create, bind, unbind and delete under load, many times over one folder.
 * What was acknowledged is there; what was not is wholly there or not at all.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '../../simulator/open.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { HostId, JobId, VvolId } from '../../src/model/ids.ts';
import { newFolder, open } from './world.ts';

const ROUNDS = 20;

interface Line {
  readonly do: 'create' | 'bind' | 'unbind' | 'unbindAll' | 'delete';
  readonly vvolId: VvolId;
  readonly hostId?: HostId;
  readonly jobId?: JobId;
  /** Present once acknowledged; for bind the secondary id. */
  readonly answer?: string | null;
}

/** What is known of one volume: its bindings by host, and the call whose answer nobody saw. */
interface Known {
  exists: boolean;
  readonly bindings: Map<HostId, string>;
  readonly jobId: JobId;
  open: Line | undefined;
}

type World = Map<VvolId, Known>;

function replay(world: World, line: Line): void {
  if (line.do === 'create' && line.jobId !== undefined && !world.has(line.vvolId)) {
    const { jobId } = line;
    world.set(line.vvolId, { exists: false, bindings: new Map(), jobId, open: undefined });
  }
  const known = world.get(line.vvolId);
  if (known === undefined) throw new Error(`a call about nothing: ${JSON.stringify(line)}`);
  if (line.answer === undefined) {
    known.open = line;
    return;
  }
  known.open = undefined;
  if (line.do === 'create') known.exists = true;
  if (line.do === 'delete') known.exists = false;
  if (line.do === 'unbindAll') known.bindings.clear();
  if (line.hostId === undefined) return;
  if (line.do === 'bind') known.bindings.set(line.hostId, line.answer ?? '');
  if (line.do === 'unbind') known.bindings.delete(line.hostId);
}

/** Runs the child until it is killed after so many milliseconds of work; gives what it journalled. */
async function killedRun(folder: string, seed: string, afterMs: number): Promise<Line[]> {
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./crash-child.ts', import.meta.url)), folder, seed],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  await pause(afterMs);
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
  const lines = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line): Line => JSON.parse(line));
}

/** Compares the reopened array with what is known; what was left open is settled by what is found. */
async function verify(array: StorageArrayPort, world: World): Promise<void> {
  const volumes = new Map((await array.volumes([...world.keys()])).map((one) => [one.vvolId, one]));
  for (const [vvolId, known] of world) {
    const volume = volumes.get(vvolId);
    const bindings = await array.bindings({ vvolId });
    const isOpen = (what: Line['do']) => known.open?.do === what;
    if (!isOpen('create') && !isOpen('delete')) expect(volume !== undefined).toBe(known.exists);
    known.exists = volume !== undefined;
    if (volume !== undefined) {
      expect(volume.metadata.map(({ value }) => value)).toEqual([vvolId, vvolId, vvolId]);
      expect(await array.job(known.jobId)).toMatchObject({ result: { kind: 'volume', vvolId } });
    } else {
      expect(bindings).toEqual([]);
    }
    const actual = new Map(bindings.map((one) => [one.hostId, one.secondaryId]));
    if (isOpen('unbindAll')) {
      expect([0, known.bindings.size]).toContain(actual.size);
    } else {
      for (const hostId of ['host-1', 'host-2'] as HostId[]) {
        const isSettled = known.open?.hostId !== hostId;
        if (isSettled) expect(actual.get(hostId)).toBe(known.bindings.get(hostId));
      }
    }
    known.bindings.clear();
    for (const [hostId, secondaryId] of actual) known.bindings.set(hostId, secondaryId);
    known.open = undefined;
  }
  await verifyWhole(array, world, volumes.size);
}

/** Nothing exists that nobody asked for, the accounts add up, and the feed has no gap. */
async function verifyWhole(array: StorageArrayPort, world: World, count: number): Promise<void> {
  const page = { after: undefined, limit: 100_000 };
  const listed = await array.findVolumes([{ key: 'crash', value: undefined }], page);
  expect(listed.items).toHaveLength(count);
  for (const vvolId of listed.items) expect(world.get(vvolId)?.exists).toBe(true);
  const space = await array.volumeSpace(listed.items);
  const promised = space.reduce((sum, { logical }) => sum + logical, 0n);
  const held = space.reduce((sum, { committed }) => sum + committed, 0n);
  const containers = await array.containers();
  const accounts = await Promise.all(
    containers.map(({ containerId }) => array.containerSpace(containerId)),
  );
  expect(accounts.reduce((sum, { logicalUsed }) => sum + logicalUsed, 0n)).toBe(promised);
  const pools = await array.pools();
  const classics = [...(await array.luns()), ...(await array.fileSystems())];
  const apart = classics.reduce((sum, { used }) => sum + used, 0n);
  expect(pools.reduce((sum, { used }) => sum + used, 0n)).toBe(held + apart);
  const { changes, newest } = await array.changes(0n, 1_000_000);
  expect(changes.every(({ sequence }, index) => sequence === BigInt(index) + 1n)).toBe(true);
  expect(newest).toBe(BigInt(changes.length));
  const news = changes.filter(({ kind }) => kind === 'new').length;
  const deletes = changes.filter(({ kind }) => kind === 'delete').length;
  expect(news - deletes).toBe(count);
}

it(`nothing acknowledged is lost and nothing is half made, over ${ROUNDS} kills`, async () => {
  const folder = newFolder();
  const world: World = new Map();
  const acknowledged = { create: 0, bind: 0, unbind: 0, unbindAll: 0, delete: 0 };
  let unanswered = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const lines = await killedRun(folder, String(round), Math.random() * 120);
    for (const line of lines) {
      replay(world, line);
      if (line.answer !== undefined) acknowledged[line.do] += 1;
    }
    unanswered += [...world.values()].filter(({ open: call }) => call !== undefined).length;
    const array = await open(folder);
    await verify(array, world);
    await array.close();
  }
  // The kills have hit work, not idleness.
  for (const count of Object.values(acknowledged)) expect(count).toBeGreaterThan(ROUNDS);
  expect(unanswered).toBeGreaterThan(ROUNDS);
  const db = openDatabase(folder);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
}, 240_000);
