/** Making, changing, ending and finding volumes, in the model. Each function is one operation. */

import { LIMITS } from '../../src/model/limits.ts';
import type { VolumeType } from '../../src/model/volume-type.ts';
import { type ByteRange, MB, trimmed, written } from './content.ts';
import { checkContainerId, checkVvolId, type Model } from './model.ts';
import { reserve, used } from './space.ts';
import { type ModelProfile, type ModelTask, type ModelVolume, Refused } from './state.ts';

export type Pair = readonly [key: string, value: string];

export const CONTENT_KINDS = ['revertVolume', 'copyDiffs'] as const;
export const CHANGING_KINDS = [...CONTENT_KINDS, 'resizeVolume', 'applyProfile'] as const;

/** Refused: InvalidProfile. */
export function checkProfile(profile: ModelProfile | undefined, type: VolumeType): void {
  const isUnfit = profile?.thin === 'thin' && type === 'Memory';
  if (profile?.thin === 'wrong' || isUnfit) throw new Refused('InvalidProfile');
}

export function checkPairs(pairs: readonly Pair[], least: 0 | 1): void {
  if (pairs.length < least || pairs.some(([key]) => key === ''))
    throw new Refused('InvalidArgument');
}

/** A volume that nobody sees yet; its space is kept from now on. */
export function insert(
  model: Model,
  given: Pick<ModelVolume, 'container' | 'type' | 'size' | 'thin' | 'kind' | 'guaranteed'> &
    Partial<ModelVolume>,
): ModelVolume {
  const { container, size, guaranteed } = given;
  if (size > container.maxVolumeMB * MB) throw new Refused('InvalidArgument');
  reserve(model, container, { logical: size, physical: guaranteed });
  const volume: ModelVolume = {
    id: undefined,
    state: 'making',
    readOnly: false,
    parent: undefined,
    family: {},
    content: new Map(),
    metadata: new Map(),
    profile: undefined,
    preparedAt: 0,
    ...given,
  };
  model.volumes.add(volume);
  return volume;
}

/** From now on everybody sees it. */
export function publish(model: Model, volume: ModelVolume, pairs: readonly Pair[]): void {
  setPairs(volume, pairs);
  volume.state = 'live';
  model.changed('new', volume);
}

function setPairs({ metadata }: ModelVolume, pairs: readonly Pair[]): boolean {
  let isChanged = false;
  for (const [key, value] of pairs) {
    const before = metadata.get(key.toLowerCase());
    if (before?.[0] !== key || before[1] !== value) isChanged = true;
    metadata.set(key.toLowerCase(), [key, value]);
  }
  return isChanged;
}

/** Of a key that is given twice, ignoring case, the last stands. */
function lastOfEach(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair[0].toLowerCase(), pair])).values()];
}

/** Thin (true), thick (false) or, undefined, as the array likes. */
export function thinWish(profile: ModelProfile | undefined): boolean | undefined {
  return profile && THIN[profile.thin];
}

/** Bytes kept free for a volume: all of a thick one's size, but of one that is written to no more. */
export function guaranteeOf(
  { thin, readOnly }: Pick<ModelVolume, 'thin' | 'readOnly'>,
  size: number,
): number {
  return thin || readOnly ? 0 : size;
}

const THIN = { thin: true, thick: false, either: undefined, nothing: undefined, wrong: undefined };

export function createVirtualVolume(
  model: Model,
  asked: {
    readonly container: string;
    readonly type: VolumeType;
    readonly sizeMB: number;
    readonly pairs: readonly Pair[];
    readonly profile: ModelProfile | undefined;
  },
): ModelTask {
  const { type, sizeMB, pairs } = asked;
  checkContainerId(asked.container);
  if (sizeMB < 1) throw new Refused('InvalidArgument');
  checkPairs(pairs, 1);
  const container = model.container(asked.container);
  if (sizeMB > container.maxVolumeMB) throw new Refused('InvalidArgument');
  checkProfile(asked.profile, type);
  const profile = asked.profile ?? container.defaults.get(type);
  return model.start('createVolume', 'createVirtualVolume', () => {
    const thin = thinWish(profile) ?? type !== 'Swap';
    const size = sizeMB * MB;
    const guaranteed = thin ? 0 : size;
    const made = insert(model, {
      container,
      type,
      size,
      thin,
      kind: 'created',
      guaranteed,
      profile,
    });
    const finish = () => publish(model, made, lastOfEach(pairs));
    return { arrayId: container.arrayId, made, finish };
  });
}

