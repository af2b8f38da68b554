/** Options of the simulated array, its inventories, and the ids that follow from the seed. */
import { expect, it } from 'vitest';
import { PRESETS } from '../../simulator/presets.ts';
import { newFolder, oneContainer, open } from './world.ts';

it('an unknown or wrong option is refused by its name', async () => {
  const refused = async (options: Record<string, unknown>, message: string) =>
    expect(open(newFolder(), options)).rejects.toThrow(message);
  await refused({ sead: 'x' }, 'array.options: Unrecognized key: "sead"');
  await refused({ seed: 7 }, 'array.options.seed: Invalid input: expected string');
  await refused({ preset: 'huge' }, 'array.options.preset: ');
  await refused(
    oneContainer({ capacityMB: 0 }),
    'array.options.inventory.arrays.0.containers.0.capacityMB',
  );
  await refused(oneContainer({ size: 1 }), 'Unrecognized key: "size"');
  await refused({ preset: 'small', ...oneContainer({}) }, 'exclude each other');
});

it('the small preset has a container of each family, each served by two endpoints or more', async () => {
  const array = await open(newFolder());
  expect((await array.containers()).map(({ protocol }) => protocol)).toEqual([
    'SCSI',
    'NFS',
    'NFS4x',
  ]);
  const families = (await array.endpoints()).map(({ inBandId }) => inBandId.protocol);
  for (const protocol of ['SCSI', 'NFS', 'NFS4x']) {
    expect(families.filter((family) => family === protocol).length).toBeGreaterThanOrEqual(2);
  }
  expect((await array.containers())[0]?.maxVolumeBytes).toBe(67_108_864n << 20n);
});

it('one seed gives one inventory, another seed or none a different one', async () => {
  const idsOf = async (options: Record<string, unknown>) => {
    const array = await open(newFolder(), options);
    const ids = [
      ...(await array.arrays()).map(({ arrayId }) => arrayId),
      ...(await array.containers()).map(({ containerId }) => containerId),
      ...(await array.endpoints()).map(({ inBandId }) => JSON.stringify(inBandId)),
    ];
    return ids.filter((id) => !id.includes('"NFS"')).join();
  };
  const ids = await idsOf({ seed: 'a' });
  expect(await idsOf({ seed: 'a' })).toBe(ids);
  const others = [await idsOf({ seed: 'b' }), await idsOf({}), await idsOf({})];
  expect(new Set([ids, ...others]).size).toBe(4);
});

it('the inventory stays as made; options that ask for another one are refused', async () => {
  const folder = newFolder();
  const plan = oneContainer({});
  const array = await open(folder, { seed: 'a', ...plan });
  const containers = await array.containers();
  await array.close();
  for (const other of [{ seed: 'b' }, { preset: 'small' }, oneContainer({ quotaMB: 1 })]) {
    await expect(open(folder, other)).rejects.toThrow('was made with another');
  }
  const bare = await open(folder, {});
  expect(await bare.containers()).toEqual(containers);
  await bare.close();
  expect(await (await open(folder, { seed: 'a', ...plan })).containers()).toEqual(containers);
});

it('several arrays have endpoints and containers of their own', async () => {
  const [one] = PRESETS.small.arrays;
  const array = await open(newFolder(), {
    inventory: { arrays: [one, { ...one, name: 'array-2' }] },
  });
  const [first, second] = await array.arrays();
  expect([first?.name, second?.name]).toEqual(['array-1', 'array-2']);
  const endpoints = await array.endpoints();
  expect(endpoints.filter(({ arrayId }) => arrayId === second?.arrayId)).toHaveLength(8);
  expect(new Set(endpoints.map(({ inBandId }) => JSON.stringify(inBandId))).size).toBe(16);
});
