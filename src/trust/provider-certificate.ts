/**
 * The certificate that TLS serves: made on the first start, signed by a vCenter's CA on request, or
 * brought by the operator. One certificate serves all vCenters, so one registration at a time holds the
 * place: while its certificate is valid, another vCenter's is refused, and that vCenter is told to leave
 * the certificate alone (`retainVasaProviderCertificate`). ADR 0008 has the rules.
 *
 * `forceApply` makes no difference here: installing disturbs neither open connections nor sessions, so
 * there is nothing to force; and it never overrides another vCenter.
 *
 * Crash safety: the key file comes first, then one row in the store puts the certificate in force, then
 * old keys go. The row's certificate names its key, so every moment between leaves a matching pair.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import type { ProviderCertificateRecord, ProviderStore, Registration } from '../store/port.ts';
import { type Certificate, labelOf, readCertificate } from './certificate.ts';
import type { Actor, TrustListener } from './events.ts';
import type { CrlPolicy } from './path.ts';
import { derFrom, invalid, pemOf } from './pem.ts';
import { type KeyKind, keyIdOf, openProviderKeys, type ProviderKey } from './provider-keys.ts';
import { checkServer, servingChain } from './serving-chain.ts';
import { selfSigned, signingRequest } from './signing.ts';

/** What `tls.createServer` takes: PEM both. */
export interface ServedCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface ProviderCertificate {
  served(): ServedCertificate;
  record(): ProviderCertificateRecord;
  /** Leaf first. */
  chain(): readonly Certificate[];
  /** A PKCS#10 request over the pending key: the same key until its certificate is installed. */
  request(by: Actor): Promise<string>;
  /**
   * Installs what a vCenter's CA signed; the next handshake shows it. Repeatable. VasaFault
   * PermissionDenied when another holds the place, InvalidCertificate when it does not fit.
   */
  install(text: string, own: readonly Registration[], by: Actor): Promise<void>;
  /** May no vCenter of these registrations replace the certificate? */
  isRetainedFor(registrationIds: readonly string[]): boolean;
  /** Installs the operator's own chain (PEM, leaf first); without `keyPem` over a key of ours. */
  installForOperator(chainPem: string, keyPem?: string): Promise<void>;
  /** A new self-signed certificate over the same key; the place is free then. */
  renewSelfSigned(): Promise<void>;
  /** Lets any vCenter install; what is served stays. */
  release(): Promise<void>;
}

export interface ProviderCertificateOptions {
  readonly dataDir: string;
  /** Host names and addresses, at least one; the first is the subject. */
  readonly names: readonly string[];
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly announce: TrustListener;
  readonly policy: CrlPolicy;
  readonly registrations: () => readonly Registration[];
  /** RSA with 2048 bits by default: every TLS 1.2 client takes it. */
  readonly keyKind?: KeyKind;
  /** Called when another certificate is in force, before the call that brought it is answered. */
  readonly onCertificateChanged?: (served: ServedCertificate) => void;
}

/** Loads what is served, making key and certificate on the first start. */
export async function openProviderCertificate(
  options: ProviderCertificateOptions,
): Promise<ProviderCertificate> {
  const keys = await openProviderKeys(options.dataDir, options.keyKind ?? 'rsa');
  const holder = new Holder(options, keys);
  await holder.load();
  return holder;
}

/** Stands where a registration's id would: no registration is called so, hence nobody holds the place. */
const RELEASED = 'released';

type Keys = Awaited<ReturnType<typeof openProviderKeys>>;

interface InForce {
  readonly key: ProviderKey;
  readonly record: ProviderCertificateRecord;
  readonly chain: readonly Certificate[];
}

