/**
 * What of an array a client may hear of: the same things that discovery shows it. Masking is the array's;
 * it is asked only when there is something to hide, and once for each call.
 * Source: VASA 1.0 discovery by initiators and mounts; docs/protocol-choices.md, "Who hears of what".
 */
import type { Reach } from '../../model/discovery.ts';
import type { EntityTypeEnum } from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { reachOf } from '../discovery/reach.ts';

/** Something that events and alarms are about. */
export interface Subject {
  readonly entity: EntityTypeEnum;
  readonly entityId: string;
  readonly arrayId: string | undefined;
  /** It is there no more, so that nobody can reach it: whoever reaches anything of it may hear so. */
  readonly isGone: boolean;
}

/** Ids that are reached of each kind that masking hides; the others everybody hears of. */
const REACHED: Readonly<Partial<Record<EntityTypeEnum, (reach: Reach) => readonly string[]>>> = {
  ProtocolEndpoint: (reach) => reach.endpointIds,
  StorageFileSystem: (reach) => reach.fileSystemIds,
  StorageLun: (reach) => reach.lunIds,
  StoragePort: (reach) => reach.portIds,
  StorageProcessor: (reach) => reach.processorIds,
};

/** Kinds that are hidden with the array they lie in. */
const BY_ARRAY: ReadonlySet<EntityTypeEnum> = new Set([
  'BackingStoragePool',
  'StorageArray',
  'StorageCapability',
]);

/** Tells for one call whether its client may hear of something. */
export function visibility(
  context: Pick<SessionContext, 'provider' | 'session'>,
): (subject: Subject) => boolean | Promise<boolean> {
  let asked: Promise<Reach> | undefined;
  return ({ arrayId, entity, entityId, isGone }) => {
    const idsOf = REACHED[entity];
    if (idsOf === undefined && !BY_ARRAY.has(entity)) return true;
    asked ??= reachOf(context);
    return asked.then((reach) => {
      if (isGone && entity !== 'ProtocolEndpoint') return reach.arrayIds.length > 0;
      if (isGone) return true;
      if (idsOf !== undefined) return idsOf(reach).includes(entityId);
      return reach.arrayIds.some((each) => each === (arrayId ?? entityId));
    });
  };
}
