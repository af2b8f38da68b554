/**
 * The provider under test as the outside knows it: an address, credentials, the certificate that its
 * administrator has accepted, and what version.xml says. Nothing of its insides.
 */
import { request } from 'node:https';
import { SaxesParser } from 'saxes';
import type { ApiVersion } from '../client/exchange.ts';

export interface TargetOptions {
  /** Of version.xml. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** PEM: the certificate that the provider shows at first contact, or the CA that issued it. */
  readonly trust: string;
  /** For one answer. */
  readonly timeoutMs: number;
}

export interface Target extends TargetOptions {
  readonly versionXml: string;
  /** Service URL by API version, as version.xml lists them. */
  readonly services: ReadonlyMap<ApiVersion, string>;
}

/** Longest version.xml that is read. */
const DOCUMENT_BYTES = 1024 * 1024;

/** There is no provider to play against, or none that we speak with. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Meets the provider. Rejects with TargetError when it cannot be reached, or its version.xml names no service we speak
 * with.
 */
export async function meetTarget(options: TargetOptions): Promise<Target> {
  const { url, trust, timeoutMs } = options;
  try {
    const versionXml = await fetchText(url, [trust], timeoutMs);
    const services = servicesIn(versionXml, url);
    if (services.size > 0) return { ...options, versionXml, services };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new TargetError(`${url} cannot be met: ${words}`, { cause: error });
  }
  throw new TargetError(`${url} names no service of VASA 1.0 or 2.0`);
}

/** A document over verified TLS. Rejects unless it is answered with 200. */
export function fetchText(
  url: string,
  trust: readonly string[],
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ca: [...trust],
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
        if (text.length > DOCUMENT_BYTES) response.destroy(new Error(`${url} is too long`));
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} was answered with HTTP ${response.statusCode}`));
      });
    });
    sent.end();
  });
}

/**
 * The services that a version.xml names: each entry has an id that says the version and a serviceLocation,
 * absolute or relative to the document. Its element names are not public, so that they are not looked at
 * but for `serviceLocation`. Throws when it is no XML.
 */
export function servicesIn(xml: string, base: string): ReadonlyMap<ApiVersion, string> {
  const found = new Map<ApiVersion, string>();
  const parser = new SaxesParser();
  let entry: string[] = [];
  let text = '';
  parser.on('error', (error) => {
    throw new Error(`version.xml cannot be read: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new Error('version.xml has a document type');
  });
  parser.on('opentag', ({ attributes }) => {
    entry.push(...Object.values(attributes));
    text = '';
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const value = text.trim();
    text = '';
    if (!/(^|:)serviceLocation$/.test(name)) {
      if (value !== '') entry.push(value);
      return;
    }
    const version = versionOf([...entry, value]);
    if (version !== undefined && !found.has(version)) found.set(version, new URL(value, base).href);
    entry = [];
  });
  parser.write(xml).close();
  return found;
}

/** vSphere's names of versions are one ahead of the API's: version3 is VASA 2.0. */
const WORDS: readonly (readonly [RegExp, ApiVersion])[] = [
  [/^(2|2\.0|version3)$/i, '2.0'],
  [/^(1|1\.0|version1)$/i, '1.0'],
  [/\/2\.0\//, '2.0'],
  [/\/1\.0\//, '1.0'],
];

function versionOf(words: readonly string[]): ApiVersion | undefined {
  for (const [pattern, version] of WORDS)
    if (words.some((word) => pattern.test(word))) return version;
  return undefined;
}
