/** What a load run prints. */
import { expect, it } from 'vitest';
import type { LoadResult } from '../../src/load/load.ts';
import { jsonOf, textOf } from '../../src/load/report/text.ts';

const RESULT: LoadResult = {
  startedAt: Date.UTC(2026, 10, 23),
  provider: 'Example 1.0',
  left: ['unregister: it is gone'],
  results: [
    {
      part: 'storm',
      what: '10 hosts connect',
      facts: [
        { name: 'hosts healthy', value: '9 of 10', unit: '' },
        { name: 'time', value: undefined, unit: 's', goal: '≤ 1' },
        { name: 'rate', value: 1234.5, unit: '/s' },
        { name: 'ratio', value: 0.123, unit: '' },
      ],
      timings: [{ operation: 'handshake', calls: 10, p50: 1, p99: 2.345, most: 3 }],
      failures: [{ operation: 'getEvents', what: 'HTTP 503', count: 1, example: 'a | b\nc' }],
    },
    { part: 'mix', what: 'nothing', facts: [], timings: [], failures: [] },
  ],
};

it('is Markdown with a table of figures, of calls and of failures, and what was not taken back', () => {
  expect(textOf(RESULT, 'A machine.')).toBe(`### 2026-11-23, Example 1.0

A machine.

#### storm

10 hosts connect.

|  | figure | goal |
|---|---|---|
| hosts healthy | 9 of 10 |  |
| time | not known | ≤ 1 |
| rate | 1235 /s |  |
| ratio | 0.12 |  |

| call | answered | p50 ms | p99 ms | most ms |
|---|---|---|---|---|
| handshake | 10 | 1.00 | 2.35 | 3.00 |

| failed call | how | times | the first one |
|---|---|---|---|
| getEvents | HTTP 503 | 1 | a \\| b c |

#### mix

nothing.

No failure.

- not taken back: unregister: it is gone
`);
});

it('is JSON with the same in it', () => {
  const told = JSON.parse(jsonOf(RESULT, 'A machine.'));
  expect(told.machine).toBe('A machine.');
  expect(told.results[0].failures).toEqual(RESULT.results[0]?.failures);
});
