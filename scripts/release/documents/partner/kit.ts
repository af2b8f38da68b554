/** The partner kit: what a vendor hands to the owner of the platform with a release. Each a Markdown document. */
import { settings } from '../../../../src/config/settings.ts';
import { FAULTS } from '../../../../src/model/faults.ts';
import { LIMITS } from '../../../../src/model/limits.ts';
import { operations } from '../../../docs/sources.ts';
import type { MadeFile } from '../../contract.ts';
import { type Facts, textWith } from '../facts.ts';
import { contacts, priorities, sizeText } from '../guides/parts.ts';
import { knownIssues } from '../guides/release-notes.ts';
import { features } from '../site/features.ts';
import { table } from '../template.ts';
import { shown } from '../vendor.ts';
import { equivalencyForm } from './equivalency.ts';
import { capabilityMatrix, validationMatrix } from './matrices.ts';
import { apiVersions } from './runs.ts';

/** Where the documentation's pages are, seen from the kit. */
const TOP = '../site/documentation/';

/** The documents, by path in the kit's folder. */
export function partnerKit(facts: Facts, files: readonly MadeFile[]): ReadonlyMap<string, string> {
  const documents = new Map([
    ['compatibility-entry.md', compatibilityEntry(facts, files)],
    ['capability-matrix.md', capabilityMatrix(facts)],
    ['validation-matrix.md', validationMatrix(facts)],
    ['transfer-of-information.md', transferOfInformation(facts)],
    ['equivalency-form.md', equivalencyForm(facts)],
  ]);
  const list = [...documents].map(([path, text]) => `- [${/^# (.+)$/m.exec(text)?.[1]}](${path})`);
  const { name } = facts.vendor.provider;
  const title = `# Partner kit: ${name} ${facts.context.release.version}`;
  return new Map([...documents, ['index.md', `${title}\n\n${list.join('\n')}\n`]]);
}

function compatibilityEntry(facts: Facts, files: readonly MadeFile[]): string {
  const { context, vendor } = facts;
  const { release, footprint } = context;
  const { arrays, vsphere } = vendor.compatibility;
  return textWith(facts, 'compatibility-entry', {
    entry: table(
      ['', 'entry'],
      [
        ['Partner', shown(vendor.vendor.name)],
        ['Product', vendor.provider.name],
        ['Kind', 'VASA provider, outside the array'],
        ['Version', release.version],
        ['Posting date', release.date],
        ['Signature', release.signature],
        ['Interface', `VASA ${apiVersions().join(' and ')}`],
        ['Runs on', `Linux (${footprint.architecture}), glibc ${footprint.glibc} or newer`],
        ['Landing page', shown(vendor.hosting.landingPage)],
        ['Support', shown(vendor.support.contacts[0]?.reach ?? 'none')],
      ],
    ),
    arrays: table(
      ['model', 'minimum firmware', 'protocols', 'note'],
      arrays.map((each) => [
        shown(each.model),
        shown(each.firmware),
        each.protocols.join(', '),
        shown(each.note),
      ]),
    ),
    vsphere: table(
      ['version', 'interface', 'note'],
      vsphere.map((each) => [shown(each.version), `VASA ${each.apiVersion}`, shown(each.note)]),
    ),
    features: features()
      .map(({ title, text }) => `- **${title}**: ${text}`)
      .join('\n'),
    files: table(
      ['file', 'size', 'SHA-256'],
      files.map(({ name, sizeBytes, sha256 }) => [name, sizeText(sizeBytes), sha256]),
    ),
  });
}

function transferOfInformation(facts: Facts): string {
  const { context, library, vendor } = facts;
  const issues = knownIssues(library.files.get('docs/known-issues.md')?.toString('utf8') ?? '');
  const page = `${TOP}docs/known-issues.html`;
  return textWith(facts, 'transfer-of-information', {
    summary: shown(vendor.provider.summary),
    'api-versions': apiVersions().join(' and '),
    'operation-count': String(operations().length),
    signature: context.release.signature,
    date: context.release.date,
    docs: `${TOP}docs/`,
    top: TOP,
    'setting-count': String(settings().length),
    'limit-count': String(Object.keys(LIMITS).length),
    'fault-count': String(Object.keys(FAULTS).length),
    'known-issues': issues.map(({ title, anchor }) => `- [${title}](${page}#${anchor})`).join('\n'),
    priorities: priorities(facts).definitions,
    contacts: contacts(facts),
  });
}
