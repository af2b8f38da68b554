/** What the operator is told of who serves each array. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupStatus } from '../../src/run/group-status.ts';
import { openTestProvider, type TestProvider } from '../support/provider.ts';

const OTHER = { providerId: 'another', url: 'https://other.example.com/vasa/version.xml' };

let test: TestProvider;
beforeAll(async () => {
  test = await openTestProvider({ group: { needsExplicitActivation: true } });
});
afterAll(() => test.close());

it('says of each array whether this provider serves it, and who else does', async () => {
  const { provider, array } = test;
  const [first, second] = await array.arrays();
  if (first === undefined || second === undefined) throw new Error('there are not two arrays');
  await array.activate(first.arrayId, OTHER);
  expect(await groupStatus(provider)).toEqual([
    { array: first.name, isActive: false, activeUrl: OTHER.url },
    { array: second.name, isActive: false, activeUrl: undefined },
  ]);
  const own = { providerId: provider.identity.uid, url: provider.group.url() };
  await array.activate(first.arrayId, own);
  expect(await groupStatus(provider)).toContainEqual({
    array: first.name,
    isActive: true,
    activeUrl: own.url,
  });
});

it('says nothing where every provider is active', async () => {
  const group = { ...test.provider.group, needsExplicitActivation: false };
  expect(await groupStatus({ ...test.provider, group })).toBeUndefined();
});
