/**
 * The one door for foreign XML: saxes with every bound and refusal that a request needs, so that the
 * readers behind it see elements and text only. It knows no SOAP and no schema.
 *
 * Refused: document types (so no entities but the five built in), processing instructions, XML other
 * than 1.0, declared encodings other than UTF-8. Comments are dropped; CDATA is text like any other.
 * Source: XML 1.0, Namespaces in XML 1.0; SOAP 1.2 part 1 section 5 forbids DTDs and instructions.
 */
import { isUtf8 } from 'node:buffer';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { LIMITS } from '../model/limits.ts';
import { clipped, MessageError } from './errors.ts';

/** An element as it opens: `local` and `uri` are its name, `attributes` by their qualified names. */
export type Tag = SaxesTagNS;

/** What prefix means at the element just opened; undefined when nothing. */
export type ResolvePrefix = (prefix: string) => string | undefined;

export interface TokenHandlers {
  open(tag: Tag, resolve: ResolvePrefix): void;
  /** Text between two tags may come in several pieces. */
  text(text: string): void;
  close(): void;
}

/** Bytes to text. Throws MessageError when they are no UTF-8; a byte order mark is dropped. */
export function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new MessageError('structure', 'the request is not UTF-8');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const refuse = (what: string) => (): never => {
  throw new MessageError('structure', what);
};

function checkDeclaration(declaration: { version?: string; encoding?: string }): void {
  const { version, encoding } = declaration;
  if (version !== undefined && version !== '1.0') {
    throw new MessageError('structure', 'only XML 1.0 is read here');
  }
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    throw new MessageError('structure', 'the XML declaration names an encoding other than UTF-8');
  }
}

/**
 * Feeds one document to `handlers`, in order. Throws MessageError at the first thing that is not
 * well formed, forbidden or over a limit of `LIMITS`; whatever a handler throws passes through.
 */
export function tokenize(text: string, handlers: TokenHandlers): void {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  let attributesInAll = 0;
  const resolve: ResolvePrefix = (prefix) => parser.resolve(prefix);
  parser.on('xmldecl', checkDeclaration);
  parser.on('doctype', refuse('a document type (DTD) is not accepted'));
  parser.on('processinginstruction', refuse('processing instructions are not accepted'));
  parser.on('error', (error) => {
    throw new MessageError('structure', `malformed XML: ${clipped(error.message)}`);
  });
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    attributes += 1;
    attributesInAll += 1;
    if (attributes > LIMITS.xmlAttributes) refuse('an element has too many attributes')();
    if (attributesInAll > LIMITS.xmlAttributesInAll)
      refuse('the request has too many attributes')();
  });
  // Thrown here and not later: the tokenizer's own work is quadratic in depth.
  parser.on('opentag', (tag) => {
    depth += 1;
    elements += 1;
    if (depth > LIMITS.xmlDepth) refuse('elements are nested too deep')();
    if (elements > LIMITS.xmlElements) refuse('the request has too many elements')();
    handlers.open(tag, resolve);
  });
  parser.on('closetag', () => {
    depth -= 1;
    handlers.close();
  });
  const onText = (piece: string): void => {
    if (piece.length > LIMITS.xmlTextCharacters) refuse('a text is too long')();
    if (depth > 0) handlers.text(piece);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text).close();
}