/** Keeps a volume's promise of space in step with its size. Refused: OutOfResource. */
export function setGuarantee(
  model: Model,
  volume: ModelVolume,
  size: number,
  guaranteed: number,
): void {
  const held = volume.content.size * 64 * 1024;
  const physical = Math.max(0, guaranteed - held) - Math.max(0, volume.guaranteed - held);
  const logical = size - volume.size;
  if (logical > 0 || physical > 0) reserve(model, volume.container, { logical, physical });
  volume.size = size;
  volume.guaranteed = guaranteed;
}

export function resizeVirtualVolume(model: Model, id: string, sizeMB: number): ModelTask {
  checkVvolId(id);
  if (sizeMB < 1) throw new Refused('InvalidArgument');
  return model.start('resizeVolume', 'resizeVirtualVolume', () => {
    const volume = model.volume(id);
    const size = sizeMB * MB;
    if (volume.kind === 'snapshot' || size < volume.size) throw new Refused('NotSupported');
    if (size > volume.size && sizeMB > volume.container.maxVolumeMB)
      throw new Refused('InvalidArgument');
    model.refuseWorkOn(volume, CHANGING_KINDS);
    const finish = () => {
      setGuarantee(model, volume, size, volume.thin ? 0 : size);
      model.changed('update', volume);
    };
    const { arrayId } = volume.container;
    return { arrayId, subject: volume, finish, isDone: size === volume.size };
  });
}

export function deleteVirtualVolume(model: Model, id: string): void {
  checkVvolId(id);
  model.inArray('deleteVolume', () => {
    const volume = model.volume(id);
    if (model.isBound(volume)) throw new Refused('ResourceInUse');
    model.refuseWorkOn(volume);
    for (const each of model.volumes)
      if (each.parent === volume && each.state === 'prepared') model.volumes.delete(each);
    model.volumes.delete(volume);
    model.changed('delete', volume);
  });
}

/** A pair with an empty value removes its key. */
export function updateVirtualVolumeMetaData(
  model: Model,
  id: string,
  pairs: readonly Pair[],
): void {
  checkVvolId(id);
  checkPairs(pairs, 1);
  model.inArray('updateMetadata', () => {
    const volume = model.volume(id);
    const last = lastOfEach(pairs);
    const gone = last.filter(([, value]) => value === '');
    const removed = gone.filter(([key]) => volume.metadata.delete(key.toLowerCase()));
    const isSet = setPairs(
      volume,
      last.filter(([, value]) => value !== ''),
    );
    if (isSet || removed.length > 0) model.changed('update', volume);
  });
}

export function updateStorageProfileForVirtualVolume(
  model: Model,
  id: string,
  profile: ModelProfile,
): ModelTask {
  checkVvolId(id);
  const volume = model.volume(id);
  const { profile: before } = volume;
  const isDone = before?.id === profile.id && before.generation === profile.generation;
  if (!isDone) checkProfile(profile, volume.type);
  return model.start('applyProfile', 'updateStorageProfileForVirtualVolume', () => {
    model.refuseWorkOn(volume, CHANGING_KINDS);
    const { arrayId } = volume.container;
    if (isDone) return { arrayId, subject: volume, finish: () => undefined, isDone };
    return { arrayId, subject: volume, ...profileChange(model, volume, profile) };
  });
}

const PROFILE_KEY = 'vmw_vvolprofile';

