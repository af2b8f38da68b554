/** A change of profile: what a volume has at once, what it gets at the end, and what is left when it is stopped. */
import { expect, it } from 'vitest';
import type { AppliedProfile } from '../../../src/model/array.ts';
import { type HostId, parseProfileId, type VvolId } from '../../../src/model/ids.ts';
import type { CapabilityValue } from '../../../src/model/policies.ts';
import { bytes } from '../../../src/model/units.ts';
import {
  bind,
  create,
  done,
  firstContainer,
  MB,
  newFolder,
  newId,
  newJob,
  oneContainer,
  openWhole,
  snapshot,
} from '../world.ts';

const HOST = 'host-1' as HostId;

function value(property: string, scalar: string | boolean): CapabilityValue {
  const [capabilityId = '', propertyId = ''] = property.split('.');
  const namespace = 'org.keelson.array';
  return { namespace, capabilityId, propertyId, value: { kind: 'single', value: scalar } };
}

function thinness(scalar: 'Thin' | 'Thick'): CapabilityValue {
  const id = 'spaceEfficiency';
  const namespace = 'com.vmware.storageprofile.std';
  const single = { kind: 'single', value: scalar } as const;
  return { namespace, capabilityId: id, propertyId: id, value: single };
}

function profileOf(name: string, asked: readonly CapabilityValue[]): AppliedProfile {
  const profileId = parseProfileId(name);
  if (profileId === undefined) throw new Error('not a profile id');
  return { profileId, generationId: 1n, document: '{}', asked };
}

const GOLD = profileOf('gold', [value('serviceTier.tier', 'Gold')]);

async function opened(options: Readonly<Record<string, unknown>> = {}, folder = newFolder()) {
  const { port, dataPath, check } = await openWhole(folder, { preset: 'small', ...options });
  const serviceOf = async (vvolId: VvolId) => {
    const [service] = await port.volumeServices([vvolId]);
    const found = (name: string) => service?.values.find((each) => each.propertyId === name)?.value;
    return { service, tier: found('tier'), thinness: found('spaceEfficiency') };
  };
  return { folder, port, dataPath, check, serviceOf };
}

const single = (scalar: string) => ({ kind: 'single', value: scalar });

it('data that has to lie elsewhere moves as a job, while hosts read and write', async () => {
  const { port, dataPath, serviceOf, check } = await opened({
    pacing: { applyProfile: { polls: 4 } },
  });
  const vvolId = await create(port, 64n);
  await bind(port, vvolId, HOST);
  const place = { hostId: HOST, vvolId };
  await dataPath.write(place, 0, Buffer.from('before'));
  const taken = await snapshot(port, vvolId);
  const begun = await port.applyProfile(newJob(), vvolId, GOLD);
  expect(begun).toMatchObject({ state: 'queued', cancelable: true });
  expect((await port.volumes([vvolId]))[0]?.profile).toEqual(GOLD);
  const half = await port.job(begun.jobId).then(() => port.job(begun.jobId));
  expect(half).toMatchObject({ state: 'running', progressPercent: 50 });
  const meanwhile = await serviceOf(vvolId);
  expect(meanwhile.tier).toEqual(single('Silver'));
  expect(meanwhile.service?.moving).toMatchObject({ progressPercent: 50 });
  await dataPath.write(place, 6, Buffer.from(' and meanwhile'));
  await done(port, Promise.resolve(begun));
  expect(String(await dataPath.read(place, 0, 20))).toBe('before and meanwhile');
  const after = await serviceOf(vvolId);
  expect([after.tier, after.service?.moving]).toEqual([single('Gold'), undefined]);
  await bind(port, taken, HOST);
  expect(String(await dataPath.read({ hostId: HOST, vvolId: taken }, 0, 6))).toBe('before');
  expect((await serviceOf(taken)).tier).toEqual(single('Silver'));
  expect(check()).toEqual([]);
});

