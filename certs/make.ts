/**
 * Certificate authorities and certificates for tests and for the acceptance runner, which plays a vCenter:
 * made on demand, in memory, never kept in git. Roots, intermediates, clients (vCenter, hosts), server
 * certificates signed from a CSR, CRLs, and every kind of broken certificate that must be refused.
 *
 * The provider itself never uses this. ECDSA P-256 unless asked otherwise,
 * because RSA keys take a tenth of a second each.
 */
import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

type KeyKind = 'ecdsa' | 'rsa' | 'rsa-1024';

const DAY_MS = 86_400_000;

export interface CertificateOptions {
  /** Common name; a unique one is made up when absent. */
  readonly name?: string;
  /** Milliseconds since the epoch; default one day ago. */
  readonly notBefore?: number;
  /** Milliseconds since the epoch; default one year from now. */
  readonly notAfter?: number;
  readonly key?: KeyKind;
  /** Digest of the signature over this certificate; the issuer's key signs. Default SHA-256. */
  readonly hash?: 'SHA-1' | 'SHA-256';
  /** Lower-case hex; default 16 random bytes. */
  readonly serial?: string;
  /** Extended key usages as OIDs, `null` leaves the extension out; default by the kind made. */
  readonly usages?: readonly string[] | null;
  /** Key usage flags (`x509.KeyUsageFlags`), `null` leaves the extension out; default by the kind. */
  readonly keyUsage?: number | null;
  /** basicConstraints; `null` leaves the extension out; default by the kind. */
  readonly constraints?: { readonly ca: boolean; readonly pathLength?: number } | null;
  /** Appended as they are, e.g. a critical extension nobody knows. */
  readonly extensions?: readonly x509.Extension[];
}

/** A certificate with its key. Times and names as asked for. */
export interface Issued {
  readonly certificatePem: string;
  /** Leaf, then intermediates up to but without the root. */
  readonly chainPem: string;
  /** PKCS#8. */
  readonly keyPem: string;
  readonly der: Buffer;
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string;
  /** Lower-case hex, as the certificate carries it. */
  readonly serial: string;
}

export interface CrlOptions {
  /** Certificates, or their serial numbers in hex. */
  readonly revoked?: readonly (string | { readonly serial: string })[];
  readonly thisUpdate?: number;
  /** `null` leaves it out; default 30 days from now. */
  readonly nextUpdate?: number | null;
  /** cRLNumber, 0 to 127; absent: the extension is left out. */
  readonly number?: number;
  readonly extensions?: readonly x509.Extension[];
}

/** A certificate authority that exists as long as this object does. */
export interface Authority extends Issued {
  readonly name: string;
  /** A TLS client certificate: clientAuth, digitalSignature. */
  issueClient(options?: CertificateOptions): Promise<Issued>;
  /** A TLS server certificate with a key of its own: serverAuth, SAN of `hosts`. */
  issueServer(
    options?: CertificateOptions & { readonly hosts?: readonly string[] },
  ): Promise<Issued>;
  /** Signs a PKCS#10 request for serverAuth, with the SAN the request asks for; chain in PEM. */
  signRequest(csrPem: string, options?: CertificateOptions): Promise<string>;
  /** A subordinate authority. */
  issueAuthority(options?: CertificateOptions): Promise<Authority>;
  /** A CRL signed by this authority, PEM. */
  crl(options?: CrlOptions): Promise<string>;
}

const CLIENT_AUTH = x509.ExtendedKeyUsage.clientAuth;
const SERVER_AUTH = x509.ExtendedKeyUsage.serverAuth;
const CA_USAGE = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;

/** A self-signed root. Its name is unique unless given. */
export async function makeAuthority(options: CertificateOptions = {}): Promise<Authority> {
  const keys = await makeKeys(options.key);
  return authority(await issue({ keys, options, defaults: CA, issuer: undefined }), keys, []);
}

/** A self-signed client certificate, as a VASA 1.0 vCenter has one. */
export async function makeSelfSignedClient(options: CertificateOptions = {}): Promise<Issued> {
  const keys = await makeKeys(options.key);
  return packed(await issue({ keys, options, defaults: CLIENT, issuer: undefined }), keys, []);
}

/** SHA-256 of a PEM certificate's DER form, lower-case hex. */
export function fingerprintOf(certificatePem: string): string {
  return sha256(Buffer.from(new x509.X509Certificate(certificatePem).rawData));
}

