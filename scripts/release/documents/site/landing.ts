/**
 * The landing page of a release: one static page that says what it is, what it works with, where it is had, and how
 * support is got. Everything in it is a fact of the tree, a made file, or what the vendor filled in. The documentation
 * lies in `documentation/` beside it.
 */
import type { MadeFile } from '../../contract.ts';
import type { Facts } from '../facts.ts';
import { programs, requirements } from '../guides/parts.ts';
import { escapedHtml } from '../markdown.ts';
import { STYLE } from '../page.ts';
import { documentAt, link, rows, said } from './html.ts';
import {
  compatibility,
  documents,
  downloads,
  featureList,
  newList,
  reserved,
  support,
} from './sections.ts';

/** The page, HTML. `files` is the download table. */
export function landingPage(facts: Facts, files: readonly MadeFile[]): string {
  const { context, vendor } = facts;
  const { release } = context;
  const product = escapedHtml(vendor.provider.name);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapedHtml(vendor.provider.summary)}">
<title>${product} ${release.version}</title>
<link rel="stylesheet" href="documentation/${STYLE}">
<link rel="stylesheet" href="landing.css">
</head>
<body>
${head(facts, files)}
<main>
${[
  section('features', 'What it does', featureList()),
  section('new', `What is new in ${release.version}`, newList(facts)),
  section('compatibility', 'What it works with', compatibility(facts)),
  section('requirements', 'What it needs', rows(requirements(facts))),
  section('downloads', 'Downloads', downloads(facts, files)),
  section('documentation', 'Documentation', documents()),
  section('support', 'Support', support(facts)),
  section('vmware', 'From VMware', reserved(facts)),
].join('\n')}
</main>
<footer>
<p>${escapedHtml(release.signature)}, posted ${release.date}. Published by ${said(vendor.vendor.name)}, ${link(vendor.vendor.website)}.</p>
<p>VMware, vSphere, vCenter, ESXi and VASA are names of their owner and its products, used here only to say what ${product} works with.</p>
</footer>
</body>
</html>
`;
}

function section(id: string, title: string, content: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${escapedHtml(title)}</h2>
${content}
</section>`;
}

function head({ context, vendor }: Facts, files: readonly MadeFile[]): string {
  const { release } = context;
  const { installer, archive } = programs(files);
  const first = installer ?? archive;
  const button =
    first === undefined
      ? '<a class="button" href="#downloads">Downloads</a>'
      : `<a class="button" href="${escapedHtml(vendor.hosting.downloads + first)}">Download for Linux</a>`;
  return `<header class="top">
<div class="inner">
<p class="kind">VASA provider</p>
<h1>${escapedHtml(vendor.provider.name)} <span class="version">${release.version}</span></h1>
<p class="summary">${said(vendor.provider.summary)}</p>
<p class="act">${button} <a class="button quiet" href="${documentAt('installation-and-configuration.md')}">How to install</a></p>
<p class="posted">Posted <time datetime="${release.date}">${release.date}</time>, build ${escapedHtml(release.build)}</p>
</div>
<nav aria-label="On this page"><ul class="inner">
${['features', 'new', 'compatibility', 'requirements', 'downloads', 'documentation', 'support']
  .map((id) => `<li><a href="#${id}">${id === 'new' ? 'what is new' : id}</a></li>`)
  .join('\n')}
</ul></nav>
</header>`;
}
