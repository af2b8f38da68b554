/**
 * Twins of recorded certificates and revocation lists: the same names, serial numbers and extensions, but keys of a
 * replay's own, and dates moved to its time. What was broken in the recorded one is broken in its twin: expired,
 * of a foreign authority, for another purpose.
 */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { RecordedCertificate, RecordedList, Recording } from './format.ts';

/** A certificate and, but for one of the provider's key, the key that goes with it. */
export interface Twin {
  readonly certificate: x509.X509Certificate;
  readonly keyPem: string | undefined;
}

interface Issuer {
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey | x509.PublicKey;
}

const SUBJECT_KEY = '2.5.29.14';
const AUTHORITY_KEY = '2.5.29.35';

/** Makes each twin when it is first asked for, and the same one ever after. */
export class Twins {
  readonly #recording: Recording;
  /** Milliseconds since the replay began. */
  readonly #elapsed: () => number;
  readonly #startedAt: number;
  readonly #made = new Map<number, Promise<Twin & { readonly issuer: Issuer | undefined }>>();
  readonly #lists = new Map<number, Promise<string>>();
  /** Keys of authorities whose certificates are not in the recording, by what is known of them. */
  readonly #unknown = new Map<string, Promise<Issuer>>();
  /** Numbers of what was made, by its DER form in hexadecimal. */
  readonly #numbers = new Map<string, number>();
  /** Signing requests of the provider, by the number of the recorded call that was answered with one. */
  readonly requests = new Map<number, x509.Pkcs10CertificateRequest>();

  constructor(recording: Recording, now: () => number) {
    this.#recording = recording;
    const began = now();
    this.#startedAt = began - new Date(recording.header.startedAt).getTime();
    this.#elapsed = () => now() - began;
  }

  /** The twin of a certificate. Rejects when it cannot be made, say for a signing request that never came. */
  async certificate(number: number): Promise<Twin> {
    return this.#twin(number);
  }

  /** The twin of a revocation list, PEM. */
  list(number: number): Promise<string> {
    const made = this.#lists.get(number) ?? this.#makeList(number);
    this.#lists.set(number, made);
    return made;
  }

  /** The number of a certificate or list that is a twin; undefined: it is none. */
  numberOf({ rawData }: x509.X509Certificate | x509.X509Crl): number | undefined {
    return this.#numbers.get(Buffer.from(rawData).toString('hex'));
  }

