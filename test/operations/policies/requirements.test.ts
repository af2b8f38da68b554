import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VasaFault } from '../../../src/model/faults.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { declaredBy } from '../../../src/operations/policies/declared.ts';
import { alternativesOf } from '../../../src/operations/policies/requirements.ts';
import type { AnyValue } from '../../../src/wire/descriptor.ts';
import type { CapabilityInstance } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  anyLong,
  anyRange,
  anySet,
  anyString,
  DECLARED,
  instance,
  NAMESPACE,
  range,
  SCHEMA,
  set,
  single,
  spaceEfficiency,
  storageProfile,
  THICK,
  THIN,
  tier,
} from './example.ts';

const read = (...subProfiles: (readonly CapabilityInstance[])[]) =>
  alternativesOf(DECLARED, storageProfile(...subProfiles));

/** Capability to the values that its constraints wish for. */
const wishes = (...capabilities: CapabilityInstance[]) =>
  read(capabilities)[0]?.map(({ capability, constraints }) => [
    capability.id,
    ...constraints.map((each) => each.map(({ value }) => value)),
  ]);

const refusal = (text: string, ...subProfiles: (readonly CapabilityInstance[])[]) =>
  expect(() => read(...subProfiles)).toThrow(
    expect.objectContaining({ fault: 'InvalidProfile', message: expect.stringContaining(text) }),
  );

