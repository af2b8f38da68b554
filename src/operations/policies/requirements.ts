/**
 * What a storage profile asks for, checked against what is declared. Sub-profiles are alternatives; within
 * one, all capabilities must hold; several constraints of one capability are alternatives again; within a
 * constraint all properties must hold. Knows nothing of containers. Source: VASA `StorageProfile`, SPBM.
 */
import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Capability, Property, PropertyValue } from '../../model/policies.ts';
import type {
  AnyStorageProfile,
  AnySubProfile,
  CapabilityInstance,
  ConstraintInstance,
  PropertyInstance,
} from '../../wire/generated/vasa-2.0/types.ts';
import { shown } from '../arguments.ts';
import { readValue } from './any-values.ts';
import type { Declared } from './declared.ts';
import { common, isWithin } from './values.ts';

/** What a property's value is wished to be; all its values are among those allowed, a range's in part. */
export interface PropertyWish {
  readonly property: Property;
  readonly value: PropertyValue;
}

/** A capability that a profile names, once in a sub-profile. Its constraints are alternatives. */
export interface CapabilityWish {
  readonly namespace: string;
  readonly capability: Capability;
  /** Each names a property once; none is empty. */
  readonly constraints: readonly (readonly PropertyWish[])[];
}

/** One sub-profile. */
export type Alternative = readonly CapabilityWish[];

/** An InvalidProfile fault, to be thrown. */
export function unfit(message: string): VasaFault {
  return new VasaFault('InvalidProfile', message);
}

function checkAllowed(wish: PropertyWish, name: string): void {
  const { allowed, type } = wish.property;
  if (allowed === undefined) return;
  // A range may reach beyond what is allowed, as one that lacks an end does.
  const isFit =
    wish.value.kind === 'range'
      ? common(type, wish.value, allowed) !== undefined
      : isWithin(type, wish.value, allowed);
  if (!isFit) throw unfit(`${name} is given a value that is not allowed`);
}

/** Values are kept with their volume, and by the array that compares them. */
function checkSize({ value }: PropertyWish, name: string): void {
  const scalars =
    value.kind === 'set' ? value.values : value.kind === 'single' ? [value.value] : [];
  const { policyEntries, policyTextCharacters } = LIMITS;
  if (scalars.length > policyEntries)
    throw unfit(`${name} is given more than ${policyEntries} values`);
  if (scalars.some((each) => typeof each === 'string' && each.length > policyTextCharacters))
    throw unfit(`${name} is given a text of more than ${policyTextCharacters} characters`);
}

function propertyWish(capability: Capability, { id, value }: PropertyInstance): PropertyWish {
  const property = capability.properties.find((each) => each.id === id);
  if (property === undefined) throw unfit(`${capability.id} has no property ${shown(id)}`);
  const name = `${capability.id}.${id}`;
  const read = readValue(property.type, value);
  if (read === undefined) throw unfit(`${name} is given a value that is no ${property.type}`);
  const wish = { property, value: read };
  checkSize(wish, name);
  checkAllowed(wish, name);
  return wish;
}

/** The same wishes with each property once: what is asked of it twice must hold together. */
function merged(capability: Capability, wishes: readonly PropertyWish[]): readonly PropertyWish[] {
  const byId = new Map<string, PropertyWish>();
  for (const { property, value } of wishes) {
    const before = byId.get(property.id);
    const both = before === undefined ? value : common(property.type, before.value, value);
    if (both === undefined)
      throw unfit(
        `${capability.id}.${property.id} is asked for with values that exclude each other`,
      );
    byId.set(property.id, { property, value: both });
  }
  return [...byId.values()];
}

function constraintWishes(
  capability: Capability,
  { propertyInstance }: ConstraintInstance,
): readonly PropertyWish[] {
  if (propertyInstance.length === 0) throw unfit(`a constraint of ${capability.id} is empty`);
  const wishes = merged(
    capability,
    propertyInstance.map((each) => propertyWish(capability, each)),
  );
  const missing = capability.properties.find(
    ({ id, mandatory }) => mandatory && !wishes.some(({ property }) => property.id === id),
  );
  if (missing !== undefined) throw unfit(`a constraint of ${capability.id} lacks ${missing.id}`);
  return wishes;
}

function capabilityWish(declared: Declared, instance: CapabilityInstance): CapabilityWish {
  const { id, namespace } = instance.capabilityId;
  if (id.trim() === '' || namespace.trim() === '')
    throw unfit('a capability has no id or no namespace');
  const capability = declared.get(namespace)?.get(id);
  if (capability === undefined)
    throw unfit(`no capability ${shown(`${namespace}.${id}`)} is declared`);
  const { length } = instance.constraint;
  if (length === 0) throw unfit(`${id} has no constraint`);
  if (length > 1 && !capability.allowMultipleConstraints)
    throw unfit(`${id} may have only one constraint`);
  const constraints = instance.constraint.map((each) => constraintWishes(capability, each));
  return { namespace, capability, constraints };
}

/** Both wishes of one capability as one. Faults: InvalidProfile. */
function together(one: CapabilityWish, other: CapabilityWish): CapabilityWish {
  const { capability } = one;
  const constraints = [...one.constraints, ...other.constraints];
  if (constraints.length > 2)
    throw unfit(`${capability.id} is given twice in a sub-profile, with several constraints`);
  return { ...one, constraints: [merged(capability, constraints.flat())] };
}

/** A schema's mandatory capabilities belong into every sub-profile that uses the schema. */
function checkMandatory(declared: Declared, wishes: Alternative): void {
  for (const namespace of new Set(wishes.map((each) => each.namespace))) {
    const named = wishes.filter((each) => each.namespace === namespace);
    for (const { id, mandatory } of declared.get(namespace)?.values() ?? [])
      if (mandatory && !named.some(({ capability }) => capability.id === id))
        throw unfit(`a sub-profile lacks ${namespace}.${id}`);
  }
}

function alternative(declared: Declared, { capability, name }: AnySubProfile): Alternative {
  if (capability.length === 0) throw unfit(`the sub-profile ${shown(name)} is empty`);
  const wishes = new Map<Capability, CapabilityWish>();
  for (const wish of capability.map((each) => capabilityWish(declared, each))) {
    const before = wishes.get(wish.capability);
    wishes.set(wish.capability, before === undefined ? wish : together(before, wish));
  }
  const all = [...wishes.values()];
  checkMandatory(declared, all);
  return all;
}

/**
 * The alternatives of a profile, in its order. None: it asks for nothing. Faults: InvalidProfile (a
 * capability or property that nobody declared or that lacks a mandatory one, a value of another type or not
 * among those allowed or too large, more constraints than the capability takes, values that exclude each other).
 */
export function alternativesOf(
  declared: Declared,
  { constraints }: AnyStorageProfile,
): readonly Alternative[] {
  return (constraints?.subProfiles ?? []).map((each) => alternative(declared, each));
}
