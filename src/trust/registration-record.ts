/**
 * The stored form of a registration and how it is made and compared. Plain functions; changing what is
 * registered is `registrations.ts`'s.
 */
import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../model/units.ts';
import type { Registration } from '../store/port.ts';
import type { Certificate } from './certificate.ts';
import type { Crl } from './crl.ts';
import type { Actor } from './events.ts';

/** A registration with an id of its own that trusts nobody yet. */
export function fresh(kind: Registration['kind'], by: Actor, now: EpochMs): Registration {
  return {
    registrationId: randomUUID(),
    kind,
    vcenterIds: [],
    createdAt: now,
    certificates: [],
    crls: [],
    ...changedBy(by, now),
  };
}

/** Who brought it last, and when. */
export function changedBy(by: Actor, changedAt: EpochMs) {
  return { userName: by.userName ?? '', peerAddress: by.peerAddress, changedAt };
}

/** What a registration holds, in the form the store keeps. */
export function content(certificates: readonly Certificate[], crls: readonly Crl[]) {
  return {
    certificates: certificates.map(({ fingerprint, der }) => ({
      fingerprint,
      der: der.toString('base64'),
    })),
    crls: crls.map(({ der }) => der.toString('base64')),
  };
}

/** `held`, and those of `more` that are not among them. */
export function joined(
  held: readonly Certificate[],
  more: readonly Certificate[],
): readonly Certificate[] {
  const known = new Set(held.map(({ fingerprint }) => fingerprint));
  return [...held, ...more.filter(({ fingerprint }) => !known.has(fingerprint))];
}

/** Does the registration hold exactly these? */
export function isSameSet(registration: Registration, roots: readonly Certificate[]): boolean {
  const held = new Set(registration.certificates.map(({ fingerprint }) => fingerprint));
  return held.size === roots.length && roots.every(({ fingerprint }) => held.has(fingerprint));
}

/** Does the registration belong to this vCenter, perhaps among others? */
export function belongsTo(registration: Registration, vcenterId: string | undefined): boolean {
  return othersThan(registration, vcenterId).length < registration.vcenterIds.length;
}

/** The vCenters that a registration belongs to beside this one. Ids are compared without regard to case. */
export function othersThan(
  { vcenterIds }: Registration,
  vcenterId: string | undefined,
): readonly string[] {
  return vcenterIds.filter((each) => each.toLowerCase() !== vcenterId?.toLowerCase());
}
