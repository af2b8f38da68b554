/**
 * The service's contract as documents: the WSDL and the schemas beside it, served so that a tool can
 * read all of it from `<service>?wsdl`. References between the files become absolute URLs of this
 * server (Java's URL class mistakes a reference that is only a query), and the service's address becomes
 * the one the client came by. Anybody may ask, as often as he likes: all answers share their text.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeAttribute } from './lexical.ts';

export interface Contract {
  /** The WSDL in pieces, for a client that reached the service at `base` (`https://host:port/path`). */
  wsdl(base: string): readonly Uint8Array[];
  /** A schema by its file name, or undefined when there is none of that name. */
  schema(file: string, base: string): readonly Uint8Array[] | undefined;
}

/** Text that stays, in pieces that all answers share, and what makes an address of `base` in between. */
type Template = readonly (Uint8Array | ((base: string) => string))[];

/** What a client that does not read its answer makes us hold. */
const PIECE_BYTES = 16 * 1024;

function piecesOf(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES),
  );
}

/** Splits a document at the references to its files and at the service's address. */
function templateOf(text: string, files: ReadonlySet<string>): Template {
  const parts: Template[number][] = [];
  let end = 0;
  for (const match of text.matchAll(/(schemaLocation="|:address\s+location=")([^"]*)(?=")/g)) {
    const [whole, start = '', value = ''] = match;
    const isFile = start.startsWith('schemaLocation');
    if (isFile && !files.has(value)) continue;
    parts.push(...piecesOf(text.slice(end, match.index + start.length)));
    const query = isFile ? `?xsd=${encodeURIComponent(value)}` : '';
    parts.push((base) => escapeAttribute(base) + query);
    end = match.index + whole.length;
  }
  return [...parts, ...piecesOf(text.slice(end))];
}

function filled(template: Template, base: string): readonly Uint8Array[] {
  return template.map((part) => (typeof part === 'function' ? Buffer.from(part(base)) : part));
}

/** Reads a folder with one WSDL and its schemas. Rejects when it cannot, or there is not just one. */
export async function readContract(directory: string): Promise<Contract> {
  const files = new Map<string, string>();
  for (const name of await readdir(directory)) {
    if (/\.(wsdl|xsd)$/.test(name)) files.set(name, await readFile(join(directory, name), 'utf8'));
  }
  const [name, ...more] = [...files.keys()].filter((each) => each.endsWith('.wsdl'));
  const wsdl = name === undefined ? undefined : files.get(name);
  if (wsdl === undefined || more.length > 0) throw new Error(`not one WSDL in ${directory}`);

  const names = new Set(files.keys());
  const templates = new Map([...files].map(([file, text]) => [file, templateOf(text, names)]));
  const ofWsdl = templateOf(wsdl, names);
  return {
    wsdl: (base) => filled(ofWsdl, base),
    schema: (file, base) => {
      const template = file.endsWith('.xsd') ? templates.get(file) : undefined;
      return template === undefined ? undefined : filled(template, base);
    },
  };
}
