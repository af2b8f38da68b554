/**
 * Takes secrets and credentials out of messages and puts placeholders there. Recording gives each thing a number
 * that a replay finds its own of; a replay takes them out of new answers in the same way, so that both compare.
 */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { withLeaves } from './leaves.ts';

/** What placeholders are called. Whole texts of an element of their own kind, but for those of certificates. */
export const PASSWORD = '{{password}}';
export const OTHER_PASSWORD = '{{another password}}';
export const USER = '{{user}}';

/** `{{certificate 3}}`, or `{{certificate 3 bare}}` where it came as base64 alone; no number: one of the provider's. */
export const CREDENTIAL = /\{\{(certificate|list) (\d+)( bare)?\}\}/g;

const PASSWORDS = /^(password|providerPassword)$/i;
const USERS = /^(userName|providerUserName)$/i;
const PEM = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;
/** DER in base64: a SEQUENCE with a length of two bytes. */
const BARE = /^MII[A-Za-z0-9+/=\s]{200,}$/;

export const isPassword = (element: string): boolean => PASSWORDS.test(element);
export const isUser = (element: string): boolean => USERS.test(element);

/** Numbers of credentials and sessions; undefined: one that has none. */
export interface Labels {
  readonly user: string;
  readonly password: string;
  session(id: string): string | undefined;
  certificate(certificate: x509.X509Certificate): number | undefined;
  list(list: x509.X509Crl): number | undefined;
  /** A signing request that is among the answers. */
  request(request: x509.Pkcs10CertificateRequest): void;
}

/** The message with placeholders. */
export function redacted(xml: string, labels: Labels): string {
  return withLeaves(xml, (name, text) => {
    if (text === '') return text;
    if (isPassword(name)) return text === labels.password ? PASSWORD : OTHER_PASSWORD;
    if (isUser(name)) return text === labels.user ? USER : text;
    if (/^sessionId$/i.test(name)) return `{{${labels.session(text) ?? 'session'}}}`;
    if (BARE.test(text)) return bare(text, labels) ?? text;
    return text.replace(PEM, (pem, kind: string) => placeholder(pem, kind, labels) ?? pem);
  });
}

function placeholder(pem: string, kind: string, labels: Labels): string | undefined {
  if (kind.includes('PRIVATE KEY')) return '{{private key}}';
  try {
    if (kind.endsWith('CERTIFICATE'))
      return named('certificate', labels.certificate(new x509.X509Certificate(pem)));
    if (kind.endsWith('CRL')) return named('list', labels.list(new x509.X509Crl(pem)));
    if (!kind.endsWith('REQUEST')) return undefined;
    labels.request(new x509.Pkcs10CertificateRequest(pem));
    return '{{signing request}}';
  } catch {
    // Scenarios send what is no certificate too; it is kept as it is.
    return undefined;
  }
}

function bare(text: string, labels: Labels): string | undefined {
  for (const kind of ['CERTIFICATE', 'X509 CRL', 'CERTIFICATE REQUEST']) {
    const pem = `-----BEGIN ${kind}-----\n${text}\n-----END ${kind}-----`;
    const found = placeholder(pem, kind, labels);
    if (found !== undefined) return found.replace('}}', ' bare}}');
  }
  return undefined;
}

function named(kind: string, number: number | undefined): string {
  return number === undefined ? `{{${kind}}}` : `{{${kind} ${number}}}`;
}