/** What is asked is named at once and held where it is thick; the volume becomes so at the end. */
function profileChange(model: Model, volume: ModelVolume, profile: ModelProfile) {
  const { profile: before, size, readOnly, metadata } = volume;
  const thin = thinWish(profile) ?? volume.thin;
  if (!thin) setGuarantee(model, volume, size, guaranteeOf({ thin, readOnly }, size));
  const pair = metadata.get(PROFILE_KEY);
  const name = `${profile.id}:${profile.generation}`;
  volume.profile = profile;
  setPairs(volume, [['VMW_VvolProfile', name]]);
  model.changed('update', volume);
  const finish = () => {
    setGuarantee(model, volume, size, guaranteeOf({ thin, readOnly }, size));
    if (thin === volume.thin) return;
    volume.thin = thin;
    model.changed('update', volume);
  };
  const undo = () => {
    setGuarantee(model, volume, size, guaranteeOf(volume, size));
    volume.profile = before;
    if (metadata.get(PROFILE_KEY)?.[1] === name) {
      metadata.delete(PROFILE_KEY);
      if (pair !== undefined) metadata.set(PROFILE_KEY, pair);
    }
    model.changed('update', volume);
  };
  return { finish, undo };
}

const NOT_SEARCHABLE = [
  'vmw_unreferencedobj',
  'vmw_vvolallocationtype',
  'vmw_vvoldescriptor',
  PROFILE_KEY,
];

export function queryVirtualVolume(
  model: Model,
  constraints: readonly (readonly [key: string, value: string | undefined])[],
): readonly ModelVolume[] {
  const isWrong = ([key]: readonly [string, unknown]) =>
    key === '' || NOT_SEARCHABLE.includes(key.toLowerCase());
  if (constraints.length === 0 || constraints.some(isWrong)) throw new Refused('InvalidArgument');
  return model.live().filter(({ metadata }) =>
    constraints.every(([key, value]) => {
      const pair = metadata.get(key.toLowerCase());
      return pair !== undefined && (value === undefined || pair[1] === value);
    }),
  );
}

/** The volumes of these ids, in the order asked, each once; what names none is left out. */
export function volumesNamed(model: Model, ids: readonly string[]): readonly ModelVolume[] {
  if (ids.length > LIMITS.queryItems) throw new Refused('TooMany');
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  const live = model.live();
  return [...wanted].flatMap((id) => live.filter((each) => each.id === id));
}

/** What a host's write or trim comes to; `value` undefined: trim. Gives the kind of the array's error. */
export function changeData(
  model: Model,
  place: { readonly host: string; readonly volume: ModelVolume | undefined },
  range: ByteRange,
  value: number | undefined,
): 'notFound' | 'failed' | 'invalid' | 'unsupported' | 'noSpace' | undefined {
  const { host, volume } = place;
  const held = volume === undefined ? [] : model.bindingsOf(volume, host);
  if (volume === undefined || held.length === 0) return 'notFound';
  const isUp = (id: string) => model.endpoints.some((each) => each.id === id && each.online);
  if (!held.some(({ endpointId }) => isUp(endpointId))) return 'failed';
  if (range.start + range.length > volume.size) return 'invalid';
  if (volume.readOnly) return 'unsupported';
  const content =
    value === undefined ? trimmed(volume.content, range) : written(volume.content, range, value);
  return tryContent(model, volume, content) ? undefined : 'noSpace';
}

/** Gives the volume another content, unless that is more than its container has. */
export function tryContent(
  model: Model,
  volume: ModelVolume,
  content: ModelVolume['content'],
  more: Partial<Pick<ModelVolume, 'size' | 'guaranteed'>> = {},
): boolean {
  const { container } = volume;
  const [before, old] = [used(model, container), { ...volume }];
  Object.assign(volume, more, { content });
  const after = used(model, container);
  if (after <= container.pool.capacity || after <= before) return true;
  Object.assign(volume, { content: old.content, size: old.size, guaranteed: old.guaranteed });
  return false;
}
