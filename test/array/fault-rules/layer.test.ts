/** Goal: each effect of a fault rule does what it says to a real array, and is told; nothing else is touched. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArray } from '../../../simulator/index.ts';
import type { CrashPoint } from '../../../src/array/crash-points.ts';
import { CRASH_POINTS } from '../../../src/array/crash-points.ts';
import { withFaultRules } from '../../../src/array/fault-rules/layer.ts';
import { FaultRules } from '../../../src/array/fault-rules/rules.ts';
import type { OpenedArray } from '../../../src/array/opening.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { faultRuleOf } from '../../../src/config/fault-rules.ts';
import { type MovableClock, movableClock } from '../../../src/model/clock.ts';
import type { HostId } from '../../../src/model/ids.ts';
import { bytesFromMB } from '../../../src/model/units.ts';
import { failureOf, newJob, newVvolId, only } from '../contract/harness.ts';

// Ids of hosts are free text; nothing but the brand is missing.
const HOST = 'host-1' as HostId;
const OTHER = 'other-2' as HostId;

let folder: string;
let own: OpenedArray;
let array: StorageArrayPort;
let rules: FaultRules;
let clock: MovableClock;
let pauses: number[];
let crashes: number;
let told: string[];
let reached: CrashPoint[];
let arrayFor: ReturnType<typeof withFaultRules>['arrayFor'];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fault-rules-'));
  clock = movableClock();
  [pauses, told, reached, crashes] = [[], [], [], 0];
  const crash = () => {
    crashes += 1;
  };
  rules = new FaultRules({ seed: 'test', clock, crash });
  const reach = (point: CrashPoint) => {
    reached.push(point);
    rules.reach(point);
  };
  own = await openArray({ dataDirectory: folder, clock, options: {}, reach });
  const pause = async (ms: number) => void pauses.push(ms);
  const layer = withFaultRules(own, rules, {
    clock,
    pause,
    crash,
    tell: (what, method) => told.push(`${method} ${what}`),
  });
  ({ array, arrayFor } = layer);
});

afterEach(async () => {
  await own.close();
  rmSync(folder, { recursive: true });
});

const put = (rule: object) => rules.add(faultRuleOf(rule));

async function newVolume(size = 64n) {
  const [container] = await own.containers();
  if (container === undefined) throw new Error('no container');
  return {
    vvolId: newVvolId(),
    containerId: container.containerId,
    type: 'Data',
    size: bytesFromMB(size),
    thin: true,
    metadata: [{ key: 'name', value: 'disk' }],
    profile: undefined,
  } as const;
}

async function made() {
  const volume = await newVolume();
  await own.createVolume(newJob(), volume);
  return volume;
}

async function binding(on: StorageArrayPort, hostId: HostId) {
  const { vvolId } = await made();
  const candidates = (await own.endpoints()).map(({ endpointId }) => endpointId);
  return on.bind(vvolId, hostId, { candidates, rebind: false });
}

const find = () =>
  own.findVolumes([{ key: 'name', value: 'disk' }], { after: undefined, limit: 9 });

describe('effects', () => {
  it('an error is thrown and nothing is done', async () => {
    put({ on: 'createVolume', error: 'busy', message: 'come back later' });
    await expect(array.createVolume(newJob(), await newVolume())).rejects.toMatchObject({
      kind: 'busy',
      message: 'come back later',
    });
    expect((await find()).items).toEqual([]);
    expect(told).toEqual(['createVolume rule-1: error busy']);
  });

  it('no space is an error of its own name', async () => {
    put({ on: 'createVolume', noSpace: true });
    expect(await failureOf(array.createVolume(newJob(), await newVolume()))).toBe('noSpace');
  });

  it('a delay before or after the work makes the call wait', async () => {
    put({ on: 'arrays', delayMs: 20, at: 'before' });
    put({ on: 'arrays', delayMs: 30, at: 'after' });
    expect(await array.arrays()).toEqual(await own.arrays());
    expect(pauses).toEqual([20, 30]);
  });

  it('a delay during the work holds the job, and what it makes is not there yet', async () => {
    put({ on: 'createVolume', delayMs: 60_000, at: 'during' });
    const volume = await newVolume();
    const { vvolId } = volume;
    const start = newJob();
    const running = { state: 'running', result: undefined, endedAt: undefined, cancelable: false };
    expect(await array.createVolume(start, volume)).toMatchObject(running);
    expect(await array.createVolume(start, volume), 'a repeat').toMatchObject(running);
    clock.moveBy(30_000);
    const half = await array.job(start.jobId);
    expect(half).toMatchObject(running);
    expect(half?.progressPercent).toBeGreaterThanOrEqual(50);
    expect(half?.progressPercent).toBeLessThan(60);
    expect(only(await array.openJobs(undefined)).jobId).toBe(start.jobId);
    expect(await array.openJobs(newVvolId() as never)).toEqual([]);
    expect(await array.volumes([vvolId])).toEqual([]);
    expect(await array.volumeSpace([vvolId])).toEqual([]);
    const page = { after: undefined, limit: 9 };
    expect((await array.findVolumes([{ key: 'name', value: undefined }], page)).items).toEqual([]);
    expect(await failureOf(array.deleteVolume(vvolId))).toBe('notFound');
    expect(await failureOf(array.cancelJob(start.jobId))).toBe('notCancelable');
    rules.clear();
    expect(await array.volumes([vvolId]), 'it stays held without its rule').toEqual([]);
    clock.moveBy(30_000);
    expect(await array.job(start.jobId)).toMatchObject({ state: 'succeeded' });
    expect(await array.openJobs(undefined)).toEqual([]);
    expect(await array.volumes([vvolId])).toHaveLength(1);
  });

  it('a lost reply fails after the work is done', async () => {
    put({ on: 'createVolume', lostReply: { afterMs: 40 } });
    const volume = await newVolume();
    expect(await failureOf(array.createVolume(newJob(), volume))).toBe('failed');
    expect((await find()).items).toEqual([volume.vvolId]);
    expect(pauses).toEqual([40]);
  });

  it('an endpoint that is gone is listed as down, and nothing new is bound to it', async () => {
    put({ endpointGone: '*' });
    expect((await array.endpoints()).every(({ online }) => !online)).toBe(true);
    expect(await failureOf(binding(array, HOST))).toBe('failed');
    expect((await own.endpoints()).every(({ online }) => online)).toBe(true);
    rules.clear();
    expect(await binding(array, HOST)).toMatchObject({ state: 'bound' });
  });

  it('volumes of a degraded pool are unhealthy and do not get what the rule takes from them', async () => {
    const { vvolId, containerId } = await made();
    const poolId = (await own.containers()).find(
      (each) => each.containerId === containerId,
    )?.poolId;
    const before = only(await array.volumeServices([vvolId]));
    expect(before.healthy).toBe(true);
    const [taken, ...kept] = before.values;
    if (taken === undefined) throw new Error('the array promises nothing');
    const rule = { poolDegraded: poolId, without: [`${taken.capabilityId}.${taken.propertyId}`] };
    put({ id: 'ill', ...rule });
    const ill = only(await array.volumeServices([vvolId]));
    expect({ healthy: ill.healthy, values: ill.values }).toEqual({ healthy: false, values: kept });
    const health = async () => {
      const pools = await array.pools();
      return pools.filter((each) => each.health === 'degraded').map((each) => each.poolId);
    };
    expect(await health()).toEqual([poolId]);
    expect(await array.volumes([vvolId])).toHaveLength(1);
    rules.clear();
    put({ poolDegraded: poolId });
    expect(only(await array.volumeServices([vvolId])).values).toEqual([]);
    rules.clear();
    expect(only(await array.volumeServices([vvolId]))).toEqual(before);
  });

  it('a crash comes before the call, or after it', async () => {
    put({ id: 'late', on: 'deleteVolume', crash: 'after' });
    const { vvolId } = await made();
    await array.deleteVolume(vvolId);
    expect(crashes).toBe(1);
    expect((await find()).items).toEqual([]);
    rules.clear();
    put({ on: 'arrays', crash: 'before' });
    await array.arrays();
    expect(crashes).toBe(2);
    expect(told).toEqual(['deleteVolume late: crash at after', 'arrays rule-1: crash at before']);
  });

  it.each(CRASH_POINTS)('a crash at %s comes when the array gets there', async (point) => {
    await new Promise((settle) => setImmediate(settle));
    put({ on: 'createVolume', crash: point });
    await own.createVolume(newJob(), await newVolume());
    expect(crashes, 'only once a call was hit').toBe(0);
    reached = [];
    await array.createVolume(newJob(), await newVolume());
    expect(reached).toEqual(CRASH_POINTS);
    expect(crashes).toBe(1);
  });

  it('several rules act on one call in their order', async () => {
    put({ on: 'arrays', delayMs: 10 });
    put({ on: 'arrays', error: 'failed', message: 'ill' });
    put({ on: 'arrays', delayMs: 99 });
    expect(await failureOf(array.arrays())).toBe('failed');
    expect(pauses).toEqual([10]);
  });
});

describe('what a rule is about', () => {
  it('a host is that of the call, or that in its arguments', async () => {
    put({ on: 'bind', host: 'host-*', error: 'busy' });
    expect(await failureOf(binding(array, HOST))).toBe('busy');
    expect(await failureOf(binding(array, OTHER))).toBeUndefined();
    const injected: (readonly string[])[] = [];
    const mine = arrayFor({
      operation: 'bindVirtualVolume',
      hostId: HOST,
      injected: (what) => injected.push([...what]),
    });
    expect(await failureOf(binding(mine, OTHER))).toBe('busy');
    expect(injected).toEqual([['rule-1: error busy']]);
    expect(told, 'once: a client knows of its own').toHaveLength(1);
  });

  it('a VASA operation is the call that does its work, not what is asked on the way', async () => {
    put({ on: 'createVirtualVolume', error: 'busy' });
    const caller = (operation: string) =>
      arrayFor({ operation, hostId: HOST, injected: () => undefined });
    const creating = caller('createVirtualVolume');
    expect(await failureOf(creating.containers())).toBeUndefined();
    expect(await failureOf(creating.createVolume(newJob(), await newVolume()))).toBe('busy');
    const other = caller('cloneVirtualVolume');
    expect(await failureOf(other.createVolume(newJob(), await newVolume()))).toBeUndefined();
    expect(await failureOf(array.createVolume(newJob(), await newVolume()))).toBeUndefined();
  });

  it('a volume, a container or an array may be named wholly or by their beginning', async () => {
    const volume = await made();
    const { vvolId, containerId } = volume;
    const home = (await own.containers()).find((each) => each.containerId === containerId);
    const change = { set: [{ key: 'a', value: 'b' }], remove: [] };
    const touch = () => failureOf(array.updateMetadata(vvolId, change));
    const about = async (what: object) => {
      put({ on: 'update*', error: 'busy', ...what });
      const failure = await touch();
      rules.clear();
      return failure;
    };
    expect(await about({ volume: vvolId })).toBe('busy');
    expect(await about({ volume: `${vvolId.slice(0, 9)}*` })).toBe('busy');
    expect(await about({ volume: vvolId.slice(0, 9) })).toBeUndefined();
    expect(await about({ container: containerId })).toBe('busy');
    expect(await about({ container: newVvolId() })).toBeUndefined();
    expect(await about({ array: home?.arrayId })).toBe('busy');
    expect(await about({ array: newVvolId() })).toBeUndefined();
  });
});

it('an array without rules is the array itself, and closing it is never hit', async () => {
  expect(arrayFor({ operation: 'x', hostId: undefined, injected: () => undefined })).toBe(array);
  put({ on: '*', error: 'failed' });
  await array.close();
  expect(await failureOf(own.arrays())).toBe('failed');
});
