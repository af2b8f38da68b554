/** Rules where they could be wrong: what looks like an incident and is another, or none; from lines made up. */
import { expect, it } from 'vitest';
import { findingsIn, foundIn, type MadeUp, polls } from './made-up.ts';

const VOLUME = 'rfc4122.00000000-0000-4000-8000-000000000001';
const OTHER = 'rfc4122.00000000-0000-4000-8000-000000000002';
const call = (at: number, operation: string, fields: object = {}): MadeUp => ({
  at,
  line: { operation, outcome: 'ok', host_id: 'h', vvol_ids: [VOLUME], ...fields },
});
const refused = (at: number) =>
  call(at, 'deleteVirtualVolume', { host_id: 'other', outcome: 'ResourceInUse' });

it('a volume that a living host holds is in use, and not stale', () => {
  const [finding] = findingsIn([call(0, 'bindVirtualVolume'), ...polls(10, 700), refused(700)]);
  expect(finding).toMatchObject({ id: 'volume-in-use', severity: 'warning' });
  expect(finding?.what).toContain('host h has it bound');
  expect(finding?.remedy).toContain('Power the machine off');
});

it('a volume that was unbound, or never bound in this log, has no holder to be named', () => {
  for (const before of [[call(0, 'bindVirtualVolume'), call(1, 'unbindVirtualVolume')], []]) {
    const [finding] = findingsIn([...before, refused(900)]);
    expect(finding).toMatchObject({ id: 'volume-in-use', about: [VOLUME] });
  }
});

it('a bind that failed is no binding, and the unbind of one host none of another’s', () => {
  const failed = call(0, 'bindVirtualVolume', { item_faults: { NotFound: 1 } });
  const stale = (lines: readonly MadeUp[]) =>
    foundIn([...lines, refused(900)]).includes('stale-binding');
  expect(stale([failed])).toBe(false);
  const foreign = call(1, 'unbindVirtualVolume', { host_id: 'other' });
  expect(stale([call(0, 'bindVirtualVolume'), foreign])).toBe(true);
  expect(stale([call(0, 'bindVirtualVolume'), call(1, 'unbindVirtualVolumeFromAllHost')])).toBe(
    false,
  );
});

it('a batch of which one of several volumes is in use is told as a fault', () => {
  const batch = { vvol_ids: [VOLUME, OTHER], item_faults: { ResourceInUse: 1 } };
  expect(
    foundIn([call(0, 'bindVirtualVolume'), call(1, 'updateVirtualVolumeMetaData', batch)]),
  ).toEqual(['fault-ResourceInUse']);
});

it('ten hosts in ten seconds are a storm, ten in a quarter of an hour are not', () => {
  const hosts = (everySeconds: number) =>
    Array.from({ length: 12 }, (_, index) =>
      call(index * everySeconds, 'setContext', { host_id: `h${index}`, vvol_ids: [] }),
    );
  expect(foundIn(hosts(0.5))).toEqual(['set-context-storm']);
  expect(foundIn(hosts(60))).toEqual([]);
  const one = Array.from({ length: 50 }, (_, index) => call(index / 10, 'setContext'));
  expect(foundIn(one), 'one host that opens session after session').toEqual([]);
});

it('a bind without an endpoint is told also when no alarm says why', () => {
  const cause = [{ message: 'no endpoint of the host is online' }];
  const fields = { item_faults: { StorageFault: 1 }, item_cause: cause };
  const [finding] = findingsIn([call(0, 'bindVirtualVolume', fields)]);
  expect(finding).toMatchObject({ id: 'lost-endpoint', about: [VOLUME] });
  expect(finding?.why).toContain('no alarm');
});

it('an endpoint that comes back is told with when', () => {
  const alarm = (at: number, status: string): MadeUp => ({
    at,
    line: {
      ...{
        event: 'notice',
        level: 'warn',
        id: status === 'Green' ? 'alarms.ended' : 'alarms.raised',
      },
      facts: { status, object_type: 'ProtocolEndpoint', object_id: 'pe-1' },
    },
  });
  const found = findingsIn([alarm(0, 'Red'), alarm(30, 'Red'), alarm(60, 'Green')]);
  expect(found).toHaveLength(1);
  expect(found[0]?.what).toContain(
    'pe-1 went offline at 2026-05-01T09:00:00Z; back at 2026-05-01T09:01:00Z',
  );
});

it('a failure that a fault rule made is told as one', () => {
  const injected = { outcome: 'StorageFault', injected: ['rule-1: error failed'] };
  const [plain, snapshot] = findingsIn([
    call(0, 'createVirtualVolume', injected),
    call(1, 'snapshotVirtualVolume', injected),
  ]).toSorted((a, b) => a.id.localeCompare(b.id));
  for (const each of [plain, snapshot]) expect(each?.why).toContain('it is no real failure');
});

it('every fault is told by some finding, also one that this release does not know', () => {
  for (const outcome of [
    'StorageFault',
    'NotFound',
    'OutOfResource',
    'Client',
    'Server',
    'Invented',
  ])
    expect(foundIn([call(0, 'createVirtualVolume', { outcome })]), outcome).toHaveLength(1);
  for (const refusal of ['expired: x', 'no session: unknown', 'nobody knows: x', 'x'])
    expect(
      foundIn([call(0, 'queryArrays', { outcome: 'InvalidSession', refusal })]),
      refusal,
    ).toHaveLength(1);
});

it('worse findings come first', () => {
  const faults = ['NotFound', 'NotSupported', 'StorageFault'].map((outcome, at) =>
    call(at, 'cloneVirtualVolume', { outcome }),
  );
  expect(findingsIn(faults).map(({ severity }) => severity)).toEqual([
    'failure',
    'warning',
    'remark',
  ]);
});

it('a host that does not reach the provider is told from its own log', () => {
  const vvold = (text: string): MadeUp => ({
    at: 0,
    file: 'vvold.log',
    line: (time) => `${time} warning vvold[1] [Originator@6876 sub=Default] ${text}`,
  });
  const lost = vvold(
    'VasaSession::DoSetContext: setContext for VP a (url: https://vp:8443/) failed [connectionState: TransportError]: TRANSPORT_FAULT (Timeout)',
  );
  const answered = vvold(
    '===> FINAL FAILURE bindVirtualVolume VP (a) Container (c) timeElapsed=9 msecs (#outstanding 0): STORAGE_FAULT (x)',
  );
  expect(foundIn([lost, answered])).toEqual(['provider-not-reached', 'client-saw-fault']);
  expect(foundIn([{ at: 1 }, lost, answered]), 'the provider’s own log says more').toEqual([
    'provider-not-reached',
  ]);
});
