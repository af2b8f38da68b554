/** Looking around: what lies in a container, what was made of a volume, which hosts hold bindings. */
import { expect, it } from 'vitest';
import type { BoundHost, PageWish } from '../../../src/array/listing.ts';
import type { Page } from '../../../src/array/page.ts';
import { type ContainerId, type HostId, parseHostId, type VvolId } from '../../../src/model/ids.ts';
import { ended, failureOf, type Harness, newJob, newVvolId } from './harness.ts';

/** Everything of a listing, in pages of `limit`; `between` is done after each. */
async function allOf<Item>(
  list: (page: PageWish) => Promise<Page<Item>>,
  limit: number,
  between = async () => {},
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list({ after, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    after = page.next;
    await between();
  } while (after !== undefined);
  return found;
}

function host(name: string): HostId {
  const id = parseHostId(name);
  if (id === undefined) throw new Error('a blank host id');
  return id;
}

export function listingSentences(harness: Harness): void {
  const inContainer = (containerId: ContainerId) => (page: PageWish) =>
    harness.array.containerVolumes(containerId, page);
  const madeOf = (vvolId: VvolId) => (page: PageWish) => harness.array.volumesMadeOf(vvolId, page);

  it('the volumes of a container are listed oldest first, each in one page', async () => {
    const { containerId } = harness.container();
    const made: VvolId[] = [];
    for (let n = 0; n < 5; n += 1) made.push((await harness.create()).vvolId);
    const [doomed, ...staying] = made;
    if (doomed === undefined) throw new Error('nothing made');
    let isDone = false;
    const found = await allOf(inContainer(containerId), 2, async () => {
      if (!isDone) await harness.array.deleteVolume(doomed);
      isDone = true;
    });
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((each) => staying.includes(each))).toEqual(staying);
    expect(await allOf(inContainer(containerId), 1_000)).not.toContain(doomed);
  });

  it('what was made of a volume is listed, and what was made of that is not', async (context) => {
    if (!harness.features().clones) return context.skip('the array makes no clones');
    const { vvolId: source } = await harness.create();
    const clone = async (of: VvolId): Promise<VvolId> => {
      const vvolId = newVvolId();
      const copy = { vvolId, source: of, containerId: undefined, metadata: [], profile: undefined };
      await ended(harness.array, await harness.array.cloneVolume(newJob(), copy));
      harness.made(vvolId);
      return vvolId;
    };
    const children = [await clone(source), await clone(source), await clone(source)];
    const [first = source] = children;
    const grandchild = await clone(first);
    expect(await allOf(madeOf(source), 2)).toEqual(children);
    expect(await allOf(madeOf(first), 2)).toEqual([grandchild]);
    expect(await allOf(madeOf(grandchild), 2)).toEqual([]);
    expect(await allOf(madeOf(newVvolId()), 2)).toEqual([]);
  });

  it('hosts are listed while they hold bindings, by id', async () => {
    const { vvolId, containerId } = await harness.create();
    const candidates = await harness.endpointsOf(containerId);
    const hosts = ['listing-c', 'listing-a', 'listing-b'].map(host);
    for (const each of hosts) await harness.array.bind(vvolId, each, { candidates, rebind: false });
    const own = async (limit: number): Promise<readonly BoundHost[]> => {
      const all = await allOf((page) => harness.array.boundHosts(page), limit);
      return all.filter(({ hostId }) => hosts.includes(hostId));
    };
    for (const limit of [1, 2, 1_000]) {
      const found = await own(limit);
      expect(found.map(({ hostId }) => hostId)).toEqual([...hosts].sort());
      for (const each of found) {
        expect(each.bindings).toBe(1);
        expect(each.oldestAt).toBe(each.newestAt);
      }
    }
    await harness.array.unbindFromAllHosts(vvolId);
    expect(await own(1_000)).toEqual([]);
  });

  it('a page of no size is invalid, and so is one that continues nothing', async () => {
    const { containerId } = harness.container();
    const [empty, lost] = [
      { after: undefined, limit: 0 },
      { after: 'no page', limit: 10 },
    ];
    expect(await failureOf(harness.array.containerVolumes(containerId, empty))).toBe('invalid');
    expect(await failureOf(harness.array.containerVolumes(containerId, lost))).toBe('invalid');
    expect(await failureOf(harness.array.volumesMadeOf(newVvolId(), empty))).toBe('invalid');
    expect(await failureOf(harness.array.boundHosts(empty))).toBe('invalid');
  });

  it('a container that is not there has no list', async () => {
    // The form of a container's id; nothing but the brand is missing.
    const nowhere = '00000000-0000-4000-8000-00000000dead' as ContainerId;
    const asked = harness.array.containerVolumes(nowhere, { after: undefined, limit: 10 });
    expect(await failureOf(asked)).toBe('notFound');
  });
}