describe('a profile', () => {
  it('without sub-profiles asks for nothing', () => {
    const { constraints: _, ...bare } = storageProfile();
    expect(alternativesOf(DECLARED, bare)).toEqual([]);
    expect(read()).toEqual([]);
  });

  it('has an alternative for each sub-profile, in order', () => {
    const all = read([tier('Gold')], [THIN]);
    expect(all.map((each) => each.map(({ capability }) => capability.id))).toEqual([
      ['tier'],
      ['spaceEfficiency'],
    ]);
  });

  it('may give a property as a single value, a set, or a range that lacks an end', () => {
    const longest = 2n ** 63n - 1n;
    expect(
      wishes(
        instance('tier', { tier: anyString('Gold') }),
        instance('qos', { iops: anyRange(anyLong(5n), anyLong(longest)) }),
        instance('encryption', { encrypted: { type: 'xs:boolean', value: true } }),
      ),
    ).toEqual([
      ['tier', [single('Gold')]],
      ['qos', [range(5n, undefined)]],
      ['encryption', [single(true)]],
    ]);
  });

  it('may have several constraints of a capability that takes them', () => {
    const qos = instance('qos', { iops: anyLong(1n) }, { iops: anyLong(2n) });
    expect(wishes(qos)).toEqual([['qos', [single(1n)], [single(2n)]]]);
    refusal('only one constraint', [
      instance('tier', { tier: anyString('Gold') }, { tier: anyString('Bronze') }),
    ]);
  });

  it('joins what a sub-profile says of one capability twice', () => {
    expect(wishes(tier('Gold', 'Silver'), tier('Silver', 'Bronze'))).toEqual([
      ['tier', [single('Silver')]],
    ]);
    const latency: AnyValue = { type: 'xs:double', value: 1 };
    expect(wishes(instance('qos', { iops: anyLong(1n) }), instance('qos', { latency }))).toEqual([
      ['qos', [single(1n), single(1)]],
    ]);
    refusal('exclude each other', [THIN, THICK]);
    const twice = instance('qos', { iops: anyLong(1n) }, { iops: anyLong(2n) });
    refusal('given twice', [twice, instance('qos', { iops: anyLong(1n) })]);
  });

  it('is refused when any of its alternatives names what nobody declared', () => {
    const strange = { ...tier('Gold'), capabilityId: { id: 'tier', namespace: 'com.other' } };
    refusal('"com.other.tier" is declared', [strange]);
    refusal('is declared', [THIN], [THIN, instance('other', { other: anyString('x') })]);
    refusal('has no property "colour"', [
      instance('tier', { tier: anyString('Gold'), colour: anyString('red') }),
    ]);
  });

  it.each([
    { id: '', namespace: NAMESPACE },
    { id: 'tier', namespace: ' ' },
  ])('is refused with the capability id %j', (capabilityId) => {
    refusal('no id or no namespace', [{ ...tier('Gold'), capabilityId }]);
  });

  it('is refused with a value of another type, or none', () => {
    refusal('no string', [instance('tier', { tier: anyLong(1n) })]);
    refusal('no string', [tier()]);
    refusal('no long', [instance('qos', { iops: anyString('1') })]);
    refusal('no boolean', [instance('encryption', { encrypted: anyString('true') })]);
    refusal('no long', [instance('qos', { iops: anyRange(anyLong(2n), anyLong(1n)) })]);
  });

  it('is refused with a value that is not allowed', () => {
    refusal('not allowed', [tier('Gold', 'Platinum')]);
    refusal('not allowed', [instance('qos', { iops: anyLong(0n) })]);
    refusal('not allowed', [instance('qos', { iops: anyLong(2n ** 60n + 2n) })]);
    refusal('not allowed', [instance('qos', { iops: anyRange(anyLong(-5n), anyLong(0n)) })]);
    expect(wishes(instance('qos', { iops: anyLong(2n ** 60n + 1n) }))).toHaveLength(1);
    refusal('not allowed', [spaceEfficiency(anySet(anyString('Medium')))]);
  });

  it('is refused with a value that is too large to be kept', () => {
    const { policyEntries, policyTextCharacters } = LIMITS;
    const label = (...texts: string[]) => {
      const values = texts.map(anyString);
      const [only = anySet()] = values;
      return instance('label', { label: texts.length === 1 ? only : anySet(...values) });
    };
    const long = 'x'.repeat(policyTextCharacters);
    expect(wishes(label(long))).toEqual([['label', [single(long)]]]);
    refusal('more than 1024 characters', [label(`${long}x`)]);
    refusal('more than 1024 characters', [label('short', `${long}x`)]);
    const texts = Array.from({ length: policyEntries }, (_, index) => `group ${index}`);
    expect(wishes(label(...texts))).toEqual([['label', [set(...texts)]]]);
    refusal('more than 256 values', [label(...texts, 'one more')]);
  });

  it('is refused without what is mandatory', () => {
    refusal('a constraint of tier is empty', [instance('tier', {})]);
    refusal('tier has no constraint', [instance('tier')]);
    refusal('the sub-profile "rule" is empty', []);
    const [first, ...more] = SCHEMA.categories;
    if (first === undefined) throw new Error('no category');
    const [tierOf, ...others] = first.capabilities;
    if (tierOf === undefined) throw new Error('no capability');
    const capabilities = [{ ...tierOf, mandatory: true }, ...others];
    const categories = [{ ...first, capabilities }, ...more];
    const declared = declaredBy([{ ...SCHEMA, categories }]);
    const judged = (...instances: CapabilityInstance[]) =>
      alternativesOf(declared, storageProfile(instances));
    const qos = instance('qos', { iops: anyLong(1n) });
    expect(() => judged(qos)).toThrow('lacks com.example.array.tier');
    expect(judged(qos, tier('Gold'))).toHaveLength(1);
    // A sub-profile that does not use the schema owes it nothing.
    expect(judged(THIN)).toHaveLength(1);
  });

  it('lacks a mandatory property', () => {
    const [performance] = SCHEMA.categories;
    const qos = performance?.capabilities[1];
    if (qos === undefined) throw new Error('no capability');
    const properties = qos.properties.map((each) => ({ ...each, mandatory: true }));
    const categories = [{ id: 'c', capabilities: [{ ...qos, properties }] }];
    const declared = declaredBy([{ ...SCHEMA, categories }]);
    const profile = storageProfile([instance('qos', { iops: anyLong(1n) })]);
    expect(() => alternativesOf(declared, profile)).toThrow('a constraint of qos lacks latency');
  });

  it('keeps a set of one spelling in a hint too', () => {
    expect(wishes(instance('label', { label: anySet(anyString('x')) }))).toEqual([
      ['label', [set('x')]],
    ]);
  });
});

it('whatever a profile holds, it is read or it is an InvalidProfile', () => {
  const leaf = fc.oneof(
    fc.string().map(anyString),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(anyLong),
    fc.constantFrom('Gold', 'Thin').map(anyString),
    fc.constant({ type: 'InvalidProfile', value: {} }),
  );
  const any = fc.oneof(
    leaf,
    fc.array(leaf).map((values) => anySet(...values)),
    fc.tuple(leaf, leaf).map(([min, max]) => anyRange(min, max)),
  );
  const id = fc.constantFrom('tier', 'qos', 'iops', 'latency', 'label', 'other', '');
  const constraint = fc.dictionary(id, any, { maxKeys: 2 });
  const capability = fc
    .tuple(id, fc.array(constraint, { maxLength: 3 }))
    .map(([of, constraints]) => instance(of, ...constraints));
  fc.assert(
    fc.property(fc.array(fc.array(capability, { maxLength: 3 }), { maxLength: 3 }), (subs) => {
      try {
        expect(read(...subs)).toHaveLength(subs.length);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(VasaFault);
        expect(thrown).toMatchObject({ fault: 'InvalidProfile' });
      }
    }),
    { numRuns: 500 },
  );
});
