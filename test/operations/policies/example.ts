/** A vendor's declaration with one property of each kind, for tests of the rules about policies. */
import type { ContainerId, ProfileId } from '../../../src/model/ids.ts';
import type {
  Capability,
  CapabilityProfile,
  CapabilitySchema,
  CapabilityValue,
  Property,
  PropertyValue,
  Scalar,
} from '../../../src/model/policies.ts';
import { declaredBy } from '../../../src/operations/policies/declared.ts';
import type { AnyValue } from '../../../src/wire/descriptor.ts';
import type {
  CapabilityInstance,
  StorageProfile,
} from '../../../src/wire/generated/vasa-2.0/types.ts';

export const NAMESPACE = 'com.example.array';

export const single = (value: Scalar): PropertyValue => ({ kind: 'single', value });
export const set = (...values: Scalar[]): PropertyValue => ({ kind: 'set', values });
export const range = (min: Scalar | undefined, max: Scalar | undefined): PropertyValue => ({
  kind: 'range',
  min,
  max,
});

const property = (given: Pick<Property, 'id' | 'type'> & Partial<Property>): Property => ({
  text: { label: `label of ${given.id}`, summary: `summary of ${given.id}` },
  form: 'single',
  allowed: undefined,
  defaultValue: undefined,
  mandatory: false,
  hint: false,
  ...given,
});

const capability = (given: Pick<Capability, 'id' | 'properties'> & Partial<Capability>) => ({
  text: { label: `label of ${given.id}`, summary: `summary of ${given.id}` },
  mandatory: false,
  hint: false,
  allowMultipleConstraints: false,
  keyId: undefined,
  ...given,
});

const TIERS = set('Gold', 'Silver', 'Bronze');

export const SCHEMA: CapabilitySchema = {
  schemaId: 'example-schema',
  namespace: NAMESPACE,
  namespaceVersion: '1.2',
  vendor: {
    uuid: '1b1f6c31-5b5f-4f4e-9d0a-1d0f8d7b0c11',
    text: { label: 'Example', summary: 'Arrays of Example.' },
  },
  categories: [
    {
      id: 'performance',
      capabilities: [
        capability({
          id: 'tier',
          properties: [
            property({ id: 'tier', type: 'string', form: 'set', allowed: TIERS, mandatory: true }),
          ],
        }),
        capability({
          id: 'qos',
          allowMultipleConstraints: true,
          properties: [
            property({
              id: 'iops',
              type: 'long',
              form: 'range',
              allowed: range(1n, 2n ** 60n + 1n),
              defaultValue: single(1_000n),
            }),
            property({ id: 'latency', type: 'double', form: 'range' }),
          ],
        }),
      ],
    },
    {
      id: 'protection',
      capabilities: [
        capability({
          id: 'encryption',
          properties: [property({ id: 'encrypted', type: 'boolean' })],
        }),
        capability({
          id: 'schedule',
          properties: [
            property({ id: 'every', type: 'timeSpan', form: 'range' }),
            property({ id: 'copies', type: 'int', form: 'range', allowed: range(1, 32) }),
          ],
        }),
        capability({
          id: 'label',
          hint: true,
          keyId: 'label',
          properties: [property({ id: 'label', type: 'string' })],
        }),
      ],
    },
  ],
};

export const DECLARED = declaredBy([SCHEMA]);

/** A value of `capability.property`, or of a capability and property of one name. */
export function value(name: string, of: PropertyValue, namespace = NAMESPACE): CapabilityValue {
  const [capabilityId = '', propertyId = capabilityId] = name.split('.');
  return { namespace, capabilityId, propertyId, value: of };
}

// Ids of containers and profiles are free text here; nothing but the brand is missing.
export const container = (id: string) => id as ContainerId;

export function capabilityProfile(
  id: string,
  ...offers: (readonly CapabilityValue[])[]
): CapabilityProfile {
  return {
    profileId: id as ProfileId,
    name: `name of ${id}`,
    description: `description of ${id}`,
    generationId: 7n,
    containerIds: [container('container-1')],
    offers: offers.map((values, index) => ({ name: `offer ${index}`, values })),
  };
}

export function storageProfile(...subProfiles: (readonly CapabilityInstance[])[]): StorageProfile {
  return {
    createdBy: 'administrator',
    creationTime: 1_700_000_000_000,
    generationId: 2n ** 60n + 1n,
    name: 'gold',
    profileId: '6a1f6c31-5b5f-4f4e-9d0a-1d0f8d7b0c11',
    constraints: { subProfiles: subProfiles.map((each) => ({ capability: each, name: 'rule' })) },
  };
}

export const anyString = (text: string): AnyValue => ({ type: 'xs:string', value: text });
export const anyLong = (number: bigint): AnyValue => ({ type: 'xs:long', value: number });
export const anySet = (...values: AnyValue[]): AnyValue => ({
  type: 'DiscreteSet',
  value: { values },
});
export const anyRange = (min: AnyValue, max: AnyValue): AnyValue => ({
  type: 'Range',
  value: { max, min },
});

/** A capability with constraints, each given as property id to value. */
export function instance(
  id: string,
  ...constraints: Readonly<Record<string, AnyValue>>[]
): CapabilityInstance {
  return {
    capabilityId: { id, namespace: NAMESPACE },
    constraint: constraints.map((each) => ({
      propertyInstance: Object.entries(each).map(([name, any]) => ({ id: name, value: any })),
    })),
  };
}

/** vSphere's own capability. */
export function spaceEfficiency(any: AnyValue): CapabilityInstance {
  return {
    ...instance('spaceEfficiency', { spaceEfficiency: any }),
    capabilityId: { id: 'spaceEfficiency', namespace: 'com.vmware.storageprofile.std' },
  };
}

export const THIN = spaceEfficiency(anySet(anyString('Thin')));
export const THICK = spaceEfficiency(anySet(anyString('Thick')));
export const tier = (...tiers: string[]) =>
  instance('tier', { tier: anySet(...tiers.map(anyString)) });
