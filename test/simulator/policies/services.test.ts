/** What volumes get: by their profile, by default, and as the pool below lets them. */
import { expect, it } from 'vitest';
import { parseProfileId, type VvolId } from '../../../src/model/ids.ts';
import { create, newFolder, openWhole } from '../world.ts';

async function opened() {
  const { port, administration } = await openWhole(newFolder());
  const vvolId = await create(port, 8n);
  const [container] = await port.containers();
  const service = async (of: VvolId = vvolId) => {
    const [one] = await port.volumeServices([of]);
    return (
      one && { ...one, values: new Map(one.values.map((each) => [each.propertyId, each.value])) }
    );
  };
  return { port, administration, vvolId, poolId: container?.poolId ?? '', service };
}

it('without a profile a volume gets the defaults of what the container offers', async () => {
  const { service } = await opened();
  const values = Object.fromEntries((await service())?.values ?? []);
  expect(values).toMatchObject({
    tier: { kind: 'single', value: 'Silver' },
    iopsLimit: { kind: 'single', value: 5_000n },
    interval: { kind: 'single', value: { unit: 'DAYS', value: 1 } },
    retention: { kind: 'single', value: 7 },
    enabled: { kind: 'single', value: false },
    spaceEfficiency: { kind: 'single', value: 'Thin' },
  });
});

it('a degraded pool shows in each of its volumes, and no longer when it is well again', async () => {
  const { administration, poolId, service, port } = await opened();
  const healthy = await service();
  expect(healthy).toMatchObject({ healthy: true, moving: undefined });
  await administration.setHealth(poolId, 'degraded');
  const degraded = await service();
  expect(degraded?.healthy).toBe(false);
  expect(degraded?.values.get('level')).toEqual({ kind: 'single', value: 'None' });
  expect(degraded?.values.has('latency')).toBe(false);
  expect(degraded?.values.get('tier')).toEqual({ kind: 'single', value: 'Silver' });
  const elsewhere = (await port.containers()).find((each) => each.poolId !== poolId);
  const other = await create(port, 8n, elsewhere && { containerId: elsewhere.containerId });
  expect((await service(other))?.healthy).toBe(true);
  await administration.setHealth(poolId, 'failed');
  expect(await service()).toMatchObject({ healthy: false, values: new Map() });
  await administration.setHealth(poolId, 'healthy');
  expect(await service()).toEqual(healthy);
});

it('a hint is recorded as it was asked, and no reason to refuse', async () => {
  const { port, service } = await opened();
  const hint = {
    namespace: 'org.keelson.array',
    capabilityId: 'replication',
    propertyId: 'label',
    value: { kind: 'single', value: 'far away' },
  } as const;
  const profileId = parseProfileId('p');
  if (profileId === undefined) throw new Error('not a profile id');
  const profile = { profileId, generationId: 1n, document: '{}', asked: [hint] };
  const made = await create(port, 8n, { profile });
  expect((await service(made))?.values.get('label')).toEqual(hint.value);
});
