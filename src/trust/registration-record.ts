/**
 * The stored form of a registration and how it is made and compared. Plain functions; changing what is
 * registered is `registrations.ts`'s.
 */
import { randomUUID } from 'node:crypto';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
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
  return [...held, ...without(more, held)];
}

/** Those that are not among `others`. */
export function without(
  certificates: readonly Certificate[],
  others: readonly Certificate[],
): readonly Certificate[] {
  const known = new Set(others.map(({ fingerprint }) => fingerprint));
  return certificates.filter(({ fingerprint }) => !known.has(fingerprint));
}

/** The list with this registration in the place of its former state, or at the end. */
export function withThis(
  all: readonly Registration[],
  registration: Registration,
): readonly Registration[] {
  const isThis = (each: Registration) => each.registrationId === registration.registrationId;
  if (!all.some(isThis)) return [...all, registration];
  return all.map((each) => (isThis(each) ? registration : each));
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

/** Those of a caller's registrations that are its vCenter's own. */
export function ownAmong(
  mine: readonly Registration[],
  vcenterId: string | undefined,
): readonly Registration[] {
  if (mine.length < 2 || vcenterId === undefined) return mine;
  // A root shared by two vCenters makes the caller chain to both registrations.
  const sameVcenter = mine.filter((each) => belongsTo(each, vcenterId));
  return sameVcenter.length > 0 ? sameVcenter : mine.filter((each) => each.vcenterIds.length === 0);
}

/** Those of a vCenter's registrations in which it is still to be noted. */
export function toLearn(mine: readonly Registration[], vcenterId: string): readonly Registration[] {
  const nobodys = mine.filter((each) => each.vcenterIds.length === 0);
  if (nobodys.length > 0) return nobodys;
  if (mine.some((each) => belongsTo(each, vcenterId))) return [];
  return mine.filter((each) => each.vcenterIds.length < LIMITS.vcentersPerRegistration);
}

/** Faults: StorageFault when vCenters have added more to each other's than one registration holds. */
export function checkSize(certificates: readonly Certificate[], crls: readonly Crl[]): void {
  const { certificatesPerRegistration: most } = LIMITS;
  if (Math.max(certificates.length, crls.length) <= most) return;
  throw new VasaFault(
    'StorageFault',
    `A registration holds at most ${most} certificates and CRLs.`,
  );
}
