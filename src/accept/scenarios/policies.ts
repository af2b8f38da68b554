/** Storage policies: what an array can promise, and which container promises what. */
import { randomUUID } from 'node:crypto';
import {
  BuiltinTypesEnum,
  type CapabilityId,
  VirtualVolumeTypeEnum,
} from '../../wire/generated/vasa-2.0/types.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { offersOfContainer } from '../world/profiles.ts';
import { refused } from '../world/refusals.ts';
import type { World } from '../world/world.ts';

const nameOf = ({ namespace, id }: CapabilityId) => `${namespace} ${id}`;

/** vSphere’s own capability, which profiles may name though no vendor declares it. */
const BUILT_IN = 'com.vmware.storageprofile.std spaceEfficiency';

async function schemas({ vcenter }: World) {
  const { return: found } = await vcenter.call('queryCapabilityMetadata', { schemaId: [] });
  return found.length > 0 ? found : skip('the provider has no capability schema');
}

export const POLICY_SCENARIOS: readonly Scenario[] = [
  {
    id: 'policies.schemas-are-whole',
    chapter: 'policies',
    sentence:
      'Each capability has a name of its own and properties, each property an id and a type that VASA has',
    proves: 'vCenter registers the provider at all: a property without a type makes it fail.',
    source: { text: 'a missing type makes registration fail; TypeInfo names', mark: 'seen once' },
    needs: ['capability profiles'],
    async run(world) {
      for (const { capabilityMetadataPerCategory, schemaId, namespaceInfo } of await schemas(
        world,
      )) {
        expectThat(namespaceInfo.namespace !== '', `${schemaId} has a namespace`);
        const all = capabilityMetadataPerCategory.flatMap((each) => each.capabilityMetadata);
        const names = all.map((each) => nameOf(each.capabilityId));
        expectSame(new Set(names).size, names.length, 'different names of capabilities');
        for (const { capabilityId, propertyMetadata } of all) {
          expectThat(propertyMetadata.length > 0, `${nameOf(capabilityId)} has a property`);
          const ids = propertyMetadata.map((each) => each.id);
          expectSame(
            new Set(ids).size,
            ids.length,
            `different properties of ${nameOf(capabilityId)}`,
          );
          for (const { type } of propertyMetadata) {
            const isKnown =
              BuiltinTypesEnum.some((each) => each === type.typeName) ||
              type.typeName === 'VMW_TIMESPAN';
            expectThat(isKnown, `a type that VASA has, in ${nameOf(capabilityId)}`, type.typeName);
          }
        }
      }
    },
  },
  {
    id: 'policies.schemas-by-id',
    chapter: 'policies',
    sentence: 'A schema is found by its id, and an unknown one is NotFound',
    proves: 'vCenter reads again what an event names.',
    source: { text: 'empty is all, unknown is NotFound', mark: 'seen once' },
    needs: ['capability profiles'],
    async run(world) {
      const { vcenter } = world;
      for (const schema of await schemas(world)) {
        const { return: found } = await vcenter.call('queryCapabilityMetadata', {
          schemaId: [schema.schemaId],
        });
        expectSame(found, [schema], 'the schema by its id');
      }
      const schemaId = [randomUUID()];
      await refused(
        vcenter,
        'queryCapabilityMetadata',
        { schemaId },
        'NotFound',
        'an unknown schema',
      );
      const profileId = [randomUUID()];
      await refused(
        vcenter,
        'queryCapabilityProfile',
        { profileId },
        'NotFound',
        'an unknown profile',
      );
    },
  },
  {
    id: 'policies.containers-offer-something',
    chapter: 'policies',
    sentence:
      'Each container has a capability profile that is not empty and names only what the schemas declare',
    proves: 'vCenter can tell which datastores suit a policy, and goes on reading.',
    source: {
      text: 'a profile with nothing in it makes vCenter fail; one per container',
      mark: 'seen once',
    },
    needs: ['capability profiles'],
    async run(world) {
      const found = await schemas(world);
      const declared = new Map(
        found.flatMap(({ capabilityMetadataPerCategory }) =>
          capabilityMetadataPerCategory.flatMap(({ capabilityMetadata }) =>
            capabilityMetadata.map((each) => [nameOf(each.capabilityId), each] as const),
          ),
        ),
      );
      for (const container of world.inventory.containers) {
        for (const { name, constraints } of await offersOfContainer(world, container)) {
          const subProfiles = constraints?.subProfiles ?? [];
          expectThat(subProfiles.length > 0, `${name} offers something`);
          for (const { capability } of subProfiles) {
            expectThat(capability.length > 0, `no part of ${name} is empty`);
            for (const { capabilityId, constraint } of capability) {
              if (nameOf(capabilityId) === BUILT_IN) continue;
              const known = declared
                .get(nameOf(capabilityId))
                ?.propertyMetadata.map((each) => each.id);
              expectThat(known !== undefined, 'a capability that is declared', capabilityId);
              const ids = constraint.flatMap((each) => each.propertyInstance.map(({ id }) => id));
              expectSame(
                ids.filter((id) => !known.includes(id)),
                [],
                'undeclared properties',
              );
            }
          }
        }
      }
    },
  },
  {
    id: 'policies.resources',
    chapter: 'policies',
    sentence:
      'All containers have rows when none is named, one its own when it is, and unknown ones are NotFound',
    proves: 'vCenter matches policies with datastores.',
    source: {
      text: 'queryCapabilityProfileForResource: resources are containers',
      mark: 'seen once',
    },
    needs: ['capability profiles'],
    async run({ vcenter, inventory }) {
      const operation = 'queryCapabilityProfileForResource';
      const { return: all } = await vcenter.call(operation, { resourceId: [] });
      const containers = inventory.containers.flatMap((each) => each.uniqueIdentifier ?? []);
      for (const id of containers) {
        const own = all.filter((each) => each.resourceId === id);
        const { return: found } = await vcenter.call(operation, { resourceId: [id] });
        expectSame(found, own, 'the rows of one container');
      }
      const strange = all.filter((each) => !containers.includes(each.resourceId));
      expectSame(strange, [], 'rows of what is no container');
      const resourceId = [randomUUID()];
      await refused(vcenter, operation, { resourceId }, ['NotFound', 'InvalidArgument'], 'unknown');
    },
  },
  {
    id: 'policies.defaults',
    chapter: 'policies',
    sentence:
      'Default profiles are for types of volumes that there are and that were asked about; bad questions are refused',
    proves: 'A virtual machine without a policy gets what the array’s owner wants.',
    source: {
      text: 'queryDefaultProfileForStorageContainer; an empty answer is legal',
      mark: 'seen once',
    },
    needs: ['capability profiles'],
    async run({ vcenter, inventory }) {
      const operation = 'queryDefaultProfileForStorageContainer';
      for (const { uniqueIdentifier: containerId = '' } of inventory.containers) {
        for (const type of ['Config', 'Data', 'Swap', 'Memory']) {
          const { return: found } = await vcenter.call(operation, {
            containerId,
            entityType: [type],
          });
          expectThat(found.length <= 1, `at most one default for ${type}`, found.length);
          for (const { entityType, profileId } of found) {
            expectThat(profileId !== '', 'a default has an id');
            expectThat(entityType.includes(type), `a default for ${type}`, entityType);
            const known = new Set<string>(VirtualVolumeTypeEnum);
            expectSame(
              entityType.filter((each) => !known.has(each)),
              [],
              'types that VASA has not',
            );
          }
        }
        const odd = { containerId, entityType: ['Spoon'] };
        await refused(vcenter, operation, odd, 'InvalidArgument', 'a type that VASA has not');
      }
      const gone = { containerId: randomUUID(), entityType: [] };
      await refused(vcenter, operation, gone, 'NotFound', 'an unknown container');
    },
  },
];
