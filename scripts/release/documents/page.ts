/** The frame of a document's page: one form for all, with the release in its foot. */
import { posix } from 'node:path';
import { escapedHtml } from './markdown.ts';

export interface Page {
  /** Where the page lies among the others, e.g. `docs/wire.html`. */
  readonly path: string;
  readonly title: string;
  readonly main: string;
  /** The release's signature. */
  readonly signature: string;
  /** Name of the product, for the head of the page. */
  readonly product: string;
}

/** Name of the style sheet beside the first page. */
export const STYLE = 'style.css';

/** The whole page. */
export function framed({ path, title, main, signature, product }: Page): string {
  const root = posix.relative(posix.dirname(path), '.') || '.';
  const home = `${root}/index.html`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapedHtml(title === product ? title : `${title} – ${product}`)}</title>
<link rel="stylesheet" href="${root}/${STYLE}">
</head>
<body>
<header class="bar"><a href="${home}">${escapedHtml(product)} documentation</a></header>
<main>
${main.trim()}
</main>
<footer>${escapedHtml(signature)}</footer>
</body>
</html>
`;
}
