/** Lists of what volumes are given: each once, and no more of them than are kept. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../../simulator/open.ts';
import { Given } from '../../../simulator/policies/given.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { CapabilityValue } from '../../../src/model/policies.ts';
import { newFolder } from '../world.ts';

function values(number: number): readonly CapabilityValue[] {
  const span = { unit: 'HOURS', value: 4 } as const;
  return [
    {
      namespace: 'n',
      capabilityId: 'c',
      propertyId: 'long',
      value: { kind: 'single', value: BigInt(number) },
    },
    {
      namespace: 'n',
      capabilityId: 'c',
      propertyId: 'set',
      value: { kind: 'set', values: [span, true, 1.5, 'x'] },
    },
    {
      namespace: 'n',
      capabilityId: 'c',
      propertyId: 'range',
      value: { kind: 'range', min: undefined, max: 9n },
    },
  ];
}

it('an equal list has the same number, and is read as it was written', () => {
  const db = openDatabase(newFolder());
  const given = new Given(db);
  const [one, two] = [given.keep(values(1)), given.keep(values(2))];
  expect(given.keep(values(1))).toBe(one);
  expect(two).not.toBe(one);
  expect(given.values(one ?? 0n)).toEqual(values(1));
  expect(given.keep([])).toBeNull();
  db.close();
});

it('lists that no volume has make room for others', () => {
  const db = openDatabase(newFolder());
  const given = new Given(db);
  db.transaction(() => {
    for (let number = 0; number < LIMITS.policyServicesKept; number += 1)
      given.keep(values(number));
  })();
  const count = db.prepare('SELECT count(*) FROM given').pluck();
  expect(count.get()).toBe(BigInt(LIMITS.policyServicesKept));
  const last = given.keep(values(-1));
  expect(count.get()).toBe(1n);
  expect(given.values(last ?? 0n)).toEqual(values(-1));
  db.close();
});
