/** The declaration as a vendor edits it: what is wrong is told by its place, what changes is told in the feed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Written } from '../../../simulator/policies/written.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { create, newFolder, openWhole } from '../world.ts';

const SHIPPED = new URL('../../../simulator/policies/capabilities.yaml', import.meta.url);

function shipped(): Written {
  return parse(readFileSync(SHIPPED, 'utf8'));
}

const ARRAYS = [
  {
    name: 'a',
    endpoints: { SCSI: 1 },
    containers: [
      { name: 'one', protocol: 'SCSI', capacityMB: 1_000 },
      { name: 'two', protocol: 'SCSI', capacityMB: 1_000 },
    ],
  },
];

/** The declaration, edited by a patch of its text. */
function edited(edit: (written: ReturnType<typeof shipped>) => object): object {
  const written = shipped();
  return { ...written, ...edit(written) };
}

async function opened(folder = newFolder(), capabilities: object | undefined = undefined) {
  const inventory = { arrays: ARRAYS, ...(capabilities && { capabilities }) };
  const { port, administration } = await openWhole(folder, { inventory, seed: 's' });
  const { newest: begin } = await port.changes(0n, 1);
  return {
    folder,
    port,
    administration,
    apply: (changed: object | undefined, arrays: object = ARRAYS) => {
      const file = join(folder, 'inventory.yaml');
      const plan = { arrays, ...(changed && { capabilities: changed }) };
      writeFileSync(file, stringify(plan, { aliasDuplicateObjects: false }));
      return administration.applyInventory(file);
    },
    told: async () => {
      const { changes } = await port.changes(begin, 1_000);
      return changes
        .filter(({ entity }) => /Capability|Default|Resource/.test(entity))
        .map(({ kind, entity }) => `${kind} ${entity}`);
    },
  };
}

async function profiles(port: StorageArrayPort) {
  const all = await port.capabilityProfiles();
  return new Map(all.map((each) => [each.name, each]));
}

it('ids follow from the seed, and nothing is told of a new array', async () => {
  const [one, two] = [await opened(), await opened()];
  expect(await one.port.capabilityProfiles()).toEqual(await two.port.capabilityProfiles());
  expect(await one.port.defaultProfiles()).toEqual(await two.port.defaultProfiles());
  expect(await one.told()).toEqual([]);
});

it('an edited offer raises the generation of its profile alone, and is told', async () => {
  const { port, apply, told } = await opened();
  const before = await profiles(port);
  const changed = edited(({ profiles: [performance, ...others] }) => ({
    profiles: [{ ...performance, description: 'Faster.' }, ...others],
  }));
  await apply(changed);
  const after = await profiles(port);
  const generations = (name: string) => [before, after].map((all) => all.get(name)?.generationId);
  expect(generations('Keelson performance')).toEqual([1n, 2n]);
  expect(generations('Keelson capacity')).toEqual([1n, 1n]);
  expect(await told()).toEqual(['update CapabilityProfile']);
  await apply(changed);
  expect(await told()).toHaveLength(1);
});

it('a profile that goes and comes again has a generation of its own', async () => {
  const { port, apply, told } = await opened();
  const without = edited(({ profiles: [, ...others] }) => ({ profiles: others }));
  await apply(without);
  expect([...(await profiles(port)).keys()]).toEqual(['Keelson capacity']);
  await apply(undefined);
  expect((await profiles(port)).get('Keelson performance')?.generationId).toBe(2n);
  const gone = ['delete CapabilityProfile', ...Array(2).fill('delete ResourceAssociation')];
  const back = ['new CapabilityProfile', ...Array(2).fill('new ResourceAssociation')];
  expect(await told()).toEqual([...gone, ...back]);
});

it('a profile that comes to a container is told as an association, and stays the same profile', async () => {
  const narrow = edited(({ profiles: [performance, ...others] }) => ({
    profiles: [{ ...performance, containers: { names: ['o*'] } }, ...others],
  }));
  const { port, apply, told } = await opened(newFolder(), narrow);
  const ofOne = (await profiles(port)).get('Keelson performance');
  expect(ofOne?.containerIds).toHaveLength(1);
  await apply(undefined);
  const ofBoth = (await profiles(port)).get('Keelson performance');
  expect(ofBoth).toEqual({ ...ofOne, containerIds: expect.any(Array) });
  expect(ofBoth?.containerIds).toHaveLength(2);
  expect(await told()).toEqual(['new ResourceAssociation']);
});

it('generations outlast a reset and the loading of an older state', async () => {
  const { port, apply, administration } = await opened();
  await administration.saveState('before');
  const changed = edited(({ profiles: [performance, ...others] }) => ({
    profiles: [{ ...performance, description: 'Faster.' }, ...others],
  }));
  await apply(changed);
  const present = async () => (await profiles(port)).get('Keelson performance');
  await administration.reset();
  expect(await present()).toMatchObject({ description: 'Faster.', generationId: 2n });
  await administration.loadState('before');
  expect(await present()).toMatchObject({ description: 'Flash, mirrored.', generationId: 3n });
});

it('a default that nothing in its container can give is refused, and nothing has changed', async () => {
  const { port, apply } = await opened();
  const before = await port.defaultProfiles();
  const wrong = edited(({ defaults: [first, ...others] }) => ({
    defaults: [{ ...first, values: { ...first?.values, 'raid.level': 'None' } }, ...others],
  }));
  await expect(apply(wrong)).rejects.toThrow('has all of default Keelson default');
  expect(await port.defaultProfiles()).toEqual(before);
  await create(port, 1n);
});

it.each([
  ['a value that is not allowed', 'raid.level: RAID10', 'raid.level: RAID1', 'is not allowed'],
  [
    'a property that is not declared',
    'raid.level: RAID10',
    'raid.size: 1',
    'no property that is declared',
  ],
  [
    'a value of another type',
    'encryption.enabled: false',
    'encryption.enabled: "no"',
    'is neither true nor false',
  ],
  [
    'a range of what has no order',
    'raid.level: RAID10',
    'raid.level: { min: RAID5 }',
    'a string has none',
  ],
  [
    'a range upside down',
    '{ min: 500, max: 100000 }',
    '{ min: 500, max: 200 }',
    'the wrong way round',
  ],
  [
    'an unknown unit',
    '{ unit: WEEKS, value: 1 }',
    '{ unit: FORTNIGHTS, value: 1 }',
    'Invalid input',
  ],
  ['an unknown key', 'keyId: label', 'keyid: label', 'Unrecognized key'],
  ['a key that is no property', 'keyId: label', 'keyId: name', 'is none of the properties'],
  [
    'a second profile of the name',
    'name: Keelson capacity',
    'name: Keelson performance',
    'the name of another one',
  ],
])('%s is told with the line on which it stands', async (_, right, wrong, message) => {
  const text = readFileSync(SHIPPED, 'utf8');
  expect(text).toContain(right);
  const indented = text.replace(right, wrong).replace(/^/gm, '  ');
  const folder = newFolder();
  const inventoryFile = join(folder, 'inventory.yaml');
  const whole = `arrays: ${JSON.stringify(ARRAYS)}\ncapabilities:\n${indented}\n`;
  writeFileSync(inventoryFile, whole);
  const refusal = openWhole(newFolder(), { inventoryFile });
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toThrow(new RegExp(`${inventoryFile}:\\d+: capabilities\\.`));
});
