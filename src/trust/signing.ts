/**
 * Makes what the provider signs with its own key: the self-signed certificate of the first start, and the
 * PKCS#10 request for vCenter's CA. Built by @peculiar/x509 on WebCrypto.
 */
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { type EpochMs, epochMs } from '../model/units.ts';
import { pemOf } from './pem.ts';
import type { ProviderKey } from './provider-keys.ts';

const DAY_MS = 86_400_000;
/**
 * One year, as array vendors' providers have it: long enough to register in peace, and warned of at 90,
 * 30, 7 and 1 days.
 */
const SELF_SIGNED_DAYS = 365;

/**
 * A self-signed certificate for TLS servers, PEM. `names` are host names and addresses, the first of
 * which is the subject; at least one. Valid from a day before `now`, because clocks differ.
 */
export async function selfSigned(
  key: ProviderKey,
  names: readonly string[],
  now: EpochMs,
): Promise<{ readonly pem: string; readonly notAfter: EpochMs }> {
  const notAfter = epochMs(now + SELF_SIGNED_DAYS * DAY_MS);
  const keys = await webKeys(key);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Positive and never the same twice.
    serialNumber: `4${randomBytes(16).toString('hex').slice(1)}`,
    name: subjectOf(names),
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: algorithmOf(key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...extensionsOf(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { pem: pemOf(new Uint8Array(certificate.rawData), 'CERTIFICATE'), notAfter };
}

/** A signing request, PEM with header `CERTIFICATE REQUEST` and line feeds alone, as vCenter wants it. */
export async function signingRequest(key: ProviderKey, names: readonly string[]): Promise<string> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: subjectOf(names),
    keys: await webKeys(key),
    signingAlgorithm: algorithmOf(key),
    extensions: extensionsOf(names),
  });
  const pem = x509.PemConverter.encode(request.rawData, 'CERTIFICATE REQUEST');
  return `${pem.replaceAll('\r', '').trim()}\n`;
}

function subjectOf(names: readonly string[]): x509.Name {
  const [first] = names;
  if (first === undefined) throw new TypeError('a certificate needs a name');
  return new x509.Name([{ CN: [{ utf8String: first }] }]);
}

function extensionsOf(names: readonly string[]): x509.Extension[] {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  return [
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(
      names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    ),
  ];
}

function algorithmOf({ privateKey }: ProviderKey) {
  if (privateKey.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const curve = privateKey.asymmetricKeyDetails?.namedCurve;
  const namedCurve = curve === 'secp384r1' ? 'P-384' : curve === 'secp521r1' ? 'P-521' : 'P-256';
  return { name: 'ECDSA', namedCurve, hash: 'SHA-256' };
}

async function webKeys(key: ProviderKey): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = webcrypto;
  const algorithm = algorithmOf(key);
  const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = key.publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
}
