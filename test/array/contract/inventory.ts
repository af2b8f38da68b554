/** What every array says of itself. */
import { expect, it } from 'vitest';
import { type ContainerId, parseContainerId } from '../../../src/model/ids.ts';
import { failureOf, type Harness, newVvolId } from './harness.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000' as ContainerId;

export function inventorySentences(harness: Harness): void {
  it('there is at least one array, and ids of arrays, containers and endpoints are unique', async () => {
    const arrays = (await harness.array.arrays()).map((array) => array.arrayId);
    const containers = (await harness.array.containers()).map((one) => one.containerId);
    const endpoints = (await harness.array.endpoints()).map((one) => one.endpointId);
    expect(arrays.length).toBeGreaterThan(0);
    for (const ids of [arrays, containers, endpoints]) {
      expect(new Set<string>(ids).size).toBe(ids.length);
    }
  });

  it('every container lies in a known array, has a UUID and is served by an online endpoint', async () => {
    const arrays = (await harness.array.arrays()).map((array) => array.arrayId);
    for (const container of await harness.array.containers()) {
      expect(arrays).toContain(container.arrayId);
      expect(parseContainerId(container.containerId)).toBe(container.containerId);
      expect(container.maxVolumeBytes).toBeGreaterThan(0n);
      expect(await harness.endpointsOf(container.containerId)).not.toHaveLength(0);
    }
  });

  it('SCSI endpoints are found by naa and 32 hex digits, each by its own', async () => {
    const scsi = (await harness.array.endpoints()).flatMap(({ inBandId }) =>
      inBandId.protocol === 'SCSI' ? [inBandId.lunId] : [],
    );
    for (const lunId of scsi) expect(lunId).toMatch(/^naa\.[0-9a-f]{32}$/);
    expect(new Set(scsi).size).toBe(scsi.length);
  });

  it('the inventory is the same, in the same order, after reopening', async () => {
    const read = async () => [
      await harness.array.arrays(),
      await harness.array.containers(),
      await harness.array.endpoints(),
    ];
    const before = await read();
    await harness.reopen();
    expect(await read()).toEqual(before);
  });

  it('space of a container adds up and grows by what volumes promise and hold', async () => {
    const { containerId } = harness.container();
    const before = await harness.array.containerSpace(containerId);
    expect(before.physicalUsed + before.physicalFree).toBe(before.physicalTotal);
    const thin = await harness.create({ containerId, thin: true });
    const thick = await harness.create({ containerId, thin: false });
    const after = await harness.array.containerSpace(containerId);
    expect(after.physicalUsed + after.physicalFree).toBe(after.physicalTotal);
    expect(after.logicalUsed - before.logicalUsed).toBe(thin.size + thick.size);
    expect(after.physicalUsed - before.physicalUsed).toBeGreaterThanOrEqual(thick.size);
  });

  it('space of an unknown container is notFound', async () => {
    expect(await failureOf(harness.array.containerSpace(UNKNOWN))).toBe('notFound');
  });

  it('space of volumes comes in the order asked, without unknown ones', async () => {
    const thin = await harness.create({ thin: true });
    const thick = await harness.create({ thin: false });
    const space = await harness.array.volumeSpace([thick.vvolId, newVvolId(), thin.vvolId]);
    expect(space.map((one) => one.vvolId)).toEqual([thick.vvolId, thin.vvolId]);
    expect(space.map((one) => one.logical)).toEqual([thick.size, thin.size]);
    expect(space[0]?.committed).toBe(thick.size);
    expect(space[1]?.committed).toBeLessThan(thin.size);
  });
}
