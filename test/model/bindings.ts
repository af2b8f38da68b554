/**
 * Bindings, in the model. Which of several endpoints the array takes is its own affair: the model says
 * which would be right, and takes over the one that was given.
 */
import { LIMITS } from '../../src/model/limits.ts';
import { refusalOf } from './copies.ts';
import { checkVvolId, type Model } from './model.ts';
import { type ModelBinding, type ModelEvent, type ModelVolume, Refused } from './state.ts';
import { CONTENT_KINDS } from './volumes.ts';

/** The binding that is the answer; `at`: it is a new one, at one of these endpoints. */
export interface Chosen {
  readonly binding: ModelBinding;
  readonly at: readonly string[] | undefined;
}

/** What an item of bind must come to; with a fault and a choice, the answer was lost. */
export interface Expected {
  readonly fault: Refused | undefined;
  readonly chosen: Chosen | undefined;
}

/** Checks of the whole call. Refused: InvalidArgument, TooMany, PermissionDenied. */
export function checkBind(
  model: Model,
  host: string | undefined,
  ids: readonly string[],
  context: string,
): asserts host is string {
  if (context !== 'Normal' && context !== 'RebindStart') throw new Refused('InvalidArgument');
  checkBatch(ids);
  if (host === undefined) throw new Refused('PermissionDenied');
  const named = model.live().filter(({ id }) => ids.some((each) => each.toLowerCase() === id));
  if (new Set(named.map(({ container }) => container)).size > 1)
    throw new Refused('InvalidArgument');
}

function checkBatch(list: readonly unknown[]): void {
  if (list.length === 0) throw new Refused('InvalidArgument');
  if (list.length > LIMITS.batchItems) throw new Refused('TooMany');
}

/** One item of bind, before the array's answer is known. */
export function bindItem(model: Model, host: string, id: string, rebind: boolean): Expected {
  let chosen: Chosen | undefined;
  const fault = refusalOf(() => {
    const volume = refusalOf(() => model.volume(id)) === undefined ? model.volume(id) : undefined;
    if (volume === undefined) throw new Refused('InvalidArgument');
    const candidates = model.seen.get(host) ?? [];
    if (candidates.length === 0) throw new Refused('StorageFault');
    model.inArray('bind', () => {
      chosen = choose(model, volume, host, { candidates, rebind });
    });
  });
  return { fault, chosen };
}

function choose(
  model: Model,
  volume: ModelVolume,
  host: string,
  { candidates, rebind }: { readonly candidates: readonly string[]; readonly rebind: boolean },
): Chosen {
  if (model.isAtWorkOn(volume, CONTENT_KINDS)) throw new Refused('VasaProviderBusy');
  const held = model.bindingsOf(volume, host);
  const present = held.find(({ state }) => state === 'bound');
  if (present !== undefined && !rebind) return { binding: present, at: undefined };
  const { arrayId, protocol } = volume.container;
  const fit = model.endpoints
    .filter((each) => each.online && each.arrayId === arrayId && each.protocol === protocol)
    .map(({ id }) => id)
    .filter((id) => candidates.includes(id));
  const isPresentFit = present !== undefined && fit.includes(present.endpointId);
  if (present !== undefined && held.length > 1 && isPresentFit)
    return { binding: present, at: undefined };
  const free = fit.filter((id) => !held.some(({ endpointId }) => endpointId === id));
  if (free.length > 0) {
    const count = model.bindings.filter((each) => each.host === host).length;
    if (count >= model.bindingsPerHost) throw new Refused('OutOfResource');
    if (present !== undefined) present.state = 'moving';
    const binding: ModelBinding = { volume, host, endpointId: '', secondaryId: '', state: 'bound' };
    model.bindings.push(binding);
    return { binding, at: free };
  }
  if (present !== undefined && isPresentFit) return { binding: present, at: undefined };
  const back = held.find(({ endpointId }) => fit.includes(endpointId));
  if (back === undefined) throw new Refused('StorageFault');
  if (present !== undefined) present.state = 'moving';
  back.state = 'bound';
  return { binding: back, at: undefined };
}

/** What a client says of a binding that it ends. */
export interface AskedHandle {
  readonly id: string;
  /** Undefined: an endpoint that no array has. */
  readonly endpointId: string | undefined;
  readonly secondaryId: string;
}

