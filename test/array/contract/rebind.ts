/** Moving a host's binding to another endpoint while both carry I/O. Needs two endpoints of a family. */
import { expect, it, type TestContext } from 'vitest';
import type { Binding } from '../../../src/model/array.ts';
import type { EndpointId, HostId, VvolId } from '../../../src/model/ids.ts';
import { type Harness, newHostId } from './harness.ts';

interface Moved {
  readonly vvolId: VvolId;
  readonly hostId: HostId;
  readonly candidates: readonly EndpointId[];
  readonly before: Binding;
  readonly after: Binding;
}

/** A volume bound through one endpoint and rebound among all that serve it. */
async function move(harness: Harness, context: TestContext): Promise<Moved> {
  const { vvolId, containerId } = await harness.create();
  const hostId = newHostId();
  const candidates = await harness.endpointsOf(containerId);
  if (candidates.length < 2) context.skip('the container is served by one endpoint only');
  const first = { candidates: candidates.slice(0, 1), rebind: false };
  const before = await harness.array.bind(vvolId, hostId, first);
  const after = await harness.array.bind(vvolId, hostId, { candidates, rebind: true });
  return { vvolId, hostId, candidates, before, after };
}

export function rebindSentences(harness: Harness): void {
  it('rebinding gives another endpoint, and the earlier binding is moving until it is ended', async (context) => {
    const { hostId, vvolId, before, after } = await move(harness, context);
    expect(after.state).toBe('bound');
    expect(after.endpointId).not.toBe(before.endpointId);
    const moving: Binding = { ...before, state: 'moving' };
    expect(await harness.array.bindings({ hostId })).toEqual([moving, after]);
    await harness.reopen();
    expect(await harness.array.bindings({ hostId })).toEqual([moving, after]);
    await harness.array.unbind(vvolId, hostId, before);
    expect(await harness.array.bindings({ hostId })).toEqual([after]);
  });

  it('a repeated rebind, and a plain bind meanwhile, give the new binding again', async (context) => {
    const { hostId, vvolId, candidates, after } = await move(harness, context);
    for (const rebind of [true, false]) {
      expect(await harness.array.bind(vvolId, hostId, { candidates, rebind })).toEqual(after);
    }
    expect(await harness.array.bindings({ hostId })).toHaveLength(2);
  });

  it('rebinding without another choice changes nothing', async () => {
    const { vvolId, containerId } = await harness.create();
    const hostId = newHostId();
    const candidates = (await harness.endpointsOf(containerId)).slice(0, 1);
    const binding = await harness.array.bind(vvolId, hostId, { candidates, rebind: false });
    expect(await harness.array.bind(vvolId, hostId, { candidates, rebind: true })).toEqual(binding);
    expect(await harness.array.bindings({ hostId })).toEqual([binding]);
  });

  it('rebinding what is not bound binds it', async () => {
    const { vvolId, containerId } = await harness.create();
    const candidates = await harness.endpointsOf(containerId);
    const hostId = newHostId();
    const binding = await harness.array.bind(vvolId, hostId, { candidates, rebind: true });
    expect(await harness.array.bindings({ hostId })).toEqual([binding]);
  });

  it('a move that is turned back uses the earlier binding again', async (context) => {
    const { hostId, vvolId, before, after } = await move(harness, context);
    const back = { candidates: [before.endpointId], rebind: true };
    expect(await harness.array.bind(vvolId, hostId, back)).toEqual(before);
    expect(await harness.array.bindings({ hostId })).toEqual([
      before,
      { ...after, state: 'moving' },
    ]);
  });

  it('ending the new binding gives up the move: the earlier one is bound again', async (context) => {
    const { hostId, vvolId, before, after } = await move(harness, context);
    await harness.array.unbind(vvolId, hostId, after);
    expect(await harness.array.bindings({ hostId })).toEqual([before]);
  });

  it('unbind without a name ends both, and nothing is left in the way of deletion', async (context) => {
    const { hostId, vvolId } = await move(harness, context);
    await harness.array.unbind(vvolId, hostId, undefined);
    expect(await harness.array.bindings({ hostId })).toEqual([]);
    await harness.array.deleteVolume(vvolId);
    expect(await harness.array.volumes([vvolId])).toEqual([]);
  });
}
