/** Goal: the latest requests are there to be shown, and no more of them, nor of their SOAP, than is allowed. */
import { expect, test } from 'vitest';
import { RecentRequests } from '../../src/log/recent.ts';
import { movableClock } from '../../src/model/clock.ts';
import { LIMITS } from '../../src/model/limits.ts';

const idsOf = (recent: RecentRequests) => recent.latest().map(({ fields }) => fields.request_id);

function filled(count: number): RecentRequests {
  const recent = new RecentRequests(movableClock());
  for (let n = 0; n < count; n += 1) recent.add('info', { request_id: `r${n}`, operation: 'o' });
  return recent;
}

test.each([0, 1, LIMITS.recentRequests - 1, LIMITS.recentRequests, 2 * LIMITS.recentRequests + 3])(
  'of %i requests the latest are kept, newest first',
  (count) => {
    const wanted = Array.from({ length: count }, (_, n) => `r${n}`).reverse();
    expect(idsOf(filled(count))).toEqual(wanted.slice(0, LIMITS.recentRequests));
  },
);

test('bodies come to their request; those of one that is gone are not kept', () => {
  const recent = filled(LIMITS.recentRequests + 1);
  recent.addBodies('r0', { request: 'gone', response: '' });
  recent.addBodies('r5', { request: '<a/>', response: '<b/>' });
  const kept = recent.latest().filter(({ bodies }) => bodies !== undefined);
  expect(kept.map(({ fields, bodies }) => [fields.request_id, bodies])).toEqual([
    ['r5', { request: '<a/>', response: '<b/>' }],
  ]);
});

test('of too many bodies the oldest go, and the requests stay', () => {
  const recent = filled(10);
  const half = 'x'.repeat(LIMITS.recentBodiesCharacters / 2);
  for (const id of ['r1', 'r2', 'r3']) recent.addBodies(id, { request: half, response: '' });
  const kept = recent.latest().flatMap(({ fields, bodies }) => (bodies ? [fields.request_id] : []));
  expect(kept).toEqual(['r3', 'r2']);
  expect(recent.latest()).toHaveLength(10);
  recent.addBodies('r4', { request: `${half}${half}x`, response: '' });
  expect(recent.latest().filter(({ bodies }) => bodies !== undefined)).toHaveLength(2);
});

test('bodies that leave the ring make room for others', () => {
  const recent = filled(1);
  const most = 'x'.repeat(LIMITS.recentBodiesCharacters);
  recent.addBodies('r0', { request: most, response: '' });
  for (let n = 0; n < LIMITS.recentRequests; n += 1) recent.add('info', { request_id: `s${n}` });
  recent.addBodies('s1', { request: most, response: '' });
  expect(recent.latest().find(({ fields }) => fields.request_id === 's1')?.bodies).toBeDefined();
});

test('who watches is told of each request at once, until it ends', () => {
  const recent = filled(0);
  const heard: unknown[] = [];
  const stop = recent.watch(({ fields }) => heard.push(fields.request_id));
  recent.add('error', { request_id: 'a' });
  stop();
  recent.add('info', { request_id: 'b' });
  expect(heard).toEqual(['a']);
});