export function unbindVirtualVolume(
  model: Model,
  host: string | undefined,
  handles: readonly AskedHandle[],
  context: string,
): readonly (Refused | undefined)[] {
  if (!['Normal', 'RebindStart', 'RebindEnd'].includes(context))
    throw new Refused('InvalidArgument');
  checkBatch(handles);
  if (host === undefined) throw new Refused('InvalidArgument');
  return handles.map((handle) => refusalOf(() => unbindItem(model, host, handle, context)));
}

function unbindItem(model: Model, host: string, handle: AskedHandle, context: string): void {
  const { id, endpointId, secondaryId } = handle;
  checkVvolId(id);
  if (endpointId === undefined) throw new Refused('InvalidArgument');
  const held = model.bindingsOf(model.volume(id), host);
  const own = held.find(
    (each) => each.endpointId === endpointId && each.secondaryId === secondaryId,
  );
  if (own === undefined) {
    if (held.length > 0 && context !== 'RebindEnd') throw new Refused('NotFound');
    return;
  }
  const endsMove = context === 'RebindEnd' && own.state === 'moving';
  if (context === 'Normal' || endsMove) end(model, own);
}

/** Where that leaves only moving ones, the host has given up its move: it stays at the latest of them. */
function end(model: Model, binding: ModelBinding): void {
  const { volume, host } = binding;
  model.bindings = model.bindings.filter((each) => each !== binding);
  const left = model.bindingsOf(volume, host);
  const latest = left.at(-1);
  if (latest !== undefined && left.every(({ state }) => state === 'moving')) latest.state = 'bound';
}

export function unbindVirtualVolumeFromAllHost(
  model: Model,
  ids: readonly string[],
): readonly (Refused | undefined)[] {
  checkBatch(ids);
  return ids.map((id) =>
    refusalOf(() => {
      const volume = model.volume(id);
      model.bindings = model.bindings.filter((each) => each.volume !== volume);
    }),
  );
}

export function unbindAllVirtualVolumesFromHost(
  model: Model,
  own: string | undefined,
  named: string | undefined,
): void {
  const host = own ?? named;
  if (host === undefined || (own !== undefined && named !== undefined && named !== own))
    throw new Refused('InvalidArgument');
  model.bindings = model.bindings.filter((each) => each.host !== host);
}

/** Of a call that ends planned moves: nothing is changed by it, here as there. */
export function endBindingChanges(
  model: Model,
  ids: readonly string[],
): readonly (Refused | undefined)[] {
  if (ids.length === 0 || ids.length > LIMITS.batchItems) throw new Refused('InvalidArgument');
  return ids.map((id) => refusalOf(() => void model.volume(id)));
}

export function prepareForBindingChange(model: Model, ids: readonly string[], host: string) {
  if (ids.length === 0 || ids.length > LIMITS.batchItems) throw new Refused('InvalidArgument');
  for (const id of ids) checkVvolId(id);
  if (host.trim() === '') throw new Refused('InvalidArgument');
  return model.start('prepareBindingChange', 'prepareForBindingChange', () => {
    const volumes = ids.map((id) => model.volume(id));
    const [first] = volumes;
    if (first === undefined) throw new Refused('InvalidArgument');
    return { arrayId: first.container.arrayId, finish: () => undefined };
  });
}

/** Names the endpoints that a host sees; undefined among them: one that no array has. */
export function setPEContext(
  model: Model,
  host: string,
  endpoints: readonly (string | undefined)[],
): void {
  if (endpoints.includes(undefined)) throw new Refused('StorageFault');
  model.seen.set(
    host,
    endpoints.filter((each) => each !== undefined),
  );
}

/** An endpoint fails or returns; hosts that are bound there are asked to bind anew. */
export function setEndpointOnline(model: Model, id: string, online: boolean): void {
  const endpoint = model.endpoints.find((each) => each.id === id);
  if (endpoint === undefined || endpoint.online === online) return;
  endpoint.online = online;
  model.events.push({ kind: 'endpoint', volumes: [], endpointId: id });
  if (online) return;
  const here = model.bindings.filter((each) => each.endpointId === id && each.state === 'bound');
  for (const host of [...new Set(here.map((each) => each.host))].sort()) {
    const volumes = here.filter((each) => each.host === host).map((each) => each.volume);
    model.events.push({ kind: 'rebind', volumes, host, endpointId: id });
  }
}

/** The events that a client sees. */
export function eventsFor(
  model: Model,
  host: string | undefined,
): readonly (readonly [number, ModelEvent])[] {
  return model.events
    .map((event, index) => [index, event] as const)
    .filter(([, event]) => event.kind !== 'rebind' || event.host === host);
}
