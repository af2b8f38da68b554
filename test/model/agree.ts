/**
 * What must be the same after every step, whatever the step was: volumes, bytes, bindings, space, tasks,
 * events; and the array's own check finds nothing.
 */
import { expect } from 'vitest';
import type { DataPlace } from '../../simulator/data-path.ts';
import type { ContainerId, HostId, VvolId } from '../../src/model/ids.ts';
import { eventsFor } from './bindings.ts';
import { CHUNK, touched, ZEROS } from './content.ts';
import type { Model } from './model.ts';
import { CALLERS, type Caller, type Real, VCENTER } from './real.ts';
import { committed, promised, unshared, used } from './space.ts';
import type { ModelVolume } from './state.ts';
import { CONTENT_KINDS } from './volumes.ts';

export async function agree(model: Model, real: Real): Promise<void> {
  await agreeOnVolumes(model, real);
  await agreeOnBindings(model, real);
  await agreeOnSpace(model, real);
  await agreeOnTasks(model, real);
  await agreeOnEvents(model, real);
  await agreeOnBytes(model, real, false);
  expect(real.simulator.check()).toEqual([]);
  expect(real.test.errors).toEqual([]);
  expect(real.test.breaks).toEqual([]);
}

// They were ids when the array gave them out.
const asIds = (ids: readonly string[]) => ids as readonly VvolId[];

async function agreeOnVolumes(model: Model, real: Real): Promise<void> {
  const found = await real.array.volumes(asIds(model.known));
  const live = model.live();
  const expected = model.known.flatMap((id) => live.filter((each) => each.id === id));
  const plain = found.map(({ metadata, profile, origin, createdAt: _, ...rest }) => ({
    ...rest,
    origin: origin.kind,
    of: 'of' in origin ? origin.of : undefined,
    readOnly: origin.kind === 'snapshot' && origin.readOnly,
    metadata: Object.fromEntries(metadata.map(({ key, value }) => [key, value])),
    profile: profile && `${profile.profileId}:${profile.generationId}`,
  }));
  expect(plain).toEqual(
    expected.map((volume) => ({
      vvolId: volume.id,
      containerId: volume.container.id,
      type: volume.type,
      size: BigInt(volume.size),
      thin: volume.thin,
      origin: volume.kind,
      of: volume.parent?.id,
      readOnly: volume.readOnly,
      metadata: Object.fromEntries(volume.metadata.values()),
      profile: volume.profile && `${volume.profile.id}:${volume.profile.generation}`,
    })),
  );
}

async function agreeOnBindings(model: Model, real: Real): Promise<void> {
  const found = await real.array.bindings({});
  expect(found.map(({ inBandId: _, boundAt: __, ...rest }) => rest)).toEqual(
    model.bindings.map(({ volume, host, ...rest }) => ({
      ...rest,
      vvolId: volume.id,
      hostId: host,
    })),
  );
}

async function agreeOnSpace(model: Model, real: Real): Promise<void> {
  for (const container of model.containers) {
    // It was an id when the array gave it out.
    const space = await real.array.containerSpace(container.id as ContainerId);
    const taken = used(model, container);
    const logical = promised(model, container);
    const { logicalLimit, name } = container;
    const { capacity } = container.pool;
    expect({ name, ...space }).toEqual({
      name,
      physicalTotal: BigInt(capacity),
      physicalUsed: BigInt(taken),
      physicalFree: BigInt(capacity - taken),
      logicalLimit: BigInt(logicalLimit),
      logicalUsed: BigInt(logical),
      logicalFree: BigInt(logicalLimit === 0 ? capacity - taken : logicalLimit - logical),
    });
  }
  const live = model.live().filter(({ id }) => id !== undefined);
  const ids = asIds(live.map(({ id = '' }) => id));
  expect(await real.array.volumeSpace(ids)).toEqual(
    live.map((volume) => ({
      vvolId: volume.id,
      logical: BigInt(volume.size),
      committed: BigInt(committed(volume)),
      unshared: BigInt(unshared(model, volume)),
    })),
  );
}

async function agreeOnTasks(model: Model, real: Real): Promise<void> {
  const { response, fault } = await real.call(VCENTER, 'getCurrentTask', {});
  expect(fault).toBeUndefined();
  const open = response?.return.map(({ taskId, taskState }) => `${taskState} ${taskId}`);
  expect(open).toEqual(model.openTasks().map(({ taskId, state }) => `${state} ${taskId}`));
}