  #twin(number: number): Promise<Twin & { readonly issuer: Issuer | undefined }> {
    const made = this.#made.get(number) ?? this.#make(number);
    this.#made.set(number, made);
    return made;
  }

  async #make(number: number): Promise<Twin & { readonly issuer: Issuer | undefined }> {
    const recorded = this.#recording.certificates.get(number);
    if (recorded === undefined) throw new RangeError(`there is no certificate ${number}`);
    const model = new x509.X509Certificate(recorded.pem);
    const keys = await this.#keysOf(recorded, model);
    const isSelfSigned = 'privateKey' in keys && (await isSignedBy(model, model.publicKey));
    const issuer = isSelfSigned ? keys : await this.#issuerOf(model);
    const moved = this.#moved(recorded);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: model.serialNumber,
      subject: model.subjectName,
      issuer: model.issuerName,
      notBefore: moved(model.notBefore),
      notAfter: moved(model.notAfter),
      publicKey: keys.publicKey,
      signingKey: issuer.privateKey,
      signingAlgorithm: { name: issuer.privateKey.algorithm.name, hash: 'SHA-256' },
      extensions: await extensionsOf(model, keys.publicKey, issuer.publicKey),
    });
    this.#numbers.set(Buffer.from(certificate.rawData).toString('hex'), number);
    if (!('privateKey' in keys)) return { certificate, keyPem: undefined, issuer: undefined };
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { certificate, keyPem: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), issuer: keys };
  }

  async #keysOf({ requestedBy }: RecordedCertificate, model: x509.X509Certificate) {
    if (requestedBy === undefined) return makeKeys(model.publicKey);
    const request = this.requests.get(requestedBy);
    if (request === undefined) throw new RangeError('the provider has given no signing request');
    return { publicKey: request.publicKey };
  }

  /** The keys of whoever has signed it. */
  async #issuerOf(model: x509.X509Certificate | x509.X509Crl): Promise<Issuer> {
    for (const [number, { pem }] of this.#recording.certificates) {
      const candidate = new x509.X509Certificate(pem);
      if (candidate.subject !== model.issuer) continue;
      if (!(await isSignedBy(model, candidate.publicKey))) continue;
      const { issuer } = await this.#twin(number);
      if (issuer !== undefined) return issuer;
    }
    const keyId = model.getExtension(AUTHORITY_KEY)?.rawData ?? new ArrayBuffer(0);
    const key = `${model.issuer} ${Buffer.from(keyId).toString('hex')}`;
    const made = this.#unknown.get(key) ?? makeKeys(undefined);
    this.#unknown.set(key, made);
    return made;
  }

  async #makeList(number: number): Promise<string> {
    const recorded = this.#recording.lists.get(number);
    if (recorded === undefined) throw new RangeError(`there is no revocation list ${number}`);
    const model = new x509.X509Crl(recorded.pem);
    const { privateKey, publicKey } = await this.#issuerOf(model);
    const moved = this.#moved(recorded);
    const list = await x509.X509CrlGenerator.create({
      issuer: model.issuer,
      thisUpdate: moved(model.thisUpdate),
      ...(model.nextUpdate === undefined ? {} : { nextUpdate: moved(model.nextUpdate) }),
      entries: model.entries.map(({ serialNumber, revocationDate, reason }) => ({
        serialNumber,
        revocationDate: moved(revocationDate),
        reason: reason ?? x509.X509CrlReason.unspecified,
      })),
      extensions: await extensionsOf(model, undefined, publicKey),
      signingKey: privateKey,
      signingAlgorithm: { name: privateKey.algorithm.name, hash: 'SHA-256' },
    });
    this.#numbers.set(Buffer.from(list.rawData).toString('hex'), number);
    return x509.PemConverter.encode(list.rawData, 'X509 CRL');
  }

  /** Dates as long before or after its first use as they were in the recording. */
  #moved({ at }: Pick<RecordedCertificate | RecordedList, 'at'>): (date: Date) => Date {
    const by = this.#startedAt + this.#elapsed() - at;
    return (date) => new Date(date.getTime() + by);
  }
}

async function makeKeys(like: x509.PublicKey | undefined) {
  const algorithm = (like?.algorithm ?? { name: 'ECDSA', namedCurve: 'P-256' }) as RsaOrEc;
  const wanted =
    'modulusLength' in algorithm
      ? { ...RSA, modulusLength: algorithm.modulusLength }
      : { name: 'ECDSA', namedCurve: algorithm.namedCurve };
  const made = await webcrypto.subtle.generateKey(wanted, true, ['sign', 'verify']);
  // Neither of the two is a secret key, which alone would come by itself.
  return made as webcrypto.CryptoKeyPair;
}

type RsaOrEc =
  | { readonly modulusLength: number }
  | { readonly name: string; readonly namedCurve: string };

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
};

function isSignedBy(
  model: x509.X509Certificate | x509.X509Crl,
  publicKey: x509.PublicKey,
): Promise<boolean> {
  const verified =
    model instanceof x509.X509Certificate
      ? model.verify({ publicKey, signatureOnly: true })
      : model.verify({ publicKey });
  return verified.catch(() => false);
}

/** As they were, but for the two that are made from keys. */
async function extensionsOf(
  model: { readonly extensions: readonly x509.Extension[] },
  own: webcrypto.CryptoKey | x509.PublicKey | undefined,
  issuer: webcrypto.CryptoKey | x509.PublicKey,
): Promise<x509.Extension[]> {
  return Promise.all(
    model.extensions.map((each) => {
      if (each.type === SUBJECT_KEY && own !== undefined)
        return x509.SubjectKeyIdentifierExtension.create(own);
      if (each.type === AUTHORITY_KEY) return x509.AuthorityKeyIdentifierExtension.create(issuer);
      return each;
    }),
  );
}
