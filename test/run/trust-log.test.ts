/** Goal: each thing trust tells becomes a line; an expiring provider certificate also an event; a change, new ticket keys. */
import { describe, expect, it } from 'vitest';
import { epochMs } from '../../src/model/units.ts';
import { trustListener } from '../../src/run/trust-log.ts';
import type { ExpiryNotice } from '../../src/trust/events.ts';
import { keptLog } from '../log/records.ts';

function listening() {
  const kept = keptLog();
  const announced: unknown[] = [];
  let rotations = 0;
  const listener = trustListener({
    log: kept.log,
    announce: async (...args) => void announced.push(args),
    trustChanged: () => {
      rotations += 1;
    },
  });
  return { ...kept, announced, listener, rotations: () => rotations };
}

const by = { peerAddress: '192.0.2.1', certificate: undefined, userName: 'admin' };
const notice: ExpiryNotice = {
  subject: 'provider certificate',
  label: 'vp',
  fingerprint: 'ab',
  notAfter: epochMs(Date.UTC(2027, 0, 1)),
  daysLeft: 30,
};

describe('what trust tells', () => {
  it('is one line each, a warning where somebody has to act', () => {
    const { listener, lines } = listening();
    listener({ kind: 'loginFailed', by, why: 'the password is wrong' });
    listener({ kind: 'unregistered', registrationId: 'r-1', by });
    expect(lines()).toMatchObject([
      {
        level: 'warn',
        subject: 'users',
        id: 'users.login_failed',
        facts: { peer_address: '192.0.2.1', user: 'admin', why: 'the password is wrong' },
      },
      { level: 'info', id: 'trust.registration_removed', facts: { registration: 'r-1' } },
    ]);
  });

  it('a change of trust rotates the ticket keys at once', () => {
    const { listener, rotations } = listening();
    listener({ kind: 'trustChanged', epoch: 2, sessionsEnded: 0 });
    expect(rotations()).toBe(1);
  });

  it('only the provider’s own certificate makes a VASA event when it expires', () => {
    const { listener, announced } = listening();
    listener({ kind: 'expiry', notice });
    listener({ kind: 'expiry', notice: { ...notice, daysLeft: 0 } });
    listener({ kind: 'expiry', notice: { ...notice, subject: 'CRL' } });
    const date = '2027-01-01T00:00:00.000Z';
    expect(announced).toEqual([
      ['CertificateExpires', { days: '30', date }],
      ['CertificateExpired', { date }],
    ]);
  });
});
