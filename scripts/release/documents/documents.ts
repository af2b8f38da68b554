/**
 * Everything of a release that people read, made from facts of the tree and from what the vendor filled in: the
 * documentation archive, the landing page, the partner kit, and the papers of a hot fix. Nothing here looks at the
 * clock: the same tree gives the same bytes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MadeFile, MakeDocuments, ReleaseContext, ReleaseFile } from '../contract.ts';
import { describeFile } from '../describe.ts';
import { documentation, pagesOf } from './documentation.ts';
import { type DocumentOptions, type Facts, readFacts } from './facts.ts';
import { hotfixNotification } from './hotfix/notification.ts';
import { brokenLinks } from './links.ts';
import { partnerKit } from './partner/kit.ts';
import { landingPage } from './site/landing.ts';
import { zipOf } from './zip.ts';

export interface Documents {
  readonly files: readonly ReleaseFile[];
  /** Sentences about links that lead nowhere; empty: all is well. */
  readonly broken: readonly string[];
}

/** Makes all documents. Rejects with RangeError or VendorError when a source is missing or wrong. */
export async function makeDocumentsWith(
  context: ReleaseContext,
  options: DocumentOptions,
): Promise<Documents> {
  const facts = readFacts(context, options);
  const { release } = context;
  const pages = documentation(facts);
  const folder = `keelson-${release.version}-documentation`;
  const archived = new Map([...pages].map(([path, bytes]) => [`${folder}/${path}`, bytes]));
  const archive = { path: `${folder}.zip`, bytes: await zipOf(archived, release.date) };
  const downloads: readonly MadeFile[] = [
    ...context.files,
    describeFile(archive, 'documentation (zip)', release),
  ];
  const made = new Map([
    [archive.path, archive.bytes],
    ...within('site', site(landingPage(facts, downloads), pages)),
    ...within('partner', pagesOf(facts, inBytes(partnerKit(facts, downloads)))),
    ...within('hotfix', hotfixPapers(facts, downloads)),
  ]);
  const published = new Map([
    ...context.files.map(({ name }): [string, Buffer] => [name, Buffer.alloc(0)]),
    ...made,
  ]);
  return {
    files: [...made].map(([path, bytes]) => ({ path, bytes })),
    broken: brokenLinks(published),
  };
}

/** See `MakeDocuments`. Rejects with RangeError also when a link leads nowhere. */
export const makeDocuments: MakeDocuments = async (context) => {
  const { files, broken } = await makeDocumentsWith(context, {
    reports: context.reports,
  });
  if (broken.length > 0) throw new RangeError(`links that lead nowhere:\n${broken.join('\n')}`);
  return files;
};

/** The landing page's folder: the page, its style, and the documentation's pages without their sources. */
function site(page: string, documents: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  const style = readFileSync(join(import.meta.dirname, 'site/landing.css'));
  const pages = [...documents].filter(([path]) => !path.endsWith('.md'));
  return new Map([
    ['index.html', Buffer.from(page)],
    ['landing.css', style],
    ...within('documentation', new Map(pages)),
  ]);
}

function hotfixPapers(facts: Facts, files: readonly MadeFile[]): ReadonlyMap<string, Buffer> {
  const { hotfix } = facts.context;
  if (hotfix === undefined) return new Map();
  return pagesOf(facts, inBytes(new Map([['index.md', hotfixNotification(facts, hotfix, files)]])));
}

function inBytes(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Buffer> {
  return new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
}

function within(folder: string, files: ReadonlyMap<string, Buffer>): [string, Buffer][] {
  return [...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]);
}
