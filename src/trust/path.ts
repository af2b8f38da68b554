/**
 * May this certificate be trusted now? Path validation after RFC 5280, 6, for short chains: from the
 * certificate over issuers to an anchor, every link by its signature, every certificate by date, use,
 * constraints and revocation. A pure function of its question; signatures are OpenSSL's work.
 */
import { LIMITS } from '../model/limits.ts';
import type { RefusalReason } from '../model/refusals.ts';
import { type EpochMs, epochMs } from '../model/units.ts';
import type { Anchors, hasIssued } from './anchors.ts';
import { type Certificate, KEY_USAGE, labelOf } from './certificate.ts';
import type { Crl } from './crl.ts';

export interface CrlPolicy {
  /** A CA that gave no CRL: accept its certificates, or refuse them. */
  readonly missingCrl: 'accept' | 'refuse';
  /** A CRL past its nextUpdate: go by what it lists, or refuse whatever it covers. */
  readonly expiredCrl: 'accept' | 'refuse';
}

interface PathQuestion {
  readonly leaf: Certificate;
  /** CA certificates that came with it or are remembered; trusted in nothing. */
  readonly issuers: readonly Certificate[];
  readonly anchors: Anchors;
  readonly usage: 'clientAuth' | 'serverAuth';
  readonly at: EpochMs;
  readonly policy: CrlPolicy;
  /** `hasIssued`, or one that remembers what it has checked. */
  readonly hasIssued: typeof hasIssued;
}

export interface Refusal {
  readonly reason: RefusalReason;
  /** For the log: which certificate, and what about it. */
  readonly detail: string;
}

export interface ValidPath {
  /** Leaf first, anchor last; the leaf alone when it is registered itself. */
  readonly chain: readonly Certificate[];
  readonly registrationIds: readonly string[];
  /** The answer holds from here until before there, if nothing else changes. */
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** CAs of the path without a CRL, and with an expired one: accepted by policy, worth a line. */
  readonly withoutCrl: readonly Certificate[];
  readonly expiredCrls: readonly Crl[];
}

export type PathAnswer =
  | { readonly valid: true; readonly path: ValidPath }
  | { readonly valid: false; readonly refusal: Refusal };

const USAGES = { clientAuth: '1.3.6.1.5.5.7.3.2', serverAuth: '1.3.6.1.5.5.7.3.1' } as const;
const ANY_USAGE = '2.5.29.37.0';
/** When several paths fail, the reason that says most is told: the later in this list. */
const TELLING: readonly RefusalReason[] = [
  'missing',
  'malformed',
  'unknownIssuer',
  'removedIssuer',
  'invalidPath',
  'weak',
  'wrongUsage',
  'notYetValid',
  'expired',
  'crlMissing',
  'crlExpired',
  'revoked',
];

export function validatePath(question: PathQuestion): PathAnswer {
  const { leaf, anchors } = question;
  const own = leafProblem(leaf, question);
  if (own !== undefined) return { valid: false, refusal: own };
  const answers: PathAnswer[] = [];
  for (const { chain, registrationIds } of pathsOf(question)) {
    answers.push(judgePath(chain, registrationIds, question));
  }
  const exact = anchors.exact.get(leaf.fingerprint);
  if (exact !== undefined) {
    // Registered itself: no issuer is needed. One that is known all the same may have revoked it.
    const revoked = answers.find((each) => !each.valid && each.refusal.reason === 'revoked');
    answers.push(revoked ?? judgePath([leaf], exact, question));
  }
  return bestOf(answers) ?? refused('unknownIssuer', `no trusted CA issued ${labelOf(leaf)}`);
}

/** All valid paths together: the registrations of each; or the most telling refusal. */
function bestOf(answers: readonly PathAnswer[]): PathAnswer | undefined {
  const valid = answers.flatMap((answer) => (answer.valid ? [answer.path] : []));
  const [first] = valid;
  if (first === undefined) {
    return answers.toSorted((a, b) => telling(b) - telling(a))[0];
  }
  const registrationIds = [...new Set(valid.flatMap((path) => path.registrationIds))];
  const from = epochMs(Math.max(...valid.map((path) => path.from)));
  const until = epochMs(Math.min(...valid.map((path) => path.until)));
  return { valid: true, path: { ...first, registrationIds, from, until } };
}

function telling(answer: PathAnswer): number {
  return answer.valid ? -1 : TELLING.indexOf(answer.refusal.reason);
}

interface FoundPath {
  readonly chain: readonly Certificate[];
  readonly registrationIds: readonly string[];
}

/** Chains whose links are all signed and that end in an anchor, within the limits on work. */
function pathsOf(question: PathQuestion): readonly FoundPath[] {
  const { leaf, issuers, anchors } = question;
  const found: FoundPath[] = [];
  let checks = 0;
  const isLink = (issuer: Certificate, subject: Certificate): boolean => {
    if (issuer.subjectKey !== subject.issuerKey || checks >= LIMITS.chainSignatures) return false;
    checks += 1;
    return question.hasIssued(issuer, subject);
  };
  const climb = (chain: readonly Certificate[]): void => {
    const top = chain[chain.length - 1];
    if (top === undefined || chain.length >= LIMITS.chainCertificates) return;
    for (const { certificate, registrationIds } of anchors.bySubject(top.issuerKey)) {
      if (isLink(certificate, top)) found.push({ chain: [...chain, certificate], registrationIds });
    }
    for (const issuer of [...anchors.intermediates(top.issuerKey), ...issuers]) {
      const isInChain = chain.some(({ fingerprint }) => fingerprint === issuer.fingerprint);
      if (!isInChain && issuer.isAuthority && isLink(issuer, top)) climb([...chain, issuer]);
    }
  };
  climb([leaf]);
  return found;
}

