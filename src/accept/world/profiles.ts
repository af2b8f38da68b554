/** Storage policies as vCenter authors them: made from what a container offers. */
import { randomUUID } from 'node:crypto';
import type {
  AnyStorageProfile,
  CapabilityInstance,
  StorageContainer,
} from '../../wire/generated/vasa-2.0/types.ts';
import { skip } from '../expectations.ts';
import type { World } from './world.ts';

/** The profile without requirements, which vSphere sends when nobody chose one. */
export const NO_REQUIREMENTS = 'f4e5bade-15a2-4805-bf8e-52318c4ce443';

/** A policy that wants all of these capabilities; none: it wants nothing. */
export function profileOf(
  capability: readonly CapabilityInstance[],
  more: { readonly profileId?: string; readonly generationId?: bigint } = {},
): AnyStorageProfile {
  return {
    profileId: more.profileId ?? randomUUID(),
    name: 'acceptance',
    createdBy: 'acceptance',
    creationTime: 0,
    generationId: more.generationId ?? 1n,
    constraints: { subProfiles: capability.length === 0 ? [] : [{ name: 'rule', capability }] },
  };
}

/** Capability profiles of a container. */
export async function offersOfContainer(
  { vcenter }: World,
  { uniqueIdentifier = '' }: StorageContainer,
): Promise<readonly AnyStorageProfile[]> {
  const { return: rows } = await vcenter.call('queryCapabilityProfileForResource', {
    resourceId: [uniqueIdentifier],
  });
  const profileId = rows.map((each) => each.profileId);
  if (profileId.length === 0) skip(`the container ${uniqueIdentifier} has no capability profile`);
  return (await vcenter.call('queryCapabilityProfile', { profileId })).return;
}

/** The first capability that a container offers, as a requirement. */
export async function anOffer(
  world: World,
  container: StorageContainer,
): Promise<CapabilityInstance> {
  const offers = await offersOfContainer(world, container);
  const [capability] = offers.flatMap(
    (each) => each.constraints?.subProfiles.flatMap((sub) => sub.capability) ?? [],
  );
  return capability ?? skip('the capability profiles of the container offer nothing');
}

/** A capability that nobody has declared. */
export const UNDECLARED: CapabilityInstance = {
  capabilityId: { id: 'nobody-has-this', namespace: 'com.example.acceptance' },
  constraint: [
    { propertyInstance: [{ id: 'nobody-has-this', value: { type: 'xs:string', value: 'x' } }] },
  ],
};
