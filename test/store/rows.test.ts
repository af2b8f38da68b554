/** What is written comes back the same, also after closing and opening again, and after a kill. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alarm } from '../../src/model/alarms.ts';
import type { Change } from '../../src/model/array.ts';
import { movableClock, systemClock } from '../../src/model/clock.ts';
import type { ArrayId, ContainerId, HostId, VvolId } from '../../src/model/ids.ts';
import { epochMs } from '../../src/model/units.ts';
import type { ProviderStore, Registration } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';

let dir: string;
let store: ProviderStore;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'store-'));
  store = openSqliteStore({ dir, clock: systemClock });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

async function reopen(
  options: { eventsKept?: number; alarmsKept?: number; noticesKept?: number } = {},
) {
  await store.close();
  store = openSqliteStore({ dir, clock: systemClock, ...options });
}

const registration = (id: string, certificates = 1): Registration => ({
  registrationId: id,
  kind: 'authorities',
  userName: 'admin',
  peerAddress: '192.0.2.1',
  vcenterIds: [],
  createdAt: epochMs(5),
  changedAt: epochMs(6),
  certificates: Array.from({ length: certificates }, (_, index) => ({
    fingerprint: index.toString(16).padStart(64, '0'),
    der: Buffer.from([index, 1, 2]).toString('base64'),
  })),
  crls: [Buffer.from('crl').toString('base64')],
});

const change = (sequence: bigint, more: Partial<Change> = {}): Change => ({
  sequence,
  at: epochMs(1000),
  arrayId: 'a' as ArrayId,
  kind: 'new',
  entity: 'VirtualVolumeInfo',
  entityId: `rfc4122.${sequence}`,
  containerId: undefined,
  hostId: undefined,
  vvolIds: [],
  ...more,
});

describe('users', () => {
  test('are replaced by name, removed once, and survive a restart', async () => {
    const user = { userName: 'a', passwordHash: 'x', createdAt: epochMs(1), changedAt: epochMs(1) };
    await store.saveUser(user);
    await store.saveUser({ ...user, passwordHash: 'y', changedAt: epochMs(2) });
    await reopen();
    expect(await store.users()).toEqual([{ ...user, passwordHash: 'y', changedAt: 2 }]);
    expect(await store.removeUser('a')).toBe(true);
    expect(await store.removeUser('a')).toBe(false);
  });
});

describe('registrations', () => {
  test('come back with certificates and CRLs in order', async () => {
    await store.saveRegistration(registration('r1', 3));
    await store.saveRegistration({ ...registration('r2'), vcenterIds: ['vc', 'vc-2'] });
    await reopen();
    expect(await store.registrations()).toEqual([
      registration('r1', 3),
      { ...registration('r2'), vcenterIds: ['vc', 'vc-2'] },
    ]);
  });

  test('are replaced whole, without touching another that holds the same certificate', async () => {
    await store.saveRegistration(registration('r1', 3));
    await store.saveRegistration(registration('r2', 3));
    await store.saveRegistration({ ...registration('r1', 1), crls: [] });
    expect(await store.registrations()).toEqual([
      { ...registration('r1', 1), crls: [] },
      registration('r2', 3),
    ]);
    expect(await store.removeRegistration('r1')).toBe(true);
    expect(await store.removeRegistration('r1')).toBe(false);
    expect(await store.registrations()).toEqual([registration('r2', 3)]);
  });

  test('one that cannot be written whole is not written at all', async () => {
    await store.saveRegistration(registration('r1', 1));
    const twice = registration('r1', 1).certificates[0];
    if (twice === undefined) throw new Error('no certificate');
    await expect(
      store.saveRegistration({ ...registration('r1'), certificates: [twice, twice] }),
    ).rejects.toMatchObject({ kind: 'failed' });
    expect(await store.registrations()).toEqual([registration('r1', 1)]);
  });
});

describe('the provider certificate', () => {
  test('is one, whoever installed it', async () => {
    expect(await store.providerCertificate()).toBeUndefined();
    for (const installedBy of ['self-signed', 'operator', { registrationId: 'r' }] as const) {
      const record = { chain: 'PEM', installedBy, installedAt: epochMs(7) };
      await store.saveProviderCertificate(record);
      await reopen();
      expect(await store.providerCertificate()).toEqual(record);
    }
  });
});

describe('notices', () => {
  test('are first once, also over a restart', async () => {
    expect(await store.markNotice('a')).toBe('first');
    expect(await store.markNotice('a')).toBe('repeated');
    await reopen();
    expect(await store.markNotice('a')).toBe('repeated');
  });

  test('are forgotten, oldest first, when there are too many', async () => {
    await reopen({ noticesKept: 3 });
    for (const key of ['a', 'b', 'c', 'd']) await store.markNotice(key);
    expect(await store.markNotice('b')).toBe('repeated');
    expect(await store.markNotice('a')).toBe('first');
  });
});

describe('the numbering of events', () => {
  test('starts at the second of creation times 2^20', async () => {
    const { createdAt } = await store.installation();
    const { oldest, newest } = await store.eventRange();
    expect(oldest).toBe(BigInt(Math.floor(createdAt / 1000)) << 20n);
    expect(newest).toBe(oldest - 1n);
  });

  test('a numbering begun later starts above whatever an earlier one reached', async () => {
    await store.appendChanges(0n, [change(1n), change(2n)]);
    const { newest } = await store.eventRange();
    await store.close();
    rmSync(join(dir, 'provider.db'));
    const later = movableClock();
    later.moveBy(1000);
    store = openSqliteStore({ dir, clock: later });
    expect((await store.eventRange()).oldest).toBeGreaterThan(newest);
  });

  test('numbers each change once, in order, and gives it back whole', async () => {
    const { oldest } = await store.eventRange();
    const rebind = change((1n << 60n) + 1n, {
      kind: 'rebind',
      containerId: 'c' as ContainerId,
      hostId: 'h' as HostId,
      vvolIds: ['v1' as VvolId, 'v2' as VvolId],
    });
    expect(await store.appendChanges(0n, [change(3n), rebind])).toBe(rebind.sequence);
    expect(await store.appendChanges(0n, [change(3n)])).toBe(rebind.sequence);
    await reopen();
    expect(await store.numberedUpTo()).toBe(rebind.sequence);
    expect(await store.events(oldest - 1n, 10)).toEqual([
      { eventId: oldest, at: 1000, body: { kind: 'change', change: change(3n) } },
      { eventId: oldest + 1n, at: 1000, body: { kind: 'change', change: rebind } },
    ]);
    expect(await store.events(oldest, 10)).toHaveLength(1);
    expect(await store.events(oldest - 1n, 1)).toHaveLength(1);
    expect(await store.events(oldest + 1n, 10)).toEqual([]);
  });

  test('adds nothing for a caller who is behind, and skips what is numbered already', async () => {
    await store.appendChanges(0n, [change(1n), change(2n)]);
    expect(await store.appendChanges(1n, [change(2n), change(3n)])).toBe(2n);
    expect(await store.appendChanges(2n, [change(2n), change(3n)])).toBe(3n);
    const { oldest, newest } = await store.eventRange();
    expect(newest - oldest).toBe(2n);
  });

  test('begun anew forgets every event, is above every id, and goes on at the place given', async () => {
    await store.appendChanges(0n, [change(1n), change(2n)]);
    const { newest: last } = await store.eventRange();
    expect(await store.restartNumbering(1n, 7n)).toBe(false);
    expect(await store.numberedUpTo()).toBe(2n);
    expect(await store.restartNumbering(2n, 7n)).toBe(true);
    for (const round of ['at once', 'after a restart']) {
      // A client that has `last` must count as one that has missed something.
      const { oldest, newest } = await store.eventRange();
      expect(oldest, round).toBe(last + 2n);
      expect(newest, round).toBe(last + 1n);
      expect(await store.events(0n, 10), round).toEqual([]);
      expect(await store.numberedUpTo(), round).toBe(7n);
      await reopen();
    }
    expect(await store.appendChanges(7n, [change(8n)])).toBe(8n);
    expect((await store.events(last, 10)).map((each) => each.eventId)).toEqual([last + 2n]);
  });

  test('keeps the provider’s own messages in the same sequence', async () => {
    await store.appendChanges(0n, [change(1n)]);
    const parameters = [{ name: 'days', value: '7' }];
    const event = await store.appendSystemEvent(epochMs(9), 'CertificateExpiry', parameters);
    const { newest } = await store.eventRange();
    expect(event.eventId).toBe(newest);
    expect(await store.events(newest - 1n, 5)).toEqual([event]);
    expect(await store.numberedUpTo()).toBe(1n);
  });

  test('whatever is appended, what is kept is the newest in one unbroken run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 12 }),
        async (sizes) => {
          await store.close();
          rmSync(join(dir, 'provider.db'));
          store = openSqliteStore({ dir, clock: systemClock, eventsKept: 10 });
          const start = (await store.eventRange()).oldest;
          let total = 0n;
          for (const size of sizes) {
            const changes = Array.from({ length: size }, (_, n) => change(total + BigInt(n) + 1n));
            total = await store.appendChanges(total, changes);
          }
          const inMemory = await store.eventRange();
          const places = Array.from({ length: 14 }, (_, n) => inMemory.newest + 1n - BigInt(n));
          const readAll = () =>
            Promise.all(
              places.flatMap((at) => [1, 3, 100].map((limit) => store.events(at, limit))),
            );
          const pages = await readAll();
          await reopen({ eventsKept: 10 });
          // The latest events come from memory before, and from the database after.
          expect(await readAll()).toEqual(pages);
          expect(await store.eventRange()).toEqual(inMemory);
          expect(inMemory.newest).toBe(start + total - 1n);
          const kept = await store.events(0n, 100);
          expect(kept.length).toBe(Number(total < 10n ? total : 10n));
          expect(kept.map((event) => event.eventId)).toEqual(
            kept.map((_, index) => inMemory.oldest + BigInt(index)),
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a kill', () => {
  test('loses no event and no user that had been acknowledged', { timeout: 60_000 }, async () => {
    await store.close();
    const writer = fileURLToPath(new URL('./support/writer.ts', import.meta.url));
    let acknowledged = 0;
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', writer, dir], { stdio: 'pipe' });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const last = text.trim().split('\n').at(-1);
        if (last !== undefined) acknowledged = Math.max(acknowledged, Number(last));
        if (acknowledged > (round + 1) * 40) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.once('close', resolve));
    }
    store = openSqliteStore({ dir, clock: systemClock });
    expect(acknowledged).toBeGreaterThan(100);
    expect(await store.numberedUpTo()).toBeGreaterThanOrEqual(BigInt(acknowledged));
    const { oldest, newest } = await store.eventRange();
    expect(newest - oldest + 1n).toBe(await store.numberedUpTo());
    const users = await store.users();
    expect(users.length).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe('the log of alarms', () => {
  const alarm = (objectId: string, status: Alarm['status']): Alarm => ({
    type: 'Object',
    objectType: 'StoragePort',
    objectId,
    arrayId: 'array-1' as ArrayId,
    containerId: undefined,
    status,
    messageId: `Alarm.${status}`,
    parameters: [{ name: 'objectId', value: objectId }],
    compliance: undefined,
  });

  test('starts where that of events does, for the same reason', async () => {
    const { oldest, newest } = await store.alarmRange();
    expect(oldest).toBe((await store.eventRange()).oldest);
    expect(newest).toBe(oldest - 1n);
    expect(await store.activeAlarms()).toEqual([]);
    expect(await store.judgedUpTo()).toBe(oldest - 1n);
  });

  test('keeps what is active apart from what became of it, over a restart', async () => {
    const at = epochMs(7);
    const [first, second] = await store.appendAlarms(
      at,
      [alarm('a', 'Red'), alarm('b', 'Yellow')],
      [],
    );
    const [third] = await store.appendAlarms(at, [alarm('a', 'Green')], []);
    await store.saveJudgedUpTo(99n);
    for (const round of ['at once', 'after a restart']) {
      expect(await store.activeAlarms(), round).toEqual([second]);
      const { oldest, newest } = await store.alarmRange();
      expect([oldest, newest], round).toEqual([first?.alarmId, third?.alarmId]);
      const log = await store.alarms(oldest - 1n, 10);
      expect(log, round).toMatchObject([
        { alarmId: oldest, alarm: { objectId: 'a', status: 'Red' } },
        { alarmId: oldest + 1n, alarm: { objectId: 'b', status: 'Yellow' } },
        { alarmId: oldest + 2n, alarm: { objectId: 'a', status: 'Green' } },
      ]);
      expect(await store.alarms(newest, 10), round).toEqual([]);
      expect(await store.judgedUpTo(), round).toBe(99n);
      await reopen();
    }
  });

  test('drops its oldest entries, and nothing of what is active', async () => {
    await reopen({ alarmsKept: 3 });
    for (let n = 0; n < 6; n += 1)
      await store.appendAlarms(epochMs(n), [alarm(`port-${n}`, 'Red')], []);
    const { oldest, newest } = await store.alarmRange();
    expect(newest - oldest).toBe(2n);
    expect(await store.alarms(0n, 10)).toHaveLength(3);
    expect(await store.activeAlarms()).toHaveLength(6);
  });

  test('takes the events about alarms along', async () => {
    const message = { messageId: 'Compliance', parameters: [], complianceOf: 'v1' as VvolId };
    const { newest } = await store.eventRange();
    await store.appendAlarms(epochMs(7), [alarm('a', 'Red')], [message]);
    await reopen();
    expect(await store.events(newest, 10)).toMatchObject([
      { eventId: newest + 1n, at: 7, body: { kind: 'system', ...message } },
    ]);
  });
});
