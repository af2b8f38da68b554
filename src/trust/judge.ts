/**
 * Judges the certificates that clients present, and remembers for how long each judgement holds: until
 * the registrations change or the clock passes one of the dates on its path. Refusals are not remembered.
 */
import type { X509Certificate } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { RefusalReason } from '../model/refusals.ts';
import type { EpochMs } from '../model/units.ts';
import { type Anchors, hasIssued, rememberingIssued } from './anchors.ts';
import {
  type Certificate,
  certificateOf,
  labelOf,
  readCertificate,
  sha256Hex,
} from './certificate.ts';
import type { TrustListener } from './events.ts';
import { type CrlPolicy, type ValidPath, validatePath } from './path.ts';

/** A client whose certificate is trusted now. */
export interface TrustedClient {
  /** SHA-256 of the certificate, 64 lower-case hex digits. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notAfter: EpochMs;
  /** The registrations that make it trusted: at least one. */
  readonly registrationIds: readonly string[];
}

export type Judgement =
  | { readonly trusted: true; readonly client: TrustedClient }
  | { readonly trusted: false; readonly reason: RefusalReason; readonly detail: string };

/** What a TLS client has shown; the handshake has proved that it owns the key. */
export interface PresentedCertificate {
  readonly fingerprint: string;
  readonly der: Uint8Array;
  /** The same as OpenSSL has read it already; undefined: it is read from `der`. */
  readonly parsed?: X509Certificate;
  /** CA certificates sent along; empty on a resumed TLS session. */
  readonly issuers: readonly Uint8Array[];
}

interface Remembered {
  readonly certificate: Certificate;
  readonly issuers: readonly Certificate[];
  /** The anchors it was judged against. */
  readonly anchors: Anchors;
  readonly path: ValidPath;
  readonly client: TrustedClient;
}

/** Judges presented certificates. Synchronous: signatures are microseconds. */
export class Judge {
  readonly #anchors: () => Anchors;
  readonly #clock: Clock;
  readonly #policy: CrlPolicy;
  readonly #announce: TrustListener;
  /** By fingerprint, the one used longest ago first. Refusals are not remembered. */
  readonly #judged = new Map<string, Remembered>();
  /** Intermediate CAs of valid chains: a resumed TLS session does not send them again. */
  readonly #intermediates = new Map<string, Certificate>();
  readonly #hasIssued = rememberingIssued();
  /** CAs that were trusted once, to explain refusals. */
  readonly #removed = new Map<string, Certificate>();
  /** What has been said of CRLs, so that it is said once. */
  readonly #told = new Set<string>();

  constructor(anchors: () => Anchors, clock: Clock, policy: CrlPolicy, announce: TrustListener) {
    this.#anchors = anchors;
    this.#clock = clock;
    this.#policy = policy;
    this.#announce = announce;
  }

  judge(presented: PresentedCertificate | undefined): Judgement {
    if (presented === undefined) {
      return { trusted: false, reason: 'missing', detail: 'the client presented no certificate' };
    }
    const known = this.#judged.get(presented.fingerprint);
    if (known !== undefined && this.#holds(known)) {
      remember(this.#judged, presented.fingerprint, known, LIMITS.judgedCertificates);
      return { trusted: true, client: known.client };
    }
    const { der, parsed } = presented;
    const certificate =
      parsed === undefined
        ? readOrUndefined(() => readCertificate(der))
        : readOrUndefined(() => certificateOf(parsed));
    if (certificate === undefined) {
      return { trusted: false, reason: 'malformed', detail: 'the certificate cannot be read' };
    }
    const sent = presented.issuers
      .slice(0, LIMITS.chainCertificates)
      .map((der) => this.#issuer(der));
    return this.#validate(certificate, [
      ...sent.filter((each) => each !== undefined),
      ...(known?.issuers ?? []),
    ]);
  }

  /**
   * Judges what was judged before, without the client. True also for a certificate of which nothing is
   * known any more: its next call will tell.
   */
  isStillTrusted(fingerprint: string): boolean {
    const known = this.#judged.get(fingerprint);
    if (known === undefined) return true;
    return this.#holds(known) || this.#validate(known.certificate, known.issuers).trusted;
  }

