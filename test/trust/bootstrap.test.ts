/** The bootstrap grant: who holds it, for how long, and who does not. */
import { describe, expect, test } from 'vitest';
import { movableClock } from '../../src/model/clock.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { createGrants, type GrantPeer } from '../../src/trust/bootstrap.ts';

const grant = { registrationIds: ['r'], userName: 'admin' };
const peer = (given: Partial<GrantPeer> = {}): GrantPeer => ({
  connectionId: 'c1',
  remoteAddress: '192.0.2.1',
  certificate: undefined,
  ...given,
});

function given(to: GrantPeer) {
  const clock = movableClock();
  const grants = createGrants(clock);
  grants.give(to, grant);
  return { clock, grants };
}

describe('a grant given without a client certificate', () => {
  test('is held by the connection, also from another address', () => {
    const { grants } = given(peer());
    expect(grants.heldBy(peer({ remoteAddress: '192.0.2.9' }))).toEqual(grant);
  });
  test('is held by another connection from the same address', () => {
    const { grants } = given(peer());
    expect(grants.heldBy(peer({ connectionId: 'c2' }))).toEqual(grant);
    expect(grants.heldBy(peer({ connectionId: 'c2', certificate: 'x' }))).toEqual(grant);
  });
  test('is not held by anybody else', () => {
    const { grants } = given(peer());
    expect(grants.heldBy(peer({ connectionId: 'c2', remoteAddress: '192.0.2.9' }))).toBeUndefined();
  });
});

test('two that register at once from one address hold what each was given', () => {
  const { grants } = given(peer());
  const other = { ...grant, registrationIds: ['other'] };
  grants.give(peer({ connectionId: 'c2' }), other);
  expect(grants.heldBy(peer())).toEqual(grant);
  expect(grants.heldBy(peer({ connectionId: 'c2' }))).toEqual(other);
  expect(grants.heldBy(peer({ connectionId: 'c3' })), 'the newest of the address').toEqual(other);
});

describe('a grant given to a client certificate', () => {
  const to = peer({ certificate: 'x' });
  test('is held by that certificate from anywhere', () => {
    const { grants } = given(to);
    const elsewhere = { connectionId: 'c2', remoteAddress: '192.0.2.9' };
    expect(grants.heldBy(peer({ ...elsewhere, certificate: 'x' }))).toEqual(grant);
  });
  test('is not held by the address', () => {
    const { grants } = given(to);
    expect(grants.heldBy(peer({ connectionId: 'c2' }))).toBeUndefined();
    expect(grants.heldBy(peer({ connectionId: 'c2', certificate: 'y' }))).toBeUndefined();
  });
});

test('an address holds no grant where the operator rules that out', () => {
  const grants = createGrants(movableClock(), { byAddress: false });
  grants.give(peer(), grant);
  expect(grants.heldBy(peer())).toEqual(grant);
  expect(grants.heldBy(peer({ connectionId: 'c2' }))).toBeUndefined();
});

test('a grant ends with its time', () => {
  const { grants, clock } = given(peer());
  clock.moveBy(LIMITS.bootstrapGrantMs - 1000);
  expect(grants.heldBy(peer())).toEqual(grant);
  clock.moveBy(1000);
  expect(grants.heldBy(peer())).toBeUndefined();
});

test('a grant ends with its registration', () => {
  const { grants } = given(peer());
  grants.revoke('another');
  expect(grants.heldBy(peer())).toEqual(grant);
  grants.revoke('r');
  expect(grants.heldBy(peer())).toBeUndefined();
});

test('the newest grant counts, and the oldest goes when there are too many', () => {
  const grants = createGrants(movableClock(), { limit: 2 });
  for (const id of ['1', '2', '3']) {
    grants.give(peer({ connectionId: id, remoteAddress: id }), { ...grant, registrationIds: [id] });
  }
  expect(grants.heldBy(peer({ connectionId: '1', remoteAddress: '1' }))).toBeUndefined();
  expect(grants.heldBy(peer({ connectionId: '2' }))?.registrationIds).toEqual(['2']);
  grants.give(peer({ connectionId: '2' }), grant);
  expect(grants.heldBy(peer({ connectionId: '2' }))).toEqual(grant);
});
