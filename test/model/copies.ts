/** Snapshots, clones and differences, in the model. Each function is one operation. */
import { LIMITS } from '../../src/model/limits.ts';
import { type Content, copied, withDifferences } from './content.ts';
import { checkContainerId, checkVvolId, type Model } from './model.ts';
import { committed, committedChunks, reserve, unshared, used } from './space.ts';
import {
  type ModelContainer,
  type ModelProfile,
  type ModelTask,
  type ModelVolume,
  type ParentFacts,
  Refused,
} from './state.ts';
import {
  CHANGING_KINDS,
  CONTENT_KINDS,
  checkPairs,
  checkProfile,
  guaranteeOf,
  insert,
  type Pair,
  publish,
  setGuarantee,
  thinWish,
  tryContent,
} from './volumes.ts';

function refuseManyCopies(model: Model, volume: ModelVolume): void {
  if (model.copiesOf(volume) >= model.snapshotsPerVolume) throw new Refused('SnapshotTooMany');
}

function lastOfEach(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair[0].toLowerCase(), pair])).values()];
}

function factsOf(model: Model, volume: ModelVolume): ParentFacts {
  return {
    volume,
    metadata: new Map([...volume.metadata.values()].map(([key, value]) => [key, value])),
    logical: volume.size,
    committed: committed(volume),
    unshared: unshared(model, volume),
  };
}

export function prepareToSnapshotVirtualVolume(
  model: Model,
  id: string,
  asked: { readonly readOnly: boolean; readonly profile: ModelProfile | undefined },
): ModelTask {
  checkVvolId(id);
  const parent = model.volume(id);
  const { readOnly } = asked;
  checkProfile(asked.profile, parent.type);
  return model.start('prepareSnapshot', 'prepareToSnapshotVirtualVolume', () => {
    model.refuseWorkOn(parent, CONTENT_KINDS);
    refuseManyCopies(model, parent);
    const { container, type, size, family } = parent;
    const profile = asked.profile ?? parent.profile;
    const thin = thinWish(profile) ?? true;
    const guaranteed = guaranteeOf({ thin, readOnly }, size);
    const shape = { container, type, size, thin, guaranteed, kind: 'snapshot' } as const;
    const made = insert(model, { ...shape, readOnly, parent, family, profile });
    const finish = (task: ModelTask) => {
      made.state = 'prepared';
      made.preparedAt = model.now;
      task.parentFacts = factsOf(model, parent);
    };
    return { arrayId: container.arrayId, subject: parent, made, finish };
  });
}

/** One entry of a call that takes snapshots. */
export interface TakenEntry {
  readonly id: string;
  readonly pairs: readonly Pair[];
}

/** A fault per entry, undefined where it is taken. `isLate`: the time ends before the array gets to it. */
export function snapshotVirtualVolume(
  model: Model,
  entries: readonly TakenEntry[],
  timeoutMs: number,
  isLate: boolean,
): readonly (Refused | undefined)[] {
  if (timeoutMs < 1 || entries.length === 0) throw new Refused('InvalidArgument');
  if (entries.length > LIMITS.batchItems) throw new Refused('TooMany');
  const answers = new Map<string, Refused | undefined>();
  const formOf = ({ id, pairs }: TakenEntry) =>
    refusalOf(() => {
      checkVvolId(id);
      checkPairs(pairs, 0);
    });
  const fit = entries.filter((entry) => formOf(entry) === undefined);
  if (fit.length > 0)
    model.inArray('takeSnapshots', () => {
      for (const { id, pairs } of fit) {
        if (answers.has(id.toLowerCase())) continue;
        const late = isLate ? new Refused('Timeout') : undefined;
        answers.set(id.toLowerCase(), late ?? refusalOf(() => takeOne(model, id, pairs)));
      }
      if ([...answers.values()].includes(undefined)) return;
      for (const { id, pairs } of [...fit].reverse())
        if (isTaken(model, id, pairs)) answers.set(id.toLowerCase(), undefined);
    });
  return entries.map((entry) => formOf(entry) ?? answers.get(entry.id.toLowerCase()));
}

function takeOne(model: Model, id: string, pairs: readonly Pair[]): void {
  const wanted = [...model.volumes].find((each) => each.id === id.toLowerCase());
  const { parent } = wanted ?? {};
  if (wanted?.state !== 'prepared' || parent === undefined) throw new Refused('NotFound');
  try {
    const { size } = parent;
    if (size !== wanted.size) setGuarantee(model, wanted, size, guaranteeOf(wanted, size));
  } catch {
    throw new Refused('StorageFault');
  }
  wanted.content = parent.content;
  publish(model, wanted, lastOfEach(pairs));
}

function isTaken(model: Model, id: string, pairs: readonly Pair[]): boolean {
  const found = [...model.volumes].find((each) => each.id === id.toLowerCase());
  if (found?.state !== 'live' || found.kind !== 'snapshot') return false;
  const wanted = lastOfEach(pairs);
  const has = ([key, value]: Pair) => {
    const pair = found.metadata.get(key.toLowerCase());
    return pair?.[0] === key && pair[1] === value;
  };
  return wanted.length === found.metadata.size && wanted.every(has);
}

export function refusalOf(work: () => void): Refused | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

