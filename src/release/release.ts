/**
 * The release signature: which Keelson this is, in one frozen value and one text form, e.g.
 * `Keelson 0.1.0 (2026-11-22) build 1a2b3c4d`. It stands in every log line, in VasaProviderInfo, in the
 * `Server` header, in the text of faults and in `--version`, so that a report from the field names the
 * code that answered. Knows nothing of the rest of the product.
 */
import { BUILD } from './build.ts';
import { RELEASES, type ReleaseEntry } from './releases.ts';

export interface Release {
  readonly name: string;
  /** `major.minor.patch`. */
  readonly version: string;
  /** Day of release, `YYYY-MM-DD`. */
  readonly date: string;
  /** See `build.ts`. */
  readonly build: string;
  /** All of the above in one line; valid as the value of an HTTP `Server` header. */
  readonly signature: string;
}

/** The release that the last entry of the ledger and a build stamp make together. */
export function releaseOf(entry: ReleaseEntry, build: string): Release {
  const name = 'Keelson';
  const signature = `${name} ${entry.version} (${entry.date}) build ${build}`;
  return Object.freeze({ name, version: entry.version, date: entry.date, build, signature });
}

/** The last entry of a ledger. Throws when it is empty. */
export function latestOf(ledger: readonly ReleaseEntry[]): ReleaseEntry {
  const latest = ledger.at(-1);
  if (latest === undefined) throw new Error('the ledger of releases is empty');
  return latest;
}

/** This release. */
export const RELEASE: Release = releaseOf(latestOf(RELEASES), BUILD);
