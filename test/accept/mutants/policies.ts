/** Providers that offer, keep or judge storage policies wrongly. */
import { ArrayError } from '../../../src/array/errors.ts';
import { VasaFault } from '../../../src/model/faults.ts';
import { answerOf, type Mutant } from './mutant.ts';

export const POLICY_MUTANTS: readonly Mutant[] = [
  {
    id: 'property-of-an-unknown-type',
    sentence: 'A property of a capability has a type that VASA has not',
    caughtBy: 'policies.schemas-are-whole',
    says: /a type that VASA has/,
    answer: answerOf('queryCapabilityMetadata', (body) =>
      body.replace(/(typeName>)[^<]+</, '$1VENDOR_TYPE<'),
    ),
  },
  {
    id: 'unknown-schema-is-nothing',
    sentence: 'A schema that is unknown is answered with nothing instead of NotFound',
    caughtBy: 'policies.schemas-by-id',
    says: /queryCapabilityMetadata succeeded where it should be refused/,
    handlers: {
      queryCapabilityMetadata: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'edit-of-a-profile-not-looked-at',
    sentence: 'Compliance is judged by the profile’s id, whichever edit of it was asked about',
    caughtBy: 'policies.mismatch-is-told',
    says: /mismatch, status: expected \[true,"unknown"\]/,
    handlers: {
      queryComplianceResult:
        (good) =>
        (context, { compliance }) =>
          good(context, {
            compliance: compliance.map(({ generationId, ...rest }) => rest),
          }),
    },
  },
  {
    id: 'undeclared-capability-accepted',
    sentence: 'A policy of another vendor’s capabilities is taken for kept',
    caughtBy: 'policies.undeclared-are-refused',
    says: /one of InvalidProfile, OutOfResource; found "Success"/,
    handlers: {
      createVirtualVolume:
        (good) =>
        (context, { storageProfile, ...request }) =>
          good(context, request),
    },
  },
  {
    id: 'path-lost-by-a-policy',
    sentence: 'A volume that is given another policy loses its binding',
    caughtBy: 'policies.changed-while-bound',
    says: /its path/,
    array: (good) => ({
      applyProfile: async (job, vvolId, profile) => {
        await good.unbindFromAllHosts(vvolId);
        return good.applyProfile(job, vvolId, profile);
      },
    }),
  },
  {
    id: 'gone-volume-is-compliant',
    sentence: 'A volume that is gone is left out of the answer about compliance',
    caughtBy: 'policies.unknown-volumes',
    says: /queryComplianceResult succeeded where it should be refused/,
    handlers: {
      queryComplianceResult: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'unknown-resource-offers-nothing',
    sentence: 'A container that is unknown is answered as one that offers nothing',
    caughtBy: 'policies.resources',
    says: /queryCapabilityProfileForResource succeeded where it should be refused/,
    handlers: {
      queryCapabilityProfileForResource: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'default-for-any-type',
    sentence: 'Default profiles are asked for a type that VASA has not, and none is the answer',
    caughtBy: 'policies.defaults',
    says: /queryDefaultProfileForStorageContainer succeeded where it should be refused/,
    handlers: {
      queryDefaultProfileForStorageContainer: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'no-requirements-refused',
    sentence: 'The profile without requirements is refused as one that is not known',
    caughtBy: 'policies.no-requirements',
    says: /createVirtualVolume answered InvalidProfile/,
    handlers: {
      createVirtualVolume: (good) => async (context, request) => {
        if (request.storageProfile !== undefined) throw new VasaFault('InvalidProfile', 'unknown');
        return good(context, request);
      },
    },
  },
  {
    id: 'kept-policy-told-as-broken',
    sentence: 'A volume that has what its policy asks is told as not compliant',
    caughtBy: 'policies.what-is-offered-is-kept',
    says: /its status: expected "compliant", found "nonCompliant"/,
    handlers: {
      queryComplianceResult: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          complianceStatus: 'nonCompliant' as const,
        })),
      }),
    },
  },
  {
    id: 'same-policy-is-busy-work',
    sentence: 'A volume cannot be given the policy that it has',
    caughtBy: 'policies.same-policy-again',
    says: /updateStorageProfileForVirtualVolume/,
    array: () => ({
      applyProfile: async () => {
        throw new ArrayError('inUse', 'it has this policy');
      },
    }),
  },
  {
    id: 'profile-with-nothing-in-it',
    sentence: 'A container’s capability profile has nothing in it',
    caughtBy: 'policies.containers-offer-something',
    says: /offers something/,
    handlers: {
      queryCapabilityProfile: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          constraints: { subProfiles: [] },
        })),
      }),
    },
  },
  {
    id: 'offer-that-no-schema-declares',
    sentence: 'A container offers capabilities of a namespace that no schema declares',
    caughtBy: 'policies.containers-offer-something',
    says: /a capability that is declared/,
    answer: answerOf('queryCapabilityProfile', (body) =>
      body.replaceAll(/(namespace>)[^<]+</g, '$1com.example.elsewhere<'),
    ),
  },
];
