/** The documentation folder: guides and the documents of the tree, each as Markdown and as a page, with what they show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseContext } from '../contract.ts';
import type { Facts } from './facts.ts';
import { guides } from './guides/guides.ts';
import { type Library, readLibrary } from './library.ts';
import { pageOf, rendered } from './markdown.ts';
import { framed, STYLE } from './page.ts';
import { readVendor, type Vendor, vendorFileOf } from './vendor.ts';

/** All files, by path inside the folder. */
export function documentation(facts: Facts): ReadonlyMap<string, Buffer> {
  const { library } = facts;
  const own = [...guides(facts)].map(([path, text]): [string, Buffer] => [path, Buffer.from(text)]);
  return pagesOf(facts, new Map([...library.files, ...own]));
}

/** The documents of the tree alone, for the installed program: what guides tell of the release is not made yet. */
export function handbook(context: Framing['context']): ReadonlyMap<string, Buffer> {
  const library = readLibrary(context.tree);
  return pagesOf(
    { context, vendor: readVendor(vendorFileOf(context.tree)), library },
    library.files,
  );
}

/** What every page is framed with. */
interface Framing {
  readonly context: Pick<ReleaseContext, 'release' | 'tree'>;
  readonly vendor: Vendor;
  readonly library: Library;
}

/** Documents with their pages; what is no Markdown stays as it is. */
export function pagesOf(
  { context, vendor, library }: Framing,
  documents: ReadonlyMap<string, Buffer>,
): ReadonlyMap<string, Buffer> {
  const files = new Map(documents);
  const surroundings = {
    documents: new Set(documents.keys()),
    isInSources: library.isInSources,
  };
  for (const [path, bytes] of documents) {
    if (!path.endsWith('.md')) continue;
    const { title, html } = rendered(path, bytes.toString('utf8'), surroundings);
    const page = framed({
      path: pageOf(path),
      title,
      main: html,
      signature: context.release.signature,
      product: vendor.provider.name,
    });
    files.set(pageOf(path), Buffer.from(page));
  }
  files.set(STYLE, readFileSync(join(import.meta.dirname, STYLE)));
  return files;
}
