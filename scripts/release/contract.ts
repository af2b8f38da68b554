/**
 * What the parts of a release give each other: the assembly (run.ts) makes programs, archives and checksums,
 * the documents (documents/) make everything that people read. Only shapes stand here. Nothing in them may
 * come from the wall clock or the machine's names: the same commit gives the same bytes.
 */
import type { Release } from '../../src/release/release.ts';
import type { ReleaseEntry } from '../../src/release/releases.ts';

/** A file to be published; `path` is relative to the release's folder, with `/`. */
export interface ReleaseFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** Permission bits; absent: 0644. */
  readonly mode?: number;
}

/** A row of the download table. */
export interface MadeFile {
  /** Path inside the release's folder. */
  readonly name: string;
  readonly version: string;
  /** In words, e.g. `installer (Linux x64)`. */
  readonly fileType: string;
  readonly sizeBytes: number;
  /** `YYYY-MM-DD`; the ledger's date. */
  readonly postingDate: string;
  /** Lower-case hex, as are the others. */
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** What the release needs of a machine, and what it takes of it; all of it read off what was built. */
export interface Footprint {
  /** As in `process.version`, without the `v`. */
  readonly nodeVersion: string;
  /** As the archive names it: `x64`, `arm64`. */
  readonly architecture: string;
  /** Oldest C library that the programs inside ask for, e.g. `2.28`. */
  readonly glibc: string;
  /** Oldest GLIBCXX symbol version that they ask for, e.g. `3.4.21`; undefined: none. */
  readonly glibcxx: string | undefined;
  /** Sum of the sizes of the installed files. */
  readonly installedBytes: number;
  readonly installedFiles: number;
}

/** One line of the list of packages inside, as the SBOM has them. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
}

/** What a hot fix says of itself. */
export interface Hotfix {
  /** The release that it mends. */
  readonly from: ReleaseEntry;
  /** What `keelson report diff` says between two acceptance reports, plain text; undefined: none were given. */
  readonly changedBehaviour: string | undefined;
}

/** What the documents are made from. */
export interface ReleaseContext {
  readonly release: Release;
  /** Oldest first; the last is this release. */
  readonly ledger: readonly ReleaseEntry[];
  /** Root of the sources that the release is made from: docs, CHANGELOG and so on are read there. */
  readonly tree: string;
  /** Folder of the release, where the files of `files` lie already. */
  readonly out: string;
  /** What was made before the documents. Documents describe their own with `describeFile`. */
  readonly files: readonly MadeFile[];
  readonly footprint: Footprint;
  readonly components: readonly Component[];
  /** Text of the end-user licence agreement, as the installer shows it. */
  readonly eula: string;
  /** Text of the notices of the packages inside, Node among them. */
  readonly thirdPartyNotices: string;
  /** Names inside the folder; undefined: nobody signed. */
  readonly signature: { readonly file: string; readonly publicKeyFile: string } | undefined;
  /** Undefined: a regular release. */
  readonly hotfix: Hotfix | undefined;
  /** Acceptance reports, folders or their report.json, for the matrices; beside those that the vendor's file names. */
  readonly reports?: readonly string[];
}

/** documents/documents.ts exports `makeDocuments` of this type. Rejects when a source is missing or wrong. */
export type MakeDocuments = (context: ReleaseContext) => Promise<readonly ReleaseFile[]>;