function judgePath(
  chain: readonly Certificate[],
  registrationIds: readonly string[],
  question: PathQuestion,
): PathAnswer {
  const problem = chain
    .slice(1)
    .map((authority, below) => authorityProblem(authority, below, chain, question))
    .find((each) => each !== undefined);
  if (problem !== undefined) return { valid: false, refusal: problem };

  const withoutCrl: Certificate[] = [];
  const expiredCrls: Crl[] = [];
  let until = Math.min(...chain.map(({ notAfter }) => notAfter));
  for (const [index, authority] of chain.slice(1).entries()) {
    const subject = chain[index];
    const crl = question.anchors.crlOf(authority);
    if (subject !== undefined && crl?.revoked.has(subject.serial) === true) {
      return refused('revoked', `${labelOf(subject)} is revoked by ${labelOf(authority)}`);
    }
    const problem = crlProblem(crl, authority, question);
    if (problem !== undefined) return { valid: false, refusal: problem };
    if (crl === undefined) withoutCrl.push(authority);
    else if (isPast(crl, question.at)) expiredCrls.push(crl);
    else until = Math.min(until, crl.nextUpdate ?? until);
  }
  const from = Math.max(...chain.map(({ notBefore }) => notBefore));
  const path = { chain, registrationIds, withoutCrl, expiredCrls };
  return { valid: true, path: { ...path, from: epochMs(from), until: epochMs(until) } };
}

function isPast(crl: Crl, at: EpochMs): boolean {
  return crl.nextUpdate !== undefined && at >= crl.nextUpdate;
}

function crlProblem(
  crl: Crl | undefined,
  authority: Certificate,
  { policy, at }: PathQuestion,
): Refusal | undefined {
  if (crl === undefined) {
    if (policy.missingCrl === 'accept') return undefined;
    return { reason: 'crlMissing', detail: `there is no CRL of ${labelOf(authority)}` };
  }
  if (policy.expiredCrl === 'accept' || !isPast(crl, at)) return undefined;
  return { reason: 'crlExpired', detail: `the CRL of ${labelOf(authority)} has expired` };
}

/** What every certificate of a path must be; undefined when it is. */
function commonProblem(certificate: Certificate, at: EpochMs): Refusal | undefined {
  const label = labelOf(certificate);
  const { weakKey, unprocessed, notBefore, notAfter } = certificate;
  if (weakKey !== undefined) return { reason: 'weak', detail: `${label} has ${weakKey}` };
  if (unprocessed !== undefined) {
    const detail = `${label} has the unknown critical extension ${unprocessed}`;
    return { reason: 'invalidPath', detail };
  }
  if (at < notBefore) {
    const since = new Date(notBefore).toISOString();
    return { reason: 'notYetValid', detail: `${label} is not valid before ${since}` };
  }
  if (at > notAfter) {
    return { reason: 'expired', detail: `${label} expired ${new Date(notAfter).toISOString()}` };
  }
  return undefined;
}

function leafProblem(leaf: Certificate, { at, usage }: PathQuestion): Refusal | undefined {
  const problem = commonProblem(leaf, at);
  if (problem !== undefined) return problem;
  if (leaf.weakSignature !== undefined) {
    return { reason: 'weak', detail: `${labelOf(leaf)} has ${leaf.weakSignature}` };
  }
  // TLS proves possession by a signature, or by key agreement with an older kind of key.
  const proves = KEY_USAGE.digitalSignature | KEY_USAGE.keyAgreement;
  const mayProve = usage === 'serverAuth' || leaf.keyUsage === undefined;
  if (!allows(leaf, usage) || !(mayProve || ((leaf.keyUsage ?? 0) & proves) !== 0)) {
    return { reason: 'wrongUsage', detail: `${labelOf(leaf)} is not for ${usage}` };
  }
  return undefined;
}

/** `below`: how many certificates of the chain stand below this CA, the leaf not counted. */
function authorityProblem(
  authority: Certificate,
  below: number,
  chain: readonly Certificate[],
  { at, usage }: PathQuestion,
): Refusal | undefined {
  const problem = commonProblem(authority, at);
  if (problem !== undefined) return problem;
  const label = labelOf(authority);
  const isAnchor = authority === chain[chain.length - 1];
  if (!isAnchor && authority.weakSignature !== undefined) {
    return { reason: 'weak', detail: `${label} has ${authority.weakSignature}` };
  }
  const maySign = authority.keyUsage === undefined || authority.keyUsage & KEY_USAGE.keyCertSign;
  if (!authority.isAuthority || !maySign) {
    return { reason: 'invalidPath', detail: `${label} may not issue certificates` };
  }
  const counted = chain.slice(1, below + 1).filter((each) => each.subjectKey !== each.issuerKey);
  if (authority.pathLength !== undefined && counted.length > authority.pathLength) {
    const detail = `${label} allows ${authority.pathLength} CAs below it, here are ${counted.length}`;
    return { reason: 'invalidPath', detail };
  }
  if (!isAnchor && !allows(authority, usage)) {
    return { reason: 'wrongUsage', detail: `${label} does not issue for ${usage}` };
  }
  return undefined;
}

function allows({ usages }: Certificate, usage: PathQuestion['usage']): boolean {
  return usages === undefined || usages.includes(USAGES[usage]) || usages.includes(ANY_USAGE);
}

function refused(reason: RefusalReason, detail: string): PathAnswer {
  return { valid: false, refusal: { reason, detail } };
}
