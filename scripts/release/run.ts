/**
 * Makes one release from a git tree: copies what was committed, builds it, puts it together. What it ran on does not
 * show in the result; `prove` does all of it twice, in other places, and compares.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { latestOf, releaseOf } from '../../src/release/release.ts';
import { RELEASES } from '../../src/release/releases.ts';
import { type Assembly, assembleRelease } from './assemble.ts';
import { buildTree } from './build.ts';
import { differences } from './compare.ts';
import { handbook } from './documents/documentation.ts';
import { makeDocuments } from './documents/documents.ts';
import { changedBehaviour, type Reports } from './hotfix.ts';
import { checkLedger, mendedBy } from './ledger.ts';
import { readSigningKey } from './signing.ts';
import { exportSource, readSource, type Source } from './source.ts';

export interface ReleaseWish {
  readonly root: string;
  readonly out: string;
  /** PEM file of an Ed25519 key; undefined: unsigned. */
  readonly keyFile: string | undefined;
  readonly nodeLicenceFile: string | undefined;
  readonly allowDirty: boolean;
  /** A `node_modules` to build with; undefined: npm makes one. */
  readonly packages: string | undefined;
  /** The release that is mended; undefined: a regular release. */
  readonly hotfix: { readonly from: string; readonly reports: Reports | undefined } | undefined;
  /** Acceptance reports that the documents are filled from; those of a hot fix are among them anyway. */
  readonly reports: readonly string[];
  /** Nothing is left out; `assembly`: put together twice from one build; `all`: also built twice. */
  readonly prove: 'nothing' | 'assembly' | 'all';
  readonly say: (line: string) => void;
}

const LEVEL = 9;

/** Makes the release. Throws when the tree, the ledger or a part is not as it must be, or when a proof fails. */
export async function makeRelease(wish: ReleaseWish): Promise<void> {
  const { say } = wish;
  const source = readSource(wish.root);
  if (source.isDirty && !wish.allowDirty) {
    throw new RangeError('the tree is not what was committed; commit, or say --allow-dirty');
  }
  checkLedger(RELEASES);
  if (isFilled(wish.out)) throw new RangeError(`${wish.out} is there and not empty`);
  const assembly = assemblyOf(wish, source);
  const { release } = assembly;
  const within = (tree: string) => ({ ...assembly, tree, handbook: handbook({ release, tree }) });
  say(release.signature);
  await built(wish, source, async (tree) => {
    await assembleRelease({ ...within(tree), out: wish.out });
    if (wish.prove === 'assembly') await proveSame(wish.out, within(tree));
  });
  if (wish.prove === 'all') await built(wish, source, (tree) => proveSame(wish.out, within(tree)));
}

function assemblyOf(
  wish: ReleaseWish,
  source: Source,
): Omit<Assembly, 'tree' | 'out' | 'handbook'> {
  const { hotfix, keyFile, nodeLicenceFile, say } = wish;
  return {
    release: releaseOf(latestOf(RELEASES), source.build),
    ledger: RELEASES,
    at: source.committedAt,
    node: process.execPath,
    nodeLicenceFile,
    key: keyFile === undefined ? undefined : readSigningKey(keyFile),
    hotfix: hotfix && {
      from: mendedBy(RELEASES, hotfix.from),
      changedBehaviour: hotfix.reports && changedBehaviour(hotfix.reports),
    },
    reports: [
      ...wish.reports,
      ...(hotfix?.reports === undefined ? [] : [hotfix.reports.before, hotfix.reports.after]),
    ],
    level: LEVEL,
    makeDocuments,
    say,
  };
}

/** Does `work` with a new tree that was built, and takes the tree away. */
async function built(
  { packages, say }: ReleaseWish,
  source: Source,
  work: (tree: string) => Promise<void>,
): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'keelson-release-'));
  try {
    const tree = join(place, 'keelson');
    await exportSource(source, tree);
    buildTree(tree, source, { packages, say });
    checkSignature(tree, releaseOf(latestOf(RELEASES), source.build).signature);
    await work(tree);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function checkSignature(tree: string, signature: string): void {
  const main = join(tree, 'dist/src/main.js');
  const said = execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' }).trim();
  if (said !== signature)
    throw new RangeError(`the program calls itself ${said}, not ${signature}`);
}

async function proveSame(out: string, assembly: Omit<Assembly, 'out'>): Promise<void> {
  const again = mkdtempSync(join(tmpdir(), 'keelson-again-'));
  try {
    await assembleRelease({ ...assembly, out: again });
    const found = differences(out, again);
    if (found.length > 0) throw new Error(`made again, it differs:\n  ${found.join('\n  ')}`);
    assembly.say('made again: the same bytes');
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

function isFilled(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).length > 0;
}
