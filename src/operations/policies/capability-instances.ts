/**
 * Values grouped by capability, as profiles on the wire hold them: one instance of each capability with
 * one constraint, whose properties all hold. Source: VASA `CapabilityInstance`, `ConstraintInstance`.
 */
import type { CapabilityValue } from '../../model/policies.ts';
import type { CapabilityInstance, PropertyInstance } from '../../wire/generated/vasa-2.0/types.ts';
import { writeDeclared } from './any-values.ts';
import { type Declared, declarationOf } from './declared.ts';

/** Entries of one capability each, in the order of their first; each with the capability that they are of. */
export function byCapability<Entry extends Pick<CapabilityValue, 'namespace' | 'capabilityId'>>(
  entries: readonly Entry[],
): readonly (readonly [Entry, ...Entry[]])[] {
  const groups = new Map<string, [Entry, ...Entry[]]>();
  for (const entry of entries) {
    const name = JSON.stringify([entry.namespace, entry.capabilityId]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

/** Some properties of the capability that `of` is of, as one instance. */
export function capabilityInstance(
  of: Pick<CapabilityValue, 'namespace' | 'capabilityId'>,
  propertyInstance: readonly PropertyInstance[],
): CapabilityInstance {
  return {
    capabilityId: { id: of.capabilityId, namespace: of.namespace },
    constraint: [{ propertyInstance }],
  };
}

/** The property of a value on the wire. Throws TypeError when nobody declared it: the array's mistake. */
export function propertyInstance(declared: Declared, value: CapabilityValue): PropertyInstance {
  const found = declarationOf(declared, value);
  if (found === undefined)
    throw new TypeError(
      `${value.namespace}.${value.capabilityId}.${value.propertyId} is not declared`,
    );
  return { id: value.propertyId, value: writeDeclared(found.property, value.value) };
}

/** All values as instances of their capabilities. Throws as `propertyInstance`. */
export function capabilityInstances(
  declared: Declared,
  values: readonly CapabilityValue[],
): readonly CapabilityInstance[] {
  return byCapability(values).map((group) =>
    capabilityInstance(
      group[0],
      group.map((each) => propertyInstance(declared, each)),
    ),
  );
}
