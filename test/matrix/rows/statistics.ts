/** Proofs of the operations on statistics. Each choice is made by a host of its own, whose session has it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { textsOf } from '../../support/soap-client.ts';
import { arrayId, containerId } from '../arrange.ts';
import type { OwnCall, Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { elements, m, type Xml } from '../xml.ts';

const s = elements('statistics');
const KIND = 'StorageContainer';

interface Wish {
  readonly counterId?: number;
  readonly kind?: string;
}

/** The manifest of one counter of containers, polled as seldom as any array likes. */
async function chosen(stage: Stage, { counterId = 1, kind = KIND }: Wish = {}): Promise<Xml> {
  const entityStatisticsManifest = s({
    counterInfo: s({ counterId }),
    entityTypeName: kind,
    maxRetrievalSize: 1,
    pollingInterval: 3_600,
  });
  return m({
    arrayStatisticsManifest: s({ arrayId: await arrayId(stage), entityStatisticsManifest }),
  });
}

/** A question by a host that has chosen a counter of containers, one at a time. */
async function asked(stage: Stage, entityId: readonly string[], kind = KIND): Promise<OwnCall> {
  const client = await stage.host(randomUUID());
  await client.ask('setStatisticsContext', (await chosen(stage)).text);
  return { client, message: m({ entityTypeName: kind, entityId }) };
}

export const STATISTICS: readonly Row[] = [
  {
    operation: 'queryAssociatedStatisticsManifestForArray',
    work: 'statisticsOffers',
    succeeds: 'the counters that an array keeps are told',
    ask: (stage) => chosen(stage),
    check: (answer) => assert(textsOf(answer, 'counterId').length > 1, answer),
    faults: {
      InvalidArgument: {
        when: 'nobody counts such things',
        ask: (stage) => chosen(stage, { kind: 'StorageUnicorn' }),
      },
    },
  },
  {
    operation: 'setStatisticsContext',
    work: 'statisticsOffers',
    succeeds: 'a session chooses the counters that it wants',
    ask: (stage) => chosen(stage),
    faults: {
      InvalidArgument: {
        when: 'nobody counts such things',
        ask: (stage) => chosen(stage, { kind: 'StorageUnicorn' }),
      },
      InvalidStatisticsContext: {
        when: 'there is no such counter',
        ask: (stage) => chosen(stage, { counterId: 99 }),
      },
    },
  },
  {
    operation: 'queryAssociatedStatisticsForEntity',
    work: 'statistics',
    succeeds: 'the chosen counters of a container are told',
    ask: async (stage) => asked(stage, [await containerId(stage)]),
    check: async (answer, stage) =>
      assert.deepEqual(textsOf(answer, 'entityId'), [await containerId(stage)]),
    faults: {
      InvalidArgument: {
        when: 'nobody counts such things',
        ask: async (stage) => asked(stage, [await containerId(stage)], 'StorageUnicorn'),
      },
      InvalidStatisticsContext: {
        when: 'the session has chosen no counters of such things',
        ask: async (stage) => asked(stage, [await containerId(stage)], 'StorageLun'),
      },
      TooMany: {
        when: 'it names more things than the session has chosen to be told of at once',
        ask: async (stage) =>
          asked(stage, [await containerId(stage), await containerId(stage, 'files')]),
      },
    },
  },
];
