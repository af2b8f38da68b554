/** Metadata pairs and the searches over them, through the handlers that take them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import {
  queryVirtualVolume,
  queryVirtualVolumeInfo,
  updateVirtualVolumeMetaData,
} from '../../../src/operations/volumes/volumes.ts';
import type { NameValuePair, QueryConstraint } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { faultOf, makeVolume } from '../support.ts';

type PageRequest = { readonly after: string | undefined; readonly limit: number };

const UNKNOWN_VOLUME = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
beforeAll(async () => {
  test = await openTestProvider();
  session = openSession(test.provider);
});
afterAll(() => test.close());

const find = async (...searchConstraint: QueryConstraint[]) =>
  (
    await queryVirtualVolume(callOf(test.provider, session, 'queryVirtualVolume'), {
      searchConstraint,
    })
  ).return;
const info = async (...vvolId: string[]) =>
  (
    await queryVirtualVolumeInfo(callOf(test.provider, session, 'queryVirtualVolumeInfo'), {
      vvolId,
    })
  ).return;
const update = (vvolId: string, ...keyValuePair: NameValuePair[]) =>
  updateVirtualVolumeMetaData(callOf(test.provider, session, 'updateVirtualVolumeMetaData'), {
    vvolId,
    keyValuePair,
  });
const pair = (parameterName: string, parameterValue?: string): NameValuePair => ({
  parameterName,
  parameterValue,
});

describe('queryVirtualVolume', () => {
  it('finds the volumes that meet all constraints', async () => {
    const own = pair('owner', 'query-1');
    const a = await makeVolume(test, session, { metadata: [own, pair('kind', 'a')] });
    const b = await makeVolume(test, session, { metadata: [own, pair('kind', 'b')] });
    const all = await find({ key: 'owner', value: 'query-1' });
    expect([...all].sort()).toEqual([a, b].sort());
    const both = await find({ key: 'OWNER', value: 'query-1' }, { key: 'kind', value: 'b' });
    expect(both).toEqual([b]);
    expect(await find({ key: 'kind', value: 'A' })).toEqual([]);
  });

  it('takes a constraint without a value as "has the key"', async () => {
    const a = await makeVolume(test, session, { metadata: [pair('only-here', 'x')] });
    expect(await find({ key: 'only-here' })).toEqual([a]);
    expect(await find({ key: 'nowhere' })).toEqual([]);
  });

  it('gives every id however many pages the array needs for them', async () => {
    const ids = Array.from({ length: 2_500 }, () => `rfc4122.${randomUUID()}`);
    const pages = (after: string | undefined, limit: number) => {
      const from = Number(after ?? 0);
      const next = from + limit < ids.length ? String(from + limit) : undefined;
      return { items: ids.slice(from, from + limit).map(vvolIdOf), next };
    };
    const findVolumes = async (_: unknown, { after, limit }: PageRequest) => pages(after, limit);
    const paged = await openTestProvider({
      wrap: (array) => overriding(array, { findVolumes }),
    });
    const call = callOf(paged.provider, openSession(paged.provider), 'queryVirtualVolume');
    const { return: found } = await queryVirtualVolume(call, { searchConstraint: [{ key: 'k' }] });
    expect(found).toEqual(ids);
    await paged.close();
  });

  const wrong: readonly [string, QueryConstraint[]][] = [
    ['no constraint', []],
    ['an empty key', [{ key: '' }]],
    ['VMW_VvolAllocationType', [{ key: 'VMW_VvolAllocationType', value: '4' }]],
    ['VMW_UnreferencedObj', [{ key: 'VMW_UnreferencedObj' }]],
    ['VMW_VvolDescriptor', [{ key: 'vmw_vvoldescriptor' }]],
    ['VMW_VvolProfile, also beside a good one', [{ key: 'a' }, { key: 'VMW_VvolProfile' }]],
  ];
  it.each(wrong)('refuses %s', async (_what, constraints) => {
    const fault = await faultOf('queryVirtualVolume', find(...constraints));
    expect(fault.fault).toBe('InvalidArgument');
  });
});

describe('updateVirtualVolumeMetaData', () => {
  it('adds, replaces ignoring case, and removes pairs with an empty value or none', async () => {
    const metadata = [pair('a', '1'), pair('b', '2'), pair('c', '3')];
    const vvolId = await makeVolume(test, session, { metadata });
    await update(vvolId, pair('A', 'one'), pair('b', ''), pair('C'), pair('d', '4'));
    const [volume] = await info(vvolId);
    const sorted = volume?.metadata.map((each) => each.parameterValue).sort();
    expect(sorted).toEqual(['4', 'one']);
    expect(await find({ key: 'b' })).not.toContain(vvolId);
  });

  it('refuses no pairs, an empty key, a malformed id and an unknown volume', async () => {
    const operation = 'updateVirtualVolumeMetaData';
    const vvolId = await makeVolume(test, session);
    expect((await faultOf(operation, update(vvolId))).fault).toBe('InvalidArgument');
    expect((await faultOf(operation, update(vvolId, pair('', 'x')))).fault).toBe('InvalidArgument');
    expect((await faultOf(operation, update('x', pair('a', 'x')))).fault).toBe('InvalidArgument');
    const unknown = await faultOf(operation, update(UNKNOWN_VOLUME, pair('a', 'x')));
    expect(unknown.fault).toBe('NotFound');
  });
});
