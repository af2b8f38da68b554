/** Steps of bindings, endpoints and the data path. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { HostId, VvolId } from '../../../src/model/ids.ts';
import {
  bindItem,
  type Chosen,
  checkBind,
  type Expected,
  endBindingChanges,
  prepareForBindingChange,
  unbindAllVirtualVolumesFromHost,
  unbindVirtualVolume,
  unbindVirtualVolumeFromAllHost,
} from '../bindings.ts';
import { type Caller, VCENTER } from '../real.ts';
import {
  anyBound,
  anyVolume,
  caller,
  checkRows,
  checkTask,
  compare,
  count,
  host,
  idOf,
  megabytesUp,
  type Ref,
  type Sides,
  step,
  volumeOf,
} from './step.ts';

const several = fc.array(fc.oneof(anyVolume, anyBound), { minLength: 1, maxLength: 4 });
const batch = fc.oneof(
  { weight: 12, arbitrary: several },
  { weight: 1, arbitrary: fc.constant<Ref[]>([]) },
);
const hostOf = (who: Caller) => (who === VCENTER ? undefined : who);

/** Volumes of one container, now and then with others: else most binds would be refused. */
function sameContainer(
  { model }: Sides,
  refs: readonly Ref[],
  isMixed: boolean,
): readonly string[] {
  const [first] = refs.flatMap((ref) => volumeOf(model, ref) ?? []);
  const fit = refs.filter((ref) => {
    const volume = volumeOf(model, ref);
    return isMixed || volume === undefined || volume.container === first?.container;
  });
  return fit.map((ref) => idOf(model, ref));
}

interface BindArgs {
  readonly who: Caller;
  readonly volumes: readonly Ref[];
  readonly mixed: boolean;
  readonly context: string;
  readonly times: number;
}

async function bind(sides: Sides, args: BindArgs): Promise<void> {
  const { model, real } = sides;
  const { who, context } = args;
  const named = sameContainer(sides, args.volumes, args.mixed);
  const vvolId = Array.from({ length: args.times }, () => named).flat();
  const own = hostOf(who);
  const chosen = new Map<string, Expected>();
  const expected = () => {
    checkBind(model, own, vvolId, context);
    for (const id of vvolId) {
      const name = id.toLowerCase();
      if (!chosen.has(name)) chosen.set(name, bindItem(model, own, id, context === 'RebindStart'));
    }
  };
  const request = { vvolId, bindContext: context };
  await compare(sides, who, 'bindVirtualVolume', request, expected, (answer) => {
    expect(answer.return.map((row) => [row.vvolId, row.fault?.type])).toEqual(
      vvolId.map((id) => [id, chosen.get(id.toLowerCase())?.fault?.fault]),
    );
  });
  for (const { fault } of chosen.values()) count(`bind item ${fault?.fault ?? 'ok'}`);
  for (const each of chosen.values()) if (each.chosen) await seeChoice(sides, each.chosen);
  if (chosen.size === 0) return;
  // Asked again, without a move, the same handles are the answer.
  const fit = vvolId.filter((id) => chosen.get(id.toLowerCase())?.fault === undefined);
  if (fit.length === 0 || fit.length > 10) return;
  const endpoints = await real.endpoints();
  const { response, fault } = await real.call(who, 'bindVirtualVolume', {
    vvolId: fit,
    bindContext: 'Normal',
  });
  expect(fault).toBeUndefined();
  expect(response?.return).toEqual(
    fit.map((id) => {
      const { binding } = chosen.get(id.toLowerCase())?.chosen ?? {};
      const { volume } = binding ?? {};
      return {
        vvolId: id,
        vvolLogicalSize: megabytesUp(volume?.size ?? 0),
        vvolHandle: {
          uniqueIdentifier: volume?.id,
          peInBandId: endpoints.get(binding?.endpointId ?? ''),
          vvolSecondaryId: binding?.secondaryId,
        },
        vvolInfo: expect.objectContaining({ vvolId: volume?.id }),
      };
    }),
  );
}

/** Takes over which endpoint the array took, if it is one that it may take. */
async function seeChoice({ model, real }: Sides, { binding, at }: Chosen): Promise<void> {
  if (at === undefined) return;
  // Both were ids when they were given out.
  const vvolId = binding.volume.id as VvolId;
  const found = await real.array.bindings({ vvolId, hostId: binding.host as HostId });
  const own = found.find(({ state }) => state === 'bound');
  expect(at).toContain(own?.endpointId);
  Object.assign(binding, { endpointId: own?.endpointId, secondaryId: own?.secondaryId });
  if (binding.volume.container.protocol !== 'SCSI') {
    const slash = binding.volume.type === 'Config' ? '/' : '';
    expect(binding.secondaryId).toMatch(new RegExp(`${vvolId}${slash}$`));
    return;
  }
  const address = `${binding.endpointId} ${binding.secondaryId}`;
  expect(model.usedSecondaryIds).not.toContain(address);
  model.usedSecondaryIds.add(address);
}

