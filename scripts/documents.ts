/**
 * The command `npm run documents -- --out DIR`: the documents of a release by themselves, to be looked at while a
 * vendor fills in scripts/release/vendor.yaml. Lists what is still to be filled in; `--strict` fails on it. A release
 * makes the same documents with its real files (`npm run release`); here the download table has only what is made.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RELEASE } from '../src/release/release.ts';
import { RELEASES } from '../src/release/releases.ts';
import { packagesOf } from './dependencies/licences.ts';
import type { ReleaseContext } from './release/contract.ts';
import { makeDocumentsWith } from './release/documents/documents.ts';
import { placeholdersIn, readVendor, VendorError } from './release/documents/vendor.ts';

const TREE = resolve(import.meta.dirname, '..');
const VENDOR = join(TREE, 'scripts/release/vendor.yaml');

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    strict: { type: 'boolean', default: false },
    vendor: { type: 'string', default: VENDOR },
    report: { type: 'string', multiple: true, default: [] },
  },
});

function contextFor(out: string): ReleaseContext {
  const packages = packagesOf(readFileSync(join(TREE, 'package-lock.json'), 'utf8'));
  return {
    ...{ release: RELEASE, ledger: RELEASES, tree: TREE, out, files: [] },
    footprint: {
      nodeVersion: process.versions.node,
      architecture: process.arch,
      glibc: 'not known before the release is built',
      glibcxx: undefined,
      installedBytes: 0,
      installedFiles: 0,
    },
    components: packages.map(({ licence, ...each }) => ({ ...each, licence: licence ?? 'none' })),
    eula: 'Shown by the installer of a release.',
    thirdPartyNotices: 'Gathered when a release is built.',
    signature: undefined,
    hotfix: undefined,
  };
}

async function write(out: string): Promise<void> {
  const options = { vendorFile: values.vendor, reports: values.report };
  const { files, broken } = await makeDocumentsWith(contextFor(out), options);
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes);
  }
  process.stdout.write(`${files.length} files in ${out}\n`);
  for (const each of broken) process.stdout.write(`leads nowhere: ${each}\n`);
  if (broken.length > 0) process.exitCode = 1;
}

try {
  const open = placeholdersIn(readVendor(values.vendor));
  if (values.out !== undefined) await write(resolve(values.out));
  process.stdout.write(`${open.length} places to be filled in, in ${values.vendor}\n`);
  for (const { key, wanted } of open) process.stdout.write(`  ${key}: ${wanted}\n`);
  if (values.strict && open.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof VendorError || error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
