/** A release that was never built, for tests of its documents: made-up files over the real tree. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Hotfix, ReleaseContext } from '../../../scripts/release/contract.ts';
import { describeFile } from '../../../scripts/release/describe.ts';
import { documentOf, jsonReport } from '../../../src/accept/report/json.ts';
import { releaseOf } from '../../../src/release/release.ts';
import { RELEASES } from '../../../src/release/releases.ts';
import { madeUpRun } from '../../accept/made-up-run.ts';

export const TREE = resolve(import.meta.dirname, '../../..');

const LAST = RELEASES.at(-1) ?? { version: '0.0.0', date: '2026-01-01', note: '' };
export const RELEASE = releaseOf(LAST, '1a2b3c4d');

const FOLDER = `keelson-${RELEASE.version}-linux-x64`;

/** The files that lie in the release's folder before the documents are made. */
export const PROGRAMS = [
  { path: `${FOLDER}.tar.gz`, bytes: Buffer.from('an archive') },
  { path: `${FOLDER}.run`, bytes: Buffer.from('an installer') },
] as const;

export function contextOf(hotfix?: Hotfix): ReleaseContext {
  return {
    ...{ release: RELEASE, ledger: RELEASES, tree: TREE, out: '/nowhere' },
    files: PROGRAMS.map((file) => describeFile(file, 'made up', RELEASE)),
    footprint: {
      ...{ nodeVersion: '20.19.0', architecture: 'x64', glibc: '2.28', glibcxx: '3.4.21' },
      ...{ installedBytes: 150_000_000, installedFiles: 3_000 },
    },
    components: [{ name: 'a-component', version: '1.2.3', licence: 'MIT' }],
    eula: 'You may.\n\nYou may not.',
    thirdPartyNotices: 'a-component\n\n  <Copyright> of *somebody*',
    signature: { file: 'SHA256SUMS.sig', publicKeyFile: 'release-key.pub' },
    hotfix,
  };
}

/** Writes the report of a made-up run against a provider of that signature; gives its path. */
export function writeReport(folder: string, name: string, server: string): string {
  const arrays =
    '<v:queryArraysResponse xmlns:v="urn:v"><return><modelId>Simulated array</modelId><firmware>1.0.0</firmware></return></v:queryArraysResponse>';
  const run = madeUpRun([
    {
      id: 'volumes.made-and-found',
      needs: ['SCSI'],
      calls: [
        { operation: 'queryArrays', answer: arrays, server },
        { operation: 'createVirtualVolume', server },
      ],
    },
    {
      id: 'volumes.unknown-is-not-found',
      outcome: 'failed',
      reasons: ['it was found'],
      calls: [{ operation: 'deleteVirtualVolume', server }],
    },
  ]);
  const path = join(folder, name);
  writeFileSync(path, jsonReport(documentOf(run)));
  return path;
}

export function sumOf(algorithm: string, bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** The files in a zip archive, read by its directory at the end (APPNOTE 4.3). */
export function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const found = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const path = zip.toString('utf8', at + 46, at + 46 + (name ?? 0));
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + size);
    found.set(path, method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return found;
}