class Holder implements ProviderCertificate {
  readonly #options: ProviderCertificateOptions;
  readonly #keys: Keys;
  #inForce: InForce | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ProviderCertificateOptions, keys: Keys) {
    this.#options = options;
    this.#keys = keys;
  }

  async load(): Promise<void> {
    const record = await this.#options.store.providerCertificate();
    if (record === undefined) return this.#makeSelfSigned(await this.#keys.anyOrNew());
    const chain = derFrom([record.chain], 'CERTIFICATE').map(readCertificate);
    const leaf = leafOf(chain);
    const key = await this.#keys.find(keyIdOf(leaf.openssl.publicKey));
    if (key === undefined) {
      this.#options.announce({ kind: 'keyLost', label: labelOf(leaf) });
      return this.#makeSelfSigned(await this.#keys.anyOrNew());
    }
    this.#inForce = { key, record, chain };
    await this.#keys.settle(key.id);
    const hasExpired = this.#options.clock.now() > leaf.notAfter;
    if (record.installedBy === 'self-signed' && hasExpired) await this.#makeSelfSigned(key);
  }

  served(): ServedCertificate {
    const { key, record } = this.#current();
    return { key: key.pem, cert: record.chain };
  }

  record(): ProviderCertificateRecord {
    return this.#current().record;
  }

  chain(): readonly Certificate[] {
    return this.#current().chain;
  }

  async request(by: Actor): Promise<string> {
    const csr = await signingRequest(await this.#keys.pending(), this.#options.names);
    this.#options.announce({ kind: 'certificateRequested', by });
    return csr;
  }

  install(text: string, own: readonly Registration[], by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const ids = own.map(({ registrationId }) => registrationId);
      const holder = this.#holderAgainst(ids);
      if (holder !== undefined) {
        this.#options.announce({ kind: 'certificateHeld', holder, by });
        throw new VasaFault(
          'PermissionDenied',
          'The certificate of this provider is managed by another vCenter or by its operator.',
        );
      }
      const given = derFrom([text], 'CERTIFICATE').map(readCertificate);
      const { key, leaf } = await this.#keyFor(given);
      const { clock, policy } = this.#options;
      const at = clock.now();
      const { chain, registrationIds } = servingChain({ leaf, given, own, at, policy });
      const registrationId = ids.find((id) => registrationIds.includes(id));
      if (registrationId === undefined)
        throw new Error('a path ends outside the registrations asked');
      await this.#putInForce(key, chain, { registrationId }, by);
    });
  }

  isRetainedFor(registrationIds: readonly string[]): boolean {
    return this.#holderAgainst(registrationIds) !== undefined;
  }

  installForOperator(chainPem: string, keyPem?: string): Promise<void> {
    return this.#inTurn(async () => {
      const given = derFrom([chainPem], 'CERTIFICATE').map(readCertificate);
      const own = keyPem === undefined ? undefined : keyIdOf(publicKeyOf(keyPem));
      const { key, leaf } = await this.#keyFor(given, own === undefined ? undefined : keyPem);
      checkServer(leaf, this.#options.clock.now());
      const rest = given.filter((each) => each !== leaf);
      await this.#putInForce(key, [leaf, ...rest], 'operator', undefined);
    });
  }

  renewSelfSigned(): Promise<void> {
    return this.#inTurn(() => this.#makeSelfSigned(this.#current().key));
  }

  release(): Promise<void> {
    return this.#inTurn(async () => {
      const current = this.#current();
      const record = { ...current.record, installedBy: { registrationId: RELEASED } };
      await this.#options.store.saveProviderCertificate(record);
      this.#inForce = { ...current, record };
    });
  }

  /** Who holds the place against these registrations; undefined when they may install. */
  #holderAgainst(registrationIds: readonly string[]): string | undefined {
    const { record, chain } = this.#current();
    const { installedBy } = record;
    if (installedBy === 'operator') return 'the operator';
    if (installedBy === 'self-signed') return undefined;
    const { registrationId } = installedBy;
    if (registrationIds.includes(registrationId)) return undefined;
    const registration = this.#options
      .registrations()
      .find((each) => each.registrationId === registrationId);
    if (registration === undefined || this.#options.clock.now() > leafOf(chain).notAfter) {
      return undefined;
    }
    const { vcenterIds, peerAddress } = registration;
    return `registration ${registrationId} (vCenter ${vcenterIds.join(', ') || 'not known'}, from ${peerAddress})`;
  }

  /** The certificate among `given` that carries a key of ours, and that key. */
  async #keyFor(given: readonly Certificate[], keyPem?: string) {
    const pending = await this.#keys.existingPending();
    const candidates = [pending, this.#current().key].filter((each) => each !== undefined);
    for (const leaf of given) {
      const id = keyIdOf(leaf.openssl.publicKey);
      if (keyPem !== undefined && keyIdOf(publicKeyOf(keyPem)) === id) {
        return { key: await this.#keys.put(keyPem), leaf };
      }
      const key = candidates.find((each) => each.id === id);
      if (key !== undefined && keyPem === undefined) return { key, leaf };
    }
    const [first] = given;
    const message = 'The certificate does not carry the key of this provider’s request.';
    if (first === undefined) throw new VasaFault('InvalidCertificate', 'No certificate was given.');
    throw invalid(message, first.der, 'CERTIFICATE');
  }

  async #makeSelfSigned(key: ProviderKey): Promise<void> {
    const { pem } = await selfSigned(key, this.#options.names, this.#options.clock.now());
    const chain = derFrom([pem], 'CERTIFICATE').map(readCertificate);
    await this.#putInForce(key, chain, 'self-signed', undefined);
  }

  async #putInForce(
    key: ProviderKey,
    chain: readonly Certificate[],
    installedBy: ProviderCertificateRecord['installedBy'],
    by: Actor | undefined,
  ): Promise<void> {
    const { store, clock, announce, onCertificateChanged } = this.#options;
    const record = {
      chain: chain.map(({ der }) => pemOf(der, 'CERTIFICATE')).join(''),
      installedBy,
      installedAt: clock.now(),
    };
    await store.saveProviderCertificate(record);
    this.#inForce = { key, record, chain };
    await this.#keys.settle(key.id);
    const leaf = leafOf(chain);
    announce({
      kind: 'certificateInstalled',
      label: labelOf(leaf),
      notAfter: leaf.notAfter,
      installedBy:
        typeof installedBy === 'string'
          ? installedBy
          : `registration ${installedBy.registrationId}`,
      by,
    });
    onCertificateChanged?.(this.served());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  #current(): InForce {
    if (this.#inForce === undefined) throw new Error('the provider certificate was not loaded');
    return this.#inForce;
  }
}

function leafOf(chain: readonly Certificate[]): Certificate {
  const [leaf] = chain;
  if (leaf === undefined) throw new Error('a certificate chain is empty');
  return leaf;
}

function publicKeyOf(keyPem: string) {
  return createPublicKey(createPrivateKey(keyPem));
}