/** Every client reads on from where it is; everything it sees is there once, in order, under rising ids. */
async function agreeOnEvents(model: Model, real: Real): Promise<void> {
  for (const who of CALLERS) {
    const host = who === VCENTER ? undefined : who;
    const next = real.eventsRead.get(who) ?? 0;
    const expected = eventsFor(model, host).filter(([index]) => index >= next);
    const found = await readEvents(real, who, next);
    real.firstEventId ??= expected[0]?.[0] === 0 ? found[0]?.eventId : undefined;
    const first = real.firstEventId ?? 0n;
    expect(found).toEqual(
      expected.map(([index, { kind, volumes, endpointId }]) => ({
        eventId: first + BigInt(index),
        what: kind,
        about:
          kind === 'rebind' ? volumes.map(({ id }) => id).join() : (endpointId ?? volumes[0]?.id),
      })),
    );
    real.eventsRead.set(who, model.events.length);
  }
}

async function readEvents(real: Real, who: Caller, next: number) {
  const found: { eventId: bigint; what: string; about: string | undefined }[] = [];
  for (
    let last = next === 0 ? -1n : (real.firstEventId ?? 0n) + BigInt(next) - 1n;
    ;
    last = found.at(-1)?.eventId ?? last
  ) {
    const { response, fault } = await real.call(who, 'getEvents', { lastEventId: last });
    expect(fault).toBeUndefined();
    const events = response?.return ?? [];
    if (events.length === 0) return found;
    for (const event of events) {
      const { eventId = 0n, eventType, eventConfigType = '', objectId } = event;
      const isRebind = event.$type === 'RebindEvent';
      const what =
        eventType === 'ConfigProtocolEndpoint' ? 'endpoint' : eventConfigType.toLowerCase();
      found.push({
        eventId,
        what: isRebind ? 'rebind' : what,
        about: isRebind ? event.vvolId.join() : objectId,
      });
    }
  }
}

/**
 * Reads every volume as a host of its own does, and takes care to leave nothing behind: what is allocated,
 * and where `alsoHoles`, the rest too.
 */
export async function agreeOnBytes(model: Model, real: Real, alsoHoles: boolean): Promise<void> {
  const endpoints = await real.array.endpoints();
  const candidates = endpoints.map(({ endpointId }) => endpointId);
  const isReachable = (arrayId: string, protocol: string) =>
    model.endpoints.some((e) => e.online && e.arrayId === arrayId && e.protocol === protocol);
  const readable = model
    .live()
    .filter(({ container }) => isReachable(container.arrayId, container.protocol))
    .filter((volume) => !model.isAtWorkOn(volume, CONTENT_KINDS));
  const places = readable.map((volume) => ({
    volume,
    // Ids were ids when the array gave them out; ids of hosts are free text.
    place: { vvolId: volume.id as VvolId, hostId: `reader of ${volume.id}` as HostId },
  }));
  const { array } = real;
  const bind = ({ vvolId, hostId }: DataPlace) =>
    array.bind(vvolId, hostId, { candidates, rebind: false });
  await Promise.all(places.map(({ place }) => bind(place)));
  for (const { volume, place } of places) await agreeOnVolume(real, volume, place, alsoHoles);
  await Promise.all(places.map(({ place }) => array.unbindAllFromHost(place.hostId)));
}

async function agreeOnVolume(
  { simulator }: Real,
  { content, size, kind, id }: ModelVolume,
  place: DataPlace,
  alsoHoles: boolean,
): Promise<void> {
  const chunks = Array.from({ length: size / CHUNK }, (_, at) => at);
  const extents = await simulator.dataPath.extents(place, 0, size, chunks.length);
  const found = extents.flatMap(({ offset, length, kind: of }) =>
    of === 'hole' ? [] : touched(offset, length),
  );
  expect(found).toEqual(chunks.filter((at) => content.has(at)));
  for (const at of alsoHoles ? chunks : found) {
    const read = await simulator.dataPath.read(place, at * CHUNK, CHUNK);
    if (Buffer.compare(read, content.get(at)?.bytes ?? ZEROS) !== 0)
      expect.fail(`chunk ${at} of ${kind} ${id} has other bytes`);
  }
}
