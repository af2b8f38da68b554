/**
 * Release notes: for each release what was added, what was fixed, and, for this one, what is known not to work. The
 * same form every time, from CHANGELOG.md and docs/known-issues.md.
 */
import { type ChangelogGroup, type ChangelogRelease, partsOf } from '../changelog.ts';
import type { Facts } from '../facts.ts';
import { slugOf } from '../markdown.ts';

const KNOWN = 'docs/known-issues.md';

/** The document, Markdown. Throws RangeError when this release has no part of its own in the changelog. */
export function releaseNotes({ context, vendor, changelog, library }: Facts): string {
  const { release } = context;
  const own = partsOf(changelog, release.version);
  const earlier = changelog.slice(own.length);
  const issues = knownIssues(library.files.get(KNOWN)?.toString('utf8') ?? '');
  return [
    `# Release notes: ${vendor.provider.name} ${release.version}`,
    `${release.signature}. Posted ${release.date}.`,
    ...own.map((each) => part(each, 2)),
    '## Known issues',
    ...(issues.length === 0
      ? ['None.']
      : [
          issues.map(({ title, anchor }) => `- [${title}](${KNOWN}#${anchor})`).join('\n'),
          `With what each affects and what to do: [known issues](${KNOWN}).`,
        ]),
    '## Earlier releases',
    ...(earlier.length === 0 ? ['This is the first.'] : earlier.map((each) => part(each, 3))),
    '',
  ].join('\n\n');
}

/** What is new in this release, for a page of its own: sentences, without their groups. */
export function whatIsNew({ context, changelog }: Facts, groups: readonly string[]): string[] {
  return partsOf(changelog, context.release.version)
    .flatMap((release) => release.groups)
    .filter(({ title }) => groups.includes(title))
    .flatMap(({ lines }) => lines.map(({ text }) => text));
}

function part({ version, date, introduction, groups }: ChangelogRelease, level: number): string {
  const heading = '#'.repeat(level);
  const title =
    version === undefined ? 'In this build, without a version yet' : `${version} (${date})`;
  const added = pick(groups, false);
  const fixed = pick(groups, true);
  return [
    `${heading} ${title}`,
    ...(introduction === '' ? [] : [introduction]),
    `${heading}# Added and changed${suffix(version)}`,
    listed(added),
    `${heading}# Fixed${suffix(version)}`,
    listed(fixed),
  ].join('\n\n');
}

function suffix(version: string | undefined): string {
  return version === undefined ? '' : ` in ${version}`;
}

function pick(groups: readonly ChangelogGroup[], isFix: boolean): readonly ChangelogGroup[] {
  return groups
    .map(({ title, lines }) => ({ title, lines: lines.filter((line) => line.isFix === isFix) }))
    .filter(({ lines }) => lines.length > 0);
}

function listed(groups: readonly ChangelogGroup[]): string {
  if (groups.length === 0) return 'Nothing.';
  return groups
    .map(({ title, lines }) =>
      [`**${title}**`, '', ...lines.map(({ text }) => `- ${text}`)].join('\n'),
    )
    .join('\n\n');
}

/** The issues of docs/known-issues.md: its headings of the second level. */
export function knownIssues(text: string): readonly { title: string; anchor: string }[] {
  return [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => ({
    title,
    anchor: slugOf(title),
  }));
}
