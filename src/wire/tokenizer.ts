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
 * Feeds one document to the handlers, in order. Throws MessageError at the first thing that is not
 * well formed, forbidden or over a limit of `LIMITS`; whatever a handler throws passes through. A handler
 * must not tokenize another document with the same function.
 */
export type Tokenize = (text: string, handlers: TokenHandlers) => void;

/** One document being read. */
interface Reading {
  readonly handlers: TokenHandlers;
  readonly resolve: ResolvePrefix;
  depth: number;
  elements: number;
  /** Attributes of the element being opened, and of all so far. */
  attributes: number;
  attributesInAll: number;
}

const OPTIONS = {
  xmlns: true,
  position: false,
  defaultXMLVersion: '1.0',
  forceXMLVersion: true,
} as const;

/**
 * Makes a tokenizer. One is enough for a process, and better: the runtime's compiler makes fast code for
 * three kinds of parser, and gives up on speed from the fifth on (docs/performance.md).
 */
export function createTokenizer(): Tokenize {
  let reading: Reading | undefined;
  const now = (): Reading => {
    if (reading === undefined) throw new Error('no document is being read');
    return reading;
  };
  class Parser extends SaxesParser<typeof OPTIONS> {}
  // Set here once and not on each parser: an object that is given so many handlers one by one is turned
  // into a hash table by the runtime, which makes every step of the parser several times slower.
  const { prototype } = Parser;
  prototype.on('xmldecl', checkDeclaration);
  prototype.on('doctype', refuse('a document type (DTD) is not accepted'));
  prototype.on('processinginstruction', refuse('processing instructions are not accepted'));
  prototype.on('error', (error) => {
    throw new MessageError('structure', `malformed XML: ${clipped(error.message)}`);
  });
  prototype.on('opentagstart', () => {
    now().attributes = 0;
  });
  prototype.on('attribute', () => {
    const at = now();
    at.attributes += 1;
    at.attributesInAll += 1;
    if (at.attributes > LIMITS.xmlAttributes) refuse('an element has too many attributes')();
    if (at.attributesInAll > LIMITS.xmlAttributesInAll)
      refuse('the request has too many attributes')();
  });
  // Thrown here and not later: the parser's own work is quadratic in depth.
  prototype.on('opentag', (tag) => {
    const at = now();
    at.depth += 1;
    at.elements += 1;
    if (at.depth > LIMITS.xmlDepth) refuse('elements are nested too deep')();
    if (at.elements > LIMITS.xmlElements) refuse('the request has too many elements')();
    at.handlers.open(tag, at.resolve);
  });
  prototype.on('closetag', () => {
    const at = now();
    at.depth -= 1;
    at.handlers.close();
  });
  const onText = (piece: string): void => {
    const { depth, handlers } = now();
    if (piece.length > LIMITS.xmlTextCharacters) refuse('a text is too long')();
    if (depth > 0) handlers.text(piece);
  };
  prototype.on('text', onText);
  prototype.on('cdata', onText);
  return (text, handlers) => {
    const parser = new Parser(OPTIONS);
    const resolve: ResolvePrefix = (prefix) => parser.resolve(prefix);
    reading = { handlers, resolve, depth: 0, elements: 0, attributes: 0, attributesInAll: 0 };
    try {
      parser.write(text).close();
    } finally {
      reading = undefined;
    }
  };
}
