/**
 * The signature over a manifest, as XML-DSig with the signer's certificate in it: made and checked by xml-crypto, for
 * keys RSA of 2,048 bits or more, or ECDSA on P-256. Whoever signed can say anything; who it was is for `--trust`.
 */
import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { type SignatureAlgorithm, SignedXml } from 'xml-crypto';
import { makeSelfSignedClient } from '../../../../certs/make.ts';
import {
  CERTIFICATION,
  ECDSA_SHA256,
  ENVELOPED,
  EXCLUSIVE,
  RSA_SHA256,
  readShape,
  SHA256,
  signedDigestIn,
} from './signature-shape.ts';

export interface Signer {
  readonly certificatePem: string;
  /** Without a password. */
  readonly keyPem: string;
}

const RSA_BITS = 2_048;
const YEARS_10_MS = 10 * 365 * 86_400_000;
const HOUR_MS = 3_600_000;

/** A signer for one run; its key is nowhere else, and gone after it. */
export async function makeRunSigner(at: number): Promise<Signer> {
  return makeSelfSignedClient({
    name: `Keelson acceptance run of ${new Date(at).toISOString()}`,
    ...{ key: 'rsa', usages: null, notBefore: at - HOUR_MS, notAfter: at + YEARS_10_MS },
  });
}

/** A signer from files' content. Throws RangeError when key and certificate are not each other's, or too weak. */
export function signerOf(certificatePem: string, keyPem: string): Signer {
  let isPair: boolean;
  try {
    const certificate = new X509Certificate(certificatePem);
    algorithmFor(certificate.publicKey);
    isPair = certificate.checkPrivateKey(createPrivateKey(keyPem));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new RangeError(`the signer cannot be used: ${words}`, { cause: error });
  }
  if (!isPair) throw new RangeError('the signing key is not that of the certificate');
  return { certificatePem, keyPem };
}

/** The signature file over a manifest with this SHA-256 (hex). */
export function signDigest(sha256: string, { certificatePem, keyPem }: Signer): string {
  const certificate = new X509Certificate(certificatePem);
  const signed = new SignedXml({
    privateKey: keyPem,
    publicCert: certificate.toString(),
    signatureAlgorithm: algorithmFor(certificate.publicKey),
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  signed.SignatureAlgorithms[ECDSA_SHA256] = EcdsaSha256;
  signed.addReference({
    xpath: '/*',
    transforms: [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: SHA256,
    uri: '',
    isEmptyUri: true,
  });
  signed.computeSignature(
    `<certification xmlns="${CERTIFICATION}"><manifest name="manifest.json" sha256="${sha256}"/></certification>`,
  );
  return `${signed.getSignedXml()}\n`;
}

/** The manifest's digest that was signed, and the certificate whose key did. Throws RangeError when nothing was. */
export function checkSignature(xml: string): { sha256: string; certificate: X509Certificate } {
  try {
    const { algorithm, certificate: base64 } = readShape(xml);
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    if (algorithmFor(certificate.publicKey) !== algorithm)
      throw new RangeError('its algorithm is not that of the key');
    // Without a way to a certificate in the file, xml-crypto takes the one that it is given.
    const signed = new SignedXml({ publicCert: certificate.toString() });
    signed.SignatureAlgorithms = { ...signed.SignatureAlgorithms, [ECDSA_SHA256]: EcdsaSha256 };
    signed.loadSignature(
      xml.slice(xml.indexOf('<Signature'), xml.lastIndexOf('</Signature>') + '</Signature>'.length),
    );
    const [canonical] = signed.checkSignature(xml) ? signed.getSignedReferences() : [];
    if (canonical === undefined) throw new RangeError('what it signs was changed');
    return { sha256: signedDigestIn(canonical), certificate };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new RangeError(`signature.xml is not valid: ${words}`, { cause: error });
  }
}

function algorithmFor(key: KeyObject): string {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= RSA_BITS) return RSA_SHA256;
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return ECDSA_SHA256;
  throw new RangeError(`a key must be RSA of at least ${RSA_BITS} bits, or ECDSA on P-256`);
}

/** ECDSA as XML-DSig has it: r and s side by side, not in ASN.1. xml-crypto brings only RSA. */
class EcdsaSha256 implements SignatureAlgorithm {
  getAlgorithmName(): string {
    return ECDSA_SHA256;
  }

  getSignature(
    data: Parameters<SignatureAlgorithm['getSignature']>[0],
    key: Parameters<SignatureAlgorithm['getSignature']>[1],
  ): string {
    const bytes = Buffer.from(String(data));
    const made = sign('sha256', bytes, {
      key: createPrivateKey(String(key)),
      dsaEncoding: 'ieee-p1363',
    });
    return made.toString('base64');
  }

  verifySignature(
    data: string,
    key: Parameters<SignatureAlgorithm['verifySignature']>[1],
    value: string,
  ): boolean {
    const { publicKey } = new X509Certificate(String(key));
    return verify(
      'sha256',
      Buffer.from(data),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(value, 'base64'),
    );
  }
}
