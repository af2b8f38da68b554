/** Steps of endpoints, and of hosts that write through their bindings. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { EndpointId, HostId, VvolId } from '../../../src/model/ids.ts';
import { setEndpointOnline, setPEContext } from '../bindings.ts';
import { type Caller, HOSTS } from '../real.ts';
import { changeData } from '../volumes.ts';
import { anyVolume, compare, count, host, type Ref, type Sides, step, volumeOf } from './step.ts';

async function writeData(
  sides: Sides,
  args: {
    readonly host: string;
    readonly volume: Ref;
    readonly start: number;
    readonly length: number;
    readonly value: number | undefined;
    readonly bound: number | undefined;
  },
): Promise<void> {
  const { model, real } = sides;
  const { start, length, value } = args;
  const bound =
    args.bound === undefined
      ? undefined
      : model.bindings[args.bound % Math.max(1, model.bindings.length)];
  const volume = bound?.volume ?? volumeOf(model, args.volume);
  const who = bound?.host ?? args.host;
  // Both were ids when they were given out.
  const place = { vvolId: (volume?.id ?? 'none') as VvolId, hostId: who as HostId };
  const { dataPath } = real.simulator;
  const range = { start, length };
  const expected = changeData(model, { host: who, volume }, range, value);
  const call =
    value === undefined
      ? dataPath.trim(place, start, length)
      : dataPath.write(place, start, Buffer.alloc(length, value));
  const kind = await call.then(
    () => undefined,
    (error: unknown) => (error instanceof ArrayError ? error.kind : String(error)),
  );
  expect({ write: kind }).toEqual({ write: expected });
  count(`write ${kind ?? 'ok'}`);
}

/** A host tells which endpoints it sees; 6 is one that no array has. */
async function nameEndpoints(
  sides: Sides,
  { who, n, byId }: { readonly who: Caller; readonly n: readonly number[]; readonly byId: boolean },
): Promise<void> {
  const { model, real } = sides;
  const endpoints = await real.endpoints();
  const ids = n.map((each) => model.endpoints[each]?.id);
  const nowhere = { protocolEndpointType: 'SCSI', lunId: 'naa.0' };
  const listOfHostPE = ids.map((id) => ({
    ...(byId && id !== undefined && { uniqueIdentifier: id }),
    authType: 'System',
    inBandBindCapability: 'None',
    inBandId: endpoints.get(id ?? '') ?? nowhere,
    transportIpAddress: [],
  }));
  await compare(sides, who, 'setPEContext', { listOfHostPE }, () => setPEContext(model, who, ids));
}

/** Every host sees every endpoint. */
export async function nameAllEndpoints(sides: Sides): Promise<void> {
  for (const who of HOSTS) await nameEndpoints(sides, { who, n: [0, 1, 2, 3, 4, 5], byId: true });
}

export const endpointSteps = [
  {
    weight: 4,
    arbitrary: step(
      'setPEContext',
      fc.record({
        who: host,
        n: fc.oneof<fc.MaybeWeightedArbitrary<number[]>[]>(
          { weight: 4, arbitrary: fc.constant([0, 1, 2, 3, 4, 5]) },
          { weight: 2, arbitrary: fc.subarray([0, 1, 2, 3, 4, 5]) },
          { weight: 1, arbitrary: fc.constant([0, 6]) },
        ),
        byId: fc.boolean(),
      }),
      nameEndpoints,
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'endpoint',
      fc.record({ n: fc.nat(5), online: fc.constantFrom(true, true, false) }),
      async ({ model, real }, { n, online }) => {
        const id = model.endpoints[n]?.id ?? '';
        setEndpointOnline(model, id, online);
        // It was an id when the array gave it out.
        await real.simulator.setEndpointOnline(id as EndpointId, online);
      },
    ),
  },
  {
    weight: 16,
    arbitrary: step(
      'write',
      fc.record({
        host,
        volume: anyVolume,
        bound: fc.option(fc.nat(11), { nil: undefined, freq: 10 }),
        start: fc.constantFrom(0, 0, 65_536, 100_000, 1_048_576, 2_097_152, 2_097_151),
        length: fc.constantFrom(1, 65_536, 200_000, 1_048_576, 1_048_576, 0),
        value: fc.constantFrom(undefined, undefined, 0, 1, 2, 3),
      }),
      writeData,
    ),
  },
];
