/**
 * The one shape that a signature file may have. Forgeries of XML signatures live from what a reader lets pass beside
 * the signed part: a second signature, comments inside digests, elements moved elsewhere. So every element and every
 * attribute is prescribed before the signature is looked at.
 * Source: XML Signature Syntax and Processing 1.1; Exclusive XML Canonicalization 1.0.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';

export const CERTIFICATION = 'urn:keelson:certification:1';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const ENVELOPED = `${DSIG}enveloped-signature`;
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

type Rule = readonly [path: string, attributes?: Readonly<Record<string, RegExp>>];

const literally = (...texts: readonly string[]) =>
  new RegExp(`^(${texts.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`);

const SIGNED_INFO = 'certification/Signature/SignedInfo';
const TRANSFORMS = `${SIGNED_INFO}/Reference/Transforms`;
const KEY_INFO = 'certification/Signature/KeyInfo';

const MANIFEST_RULES: readonly Rule[] = [
  ['certification'],
  ['certification/manifest', { name: literally('manifest.json'), sha256: /^[0-9a-f]{64}$/ }],
];

const SIGNATURE_RULES: readonly Rule[] = [
  ['certification/Signature'],
  [SIGNED_INFO],
  [`${SIGNED_INFO}/CanonicalizationMethod`, { Algorithm: literally(EXCLUSIVE) }],
  [`${SIGNED_INFO}/SignatureMethod`, { Algorithm: literally(RSA_SHA256, ECDSA_SHA256) }],
  [`${SIGNED_INFO}/Reference`, { URI: /^$/ }],
  [TRANSFORMS],
  [`${TRANSFORMS}/Transform`, { Algorithm: literally(ENVELOPED) }],
  [`${TRANSFORMS}/Transform`, { Algorithm: literally(EXCLUSIVE) }],
  [`${SIGNED_INFO}/Reference/DigestMethod`, { Algorithm: literally(SHA256) }],
  [`${SIGNED_INFO}/Reference/DigestValue`],
  ['certification/Signature/SignatureValue'],
  [KEY_INFO],
  [`${KEY_INFO}/X509Data`],
  [`${KEY_INFO}/X509Data/X509Certificate`],
];

/** What the file says: nothing of it is proven by its shape. */
export interface SignatureParts {
  readonly algorithm: string;
  /** Base64 of the signer's certificate. */
  readonly certificate: string;
}

/** Reads a whole signature file. Throws RangeError when it has any other shape. */
export function readShape(xml: string): SignatureParts {
  const { attributes, texts } = readExactly(xml, [...MANIFEST_RULES, ...SIGNATURE_RULES]);
  return {
    algorithm: attributes.get(`${SIGNED_INFO}/SignatureMethod`)?.['Algorithm'] ?? '',
    certificate: texts.get(`${KEY_INFO}/X509Data/X509Certificate`) ?? '',
  };
}

/** The manifest's digest in what was signed: the file without its signature, in canonical form. Throws RangeError. */
export function signedDigestIn(canonical: string): string {
  const { attributes } = readExactly(canonical, MANIFEST_RULES);
  return attributes.get('certification/manifest')?.['sha256'] ?? '';
}

function readExactly(xml: string, rules: readonly Rule[]) {
  const parser = new SaxesParser({ xmlns: true });
  const attributes = new Map<string, Readonly<Record<string, string>>>();
  const texts = new Map<string, string>();
  const open: string[] = [];
  let next = 0;
  const refuse = (what: string) => {
    throw new RangeError(`it has ${what}`);
  };
  parser.on('error', (error) => refuse(`an error: ${error.message}`));
  for (const strange of ['comment', 'cdata', 'processinginstruction', 'doctype'] as const)
    parser.on(strange, () => refuse(`a ${strange}`));
  parser.on('opentag', (tag) => {
    open.push(tag.local);
    const path = open.join('/');
    const rule = rules[next];
    next += 1;
    if (rule === undefined || rule[0] !== path) refuse(`${path} where it does not belong`);
    attributes.set(path, attributesOf(tag, rule?.[1] ?? {}, refuse));
  });
  parser.on('text', (text) => {
    const path = open.join('/');
    texts.set(path, (texts.get(path) ?? '') + text.trim());
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  if (next !== rules.length) refuse('too little');
  return { attributes, texts };
}

function attributesOf(
  tag: SaxesTagNS,
  rule: Readonly<Record<string, RegExp>>,
  refuse: (what: string) => void,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const expected = /^(certification|manifest)$/.test(tag.local) ? CERTIFICATION : DSIG;
  if (tag.uri !== expected || tag.prefix !== '') refuse(`${tag.name} of another namespace`);
  for (const { name, value } of Object.values(tag.attributes)) {
    if (name === 'xmlns') continue;
    if (!(Object.hasOwn(rule, name) && rule[name]?.test(value)))
      refuse(`${name}="${value}" in ${tag.local}`);
    found[name] = value;
  }
  const missing = Object.keys(rule).find((name) => !Object.hasOwn(found, name));
  if (missing !== undefined) refuse(`no ${missing} in ${tag.local}`);
  return found;
}
