/**
 * Is a certificate that a client brings one that this provider may show to TLS clients, and with which
 * issuers beside it? Refusals are VasaFault InvalidCertificate. Pure.
 */
import type { RefusalReason } from '../model/refusals.ts';
import type { EpochMs } from '../model/units.ts';
import type { Registration } from '../store/port.ts';
import { anchorsOf, hasIssued, isSelfSigned } from './anchors.ts';
import type { Certificate } from './certificate.ts';
import { type CrlPolicy, validatePath } from './path.ts';
import { invalid } from './pem.ts';

/** What the client reads of a refusal. */
const PROBLEMS: Readonly<Partial<Record<RefusalReason, string>>> = {
  unknownIssuer: 'it does not chain to a root of this registration',
  revoked: 'it is revoked',
  expired: 'it or its issuer has expired',
  notYetValid: 'it or its issuer is not yet valid',
  wrongUsage: 'it is not for TLS servers',
  weak: 'its key or signature is too weak',
  crlMissing: 'there is no CRL of its issuer',
  crlExpired: 'the CRL of its issuer has expired',
};

/**
 * The chain to serve, from `leaf` to a root of the registrations `own`, which is itself left out: clients
 * have it. `given` are the certificates that came along. Only CRLs of those registrations count.
 */
export function servingChain(request: {
  readonly leaf: Certificate;
  readonly given: readonly Certificate[];
  readonly own: readonly Registration[];
  readonly at: EpochMs;
  readonly policy: CrlPolicy;
}): { readonly chain: readonly Certificate[]; readonly registrationIds: readonly string[] } {
  const { leaf, given, own, at, policy } = request;
  checkServer(leaf, at);
  const answer = validatePath({
    leaf,
    issuers: given.filter((each) => each !== leaf),
    anchors: anchorsOf(own),
    hasIssued,
    usage: 'serverAuth',
    at,
    policy,
  });
  if (!answer.valid) {
    const problem = PROBLEMS[answer.refusal.reason] ?? 'it is not valid';
    throw invalid(`The certificate is refused: ${problem}.`, leaf.der, 'CERTIFICATE');
  }
  const { chain, registrationIds } = answer.path;
  return {
    chain: chain.filter((each, index) => index === 0 || !isSelfSigned(each)),
    registrationIds,
  };
}

/** The least that any certificate shown to TLS clients must be: a server's, and valid now. */
export function checkServer(leaf: Certificate, at: EpochMs): void {
  const { der, isAuthority, notBefore, notAfter } = leaf;
  if (isAuthority) {
    throw invalid('The certificate is that of a CA, not of a server.', der, 'CERTIFICATE');
  }
  if (at < notBefore) throw invalid('The certificate is not yet valid.', der, 'CERTIFICATE');
  if (at > notAfter) throw invalid('The certificate has expired.', der, 'CERTIFICATE');
}