it('a large volume is walked through in steps, and a stopped process goes on', async () => {
  const folder = newFolder();
  const first = await opened({ pacing: { applyProfile: { milliseconds: 100_000 } } }, folder);
  const vvolId = await create(first.port, 4_096n);
  await bind(first.port, vvolId, HOST);
  for (let at = 0; at < 4_096; at += 64) {
    await first.dataPath.write({ hostId: HOST, vvolId }, at * Number(MB), Buffer.from('x'));
  }
  const { jobId } = await first.port.applyProfile(newJob(), vvolId, GOLD);
  await first.port.close();
  const { port, serviceOf } = await opened({}, folder);
  const job = await port.job(jobId);
  expect(job?.error).toBeUndefined();
  await done(
    port,
    port.job(jobId).then((found) => found ?? Promise.reject(new Error('gone'))),
  );
  expect((await serviceOf(vvolId)).tier).toEqual(single('Gold'));
});

it('stopped, it leaves profile, name, space and services as they were', async () => {
  const { port, serviceOf, check } = await opened({ pacing: { applyProfile: { polls: 9 } } });
  const earlier = profileOf('silver', []);
  const metadata = [{ key: 'vmw_vvolprofile', value: 'as the client wrote it' }];
  const vvolId = await create(port, 64n, { profile: earlier, metadata });
  const bare = await create(port, 64n);
  const container = await firstContainer(port);
  const state = async (id: VvolId) => [
    await port.volumes([id]),
    await port.containerSpace(container),
    await serviceOf(id),
  ];
  for (const id of [vvolId, bare]) {
    const before = await state(id);
    const thick = profileOf('thick', [thinness('Thick'), ...GOLD.asked]);
    const { jobId } = await port.applyProfile(newJob(), id, thick);
    const { physicalUsed } = await port.containerSpace(container);
    const space = before[1] as { physicalUsed: bigint };
    expect(physicalUsed - space.physicalUsed).toBe(64n * MB);
    expect(await port.cancelJob(jobId)).toMatchObject({ state: 'failed', cancelled: true });
    expect(await state(id)).toEqual(before);
  }
  expect(check()).toEqual([]);
});

it('stopped, it leaves alone what a client has written to the metadata since', async () => {
  const { port } = await opened({ pacing: { applyProfile: { polls: 9 } } });
  const vvolId = await create(port, 4n);
  const { jobId } = await port.applyProfile(newJob(), vvolId, GOLD);
  const pair = { key: 'VMW_VvolProfile', value: 'mine' };
  await port.updateMetadata(vvolId, { set: [pair], remove: [] });
  await port.cancelJob(jobId);
  expect((await port.volumes([vvolId]))[0]?.metadata).toEqual([pair]);
});

it('thick is held from the start on, and refused there where it does not fit', async () => {
  const { port } = await opened({ ...oneContainer({ capacityMB: 100 }), preset: undefined });
  const vvolId = await create(port, 80n);
  const other = await create(port, 30n);
  await done(port, port.applyProfile(newJob(), vvolId, profileOf('thick', [thinness('Thick')])));
  const refused = port.applyProfile(newJob(), other, profileOf('thick', [thinness('Thick')]));
  await expect(refused).rejects.toMatchObject({ kind: 'noSpace' });
  const [volume] = await port.volumes([other]);
  expect(volume).toMatchObject({ thin: true, profile: undefined, metadata: [] });
  await done(port, port.resizeVolume(newJob(), vvolId, bytes(90n * MB)));
  const { physicalUsed } = await port.containerSpace(await firstContainer(port));
  expect(physicalUsed).toBe(90n * MB);
});

it('a snapshot is thin or thick as its profile asks; one that is only read holds no space', async () => {
  const { port, check, serviceOf } = await opened();
  const vvolId = await create(port, 8n);
  const container = await firstContainer(port);
  const { physicalUsed: before } = await port.containerSpace(container);
  const profile = profileOf('thick', [thinness('Thick')]);
  for (const readOnly of [true, false]) {
    const snapshotId = newId();
    await done(port, port.prepareSnapshot(newJob(), { vvolId, snapshotId, readOnly, profile }));
    expect(await port.takeSnapshots([{ snapshotId, metadata: [] }], 60_000)).toEqual([undefined]);
    expect((await serviceOf(snapshotId)).thinness).toEqual(single('Thick'));
    const { physicalUsed } = await port.containerSpace(container);
    expect(physicalUsed - before).toBe(readOnly ? 0n : 8n * MB);
  }
  expect(check()).toEqual([]);
});