export function revertVirtualVolume(model: Model, id: string, snapshotId: string): ModelTask {
  checkVvolId(id);
  checkVvolId(snapshotId);
  return model.start('revertVolume', 'revertVirtualVolume', () => {
    const volume = model.volume(id);
    const snapshot = model.volume(snapshotId);
    if (snapshot.kind !== 'snapshot' || snapshot.parent !== volume)
      throw new Refused('IncompatibleVolume');
    if (model.isBound(volume)) throw new Refused('ResourceInUse');
    model.refuseWorkOn(volume, CHANGING_KINDS);
    const { content, size } = snapshot;
    const { container } = volume;
    const finish = (task: ModelTask) => {
      const guaranteed = volume.thin ? 0 : size;
      const logical = size - volume.size;
      if (logical > 0) reserve(model, container, { logical, physical: 0 });
      task.holds = [];
      if (!tryContent(model, volume, content, { size, guaranteed }))
        throw new Refused('OutOfResource');
      model.changed('update', volume);
    };
    const { arrayId } = container;
    return { arrayId, subject: volume, holds: [{ content, place: container }], finish };
  });
}

interface AskedCopy {
  readonly source: string;
  readonly pairs: readonly Pair[];
  readonly profile: ModelProfile | undefined;
}

export function cloneVirtualVolume(
  model: Model,
  asked: AskedCopy & { readonly container: string | undefined },
): ModelTask {
  if (asked.container !== undefined) checkContainerId(asked.container);
  const { source, container } = checkCopy(model, asked, asked.container);
  return model.start('cloneVolume', 'cloneVirtualVolume', () => {
    if (container.arrayId !== source.container.arrayId) throw new Refused('NotSupported');
    const { type, size, content } = source;
    const profile = asked.profile ?? container.defaults.get(type);
    const thin = thinWish(profile) ?? source.thin;
    const guaranteed = thin ? committedChunks(source) : size;
    const shape = { container, type, size, thin, guaranteed, profile };
    const made = insert(model, { ...shape, kind: 'clone', parent: source });
    const work = () => {
      made.content = copied(content);
    };
    const finish = () => {
      setGuarantee(model, made, size, thin ? 0 : size);
      publish(model, made, lastOfEach(asked.pairs));
    };
    const { arrayId } = container;
    const held = { arrayId, made, holds: [{ content, place: source.container }] };
    return content.size === 0 ? { ...held, finish } : { ...held, work, finish };
  });
}

export function fastCloneVirtualVolume(model: Model, asked: AskedCopy): ModelTask {
  const { source, container } = checkCopy(model, asked, undefined);
  return model.start('fastCloneVolume', 'fastCloneVirtualVolume', () => {
    refuseManyCopies(model, source);
    const { type, size, content, family } = source;
    const profile = asked.profile ?? container.defaults.get(type);
    const thin = thinWish(profile) ?? true;
    const shape = { container, type, size, thin, guaranteed: thin ? 0 : size, profile };
    const made = insert(model, { ...shape, kind: 'fastClone', parent: source, family });
    const finish = () => {
      made.content = content;
      publish(model, made, lastOfEach(asked.pairs));
    };
    return { arrayId: container.arrayId, made, holds: [{ content, place: container }], finish };
  });
}

function checkCopy(
  model: Model,
  { source: id, pairs, profile }: AskedCopy,
  containerId: string | undefined,
): { readonly source: ModelVolume; readonly container: ModelContainer } {
  checkVvolId(id);
  checkPairs(pairs, 1);
  const source = model.volume(id);
  const container = containerId === undefined ? source.container : model.container(containerId);
  checkProfile(profile, source.type);
  return { source, container };
}

export function copyDiffsToVirtualVolume(
  model: Model,
  ids: { readonly source: string; readonly base: string; readonly target: string },
): ModelTask {
  for (const id of [ids.source, ids.base, ids.target]) checkVvolId(id);
  const start = () =>
    model.start('copyDiffs', 'copyDiffsToVirtualVolume', () => {
      const source = model.volume(ids.source);
      const base = model.volume(ids.base);
      const target = model.volume(ids.target);
      if (source.family !== base.family) throw new Refused('IncompatibleVolume');
      if (source.container.arrayId !== target.container.arrayId)
        throw new Refused('IncompatibleVolume');
      if (target.readOnly) throw new Refused('NotSupported');
      if (target.size < source.size) throw new Refused('InvalidArgument');
      if (model.isBound(target)) throw new Refused('ResourceInUse');
      model.refuseWorkOn(target, CHANGING_KINDS);
      return diffs(model, source, base, target);
    });
  try {
    return start();
  } catch (error) {
    // The operation does not declare OutOfResource.
    if (error instanceof Refused && error.fault === 'OutOfResource')
      throw new Refused('StorageFault');
    throw error;
  }
}

/** The target is changed at the end, in one step; until then what is copied is held beside it. */
function diffs(model: Model, source: ModelVolume, base: ModelVolume, target: ModelVolume) {
  const [from, against] = [source.content, base.content];
  const place = target.container;
  let result = target.content;
  const others = [from, against].map((content) => ({ content, place: source.container }));
  const held = (content: Content) => [...others, { content, place }];
  const work = (task: ModelTask) => {
    result = withDifferences(target.content, from, against);
    const before = used(model, place);
    task.holds = held(result);
    const after = used(model, place);
    if (after > place.pool.capacity && after > before) throw new Refused('OutOfResource');
  };
  const finish = (task: ModelTask) => {
    task.holds = [];
    if (!tryContent(model, target, result)) throw new Refused('OutOfResource');
  };
  const { arrayId } = place;
  const plan = { arrayId, subject: target, holds: held(target.content), finish };
  return from === against ? plan : { ...plan, work };
}
