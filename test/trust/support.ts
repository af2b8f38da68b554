/** What the tests of the trust room share: a room on a store in a folder of its own, and clients' shapes. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from '../../certs/make.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import { VasaFault } from '../../src/model/faults.ts';
import type { UsageContext } from '../../src/model/session.ts';
import type { ProviderStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Actor, TrustEvent } from '../../src/trust/events.ts';
import type { CrlPolicy } from '../../src/trust/path.ts';
import type { ServedCertificate } from '../../src/trust/provider-certificate.ts';
import { createSessions, type Sessions } from '../../src/trust/sessions.ts';
import { openTrust, type PresentedCertificate, type Trust } from '../../src/trust/trust.ts';

export const DAY_MS = 86_400_000;

export interface TestTrust {
  readonly trust: Trust;
  readonly store: ProviderStore;
  readonly sessions: Sessions;
  readonly clock: MovableClock;
  readonly dir: string;
  /** Everything announced so far. */
  readonly events: TrustEvent[];
  /** Every certificate that TLS was told to serve. */
  readonly served: ServedCertificate[];
  /** Closes the store and opens everything anew, as a restart does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The room with an ECDSA key, because RSA keys take long to make. */
export async function openTestTrust(
  options: { readonly policy?: Partial<CrlPolicy>; readonly dir?: string } = {},
): Promise<TestTrust> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'trust-'));
  const clock = movableClock();
  const events: TrustEvent[] = [];
  const served: ServedCertificate[] = [];
  const open = async () => {
    const store = openSqliteStore({ dir, clock });
    const sessions = createSessions(clock);
    const trust = await openTrust({
      dataDir: dir,
      names: ['provider.example', '127.0.0.1'],
      store,
      clock,
      sessions,
      announce: (event) => events.push(event),
      keyKind: 'ecdsa',
      passwordCost: { ln: 4, r: 8, p: 1 },
      onCertificateChanged: (each) => served.push(each),
      ...(options.policy === undefined ? {} : { policy: options.policy }),
    });
    return { store, sessions, trust };
  };
  const test = {
    ...(await open()),
    clock,
    dir,
    events,
    served,
    restart: async () => {
      await test.store.close();
      Object.assign(test, await open());
    },
    close: async () => {
      await test.store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return test;
}

/** As a full TLS handshake would show it; `resumed` leaves the issuers out. */
export function presented(
  issued: Issued,
  handshake: 'full' | 'resumed' = 'full',
): PresentedCertificate {
  const [, ...issuers] = blocksOf(issued.chainPem);
  return {
    fingerprint: issued.fingerprint,
    der: issued.der,
    // As the wire hands it over after a full handshake; a resumed one shows the way without.
    ...(handshake === 'full' && { parsed: new X509Certificate(issued.der) }),
    issuers: handshake === 'full' ? issuers : [],
  };
}

export function blocksOf(pem: string): Buffer[] {
  return [...pem.matchAll(/-----BEGIN [^-]+-----([^-]*)-----END/g)].map(([, body = '']) =>
    Buffer.from(body, 'base64'),
  );
}

export const ACTOR: Actor = {
  peerAddress: '192.0.2.7',
  certificate: undefined,
  userName: 'admin',
};

export function usageContext(given: Partial<UsageContext> = {}): UsageContext {
  return {
    hostId: undefined,
    vcenterId: undefined,
    initiators: [],
    mountPoints: [],
    hostIoIpAddresses: [],
    iscsiInitiatorIpAddresses: [],
    subscribedEvents: [],
    ...given,
  };
}

/** Opens a session for the certificate and gives its id. */
export async function sessionOf(
  { sessions }: Pick<TestTrust, 'sessions'>,
  { fingerprint }: Pick<Issued, 'fingerprint'>,
  given: Partial<UsageContext> = {},
): Promise<string> {
  const { sessionId } = await sessions.open({
    certificate: fingerprint,
    subject: `CN=${fingerprint}`,
    registrationIds: ['registration'],
    usageContext: usageContext(given),
    timeoutSeconds: undefined,
    replaces: undefined,
  });
  return sessionId;
}

/** The fault that `work` ends with; fails when it ends with none. */
export async function faultOf(work: Promise<unknown> | (() => unknown)): Promise<VasaFault> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    if (thrown instanceof VasaFault) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

/** Kinds of the events announced, for comparing. */
export function kinds(events: readonly TrustEvent[]): string[] {
  return events.map(({ kind }) => kind);
}
