/**
 * Names of properties, and the one property that no schema declares: vSphere puts it into the profiles of any
 * vendor. Source: ids as seen on the wire of vSphere.
 */
import type { CapabilityValue, Property } from '../../src/model/policies.ts';

type PropertyName = Omit<CapabilityValue, 'value'>;

/** Thin or thick. */
export const SPACE_EFFICIENCY: PropertyName = Object.freeze({
  namespace: 'com.vmware.storageprofile.std',
  capabilityId: 'spaceEfficiency',
  propertyId: 'spaceEfficiency',
});

const SPACE_EFFICIENCY_TEXT = { label: 'Space efficiency', summary: 'Thin or thick.' };

export const SPACE_EFFICIENCY_PROPERTY: Property = Object.freeze<Property>({
  id: SPACE_EFFICIENCY.propertyId,
  text: SPACE_EFFICIENCY_TEXT,
  type: 'string',
  form: 'set',
  allowed: { kind: 'set', values: ['Thin', 'Thick'] },
  defaultValue: undefined,
  mandatory: false,
  hint: false,
});

/** The full name of the property that a value is of: `<namespace>/<capability>.<property>`. */
export function nameOf({ namespace, capabilityId, propertyId }: PropertyName): string {
  return `${namespace}/${capabilityId}.${propertyId}`;
}

/** The property with this name; without a namespace, of `namespace`. Undefined when it is no name. */
export function propertyNamed(name: string, namespace: string): PropertyName | undefined {
  const [, of = namespace, capabilityId, propertyId] =
    /^(?:([^/]+)\/)?([^/.]+)\.([^/.]+)$/.exec(name) ?? [];
  if (capabilityId === undefined || propertyId === undefined) return undefined;
  return { namespace: of, capabilityId, propertyId };
}
