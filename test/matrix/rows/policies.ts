/** Proofs of the operations on storage policies: what the array promises, and who gets what was asked. */
import assert from 'node:assert/strict';
import { textOf, textsOf } from '../../support/soap-client.ts';
import { containerId, emptyProfile, ended, newVolume, noContainer, noVolume } from '../arrange.ts';
import type { Row } from '../row.ts';
import { elements, m } from '../xml.ts';

const compliance = elements('compliance');

export const POLICIES: readonly Row[] = [
  {
    operation: 'queryCapabilityMetadata',
    work: 'capabilitySchemas',
    succeeds: 'what the array can promise is told',
    ask: () => m({}),
    check: (answer) => assert(textsOf(answer, 'schemaId').length > 0, answer),
    faults: {
      NotFound: { when: 'there is no such schema', ask: () => m({ schemaId: 'nowhere' }) },
    },
  },
  {
    operation: 'queryCapabilityProfile',
    work: 'capabilityProfiles',
    succeeds: 'what containers promise is told',
    ask: () => m({}),
    check: (answer) => assert(textsOf(answer, 'profileId').length > 0, answer),
    faults: {
      NotFound: { when: 'there is no such profile', ask: () => m({ profileId: 'nowhere' }) },
    },
  },
  {
    operation: 'queryCapabilityProfileForResource',
    work: 'capabilityProfiles',
    succeeds: 'the profiles that a container can satisfy are told',
    ask: async (stage) => m({ resourceId: await containerId(stage) }),
    check: (answer) => assert(textsOf(answer, 'profileId').length > 0, answer),
    faults: {
      InvalidArgument: { when: 'an id is malformed', ask: () => m({ resourceId: 'nonsense' }) },
      NotFound: { when: 'there is no such container', ask: () => m({ resourceId: noContainer() }) },
    },
  },
  {
    operation: 'queryDefaultProfileForStorageContainer',
    work: 'defaultProfiles',
    succeeds: 'what volumes made without a profile are given is told',
    ask: async (stage) => m({ containerId: await containerId(stage), entityType: 'Data' }),
    check: (answer) => assert(textsOf(answer, 'profileId').length > 0, answer),
    faults: {
      InvalidArgument: {
        when: 'there is no such type of volume',
        ask: async (stage) => m({ containerId: await containerId(stage), entityType: 'Attic' }),
      },
      NotFound: {
        when: 'there is no such container',
        ask: () => m({ containerId: noContainer() }),
      },
    },
  },
  {
    operation: 'queryComplianceResult',
    work: 'volumes',
    succeeds: 'a volume gets what its profile asks for',
    ask: async (stage) => {
      const request = await newVolume(stage, { profile: emptyProfile() });
      const answer = await stage.ask('createVirtualVolume', request);
      const objectId = textOf(await ended(stage, answer), 'result');
      return m({ compliance: compliance({ objectId }) });
    },
    check: (answer) => assert.deepEqual(textsOf(answer, 'complianceStatus'), ['compliant']),
    faults: {
      InvalidArgument: {
        when: 'an id is malformed',
        ask: () => m({ compliance: compliance({ objectId: 'nonsense' }) }),
      },
      NotFound: {
        when: 'there is no such volume',
        ask: () => m({ compliance: compliance({ objectId: noVolume() }) }),
      },
    },
  },
];
