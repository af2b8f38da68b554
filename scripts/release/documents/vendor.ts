/**
 * What a vendor says of himself: scripts/release/vendor.yaml, checked and typed. Knows nothing of documents.
 * A text that begins with `FILL IN:` has not been filled in yet; documents show it so, and `placeholdersIn` lists it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

const PLACEHOLDER = /^FILL IN: /;

const text = z.string().trim().min(1);
/** A link: an address, a place inside the release, or still to be filled in. */
const place = text.refine(
  (value) => PLACEHOLDER.test(value) || /^(https:\/\/\S+|\.{0,2}\/\S*|[\w.-]+\/)$/.test(value),
  'must be an https address, or a path that ends in /',
);
const address = text.refine(
  (value) => PLACEHOLDER.test(value) || value === 'not published' || /^https:\/\/\S+$/.test(value),
  'must be an https address',
);

const PROTOCOLS = ['SCSI', 'NFS', 'NFS4x'] as const;

const vendorFile = z.strictObject({
  vendor: z.strictObject({ name: text, website: address, address: text }),
  provider: z.strictObject({ name: text, summary: text }),
  hosting: z.strictObject({ landingPage: address, downloads: place, source: address }),
  compatibility: z.strictObject({
    vsphere: z.array(
      z.strictObject({ version: text, apiVersion: z.enum(['1.0', '2.0']), note: text }),
    ),
    arrays: z
      .array(
        z.strictObject({
          model: text,
          /** The least that is supported. */
          firmware: text,
          protocols: z.array(z.enum(PROTOCOLS)).min(1),
          /** `modelId` of queryArrays. */
          match: text,
          note: text,
        }),
      )
      .min(1),
    /** Paths of report.json, from the vendor file's folder. */
    acceptanceReports: z.array(text),
  }),
  support: z.strictObject({
    contacts: z
      .array(z.strictObject({ channel: text, reach: text, hours: text, for: text }))
      .min(1),
    priorities: z
      .array(
        z.strictObject({
          name: z.enum(['P1', 'P2', 'P3', 'P4']),
          title: text,
          definition: text,
          firstResponse: text,
          updates: text,
          target: text,
        }),
      )
      .length(4)
      .refine(
        (all) => all.every(({ name }, at) => name === `P${at + 1}`),
        'must be P1, P2, P3 and P4, in this order',
      ),
    lifecycle: text,
  }),
  /** Null: nothing was supplied yet. */
  vmwareText: z.string().nullable(),
});

export type Vendor = z.infer<typeof vendorFile>;

/** The file is there and does not say what it should. The message names each place, for the vendor. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
}

/** The file that a vendor fills in, in a tree of sources. */
export function vendorFileOf(tree: string): string {
  return join(tree, 'scripts/release/vendor.yaml');
}

/** Reads and checks the file. Throws VendorError with a line for each mistake. */
export function readVendor(file: string): Vendor {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw new VendorError(`${file}: ${broken.message}`);
  const read = vendorFile.safeParse(document.toJS());
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => {
    const keys = path.map((key) => (typeof key === 'symbol' ? key.toString() : key));
    return `${file}:${lineOf(keys)}: ${keys.join('.') || 'the file'}: ${message}`;
  });
  throw new VendorError(mistakes.join('\n'));

  function lineOf(keys: readonly (string | number)[]): number {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      const range = node && typeof node === 'object' && 'range' in node ? node.range : undefined;
      if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
    }
    return 1;
  }
}

/** A text that has not been filled in. */
export interface Placeholder {
  /** Dotted, as in the file. */
  readonly key: string;
  /** What is wanted. */
  readonly wanted: string;
}

/** Everything that is still to be filled in, in the file's order. */
export function placeholdersIn(vendor: Vendor): readonly Placeholder[] {
  const found: Placeholder[] = [];
  const look = (key: string, value: unknown): void => {
    if (isPlaceholder(value)) found.push({ key, wanted: value.replace(PLACEHOLDER, '') });
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) look(key ? `${key}.${name}` : name, inner);
  };
  look('', vendor);
  return found;
}

/** Has the text not been filled in? */
export function isPlaceholder(value: unknown): value is string {
  return typeof value === 'string' && PLACEHOLDER.test(value);
}

/** The text as Markdown: what is not filled in stands in brackets, which pages mark. */
export function shown(value: string): string {
  return isPlaceholder(value) ? `[${value}]` : value;
}
