/**
 * Statistics manifests: which counters an array offers of which kinds of things, and which of them a client
 * has chosen. Pure. Source: VASA `ArrayStatisticsManifest`, `CounterInfo`, `CounterNameEnum`;
 * docs/statistics.md has the numbers of the counters.
 */
import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import {
  type ChosenStatistics,
  COUNTED_ENTITIES,
  COUNTERS,
  type CountedEntity,
  type EntityStatistics,
  type StatisticsColumn,
  type StatisticsOffer,
} from '../../model/statistics.ts';
import type {
  ArrayStatisticsManifest,
  CounterInfo,
  EntityStatisticsManifest,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown } from '../arguments.ts';

/** Columns by number, from 1 on: the order of VASA's CounterNameEnum. */
const COLUMNS: readonly StatisticsColumn[] = [...COUNTERS, 'StatisticsTime'];

function unfit(message: string): VasaFault {
  return new VasaFault('InvalidStatisticsContext', message);
}

function unitOf(column: StatisticsColumn): string {
  if (column === 'StatisticsTime') return 'Timestamp';
  if (column.startsWith('KBytes')) return 'KiloByte';
  return column.endsWith('TimeCounter') ? 'MilliSecond' : 'Number';
}

function counterInfo(column: StatisticsColumn): CounterInfo {
  const isTime = column === 'StatisticsTime';
  const properties = {
    counterName: column,
    counterCollectedType: isTime ? 'Absolute' : 'Cumulative',
    counterType: isTime ? 'String' : 'Uint64',
    counterUnit: unitOf(column),
  };
  return {
    counterId: COLUMNS.indexOf(column) + 1,
    nameValue: Object.entries(properties).map(([parameterName, parameterValue]) => ({
      parameterName,
      parameterValue,
    })),
  };
}

function columnsOf(offer: StatisticsOffer): readonly StatisticsColumn[] {
  return COLUMNS.filter((each) => each === 'StatisticsTime' || offer.counters.includes(each));
}

function entityManifest(offer: StatisticsOffer): EntityStatisticsManifest {
  return {
    counterInfo: columnsOf(offer).map(counterInfo),
    entityTypeName: offer.entity,
    maxRetrievalSize: LIMITS.statisticsItems,
    pollingInterval: offer.intervalSeconds,
  };
}

/** The kind of thing. Faults: InvalidArgument. */
export function countedEntity(name: string): CountedEntity {
  const found = COUNTED_ENTITIES.find((each) => each === name);
  if (found === undefined) throw invalid(`no statistics are kept of ${shown(name)}`);
  return found;
}

/**
 * What is offered of the kinds of things that `asked` names; a blank kind stands for all. Undefined: the
 * array counts nothing. Faults: InvalidArgument (a kind that nothing is kept of anywhere).
 */
export function offeredManifest(
  offers: readonly StatisticsOffer[],
  asked: ArrayStatisticsManifest,
): ArrayStatisticsManifest | undefined {
  const names = asked.entityStatisticsManifest.map((each) => each.entityTypeName.trim());
  const wanted = new Set(names.filter((each) => each !== '').map(countedEntity));
  const isAll = wanted.size === 0 || names.includes('');
  const own = offers.filter(({ arrayId }) => arrayId === asked.arrayId);
  const found = own.filter(({ entity }) => isAll || wanted.has(entity));
  if (found.length === 0) return undefined;
  return { arrayId: asked.arrayId, entityStatisticsManifest: found.map(entityManifest) };
}

/**
 * What the client chooses in one manifest, checked against what is offered. Faults: InvalidArgument
 * (nobody counts such things), InvalidStatisticsContext.
 */
export function chosenStatistics(
  offers: readonly StatisticsOffer[],
  { arrayId, entityStatisticsManifest }: ArrayStatisticsManifest,
): readonly ChosenStatistics[] {
  return entityStatisticsManifest.map((wish) => {
    const entity = countedEntity(wish.entityTypeName.trim());
    const offer = offers.find((each) => each.arrayId === arrayId && each.entity === entity);
    if (offer === undefined) throw unfit(`${arrayId} keeps no statistics of ${entity}`);
    if (wish.pollingInterval < offer.intervalSeconds)
      throw unfit(
        `the shortest interval for statistics of ${entity} is ${offer.intervalSeconds} s`,
      );
    const { maxRetrievalSize } = wish;
    if (maxRetrievalSize < 1 || maxRetrievalSize > LIMITS.statisticsItems)
      throw unfit(`maxRetrievalSize is from 1 to ${LIMITS.statisticsItems}`);
    if (wish.counterInfo.length > COLUMNS.length) throw unfit('a counter is named twice');
    const columns = wish.counterInfo.map(({ counterId }) => chosenColumn(offer, counterId));
    if (new Set(columns).size < columns.length) throw unfit('a counter is named twice');
    return { arrayId, entity, columns, maxRetrievalSize };
  });
}

function chosenColumn(offer: StatisticsOffer, counterId: number): StatisticsColumn {
  const column = columnsOf(offer).find((each) => COLUMNS.indexOf(each) + 1 === counterId);
  if (column === undefined) throw unfit(`${offer.entity} has no counter number ${counterId}`);
  return column;
}

/** The chosen values, separated by commas; empty where the array does not keep the counter. */
export function statisticsString(
  columns: readonly StatisticsColumn[],
  { at, counters }: EntityStatistics,
): string {
  const values = columns.map((each) =>
    each === 'StatisticsTime' ? new Date(at).toISOString() : (counters[each] ?? ''),
  );
  return values.join(',');
}
