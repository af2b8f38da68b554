/** Storage policies in use: volumes made and changed by them, and judged. */
import { randomUUID } from 'node:crypto';
import type { AnyStorageProfile, ComplianceResult } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { anOffer, NO_REQUIREMENTS, profileOf, UNDECLARED } from '../world/profiles.ts';
import { refused, refusedOrFails } from '../world/refusals.ts';
import { madeBy, succeeded } from '../world/tasks.ts';
import {
  aContainer,
  aHost,
  makeVolume,
  named,
  unknownVolume,
  type World,
  willGo,
} from '../world/world.ts';
import { bound } from './binding.ts';

const request = (world: World, storageProfile: AnyStorageProfile) => ({
  containerId: aContainer(world).uniqueIdentifier ?? '',
  vvolType: 'Data',
  sizeInMB: 8n,
  storageProfile,
  metadata: named('by a policy'),
});

async function madeWith(world: World, profile: AnyStorageProfile): Promise<string> {
  const host = aHost(world);
  const { return: task } = await host.call('createVirtualVolume', request(world, profile));
  const vvolId = await madeBy(host, task);
  willGo(world, host, vvolId);
  return vvolId;
}

async function change(host: VasaClient, vvolId: string, newStorageProfile: AnyStorageProfile) {
  const operation = 'updateStorageProfileForVirtualVolume';
  const { return: task } = await host.call(operation, { vvolId, newStorageProfile });
  return succeeded(host, task);
}

async function judged(
  { vcenter }: World,
  objectId: string,
  asked: { profileId?: string; generationId?: bigint } = {},
): Promise<ComplianceResult> {
  const compliance = [{ objectId: [objectId], ...asked }];
  const { return: rows } = await vcenter.call('queryComplianceResult', { compliance });
  expectSame(
    rows.map((each) => each.objectId),
    [objectId],
    'the rows of compliance',
  );
  const [row] = rows;
  expectThat(row !== undefined, 'a row');
  return row;
}

const GENERATION = 2n ** 60n;

