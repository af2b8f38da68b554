/** The guides of a release: each a Markdown document made of a text of `text/` and facts. */
import { type Setting, settings } from '../../../../src/config/settings.ts';
import { type Facts, textWith } from '../facts.ts';
import { table } from '../template.ts';
import { placeholdersIn, shown } from '../vendor.ts';
import { encryptionUses } from './encryption.ts';
import { contacts, priorities, programs, requirements, signatureText, sizeText } from './parts.ts';
import { releaseNotes } from './release-notes.ts';

const PROOF_CASE = 'docs/examples/proof-case/keelson.yaml';

/** All guides, by path. */
export function guides(facts: Facts): ReadonlyMap<string, string> {
  const { context } = facts;
  return new Map([
    ['release-notes.md', releaseNotes(facts)],
    ['installation-and-configuration.md', installation(facts)],
    ['support-process.md', supportProcess(facts)],
    ['licences-and-encryption.md', licences(facts)],
    ['third-party-notices.md', notices(context.thirdPartyNotices)],
    ['index.md', index(facts)],
  ]);
}

function installation(facts: Facts): string {
  const { context, library } = facts;
  const { installer, archive } = programs(context.files);
  const proofCase = library.files.get(PROOF_CASE)?.toString('utf8');
  if (proofCase === undefined) throw new RangeError(`${PROOF_CASE} is not there`);
  return textWith(facts, 'installation-and-configuration', {
    requirements: table(['', 'needed'], requirements(facts)),
    downloads: table(
      ['file', 'what it is', 'size'],
      context.files.map(({ name, fileType, sizeBytes }) => [name, fileType, sizeText(sizeBytes)]),
    ),
    signature: signatureText(facts),
    install: textWith(facts, installer === undefined ? 'install-from-sources' : 'install', {
      ...(installer === undefined ? {} : { installer, archive: archive ?? installer }),
    }),
    upgrade: textWith(facts, installer === undefined ? 'upgrade-sources' : 'upgrade', {
      ...(installer === undefined ? {} : { installer }),
    }),
    'proof-case': proofCase.trim(),
    settings: table(
      ['setting', 'flag', 'default', 'what it is for'],
      settings().map((each) => [
        `\`${each.key}\``,
        each.flag === undefined ? '' : `\`${each.flag}\``,
        defaultText(each),
        each.help,
      ]),
    ),
  });
}

function defaultText({ defaultValue, secret }: Setting): string {
  if (defaultValue === undefined) return secret ? 'made' : 'not set';
  return `\`${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}\``;
}

function supportProcess(facts: Facts): string {
  const { definitions, targets } = priorities(facts);
  return textWith(facts, 'support-process', {
    contacts: contacts(facts),
    priorities: definitions,
    targets,
    lifecycle: shown(facts.vendor.support.lifecycle),
  });
}

function licences(facts: Facts): string {
  const { components, eula, footprint, tree } = facts.context;
  return textWith(facts, 'licences-and-encryption', {
    count: String(components.length),
    components: table(
      ['component', 'version', 'licence'],
      components.map(({ name, version, licence }) => [name, version, licence]),
    ),
    eula: indented(eula),
    node: footprint.nodeVersion,
    uses: encryptionUses(tree),
  });
}

function notices(text: string): string {
  return [
    '# Third-party notices',
    '',
    'Licences of the components inside, as their authors give them.',
    '',
    indented(text),
    '',
  ].join('\n');
}

/** As a block that is shown letter by letter. */
function indented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}

function index(facts: Facts): string {
  const { context, library, vendor } = facts;
  const pages = [...library.files]
    .filter(([path]) => /^docs\/[^/]+\.md$/.test(path) || path === 'CHANGELOG.md')
    .map(([path, bytes]) => ({ path, title: titleOf(bytes) }))
    .toSorted((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
  const open = placeholdersIn(vendor);
  return textWith(facts, 'index', {
    signature: context.release.signature,
    date: context.release.date,
    summary: shown(vendor.provider.summary),
    reference: pages.map(({ path, title }) => `- [${title}](${path})`).join('\n'),
    'fill-in':
      open.length === 0
        ? ''
        : `**${open.length} places of these documents are still to be filled in by the vendor**; they are marked.`,
  });
}

function titleOf(bytes: Buffer): string {
  return /^# (.+)$/m.exec(bytes.toString('utf8'))?.[1] ?? 'untitled';
}
