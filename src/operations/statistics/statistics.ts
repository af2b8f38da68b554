/**
 * Statistics: what can be counted, what this session has chosen to be told, and the counters themselves.
 * The choice belongs to the session and ends with it. LUNs, file systems, ports and processors are told of
 * to those who reach them.
 * Source: docs/statistics.md.
 */

import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import type { ChosenStatistics, CountedEntity, StatisticsOffer } from '../../model/statistics.ts';
import type {
  ArrayStatisticsManifest,
  QueryAssociatedStatisticsForEntity,
  QueryAssociatedStatisticsForEntityResponse,
  QueryAssociatedStatisticsManifestForArray,
  QueryAssociatedStatisticsManifestForArrayResponse,
  SetStatisticsContext,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown } from '../arguments.ts';
import { refuseTooMany } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { chosenStatistics, countedEntity, offeredManifest, statisticsString } from './manifest.ts';

/** What is offered at all. Faults: NotImplemented (no array counts anything). */
async function offersOf({ provider }: SessionContext): Promise<readonly StatisticsOffer[]> {
  const offers = await provider.array.statisticsOffers();
  if (offers.length === 0)
    throw new VasaFault('NotImplemented', 'the arrays of this provider keep no statistics');
  return offers;
}

/** Faults: InvalidArgument (blank or unknown array id). */
async function refuseStrangers(
  { provider }: SessionContext,
  manifests: readonly ArrayStatisticsManifest[],
): Promise<void> {
  const known = new Set<string>((await provider.array.arrays()).map((each) => each.arrayId));
  const strange = manifests.find(({ arrayId }) => !known.has(arrayId));
  if (strange !== undefined) throw invalid(`there is no storage array ${shown(strange.arrayId)}`);
}

/**
 * Which counters these arrays keep of the kinds of things named; a blank kind stands for all. An array that
 * keeps none of them has no row; one that is named several times has one. Faults: InvalidArgument (unknown
 * array, unknown kind), NotImplemented.
 */
export async function queryAssociatedStatisticsManifestForArray(
  context: SessionContext,
  { arrayStatisticsManifest: asked }: QueryAssociatedStatisticsManifestForArray,
): Promise<QueryAssociatedStatisticsManifestForArrayResponse> {
  if (asked.length > LIMITS.statisticsItems) throw invalid('too many manifests in one call');
  const offers = await offersOf(context);
  await refuseStrangers(context, asked);
  const kinds = new Map<string, ArrayStatisticsManifest['entityStatisticsManifest']>();
  for (const { arrayId, entityStatisticsManifest } of asked)
    kinds.set(arrayId, [...(kinds.get(arrayId) ?? []), ...entityStatisticsManifest]);
  const found = [...kinds].map(([arrayId, entityStatisticsManifest]) =>
    offeredManifest(offers, { arrayId, entityStatisticsManifest }),
  );
  return { return: found.filter((each) => each !== undefined) };
}

/**
 * Chooses what queryAssociatedStatisticsForEntity tells this session from now on, whole or not at all; it
 * replaces an earlier choice, and an empty list ends it. Faults: InvalidArgument (unknown array or kind,
 * one kind twice), InvalidStatisticsContext (a counter, interval or size that is not offered),
 * NotImplemented. Repeatable.
 */
export async function setStatisticsContext(
  context: SessionContext,
  { arrayStatisticsManifest: chosen }: SetStatisticsContext,
): Promise<void> {
  if (chosen.length > LIMITS.statisticsItems) throw invalid('too many manifests in one call');
  const offers = await offersOf(context);
  await refuseStrangers(context, chosen);
  const agreed = chosen.flatMap((each) => chosenStatistics(offers, each));
  const places = new Set(agreed.map(({ arrayId, entity }) => `${arrayId} ${entity}`));
  if (places.size < agreed.length) throw invalid('one kind of thing is named twice');
  context.session.statistics = agreed;
}

/**
 * The chosen counters of these things, in the order asked; ids that name nothing which this session can
 * see are left out. Faults: InvalidArgument (unknown kind, no id, a blank one),
 * InvalidStatisticsContext (nothing was chosen for that kind), TooMany, NotImplemented.
 */
export async function queryAssociatedStatisticsForEntity(
  context: SessionContext,
  { entityTypeName, entityId }: QueryAssociatedStatisticsForEntity,
): Promise<QueryAssociatedStatisticsForEntityResponse> {
  const { call, provider, session } = context;
  call.note({ batch_size: entityId.length });
  await offersOf(context);
  const entity = countedEntity(entityTypeName.trim());
  if (entityId.length === 0) throw invalid('entityId is empty');
  if (entityId.some((each) => each.trim() === '')) throw invalid('an entity id is blank');
  const chosen = (session.statistics ?? []).filter((each) => each.entity === entity);
  const [first] = chosen;
  if (first === undefined)
    throw new VasaFault(
      'InvalidStatisticsContext',
      `this session has not chosen any statistics of ${entity}`,
    );
  refuseTooMany(entityId.length, Math.min(...chosen.map((each) => each.maxRetrievalSize)));
  const visible = await visibleOf(context, entity, [...new Set(entityId)]);
  const found = await provider.array.statistics(entity, visible);
  const rows = found.flatMap((each) => {
    const choice = chosenFor(chosen, each.arrayId);
    if (choice === undefined) return [];
    return [{ entityId: each.entityId, statisticsString: statisticsString(choice.columns, each) }];
  });
  return { return: rows };
}

function chosenFor(
  chosen: readonly ChosenStatistics[],
  arrayId: string,
): ChosenStatistics | undefined {
  return chosen.find((each) => each.arrayId === arrayId);
}

/** Those of the ids that this session may see. */
async function visibleOf(
  { provider, session }: SessionContext,
  entity: CountedEntity,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (entity === 'StorageContainer' || entity === 'VirtualVolumeInfo')
    return ids.map((each) => each.toLowerCase());
  const reach = await provider.array.reach(session.usageContext);
  const reached: readonly string[] = {
    StorageArray: reach.arrayIds,
    StorageProcessor: reach.processorIds,
    StoragePort: reach.portIds,
    StorageLun: reach.lunIds,
    StorageFileSystem: reach.fileSystemIds,
  }[entity];
  const known = new Set(reached);
  return ids.filter((each) => known.has(each));
}