  trustChanged(before: Anchors): void {
    const now = this.#anchors();
    for (const { certificate } of before.all()) {
      const isHeld = now
        .bySubject(certificate.subjectKey)
        .some((anchor) => anchor.certificate.fingerprint === certificate.fingerprint);
      if (isHeld) this.#removed.delete(certificate.fingerprint);
      else remember(this.#removed, certificate.fingerprint, certificate, LIMITS.removedAuthorities);
    }
  }

  #holds({ anchors, path }: Remembered): boolean {
    const now = this.#clock.now();
    return anchors === this.#anchors() && path.from <= now && now < path.until;
  }

  /** A CA that a client sent: nearly always one that is known already, and need not be read again. */
  #issuer(der: Uint8Array): Certificate | undefined {
    const fingerprint = sha256Hex(der);
    return (
      this.#intermediates.get(fingerprint) ??
      this.#anchors().byFingerprint(fingerprint) ??
      readOrUndefined(() => readCertificate(der))
    );
  }

  #validate(certificate: Certificate, issuers: readonly Certificate[]): Judgement {
    const anchors = this.#anchors();
    const answer = validatePath({
      leaf: certificate,
      issuers: [...issuers, ...this.#intermediates.values()],
      anchors,
      usage: 'clientAuth',
      at: this.#clock.now(),
      policy: this.#policy,
      hasIssued: this.#hasIssued,
    });
    if (!answer.valid) {
      const { reason, detail } = answer.refusal;
      this.#judged.delete(certificate.fingerprint);
      return reason === 'unknownIssuer'
        ? this.#unknown(certificate, issuers, detail)
        : { trusted: false, reason, detail };
    }
    const client = clientOf(certificate, answer.path);
    const used = answer.path.chain.slice(1);
    const known = { certificate, issuers: used, anchors, path: answer.path, client };
    remember(this.#judged, certificate.fingerprint, known, LIMITS.judgedCertificates);
    for (const each of used.slice(0, -1)) {
      remember(this.#intermediates, each.fingerprint, each, LIMITS.knownIntermediates);
    }
    this.#tellOfCrls(answer.path);
    return { trusted: true, client };
  }

  /** A refusal that says what was shown, and whether a CA that was removed stands behind it. */
  #unknown(leaf: Certificate, issuers: readonly Certificate[], detail: string): Judgement {
    const chain = [leaf, ...issuers].map(labelOf).join(' < ');
    const candidates = [...this.#removed.values()];
    const removed = candidates.find((authority) =>
      [leaf, ...issuers].some((each) => hasIssued(authority, each)),
    );
    if (removed === undefined) {
      const text = `${detail}; issuer "${leaf.issuer}"; shown: ${chain}`;
      return { trusted: false, reason: 'unknownIssuer', detail: text };
    }
    const text = `issued by the CA ${labelOf(removed)}, which was removed; shown: ${chain}`;
    return { trusted: false, reason: 'removedIssuer', detail: text };
  }

  #tellOfCrls({ withoutCrl, expiredCrls }: ValidPath): void {
    for (const authority of withoutCrl) {
      this.#tellOnce(`missing ${authority.fingerprint}`, () =>
        this.#announce({ kind: 'crlMissing', authority: labelOf(authority) }),
      );
    }
    for (const { issuer, fingerprint, nextUpdate } of expiredCrls) {
      if (nextUpdate === undefined) continue;
      this.#tellOnce(`expired ${fingerprint}`, () =>
        this.#announce({ kind: 'crlExpired', issuer, nextUpdate }),
      );
    }
  }

  #tellOnce(key: string, tell: () => void): void {
    if (this.#told.has(key) || this.#told.size >= LIMITS.noticesKept) return;
    this.#told.add(key);
    tell();
  }
}

function clientOf(certificate: Certificate, { registrationIds }: ValidPath): TrustedClient {
  const { fingerprint, subject, issuer, serial, notAfter } = certificate;
  return Object.freeze({ fingerprint, subject, issuer, serial, notAfter, registrationIds });
}

function readOrUndefined(read: () => Certificate): Certificate | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Puts an entry last and drops the first when there are too many. */
function remember<T>(entries: Map<string, T>, key: string, value: T, most: number): void {
  entries.delete(key);
  entries.set(key, value);
  const [first] = entries.keys();
  if (entries.size > most && first !== undefined) entries.delete(first);
}
