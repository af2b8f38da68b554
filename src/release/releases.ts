/**
 * The ledger of releases, oldest first: the one place where version and date of a release are written.
 * The last entry is what this tree builds. A test fails when two entries share a date or a version, when
 * either does not rise, or when the last version is not that of package.json (docs/releases.md).
 */

export interface ReleaseEntry {
  /** `major.minor.patch`. */
  readonly version: string;
  /** Day of release, `YYYY-MM-DD`. */
  readonly date: string;
  /** One sentence: what a vSphere administrator gets. */
  readonly note: string;
}

export const RELEASES: readonly ReleaseEntry[] = Object.freeze([
  {
    version: '0.1.0',
    date: '2026-11-22',
    note: 'Registration, certificates, sessions, discovery, and the first operations on virtual volumes.',
  },
]);
