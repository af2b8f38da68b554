import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  profileDocument,
  readProfileDocument,
} from '../../../src/operations/policies/profile-document.ts';
import { storageProfile } from './example.ts';

it('the text of a profile gives back the profile it was made from', () => {
  const value = fc.oneof(fc.string(), fc.bigInt(), fc.boolean(), fc.uint8Array());
  const any = fc.record({ type: fc.string(), value });
  fc.assert(
    fc.property(fc.array(any), fc.bigInt(), (values, generationId) => {
      const instances = values.map((each) => ({
        capabilityId: { id: 'c', namespace: 'n' },
        constraint: [{ propertyInstance: [{ id: 'p', value: each }] }],
      }));
      const given = { ...storageProfile(instances), generationId };
      expect(readProfileDocument(profileDocument(given))).toEqual(given);
    }),
  );
});
