/**
 * The service's contract as documents: the WSDL and the schemas beside it, served so that a tool can
 * read all of it from `<service>?wsdl`. References between the files become absolute URLs of this
 * server (Java's URL class mistakes a reference that is only a query), and the service's address becomes
 * the one the client came by.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeAttribute } from './lexical.ts';

export interface Contract {
  /** The WSDL, for a client that reached the service at `base` (`https://host:port/path`). */
  wsdl(base: string): string;
  /** A schema by its file name, or undefined when there is none of that name. */
  schema(file: string, base: string): string | undefined;
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

  const located = (text: string, base: string): string => {
    const address = escapeAttribute(base);
    return text.replace(/schemaLocation="([^"]+)"/g, (whole, file: string) =>
      files.has(file) ? `schemaLocation="${address}?xsd=${encodeURIComponent(file)}"` : whole,
    );
  };
  return {
    wsdl: (base) =>
      located(wsdl, base).replace(
        /(:address\s+location=")[^"]*"/g,
        (_, start: string) => `${start}${escapeAttribute(base)}"`,
      ),
    schema: (file, base) => {
      const text = file.endsWith('.xsd') ? files.get(file) : undefined;
      return text === undefined ? undefined : located(text, base);
    },
  };
}
