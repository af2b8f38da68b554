/**
 * Markdown to HTML pages that can be read without a network and printed. Headings get the anchors that other
 * readers of Markdown give them, links between documents go to their pages, and what lies in the sources and not
 * among the documents is named instead of linked. Knows nothing of what the documents say.
 */
import { posix } from 'node:path';
import MarkdownIt, { type StateCore, type Token } from 'markdown-it';

/** What the links of a document may lead to. */
export interface Surroundings {
  /** Paths of the other documents and their pictures, as links name them: `docs/wire.md`. */
  readonly documents: ReadonlySet<string>;
  /** Does the path lie in the sources, though not among the documents? */
  isInSources(path: string): boolean;
}

export interface Rendered {
  /** The first heading, as text. */
  readonly title: string;
  /** What stands in the page's main part. */
  readonly html: string;
}

/** The document at `path` as HTML. Links that lead nowhere are left as they are, for `brokenLinks` to find. */
export function rendered(path: string, markdown: string, surroundings: Surroundings): Rendered {
  const reader = new MarkdownIt({ html: false, linkify: false, typographer: false });
  reader.core.ruler.push('places', (state: StateCore) => placed(state.tokens, path, surroundings));
  reader.core.ruler.push('anchors', (state: StateCore) => anchored(state.tokens));
  reader.renderer.rules['table_open'] = () => '<div class="wide"><table>\n';
  reader.renderer.rules['table_close'] = () => '</table></div>\n';
  reader.renderer.rules['th_open'] = () => '<th scope="col">';
  // Alignment is the style sheet's matter, which a strict content policy also asks for.
  reader.renderer.rules['td_open'] = () => '<td>';
  const tokens = reader.parse(markdown.replaceAll(/<!--[\s\S]*?-->\n?/g, ''), {});
  const at = tokens.findIndex(({ type }) => type === 'heading_open');
  const html = reader.renderer.render(tokens, reader.options, {});
  return { title: textOf(tokens[at + 1]) || path, html: marked(html) };
}

/** Marks what is still to be filled in. */
export function marked(html: string): string {
  return html.replaceAll(/\[(FILL IN: [^\]]*)\]/g, '<mark>$1</mark>');
}

/** Text as it stands in HTML, also in attributes. */
export function escapedHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The page's path of a document: `docs/wire.md` has `docs/wire.html`. */
export function pageOf(path: string): string {
  return path.replace(/\.md$/, '.html');
}

/** The anchor of a heading, before it is made unlike the others of its page. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function textOf(inline: Token | undefined): string {
  return (inline?.children ?? []).map(({ content }) => content).join('');
}

function anchored(tokens: readonly Token[]): void {
  const seen = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const slug = slugOf(textOf(tokens[index + 1]));
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    token.attrSet('id', times === 0 ? slug : `${slug}-${times}`);
  }
}

function placed(tokens: readonly Token[], path: string, surroundings: Surroundings): void {
  const inner = tokens.flatMap(({ children }) => children ?? []);
  for (const [index, token] of inner.entries()) {
    if (token.type !== 'link_open') continue;
    const target = targetOf(token.attrGet('href') ?? '', path, surroundings);
    if (target !== undefined) {
      token.attrSet('href', target);
      continue;
    }
    const close = inner.slice(index).find(({ type }) => type === 'link_close');
    token.tag = 'span';
    token.attrs = [['class', 'elsewhere']];
    if (close !== undefined) close.tag = 'span';
  }
}

/** Where a link goes among the pages; undefined: only in the sources. */
function targetOf(href: string, path: string, surroundings: Surroundings): string | undefined {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [file = '', anchor] = decodeURI(href).split('#');
  const found = posix.normalize(posix.join(posix.dirname(path), file));
  if (surroundings.documents.has(found))
    return `${pageOf(file)}${anchor === undefined ? '' : `#${anchor}`}`;
  if (surroundings.isInSources(found)) return undefined;
  // It leads nowhere: left as it is, so that the check of all links names it with the others.
  return href;
}