/** A critical extension that no software knows. */
export function unknownCriticalExtension(): x509.Extension {
  return new x509.Extension('1.3.6.1.4.1.99999.1', true, new Uint8Array([0x05, 0x00]));
}

type Keys = webcrypto.CryptoKeyPair;

interface Defaults {
  readonly label: string;
  readonly keyUsage: number;
  readonly usages: readonly string[] | null;
  readonly constraints: { readonly ca: boolean; readonly pathLength?: number };
}

const CA: Defaults = { label: 'CA', keyUsage: CA_USAGE, usages: null, constraints: { ca: true } };
const CLIENT: Defaults = {
  label: 'client',
  keyUsage: x509.KeyUsageFlags.digitalSignature,
  usages: [CLIENT_AUTH],
  constraints: { ca: false },
};
const SERVER: Defaults = {
  label: 'server',
  keyUsage: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
  usages: [SERVER_AUTH],
  constraints: { ca: false },
};

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly keys: Keys;
  readonly intermediates: readonly x509.X509Certificate[];
}

async function issue(request: {
  keys: { publicKey: webcrypto.CryptoKey | x509.PublicKey; privateKey?: webcrypto.CryptoKey };
  options: CertificateOptions;
  defaults: Defaults;
  issuer: Issuer | undefined;
  subject?: x509.Name;
}): Promise<x509.X509Certificate> {
  const { keys, options, defaults, issuer } = request;
  const name = options.name ?? `Test ${defaults.label} ${randomBytes(4).toString('hex')}`;
  const subject = request.subject ?? new x509.Name([{ CN: [name] }]);
  const ownKey = issuer?.keys.privateKey ?? keys.privateKey;
  if (ownKey === undefined) throw new TypeError('a self-signed certificate needs its own key');
  const signingKey = options.hash === undefined ? ownKey : await rehashed(ownKey, options.hash);
  return x509.X509CertificateGenerator.create({
    serialNumber: options.serial ?? `4${randomBytes(16).toString('hex').slice(1)}`,
    subject,
    issuer: issuer?.certificate.subjectName ?? subject,
    notBefore: new Date(options.notBefore ?? Date.now() - DAY_MS),
    notAfter: new Date(options.notAfter ?? Date.now() + 365 * DAY_MS),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: signing(signingKey, options.hash),
    extensions: await extensionsOf(options, defaults, keys.publicKey, issuer),
  });
}

async function extensionsOf(
  options: CertificateOptions,
  defaults: Defaults,
  publicKey: webcrypto.CryptoKey | x509.PublicKey,
  issuer: Issuer | undefined,
): Promise<x509.Extension[]> {
  const made: x509.Extension[] = [];
  const constraints =
    options.constraints === undefined ? defaults.constraints : options.constraints;
  if (constraints !== null) {
    made.push(new x509.BasicConstraintsExtension(constraints.ca, constraints.pathLength, true));
  }
  const keyUsage = options.keyUsage === undefined ? defaults.keyUsage : options.keyUsage;
  if (keyUsage !== null) made.push(new x509.KeyUsagesExtension(keyUsage, true));
  const usages = options.usages === undefined ? defaults.usages : options.usages;
  if (usages !== null) made.push(new x509.ExtendedKeyUsageExtension([...usages]));
  made.push(await x509.SubjectKeyIdentifierExtension.create(publicKey));
  if (issuer !== undefined) {
    made.push(await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey));
  }
  return [...made, ...(options.extensions ?? [])];
}

async function authority(
  certificate: x509.X509Certificate,
  keys: Keys,
  intermediates: readonly x509.X509Certificate[],
): Promise<Authority> {
  const issuer: Issuer = { certificate, keys, intermediates };
  const leaf = async (options: CertificateOptions, defaults: Defaults) => {
    const leafKeys = await makeKeys(options.key);
    const made = await issue({ keys: leafKeys, options, defaults, issuer });
    return packed(made, leafKeys, intermediates);
  };
  return {
    ...(await packed(certificate, keys, intermediates.slice(1))),
    name: certificate.subject,
    issueClient: (options = {}) => leaf(options, CLIENT),
    issueServer: ({ hosts = ['localhost', '127.0.0.1'], ...options } = {}) =>
      leaf(
        { ...options, extensions: [subjectAlternativeName(hosts), ...(options.extensions ?? [])] },
        SERVER,
      ),
    signRequest: (csrPem, options = {}) => signRequest(issuer, csrPem, options),
    issueAuthority: async (options = {}) => {
      const childKeys = await makeKeys(options.key);
      const child = await issue({ keys: childKeys, options, defaults: CA, issuer });
      return authority(child, childKeys, [child, ...intermediates]);
    },
    crl: (options = {}) => makeCrl(issuer, options),
  };
}

