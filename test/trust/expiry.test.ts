/** Notices of what expires: at which marks, once each, for what. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../../certs/make.ts';
import { epochMs } from '../../src/model/units.ts';
import { dueNotices, type Expiring } from '../../src/trust/expiry.ts';
import { ACTOR, DAY_MS, openTestTrust, type TestTrust } from './support.ts';

const NOW = epochMs(Date.UTC(2030, 0, 1));

function thing(notAfter: number, lifetimeMs = Number.POSITIVE_INFINITY): Expiring {
  const subject = 'provider certificate' as const;
  return { subject, label: 'x', fingerprint: 'f', notAfter: epochMs(notAfter), lifetimeMs };
}

describe('a notice is due', () => {
  test.each([
    [90 * DAY_MS + 1, undefined],
    [90 * DAY_MS, 90],
    [30 * DAY_MS + 1, 90],
    [30 * DAY_MS, 30],
    [7 * DAY_MS, 7],
    [DAY_MS + 1, 7],
    [DAY_MS, 1],
    [1, 1],
    [0, 0],
    [-DAY_MS, 0],
  ])('%s ms before the end: mark %s', (left, mark) => {
    expect(dueNotices([thing(NOW + left)], NOW).map(({ daysLeft }) => daysLeft)).toEqual(
      mark === undefined ? [] : [mark],
    );
  });

  test('not at a mark that the thing’s whole life does not reach', () => {
    const week = thing(NOW + 6 * DAY_MS, 6 * DAY_MS);
    expect(dueNotices([week], NOW)).toEqual([]);
    expect(dueNotices([week], epochMs(NOW + 5.5 * DAY_MS))).toMatchObject([{ daysLeft: 1 }]);
  });
});

describe('watching', () => {
  let room: TestTrust;
  let root: Authority;
  beforeEach(async () => {
    room = await openTestTrust();
    root = await makeAuthority({ notAfter: Date.now() + 3000 * DAY_MS });
  });
  afterEach(() => room.close());
  const marks = (subject: string) =>
    room.events.flatMap((event) =>
      event.kind === 'expiry' && event.notice.subject === subject ? [event.notice.daysLeft] : [],
    );

  test('tells of the provider certificate once at each mark, over restarts too', async () => {
    await room.trust.watchExpiry();
    expect(marks('provider certificate')).toEqual([]);
    // Made for 365 days. Marks between two looks are passed over, the last one counts.
    for (const days of [276, 1, 59, 1, 22, 1, 4.5, 2]) {
      room.clock.moveBy(days * DAY_MS);
      await room.trust.watchExpiry();
      await room.trust.watchExpiry();
    }
    expect(marks('provider certificate')).toEqual([90, 30, 7, 1, 0]);
  });

  test('does not repeat itself after a restart', async () => {
    room.clock.moveBy(340 * DAY_MS);
    await room.trust.watchExpiry();
    await room.restart();
    await room.trust.watchExpiry();
    expect(marks('provider certificate')).toEqual([30]);
  });

  test('tells of trusted roots and of CRLs, and names them', async () => {
    const soon = await makeAuthority({ name: 'Soon', notAfter: Date.now() + 20 * DAY_MS });
    const crl = await root.crl({
      nextUpdate: Date.now() + 5 * DAY_MS,
      thisUpdate: Date.now() - 20 * DAY_MS,
    });
    const roots = [soon.certificatePem, root.certificatePem];
    await room.trust.registrations.addAuthorities({ roots, crls: [crl] }, ACTOR);
    await room.trust.watchExpiry();
    expect(marks('trusted certificate')).toEqual([30]);
    expect(marks('CRL')).toEqual([7]);
    const labels = room.events.map((event) => (event.kind === 'expiry' ? event.notice.label : ''));
    expect(labels.join()).toContain('"CN=Soon"');
  });
});
