/**
 * The landing page of a release: one static page that says what it is, what it works with, where it is had, and how
 * support is got. Everything in it is a fact of the tree, a made file, or what the vendor filled in. The documentation
 * lies in `documentation/` beside it.
 */
import type { MadeFile } from '../../contract.ts';
import type { Facts } from '../facts.ts';
import { programs, requirements, signatureText, sizeText } from '../guides/parts.ts';
import { whatIsNew } from '../guides/release-notes.ts';
import { escapedHtml, marked, pageOf, rendered } from '../markdown.ts';
import { STYLE } from '../page.ts';
import { isPlaceholder, shown } from '../vendor.ts';
import { features } from './features.ts';

/** Lines of what is new; the release notes have all. */
const NEW_LINES = 6;

/** Documents that the page leads to by name. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['release-notes.md', 'Release notes'],
  ['installation-and-configuration.md', 'Installing and configuring'],
  ['docs/troubleshooting.md', 'Troubleshooting'],
  ['support-process.md', 'Support: what to collect, where to send it'],
  ['docs/footprint.md', 'Footprint'],
  ['docs/known-issues.md', 'Known issues'],
  ['licences-and-encryption.md', 'Licences and encryption'],
  ['third-party-notices.md', 'Third-party notices'],
  ['index.md', 'All documents'],
];

/** Where a document's page is, seen from the landing page. */
function documentAt(path: string): string {
  return `documentation/${pageOf(path)}`;
}

/** Vendor's words as HTML. */
function said(text: string): string {
  return marked(escapedHtml(shown(text)));
}

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
<p>VASA, vCenter, ESXi and vSphere are names of their owner’s products, used here only to say what ${product} works with.</p>
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

function featureList(): string {
  const items = features().map(
    ({ title, text, more }) =>
      `<li><h3><a href="${documentAt(more)}">${escapedHtml(title)}</a></h3><p>${escapedHtml(text)}</p></li>`,
  );
  return `<ul class="cards">\n${items.join('\n')}\n</ul>`;
}

function newList(facts: Facts): string {
  const { context, library } = facts;
  const note = context.ledger.at(-1)?.note ?? '';
  const lines = whatIsNew(facts, ['Features']);
  const markdown = lines
    .slice(0, NEW_LINES)
    .map((line) => `- ${firstClause(line)}`)
    .join('\n');
  const surroundings = { documents: new Set<string>(), isInSources: library.isInSources };
  const more = `<p><a href="${documentAt('release-notes.md')}">All changes, fixes and known issues</a></p>`;
  return `<p>${escapedHtml(note)}</p>\n${rendered('CHANGELOG.md', markdown, surroundings).html}${more}`;
}

/** The line up to where its details begin. */
function firstClause(line: string): string {
  const end = line.search(/[.;:] /);
  return `${end < 0 ? line.replace(/\.$/, '') : line.slice(0, end)}.`;
}

function compatibility({ vendor }: Facts): string {
  const { vsphere, arrays } = vendor.compatibility;
  const versions = grid(
    ['vSphere', 'Interface', 'Note'],
    vsphere.map(({ version, apiVersion, note }) => [
      said(version),
      `VASA ${apiVersion}`,
      said(note),
    ]),
  );
  const models = grid(
    ['Array', 'Minimum firmware', 'Protocols', 'Note'],
    arrays.map(({ model, firmware, protocols, note }) => [
      said(model),
      said(firmware),
      protocols.join(', '),
      said(note),
    ]),
  );
  return `<h3>Compatible versions</h3>\n${versions}\n<h3>Supported arrays and firmware</h3>\n${models}`;
}