interface UnbindArgs {
  readonly who: Caller;
  readonly n: readonly number[];
  readonly wrong: 'nothing' | 'id' | 'endpoint' | 'secondary';
  readonly context: string;
}

async function unbind(sides: Sides, { who, n, wrong, context }: UnbindArgs): Promise<void> {
  const { model, real } = sides;
  const endpoints = await real.endpoints();
  const own = model.bindings.filter((each) => each.host === who);
  const moving = own.filter((each) => model.bindingsOf(each.volume, who).length > 1);
  const from = [moving, own].find((each) => each.length > 0) ?? model.bindings;
  const taken = n.flatMap((each) => from[each % Math.max(1, from.length)] ?? []);
  // Of one volume one handle, since the items of a call have no order among themselves.
  const picked = [...new Map(taken.map((each) => [each.volume, each])).values()];
  const unknownEndpoint = { protocolEndpointType: 'SCSI', lunId: 'naa.0' };
  const handles = picked.map((binding, index) => {
    const isWrong = index === 0 ? wrong : 'nothing';
    return {
      id: isWrong === 'id' ? 'rfc4122.no-uuid' : (binding.volume.id ?? ''),
      endpointId: isWrong === 'endpoint' ? undefined : binding.endpointId,
      secondaryId: isWrong === 'secondary' ? '0xffffff' : binding.secondaryId,
    };
  });
  const vvolHandle = handles.map(({ id, endpointId, secondaryId }) => ({
    uniqueIdentifier: id,
    peInBandId: endpoints.get(endpointId ?? '') ?? unknownEndpoint,
    vvolSecondaryId: secondaryId,
  }));
  const request = { vvolHandle, unbindContext: context };
  const expected = () => unbindVirtualVolume(model, hostOf(who), handles, context);
  await compare(sides, who, 'unbindVirtualVolume', request, expected, (answer, rows) =>
    checkRows(
      answer.return,
      handles.map(({ id }) => id),
      rows,
    ),
  );
}

export const bindingSteps = [
  {
    weight: 16,
    arbitrary: step(
      'bind',
      fc.record({
        who: fc.oneof({ weight: 12, arbitrary: host }, fc.constant(VCENTER)),
        volumes: batch,
        mixed: fc.constantFrom(false, false, false, true),
        context: fc.oneof(
          { weight: 8, arbitrary: fc.constant('Normal') },
          { weight: 6, arbitrary: fc.constant('RebindStart') },
          fc.constant('RebindEnd'),
        ),
        times: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 2, 1_001),
      }),
      bind,
    ),
  },
  {
    weight: 5,
    arbitrary: step(
      'unbind',
      fc.record({
        who: fc.oneof({ weight: 12, arbitrary: host }, fc.constant(VCENTER)),
        n: fc.oneof(
          { weight: 9, arbitrary: fc.array(fc.nat(11), { minLength: 1, maxLength: 3 }) },
          fc.constant([]),
        ),
        wrong: fc.constantFrom('nothing', 'nothing', 'nothing', 'id', 'endpoint', 'secondary'),
        context: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom('Normal', 'RebindStart', 'RebindEnd') },
          fc.constant('Abnormal'),
        ),
      }),
      unbind,
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'unbindFromAllHost',
      fc.record({ who: caller, volumes: batch }),
      async (sides, { who, volumes }) => {
        const vvolId = volumes.map((each) => idOf(sides.model, each));
        const operation = 'unbindVirtualVolumeFromAllHost';
        const expected = () => unbindVirtualVolumeFromAllHost(sides.model, vvolId);
        await compare(sides, who, operation, { vvolId }, expected, (answer, rows) =>
          checkRows(answer.return, vvolId, rows),
        );
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'unbindAllFromHost',
      fc.record({ who: caller, named: fc.option(host, { nil: undefined }) }),
      async (sides, { who, named }) => {
        const request = named === undefined ? {} : { hostUuid: named };
        await compare(sides, who, 'unbindAllVirtualVolumesFromHost', request, () =>
          unbindAllVirtualVolumesFromHost(sides.model, hostOf(who), named),
        );
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'prepareForBindingChange',
      fc.record({ who: caller, volumes: batch, to: fc.constantFrom('host-1', 'host-2', ' ') }),
      async (sides, { who, volumes, to }) => {
        const vvolId = volumes.map((each) => idOf(sides.model, each));
        const request = { vvolId, destHostId: to };
        const expected = () => prepareForBindingChange(sides.model, vvolId, to);
        await compare(sides, who, 'prepareForBindingChange', request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      'endBindingChange',
      fc.record({
        who: caller,
        volumes: batch,
        operation: fc.constantFrom('bindingChangeComplete', 'cancelBindingChange'),
      }),
      async (sides, { who, volumes, operation }) => {
        const vvolId = volumes.map((each) => idOf(sides.model, each));
        const expected = () => endBindingChanges(sides.model, vvolId);
        await compare(sides, who, operation, { vvolId }, expected, (answer, rows) =>
          checkRows(answer.return, vvolId, rows),
        );
      },
    ),
  },
];
