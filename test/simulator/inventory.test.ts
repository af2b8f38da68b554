/** Goal: presets and inventory files make the arrays that they say, and mistakes are told by their line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, open } from './world.ts';

it.each([
  ['small', 1, 3, 8],
  ['medium', 2, 8, 16],
  ['large', 4, 32, 64],
])(
  'preset %s: %d arrays with %d containers and %d endpoints each',
  async (preset, arrays, containers, endpoints) => {
    const array = await open(newFolder(), { preset, seed: 's' });
    const described = await array.arrays();
    expect(described).toHaveLength(arrays);
    for (const { arrayId } of described) {
      const own = (each: { readonly arrayId: string }) => each.arrayId === arrayId;
      expect((await array.containers()).filter(own)).toHaveLength(containers);
      expect((await array.endpoints()).filter(own)).toHaveLength(endpoints);
    }
    const ids = [
      ...(await array.containers()).map(({ containerId }) => containerId),
      ...(await array.endpoints()).map(({ inBandId }) => JSON.stringify(inBandId)),
    ];
    expect(new Set(ids).size).toBe(arrays * (containers + endpoints));
  },
);

const FILE = `# two arrays
arrays:
  - name: fast
    priority: 200
    snapshotsPerVolume: 32
    endpoints: { SCSI: 2 }
    containers:
      - { name: gold, protocol: SCSI, capacityMB: 1000, quotaMB: 500, maxVolumeMB: 100 }
  - name: slow
    endpoints:
      NFS: 1
    containers:
      - name: archive
        protocol: NFS
        capacityMB: 2000
        overcommit: 2
`;

function fileOf(text: string): string {
  const file = join(newFolder(), 'inventory.yaml');
  writeFileSync(file, text);
  return file;
}

it('an inventory file is what the option inventory would be', async () => {
  const folder = newFolder();
  const inventoryFile = fileOf(FILE);
  const array = await open(folder, { inventoryFile, seed: 's' });
  expect(await array.arrays()).toMatchObject([
    { name: 'fast', priority: 200, limits: { snapshotsPerVolume: 32 } },
    { name: 'slow', priority: 100 },
  ]);
  expect(await array.containers()).toMatchObject([
    { name: 'gold', protocol: 'SCSI', maxVolumeBytes: 100n << 20n },
    { name: 'archive', protocol: 'NFS' },
  ]);
  const spaces = (await array.containers()).map(({ containerId }) =>
    array.containerSpace(containerId),
  );
  expect((await Promise.all(spaces)).map(({ logicalLimit }) => logicalLimit)).toEqual([
    500n << 20n,
    4_000n << 20n,
  ]);
  await array.close();
  await (await open(folder, { inventoryFile })).close();
  writeFileSync(inventoryFile, FILE.replace('gold', 'silver'));
  await expect(open(folder, { inventoryFile })).rejects.toThrow('made with another');
});

it.each([
  [FILE.replace('quotaMB: 500', 'quotaGB: 5'), /inventory\.yaml:8: .*"quotaGB"/],
  [
    FILE.replace('capacityMB: 2000', 'capacityMB: plenty'),
    /:15: arrays\.1\.containers\.0\.capacityMB: /,
  ],
  [FILE.replace('        capacityMB: 2000\n', ''), /:13: arrays\.1\.containers\.0\.capacityMB: /],
  [FILE.replace('priority: 200', 'priority: 300'), /:4: arrays\.0\.priority: /],
  [FILE.replace('NFS: 1', 'NFS: [1'), /inventory\.yaml: .*line \d+/],
  ['', /inventory\.yaml: inventory: /],
  ['x'.repeat(2_000_000), /is longer than/],
])('a mistake in the file is told by its line (%#)', async (text, message) => {
  await expect(open(newFolder(), { inventoryFile: fileOf(text) })).rejects.toThrow(message);
});

it('a file that is not there, or that stands beside a preset, is refused', async () => {
  await expect(open(newFolder(), { inventoryFile: '/nowhere.yaml' })).rejects.toThrow(
    'array.options.inventoryFile: cannot be read',
  );
  const both = { inventoryFile: fileOf(FILE), preset: 'small' };
  await expect(open(newFolder(), both)).rejects.toThrow('exclude each other');
});