function downloads(facts: Facts, files: readonly MadeFile[]): string {
  const { hosting } = facts.vendor;
  const sums = ({ md5, sha1, sha256 }: MadeFile) =>
    `<dl class="sums"><dt>MD5</dt><dd>${md5}</dd><dt>SHA-1</dt><dd>${sha1}</dd><dt>SHA-256</dt><dd>${sha256}</dd></dl>`;
  const isInstaller = ({ name }: MadeFile) => Number(name.endsWith('.run'));
  const list = grid(
    ['Name', 'Version', 'File type', 'Size', 'Posted', 'Checksums'],
    files
      .toSorted((a, b) => isInstaller(b) - isInstaller(a))
      .map((file) => [
        `<a href="${escapedHtml(hosting.downloads + file.name)}">${escapedHtml(file.name)}</a>`,
        escapedHtml(file.version),
        escapedHtml(file.fileType),
        `<span class="whole" title="${file.sizeBytes} bytes">${sizeText(file.sizeBytes)}</span>`,
        `<time datetime="${file.postingDate}">${file.postingDate}</time>`,
        sums(file),
      ]),
    'downloads',
  );
  const surroundings = { documents: new Set<string>(), isInSources: () => true };
  const { html } = rendered('signature', signatureText(facts), surroundings);
  return `${list}
<p>The sums of all files, these pages included, lie beside them: <code>MD5SUMS</code>, <code>SHA1SUMS</code>, <code>SHA256SUMS</code>.</p>
<h3>Is it what was published?</h3>
${html}`;
}

function documents(): string {
  const items = DOCUMENTS.map(
    ([path, title]) => `<li><a href="${documentAt(path)}">${escapedHtml(title)}</a></li>`,
  );
  return `<ul class="columns">\n${items.join('\n')}\n</ul>`;
}

function support({ vendor }: Facts): string {
  const { contacts, priorities, lifecycle } = vendor.support;
  const ways = grid(
    ['Channel', 'For', 'How', 'When'],
    contacts.map((each) => [
      said(each.channel),
      said(each.for),
      link(each.reach),
      said(each.hours),
    ]),
  );
  const policy = grid(
    ['Priority', 'Definition', 'First response', 'Updates', 'Target'],
    priorities.map((each) => [
      `<strong>${each.name}</strong> ${said(each.title)}`,
      said(each.definition),
      said(each.firstResponse),
      said(each.updates),
      said(each.target),
    ]),
  );
  return `<h3>How to get support</h3>
<p>Send what <code>keelson support-bundle</code> makes: one file, without secrets. <a href="${documentAt('support-process.md')}">What to collect for each kind of problem</a>.</p>
${ways}
<h3>Support policy</h3>
${policy}
<p>How long releases are supported: ${said(lifecycle)}</p>`;
}

function reserved({ vendor, library }: Facts): string {
  if (vendor.vmwareText === null)
    return '<p class="reserved"><mark>This place is kept for text that only VMware may supply. Nothing was supplied yet.</mark></p>';
  const surroundings = { documents: new Set<string>(), isInSources: library.isInSources };
  return `<div class="reserved">${rendered('vmwareText', vendor.vmwareText, surroundings).html}</div>`;
}

/** An address as a link, anything else as text. */
function link(text: string): string {
  if (isPlaceholder(text)) return said(text);
  if (/^https:\/\/\S+$/.test(text))
    return `<a href="${escapedHtml(text)}">${escapedHtml(text)}</a>`;
  if (/^\S+@\S+\.\S+$/.test(text))
    return `<a href="mailto:${escapedHtml(text)}">${escapedHtml(text)}</a>`;
  return escapedHtml(text);
}

/** A table of cells that are HTML already; each says its column, for narrow screens. */
function grid(head: readonly string[], cells: readonly (readonly string[])[], kind = ''): string {
  const row = (each: readonly string[]) =>
    `<tr>${each.map((cell, at) => `<td data-label="${head[at]}"><div>${cell}</div></td>`).join('')}</tr>`;
  return `<table class="grid ${kind}">
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${cells.map(row).join('\n')}
</tbody>
</table>`.replace('class="grid "', 'class="grid"');
}

function rows(pairs: readonly (readonly [string, string])[]): string {
  const items = pairs.map(
    ([name, value]) => `<div><dt>${escapedHtml(name)}</dt><dd>${escapedHtml(value)}</dd></div>`,
  );
  return `<dl class="facts">\n${items.join('\n')}\n</dl>`;
}
