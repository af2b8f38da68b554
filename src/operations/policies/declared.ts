/**
 * The capabilities that a profile may name: those of the array's schemas, and vSphere's own
 * `spaceEfficiency`, which vSphere puts into the profiles of any vendor although no schema declares it.
 * Source: VASA `CapabilitySchema`; ids as seen on the wire of vSphere.
 */
import type {
  Capability,
  CapabilitySchema,
  CapabilityValue,
  Property,
} from '../../model/policies.ts';

/** vSphere's namespace. */
export const STANDARD_NAMESPACE = 'com.vmware.storageprofile.std';
/** Thin or thick: the id of both the capability and its property. */
export const SPACE_EFFICIENCY = 'spaceEfficiency';

const SPACE_EFFICIENCY_TEXT = {
  label: 'Space efficiency',
  summary: 'Thin volumes take space as they are written, thick ones at once.',
};

const STANDARD: Capability = {
  id: SPACE_EFFICIENCY,
  text: SPACE_EFFICIENCY_TEXT,
  properties: [
    {
      id: SPACE_EFFICIENCY,
      text: SPACE_EFFICIENCY_TEXT,
      type: 'string',
      form: 'set',
      allowed: { kind: 'set', values: ['Thin', 'Thick'] },
      defaultValue: undefined,
      mandatory: true,
      hint: false,
    },
  ],
  mandatory: false,
  hint: false,
  allowMultipleConstraints: false,
  keyId: undefined,
};

/** Capabilities by namespace and id. */
export type Declared = ReadonlyMap<string, ReadonlyMap<string, Capability>>;

/** What these schemas declare, and what every vendor's profile may hold beside it. */
export function declaredBy(schemas: readonly CapabilitySchema[]): Declared {
  const all = new Map([[STANDARD_NAMESPACE, new Map([[STANDARD.id, STANDARD]])]]);
  for (const { namespace, categories } of schemas) {
    const known = all.get(namespace) ?? new Map<string, Capability>();
    for (const capability of categories.flatMap((each) => each.capabilities))
      known.set(capability.id, capability);
    all.set(namespace, known);
  }
  return all;
}

/** The capability and property that a value is of; undefined when nobody declared them. */
export function declarationOf(
  declared: Declared,
  { namespace, capabilityId, propertyId }: Omit<CapabilityValue, 'value'>,
): { readonly capability: Capability; readonly property: Property } | undefined {
  const capability = declared.get(namespace)?.get(capabilityId);
  const property = capability?.properties.find(({ id }) => id === propertyId);
  return capability && property && { capability, property };
}
