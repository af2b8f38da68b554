/** Statistics: what is counted, what a client chooses of it, and the counters themselves. */
import {
  type ArrayStatisticsManifest,
  CounterNameEnum,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { anotherHost } from '../world/more.ts';
import { refused } from '../world/refusals.ts';
import type { World } from '../world/world.ts';

/** What can be counted; the counters of the question mean nothing, but the schema wants some. */
async function manifests(world: World, client: VasaClient) {
  const arrayStatisticsManifest = world.inventory.arrays.map(({ uniqueIdentifier = '' }) => ({
    arrayId: uniqueIdentifier,
    entityStatisticsManifest: [],
  }));
  const anyCounters = {
    entityTypeName: '',
    pollingInterval: 0,
    maxRetrievalSize: 0,
    counterInfo: [{ counterId: 0, nameValue: [] }],
  };
  const { return: offered } = await client.call('queryAssociatedStatisticsManifestForArray', {
    arrayStatisticsManifest: arrayStatisticsManifest.map((each) => ({
      ...each,
      entityStatisticsManifest: [anyCounters],
    })),
  });
  return offered;
}

/** Entities of a kind that the session sees, where an operation of VASA lists them. */
async function entitiesOf(client: VasaClient, entityType: string): Promise<readonly string[]> {
  if (!/^Storage(Array|Processor|Port|Lun|FileSystem)$/.test(entityType)) return [];
  const { return: ids } = await client.call('queryUniqueIdentifiersForEntity', { entityType });
  return ids;
}

const choose = (client: VasaClient, arrayStatisticsManifest: readonly ArrayStatisticsManifest[]) =>
  client.call('setStatisticsContext', { arrayStatisticsManifest });

export const STATISTICS_SCENARIOS: readonly Scenario[] = [
  {
    id: 'statistics.manifest',
    chapter: 'statistics',
    sentence:
      'An array tells which counters it keeps of what, by names that VASA has, each with its own number',
    proves: 'Storage DRS knows what it can ask for.',
    source: { text: 'ArrayStatisticsManifest, CounterNameEnum', mark: 'seen' },
    needs: ['statistics'],
    async run(world) {
      const offered = await manifests(world, world.vcenter);
      expectThat(offered.length > 0, 'a manifest of an array');
      for (const {
        entityTypeName,
        counterInfo,
        maxRetrievalSize,
        pollingInterval,
      } of offered.flatMap((each) => each.entityStatisticsManifest)) {
        expectThat(maxRetrievalSize > 0 && pollingInterval > 0, `bounds of ${entityTypeName}`);
        const numbers = counterInfo.map((each) => each.counterId);
        expectSame(new Set(numbers).size, numbers.length, 'different numbers of counters');
        const values = new Set<string | undefined>(CounterNameEnum);
        for (const { nameValue } of counterInfo) {
          const isNamed = nameValue.some((each) => values.has(each.parameterValue));
          expectThat(isNamed, 'a name that VASA has', nameValue);
        }
      }
    },
  },
  {
    id: 'statistics.chosen-are-told',
    chapter: 'statistics',
    sentence:
      'What a session has chosen it is told, one row for each thing; what it has not chosen is InvalidStatisticsContext',
    proves: 'Counters come to who asked for them.',
    source: { text: 'setStatisticsContext subscribes the session', mark: 'inferred' },
    needs: ['statistics'],
    async run(world) {
      const { client } = await anotherHost(world, 'host that counts');
      const offered = await manifests(world, client);
      const kinds = offered.flatMap((each) => each.entityStatisticsManifest);
      let told = 0;
      for (const { entityTypeName, maxRetrievalSize } of kinds) {
        const ids = await entitiesOf(client, entityTypeName);
        const entityId = ids.slice(0, Math.min(maxRetrievalSize, 3));
        if (entityId.length === 0) continue;
        const question = { entityTypeName, entityId };
        const operation = 'queryAssociatedStatisticsForEntity';
        await choose(client, []);
        await refused(client, operation, question, 'InvalidStatisticsContext', 'nothing chosen');
        await choose(client, offered);
        const { return: rows } = await client.call(operation, question);
        expectSame(rows.map((each) => each.entityId).sort(), [...entityId].sort(), 'the rows');
        for (const { statisticsString } of rows)
          expectThat(statisticsString !== '', 'a row has counters');
        told += rows.length;
      }
      if (told === 0) skip('nothing that is counted can be listed');
    },
  },
  {
    id: 'statistics.not-offered-is-refused',
    chapter: 'statistics',
    sentence:
      'A counter that is not offered is InvalidStatisticsContext, and an earlier choice stays',
    proves: 'A client’s mistake takes nothing from it.',
    source: { text: 'unknown counters are InvalidStatisticsContext', mark: 'inferred' },
    needs: ['statistics'],
    async run(world) {
      const { client } = await anotherHost(world, 'host that counts too much');
      const offered = await manifests(world, client);
      await choose(client, offered);
      const arrayStatisticsManifest = offered.map((array) => ({
        ...array,
        entityStatisticsManifest: array.entityStatisticsManifest.map((each) => ({
          ...each,
          counterInfo: [{ counterId: 2_000_000_000, nameValue: [] }],
        })),
      }));
      const request = { arrayStatisticsManifest };
      const faults = ['InvalidStatisticsContext', 'InvalidArgument'];
      await refused(
        client,
        'setStatisticsContext',
        request,
        faults,
        'a counter that is not offered',
      );
      await choose(client, []);
    },
  },
];
