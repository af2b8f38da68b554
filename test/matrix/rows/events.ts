/** Proofs of the operations on events, alarms and the catalogs of their texts. */
import assert from 'node:assert/strict';
import { textsOf } from '../../support/soap-client.ts';
import type { Row } from '../row.ts';
import { m } from '../xml.ts';

export const EVENTS: readonly Row[] = [
  {
    operation: 'getEvents',
    succeeds: 'events are told from the start of what is kept',
    ask: () => m({ lastEventId: -1 }),
    check: (answer) => assert(textsOf(answer, 'eventId').length > 0, answer),
    faults: {
      InvalidArgument: {
        when: 'the id has not been given out',
        ask: () => m({ lastEventId: 2n ** 62n }),
      },
      LostEvent: {
        when: 'the id is of a numbering that is lost',
        ask: () => m({ lastEventId: 1 }),
      },
    },
  },
  {
    operation: 'getAlarms',
    succeeds: 'that a pool is nearly full is told',
    ask: async ({ provider }) => {
      await provider.parts.alarms.look();
      return m({ lastAlarmId: -1 });
    },
    check: (answer) =>
      assert(
        textsOf(answer, 'status').some((each) => each !== 'Green'),
        answer,
      ),
    faults: {
      InvalidArgument: {
        when: 'the id has not been given out',
        ask: () => m({ lastAlarmId: 2n ** 62n }),
      },
      LostAlarm: {
        when: 'the id is of a numbering that is lost',
        ask: () => m({ lastAlarmId: 1 }),
      },
    },
  },
  {
    operation: 'queryCatalog',
    succeeds: 'the places of the message catalogs are told',
    ask: () => null,
    check: (answer) => assert(textsOf(answer, 'catalogUri').length >= 3, answer),
    faults: {},
  },
];