async function signRequest(
  issuer: Issuer,
  csrPem: string,
  options: CertificateOptions,
): Promise<string> {
  const csr = new x509.Pkcs10CertificateRequest(csrPem);
  if (!(await csr.verify())) throw new Error('the request is not signed by the key it names');
  const certificate = await issue({
    keys: { publicKey: csr.publicKey },
    options: { ...options, extensions: [...requestedNames(csr), ...(options.extensions ?? [])] },
    defaults: SERVER,
    issuer,
    ...(options.name === undefined ? { subject: csr.subjectName } : {}),
  });
  return [certificate, ...issuer.intermediates].map((each) => `${each.toString('pem')}\n`).join('');
}

function requestedNames(csr: x509.Pkcs10CertificateRequest): x509.Extension[] {
  const names = csr.getExtension('2.5.29.17');
  return names === null ? [] : [names];
}

function subjectAlternativeName(hosts: readonly string[]): x509.Extension {
  const isAddress = (host: string) => /^[0-9.]+$/.test(host) || host.includes(':');
  return new x509.SubjectAlternativeNameExtension(
    hosts.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value })),
  );
}

async function makeCrl(issuer: Issuer, options: CrlOptions): Promise<string> {
  const thisUpdate = new Date(options.thisUpdate ?? Date.now() - 60_000);
  const extensions: x509.Extension[] = [
    await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
    ...(options.extensions ?? []),
  ];
  if (options.number !== undefined) {
    // cRLNumber, as an INTEGER of one byte: enough for a test, and DER as it must be.
    if (options.number < 0 || options.number > 127) throw new RangeError('number must be 0 to 127');
    extensions.push(new x509.Extension('2.5.29.20', false, new Uint8Array([2, 1, options.number])));
  }
  const crl = await x509.X509CrlGenerator.create({
    issuer: issuer.certificate.subjectName,
    thisUpdate,
    ...(options.nextUpdate === null
      ? {}
      : { nextUpdate: new Date(options.nextUpdate ?? Date.now() + 30 * DAY_MS) }),
    entries: (options.revoked ?? []).map((entry) => ({
      serialNumber: typeof entry === 'string' ? entry : entry.serial,
      revocationDate: thisUpdate,
      // Without any the library writes an empty list of extensions, which OpenSSL refuses to read.
      reason: x509.X509CrlReason.keyCompromise,
    })),
    extensions,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: signing(issuer.keys.privateKey, undefined),
  });
  // The library's own label, "CRL", is one that OpenSSL does not know.
  return `${x509.PemConverter.encode(crl.rawData, 'X509 CRL')}\n`;
}

async function packed(
  certificate: x509.X509Certificate,
  keys: Keys,
  intermediates: readonly x509.X509Certificate[],
): Promise<Issued> {
  const der = Buffer.from(certificate.rawData);
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    chainPem: [certificate, ...intermediates].map((each) => `${each.toString('pem')}\n`).join(''),
    keyPem: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
    der,
    fingerprint: sha256(der),
    serial: certificate.serialNumber,
  };
}

async function makeKeys(kind: KeyKind = 'ecdsa'): Promise<Keys> {
  if (kind === 'ecdsa') {
    return webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
  }
  return webcrypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: kind === 'rsa-1024' ? 1024 : 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  );
}

/** The same RSA key for another digest: WebCrypto ties the digest to the key. */
async function rehashed(
  key: webcrypto.CryptoKey,
  hash: 'SHA-1' | 'SHA-256',
): Promise<webcrypto.CryptoKey> {
  if (key.algorithm.name === 'ECDSA') return key;
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', key);
  return webcrypto.subtle.importKey('pkcs8', pkcs8, { name: key.algorithm.name, hash }, true, [
    'sign',
  ]);
}

function signing(key: webcrypto.CryptoKey, hash: 'SHA-1' | 'SHA-256' = 'SHA-256') {
  return { name: key.algorithm.name, hash };
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