export const COMPLIANCE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'policies.no-requirements',
    chapter: 'policies',
    sentence: 'The profile without requirements is accepted by every container',
    proves: 'Virtual machines without a policy can be made.',
    source: { text: 'vSphere’s profile without requirements', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const storageProfile = profileOf([], { profileId: NO_REQUIREMENTS });
      for (const { uniqueIdentifier: containerId = '' } of world.inventory.containers) {
        const wish = { ...request(world, storageProfile), containerId };
        const { return: task } = await host.call('createVirtualVolume', wish);
        willGo(world, host, await madeBy(host, task));
      }
    },
  },
  {
    id: 'policies.what-is-offered-is-kept',
    chapter: 'policies',
    sentence:
      'A volume can be made with what its container offers, and is compliant with it, asked with or without its profile',
    proves: 'vCenter shows that a virtual machine gets what its policy says.',
    source: {
      text: 'capability profiles say what a container offers; queryComplianceResult',
      mark: 'inferred',
    },
    needs: ['capability profiles'],
    async run(world) {
      const profile = profileOf([await anOffer(world, aContainer(world))]);
      const { profileId, generationId } = profile;
      const vvolId = await madeWith(world, profile);
      for (const asked of [{}, { profileId, generationId }]) {
        const row = await judged(world, vvolId, asked);
        expectSame(row.complianceStatus, 'compliant', 'its status');
        expectSame(row.profileMismatch, false, 'a mismatch of profiles');
        expectSame(row.violatedPolicy, [], 'violated policies');
      }
    },
  },
  {
    id: 'policies.mismatch-is-told',
    chapter: 'policies',
    sentence:
      'Asked about another profile, or another edit of it, the answer is a mismatch and unknown',
    proves: 'vCenter shows “out of date” after a policy was edited.',
    source: { text: 'another id or generation is profileMismatch and unknown', mark: 'seen once' },
    needs: ['capability profiles'],
    async run(world) {
      const offer = await anOffer(world, aContainer(world));
      const profile = profileOf([offer], { generationId: GENERATION });
      const { profileId } = profile;
      const vvolId = await madeWith(world, profile);
      const same = await judged(world, vvolId, { profileId, generationId: GENERATION });
      expectSame(same.profileMismatch, false, 'a mismatch of the same edit');
      // The two edits are one number apart, which a program that counts in doubles takes for the same.
      const edited = { profileId, generationId: GENERATION + 1n };
      for (const asked of [edited, { profileId: randomUUID(), generationId: GENERATION }]) {
        const row = await judged(world, vvolId, asked);
        expectSame(
          [row.profileMismatch, row.complianceStatus],
          [true, 'unknown'],
          'mismatch, status',
        );
      }
    },
  },
  {
    id: 'policies.undeclared-are-refused',
    chapter: 'policies',
    sentence:
      'A policy with a capability that nobody declared is InvalidProfile, for a new volume and for a change',
    proves: 'A policy for another vendor’s array is not taken for kept.',
    source: { text: 'a capability that is not the vendor’s is InvalidProfile', mark: 'seen once' },
    needs: ['capability profiles'],
    async run(world) {
      const host = aHost(world);
      const odd = profileOf([UNDECLARED]);
      const why = 'an undeclared capability';
      const faults = ['InvalidProfile', 'OutOfResource'];
      await refusedOrFails(world, host, 'createVirtualVolume', request(world, odd), faults, why);
      const vvolId = await makeVolume(world, host);
      const update = { vvolId, newStorageProfile: odd };
      const operation = 'updateStorageProfileForVirtualVolume';
      await refusedOrFails(world, host, operation, update, 'InvalidProfile', why);
    },
  },
  {
    id: 'policies.changed-while-bound',
    chapter: 'policies',
    sentence:
      'The policy of a bound volume is changed; it keeps its path, and is judged by the new policy',
    proves: 'A policy is changed while the virtual machine runs.',
    source: { text: 'one call for each volume, also while bound', mark: 'inferred' },
    needs: ['capability profiles'],
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const before = await bound(host, vvolId);
      const profile = profileOf([await anOffer(world, aContainer(world))], { generationId: 7n });
      await change(host, vvolId, profile);
      const after = await bound(host, vvolId);
      expectSame(after.vvolSecondaryId, before.vvolSecondaryId, 'its path');
      const { profileId, generationId } = profile;
      const row = await judged(world, vvolId, { profileId, generationId });
      expectSame(row.profileMismatch, false, 'a mismatch with the new policy');
    },
  },
  {
    id: 'policies.same-policy-again',
    chapter: 'policies',
    sentence: 'A change to the policy that the volume has already succeeds, with nothing to do',
    proves: 'vCenter can push a policy to all volumes without moving data.',
    source: { text: 'the same id and generation: a finished task', mark: 'seen once' },
    needs: ['capability profiles'],
    async run(world) {
      const host = aHost(world);
      const profile = profileOf([await anOffer(world, aContainer(world))]);
      const vvolId = await madeWith(world, profile);
      expectSame((await change(host, vvolId, profile)).taskState, 'Success', 'the change');
    },
  },
  {
    id: 'policies.unknown-volumes',
    chapter: 'policies',
    sentence: 'Unknown volumes are NotFound to be judged, and to be given another policy',
    proves: 'vCenter learns that a volume is gone.',
    source: { text: 'unknown is NotFound in both', mark: 'seen once' },
    async run(world) {
      const compliance = [{ objectId: [unknownVolume()] }];
      const { vcenter } = world;
      await refused(
        vcenter,
        'queryComplianceResult',
        { compliance },
        'NotFound',
        'an unknown volume',
      );
      const update = { vvolId: unknownVolume(), newStorageProfile: profileOf([]) };
      const operation = 'updateStorageProfileForVirtualVolume';
      await refusedOrFails(world, aHost(world), operation, update, 'NotFound', 'an unknown volume');
    },
  },
];
