/**
 * Registrations: which vCenter made whom trusted, and the changes that the registration calls bring.
 * Several vCenters stand side by side; a change touches the caller's registration and no other. vCenters
 * with the same CA roots share one, and none takes from it what the others need. Changes go one after
 * another, to the store first and then into force.
 */
import type { Clock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import type { ProviderStore, Registration } from '../store/port.ts';
import { type Anchors, anchorsOf, type Parts, partsOf } from './anchors.ts';
import { checkCrls, newestCrls, readAuthorities, readCrls } from './authorities.ts';
import { type Certificate, labelOf } from './certificate.ts';
import type { Crl } from './crl.ts';
import type { Actor, TrustListener } from './events.ts';
import {
  belongsTo,
  changedBy,
  checkSize,
  content,
  fresh,
  isSameSet,
  joined,
  othersThan,
  ownAmong,
  toLearn,
  without,
  withThis,
} from './registration-record.ts';

/** Roots and CRLs as the client sent them: PEM or base64 of DER. */
export interface GivenAuthorities {
  readonly roots: readonly string[];
  readonly crls: readonly string[];
}

/** Which of the caller's registrations a call is about. */
export interface Caller {
  /** Registrations that the caller's certificate chains to. */
  readonly registrationIds: readonly string[];
  /** vcGuid of the caller's session, when there is one. */
  readonly vcenterId: string | undefined;
}

export interface Registrations {
  /** What is in force. A new object after every change; compare to see whether there was one. */
  anchors(): Anchors;
  all(): readonly Registration[];
  /** What a registration of `all` holds, read once: a CRL may be megabytes. */
  parts(registration: Registration): Parts;
  /** registerCACertificatesAndCRLs: the same set of roots again is the same registration. */
  addAuthorities(given: GivenAuthorities, by: Actor): Promise<Registration>;
  /** registerVASACertificate. Undefined: this certificate was registered already; nothing changed. */
  addCertificate(own: Certificate, by: Actor): Promise<Registration | undefined>;
  /** refreshCACertificatesAndCRLs: replaces the CAs of the caller's; only adds where others share it. */
  refresh(caller: Caller, given: GivenAuthorities, by: Actor): Promise<void>;
  /** False when there is none of that id. `by` undefined: the operator. */
  remove(registrationId: string, by: Actor | undefined): Promise<boolean>;
  /** Takes this vCenter out, and removes the registration (true) when no other is left in it. */
  leave(registrationId: string, vcenterId: string | undefined, by: Actor): Promise<boolean>;
  /** Notes the vCenter in those that belong to none yet; in all of them when each belongs to others. */
  learnVcenter(registrationIds: readonly string[], vcenterId: string): Promise<void>;
  /** Those of the caller's registrations that are its own and not another vCenter's. */
  ownOf(caller: Caller): readonly Registration[];
}

export async function openRegistrations(options: {
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly announce: TrustListener;
  /** Called after each change that is in force, before the change's call resolves. */
  readonly onChange: (before: Anchors) => Promise<void>;
}): Promise<Registrations> {
  return new Book(options, await options.store.registrations());
}

type Options = Parameters<typeof openRegistrations>[0];

class Book implements Registrations {
  readonly #options: Options;
  #all: readonly Registration[];
  #anchors: Anchors;
  #last: Promise<unknown> = Promise.resolve();
  readonly #parts = new WeakMap<Registration, Parts>();

  constructor(options: Options, all: readonly Registration[]) {
    this.#options = options;
    this.#all = all;
    this.#anchors = this.#read(all);
  }

  anchors(): Anchors {
    return this.#anchors;
  }

  all(): readonly Registration[] {
    return this.#all;
  }

  parts(registration: Registration): Parts {
    const parts = this.#parts.get(registration) ?? partsOf(registration);
    this.#parts.set(registration, parts);
    return parts;
  }

  ownOf({ registrationIds, vcenterId }: Caller): readonly Registration[] {
    return ownAmong(this.#listed(registrationIds), vcenterId);
  }

  addAuthorities(given: GivenAuthorities, by: Actor): Promise<Registration> {
    return this.#change(async () => {
      const roots = this.#readRoots(given.roots);
      const crls = readCrls(given.crls);
      const same = this.#all.find((each) => each.kind === 'authorities' && isSameSet(each, roots));
      if (same === undefined) this.#checkRoom();
      const base = same ?? fresh('authorities', by, this.#now());
      const kept = this.#crlsToHold(base, roots, crls);
      const registration = { ...base, ...content(roots, kept), ...changedBy(by, this.#now()) };
      await this.#save(registration);
      this.#options.announce({
        kind: 'registered',
        change: same === undefined ? 'added' : 'renewed',
        registrationId: registration.registrationId,
        certificates: roots.map(labelOf),
        crls: kept.length,
        by,
      });
      return registration;
    });
  }

  addCertificate(own: Certificate, by: Actor): Promise<Registration | undefined> {
    return this.#change(async () => {
      if (this.#anchors.exact.has(own.fingerprint)) return undefined;
      this.#checkRoom();
      const registration = { ...fresh('certificate', by, this.#now()), ...content([own], []) };
      await this.#save(registration);
      this.#options.announce({
        kind: 'registered',
        change: 'added',
        registrationId: registration.registrationId,
        certificates: [labelOf(own)],
        crls: 0,
        by,
      });
      return registration;
    });
  }

  refresh(caller: Caller, given: GivenAuthorities, by: Actor): Promise<void> {
    return this.#change(async () => {
      const targets = this.ownOf(caller);
      if (targets.length === 0) {
        throw new VasaFault(
          'PermissionDenied',
          'No registration of this caller is to be refreshed.',
        );
      }
      const roots = this.#readRoots(given.roots);
      const crls = readCrls(given.crls);
      const renewed = targets.map((target) => {
        const { own, authorities } = this.parts(target);
        const isShared = othersThan(target, caller.vcenterId).length > 0;
        const next = isShared ? joined(authorities, roots) : roots;
        const certificates = joined(own === undefined ? [] : [own], next);
        const kept = this.#crlsToHold(target, next, crls);
        checkSize(certificates, kept);
        return {
          target,
          next: { ...target, ...content(certificates, kept), changedAt: this.#now() },
        };
      });
      for (const { target, next } of renewed) {
        await this.#save(next);
        this.#announceRefresh(target, next, by);
      }
    });
  }

  remove(registrationId: string, by: Actor | undefined): Promise<boolean> {
    return this.#change(() => this.#remove(registrationId, by));
  }

  leave(registrationId: string, vcenterId: string | undefined, by: Actor): Promise<boolean> {
    return this.#change(async () => {
      const registration = this.#all.find((each) => each.registrationId === registrationId);
      if (registration === undefined) return false;
      const vcenterIds = othersThan(registration, vcenterId);
      if (vcenterIds.length === 0) return this.#remove(registrationId, by);
      if (vcenterId !== undefined && belongsTo(registration, vcenterId)) {
        await this.#saveVcenters({ ...registration, vcenterIds });
        this.#options.announce({ kind: 'vcenterLeft', registrationId, vcenterId, by });
      }
      return false;
    });
  }

  async learnVcenter(registrationIds: readonly string[], vcenterId: string): Promise<void> {
    const unlearned = () => toLearn(this.#listed(registrationIds), vcenterId);
    if (unlearned().length === 0) return;
    await this.#change(async () => {
      for (const registration of unlearned()) {
        const { registrationId, vcenterIds } = registration;
        await this.#saveVcenters({ ...registration, vcenterIds: [...vcenterIds, vcenterId] });
        this.#options.announce({ kind: 'vcenterLearned', registrationId, vcenterId });
      }
    });
  }

  #listed(ids: readonly string[]): readonly Registration[] {
    return this.#all.filter((each) => ids.includes(each.registrationId));
  }

  async #remove(registrationId: string, by: Actor | undefined): Promise<boolean> {
    if (!(await this.#options.store.removeRegistration(registrationId))) return false;
    await this.#put(this.#all.filter((each) => each.registrationId !== registrationId));
    this.#options.announce({ kind: 'unregistered', registrationId, by });
    return true;
  }

  /** Nobody's trust changes by this, so nothing is announced as a change of trust. */
  async #saveVcenters(registration: Registration): Promise<void> {
    await this.#options.store.saveRegistration(registration);
    this.#all = withThis(this.#all, registration);
  }

  /** One change at a time; a failed one does not stop those after it. */
  #change<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #save(registration: Registration): Promise<void> {
    await this.#options.store.saveRegistration(registration);
    await this.#put(withThis(this.#all, registration));
  }

  async #put(all: readonly Registration[]): Promise<void> {
    const before = this.#anchors;
    this.#all = all;
    this.#anchors = this.#read(all);
    await this.#options.onChange(before);
  }

  #readRoots(texts: readonly string[]): readonly Certificate[] {
    const roots = readAuthorities(texts, this.#now());
    if (roots.length > 0) return roots;
    throw new VasaFault('InvalidCertificate', 'The call brings no CA certificate.');
  }

  #crlsToHold(
    registration: Registration,
    roots: readonly Certificate[],
    given: readonly Crl[],
  ): readonly Crl[] {
    const { unused } = checkCrls(given, [
      ...roots,
      ...this.#anchors.all().map(({ certificate }) => certificate),
    ]);
    const { registrationId } = registration;
    for (const { issuer } of unused) {
      this.#options.announce({ kind: 'crlUnused', issuer, registrationId });
    }
    const held = this.parts(registration).crls.filter(({ issuerKey }) =>
      roots.some(({ subjectKey }) => subjectKey === issuerKey),
    );
    return newestCrls(held, given);
  }

  #announceRefresh(before: Registration, after: Registration, by: Actor): void {
    const [old, held] = [this.parts(before).authorities, this.parts(after).authorities];
    this.#options.announce({
      kind: 'refreshed',
      registrationId: after.registrationId,
      added: without(held, old).map(labelOf),
      removed: without(old, held).map(labelOf),
      crls: after.crls.length,
      by,
    });
  }

  #read(all: readonly Registration[]): Anchors {
    return anchorsOf(all, (each) => this.parts(each));
  }

  #checkRoom(): void {
    if (this.#all.length < LIMITS.registrations) return;
    throw new VasaFault(
      'StorageFault',
      `This provider holds ${LIMITS.registrations} registrations already; remove one first.`,
    );
  }

  #now() {
    return this.#options.clock.now();
  }
}
