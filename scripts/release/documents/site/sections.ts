/** The sections of the landing page, each as the HTML below its heading. */
import type { MadeFile } from '../../contract.ts';
import type { Facts } from '../facts.ts';
import { signatureText, sizeText } from '../guides/parts.ts';
import { whatIsNew } from '../guides/release-notes.ts';
import { escapedHtml, rendered } from '../markdown.ts';
import { features } from './features.ts';
import { documentAt, grid, link, said } from './html.ts';

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

/** What it can do, each with its document. */
export function featureList(): string {
  const items = features().map(
    ({ title, text, more }) =>
      `<li><h3><a href="${documentAt(more)}">${escapedHtml(title)}</a></h3><p>${escapedHtml(text)}</p></li>`,
  );
  return `<ul class="cards">\n${items.join('\n')}\n</ul>`;
}

/** The sentence of the ledger, and the first lines of the changelog. */
export function newList(facts: Facts): string {
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

/** Versions of vSphere, arrays and their firmware. */
export function compatibility({ vendor }: Facts): string {
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

/** The table of files with their sums, and how to check them. */
export function downloads(facts: Facts, files: readonly MadeFile[]): string {
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

/** The documents that people ask for. */
export function documents(): string {
  const items = DOCUMENTS.map(
    ([path, title]) => `<li><a href="${documentAt(path)}">${escapedHtml(title)}</a></li>`,
  );
  return `<ul class="columns">\n${items.join('\n')}\n</ul>`;
}

/** How support is got, and what may be expected of it. */
export function support({ vendor }: Facts): string {
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

/** The place for text that is not the vendor’s to write. */
export function reserved({ vendor, library }: Facts): string {
  if (vendor.vmwareText === null)
    return '<p class="reserved"><mark>This place is kept for text that only VMware may supply. Nothing was supplied yet.</mark></p>';
  const surroundings = { documents: new Set<string>(), isInSources: library.isInSources };
  return `<div class="reserved">${rendered('vmwareText', vendor.vmwareText, surroundings).html}</div>`;
}
