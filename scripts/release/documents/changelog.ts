/**
 * CHANGELOG.md as data: releases, newest first, each with its groups and lines. Release notes are made from it, so
 * that they have the same form every time: what was mended is a line that begins with `Fixed:`.
 */

export interface ChangelogLine {
  readonly isFix: boolean;
  /** Markdown, one paragraph, without the mark of a fix. */
  readonly text: string;
}

export interface ChangelogGroup {
  /** *Protocol*, *Array port*, *Safety*, *Features*, *Internals*. */
  readonly title: string;
  readonly lines: readonly ChangelogLine[];
}

export interface ChangelogRelease {
  /** Undefined: not released. */
  readonly version: string | undefined;
  /** `YYYY-MM-DD`; undefined with the version. */
  readonly date: string | undefined;
  /** What stands before the first group, one paragraph; empty: nothing. */
  readonly introduction: string;
  readonly groups: readonly ChangelogGroup[];
}

const FIX = /^Fixed: /;

/** Reads the file's text. Throws RangeError when a heading has not the form of a release. */
export function readChangelog(text: string): readonly ChangelogRelease[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...rest] = part.split('\n');
      const [introduction = '', ...groups] = rest.join('\n').split(/^### /m);
      return {
        ...headingOf(heading.trim()),
        introduction: paragraph(introduction),
        groups: groups.map(groupOf),
      };
    });
}

/** The part of a version and those above it: what a build of it holds that an earlier release does not. Throws RangeError without one. */
export function partsOf(
  changelog: readonly ChangelogRelease[],
  version: string,
): readonly ChangelogRelease[] {
  const at = changelog.findIndex((each) => each.version === version);
  if (at < 0) throw new RangeError(`CHANGELOG.md has no part for ${version}`);
  return changelog.slice(0, at + 1);
}

/** All lines of the parts, in their order. */
export function linesOf(parts: readonly ChangelogRelease[]): readonly ChangelogLine[] {
  return parts.flatMap(({ groups }) => groups.flatMap(({ lines }) => lines));
}

function headingOf(heading: string): Pick<ChangelogRelease, 'version' | 'date'> {
  if (heading === 'Unreleased') return { version: undefined, date: undefined };
  const [, version, date] = /^\S+ (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$/.exec(heading) ?? [];
  if (version === undefined || date === undefined)
    throw new RangeError(`CHANGELOG.md: "## ${heading}" is no release: Keelson 1.2.3 (2026-01-31)`);
  return { version, date };
}

function groupOf(part: string): ChangelogGroup {
  const [title = '', ...rest] = part.split('\n');
  const items = rest.join('\n').split(/^- /m).slice(1);
  return {
    title: title.trim(),
    lines: items.map((item) => {
      const text = paragraph(item);
      return { isFix: FIX.test(text), text: text.replace(FIX, '') };
    }),
  };
}

function paragraph(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
