/**
 * What the provider serves beside SOAP: version.xml, the contract, message catalogs, and short words
 * for everything else. Each function gives an answer and sends nothing.
 *
 * Source: docs/wire.md, "Paths".
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Contract } from './contract.ts';

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Text, or its pieces in order, in UTF-8. */
  readonly body: string | readonly Uint8Array[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A message catalog file. */
export interface CatalogFile {
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

export const VERSION_XML_PATH = '/vasa/version.xml';

const TEXT = 'text/plain; charset=utf-8';

export function xmlDocument(body: Answer['body']): Answer {
  return { status: 200, contentType: 'text/xml; charset=utf-8', body };
}

/** A refusal in a few words, for a person with a browser. */
export function shortText(status: number, words: string, headers = {}): Answer {
  return { status, contentType: TEXT, body: `${words}\n`, headers };
}

/** 304 when the client has it already. */
export function catalogDocument(file: CatalogFile, headers: IncomingHttpHeaders): Answer {
  // HTTP dates have whole seconds.
  const modified = Math.floor(file.lastModified / 1000) * 1000;
  const fresh = Date.parse(headers['if-modified-since'] ?? '') >= modified;
  return {
    status: fresh ? 304 : 200,
    contentType: TEXT,
    body: fresh ? '' : file.body,
    headers: { 'last-modified': new Date(modified).toUTCString() },
  };
}

/** `?wsdl` (in any case) or `?xsd=<file>`; anything else is no way to read a service. */
export function contractDocument(contract: Contract, query: URLSearchParams, base: string): Answer {
  if ([...query.keys()].some((name) => name.toLowerCase() === 'wsdl')) {
    return xmlDocument(contract.wsdl(base));
  }
  const file = query.get('xsd');
  if (file === null) {
    return shortText(405, 'send SOAP by POST, or read the contract at ?wsdl', { allow: 'POST' });
  }
  const schema = contract.schema(file, base);
  return schema === undefined ? shortText(404, 'no such schema') : xmlDocument(schema);
}
