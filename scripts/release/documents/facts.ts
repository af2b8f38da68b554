/** What all documents of a release are made from, read once. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type ReportDocument, readReport } from '../../../src/accept/report/document.ts';
import type { ReleaseContext } from '../contract.ts';
import { type ChangelogRelease, readChangelog } from './changelog.ts';
import { type Library, readLibrary } from './library.ts';
import { filledIn } from './template.ts';
import { readVendor, type Vendor, vendorFileOf } from './vendor.ts';

export interface Facts {
  readonly context: ReleaseContext;
  readonly vendor: Vendor;
  readonly library: Library;
  /** Newest first. */
  readonly changelog: readonly ChangelogRelease[];
  /** Of acceptance runs, in the order given. */
  readonly reports: readonly ReportDocument[];
}

/** What is given from outside the tree. */
export interface DocumentOptions {
  /** Another file than the tree's scripts/release/vendor.yaml. */
  readonly vendorFile?: string | undefined;
  /** report.json of acceptance runs, or folders that hold one, beside those that the vendor's file names. */
  readonly reports?: readonly string[] | undefined;
}

/** Reads everything. Throws VendorError or RangeError for what has not the form it should. */
export function readFacts(context: ReleaseContext, options: DocumentOptions): Facts {
  const vendorFile = options.vendorFile ?? vendorFileOf(context.tree);
  const vendor = readVendor(vendorFile);
  const named = vendor.compatibility.acceptanceReports.map((path) =>
    resolve(dirname(vendorFile), path),
  );
  const library = readLibrary(context.tree);
  return {
    context,
    vendor,
    library,
    changelog: readChangelog(library.files.get('CHANGELOG.md')?.toString('utf8') ?? ''),
    reports: [...named, ...(options.reports ?? [])].map(readReport),
  };
}

/** A text of `text/` with its marks filled. Product and version are known to every text that names them. */
export function textWith(
  { context, vendor }: Pick<Facts, 'context' | 'vendor'>,
  name: string,
  facts: Readonly<Record<string, string>>,
): string {
  const text = readFileSync(join(import.meta.dirname, 'text', `${name}.md`), 'utf8');
  const common = { product: vendor.provider.name, version: context.release.version };
  const used = Object.entries(common).filter(([mark]) => text.includes(`{{${mark}}}`));
  return filledIn(`${name}.md`, text, { ...Object.fromEntries(used), ...facts });
}
