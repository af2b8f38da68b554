/**
 * Puts a release together from a tree that was built: program, installer, image, bill of materials, documents,
 * checksums, signature. All of it follows from the tree, the commit's time and the runtime that is shipped.
 */
import type { KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Release } from '../../src/release/release.ts';
import type { ReleaseEntry } from '../../src/release/releases.ts';
import { packFolder, sizeOf } from './archive.ts';
import type { Footprint, Hotfix, MadeFile, MakeDocuments, ReleaseFile } from './contract.ts';
import { describeFile } from './describe.ts';
import { filled } from './fill.ts';
import { makeInstaller } from './installer.ts';
import { layOutProgram, type ProgramFacts } from './program.ts';
import { highestVersion, isElf } from './requirements.ts';
import { componentsOf, makeSbom } from './sbom.ts';
import {
  checksumFiles,
  PUBLIC_KEY_FILE,
  publicKeyFile,
  SIGNATURE_FILE,
  signatureFile,
} from './signing.ts';

export interface Assembly {
  readonly tree: string;
  readonly release: Release;
  readonly ledger: readonly ReleaseEntry[];
  /** The time that every file bears. */
  readonly at: Date;
  /** A new folder, or an empty one. */
  readonly out: string;
  readonly node: string;
  readonly nodeLicenceFile: string | undefined;
  /** See `ProgramSource`. */
  readonly handbook: ReadonlyMap<string, Buffer>;
  readonly key: KeyObject | undefined;
  readonly hotfix: Hotfix | undefined;
  /** See `ReleaseContext`. */
  readonly reports?: readonly string[];
  /** Of gzip: 9 for what is published. */
  readonly level: number;
  readonly makeDocuments: MakeDocuments;
  readonly say: (line: string) => void;
}

interface Programs {
  readonly files: readonly ReleaseFile[];
  readonly facts: ProgramFacts;
  readonly footprint: Footprint;
}

const TEMPLATES = join(import.meta.dirname, 'program');

/** Makes the files in `out` and gives the table of them. Rejects when a part is missing; `out` is then unfinished. */
export async function assembleRelease(assembly: Assembly): Promise<readonly MadeFile[]> {
  const { out, release, key, say } = assembly;
  const { files, facts, footprint } = await makePrograms(assembly);
  const sbom = makeSbom(assembly);
  const programs = [
    ...files,
    { path: `keelson-${release.version}.cdx.json`, bytes: Buffer.from(sbom) },
    ...(key === undefined ? [] : [publicKeyFile(key)]),
  ];
  save(out, programs);
  const table = programs.map((file) => describeFile(file, fileTypeOf(file.path), release));
  say('documents');
  const documents = await assembly.makeDocuments({
    release,
    ledger: assembly.ledger,
    tree: assembly.tree,
    out,
    files: table,
    footprint,
    components: componentsOf(sbom),
    ...{ eula: facts.eula, thirdPartyNotices: facts.thirdPartyNotices },
    signature: key && { file: SIGNATURE_FILE, publicKeyFile: PUBLIC_KEY_FILE },
    hotfix: assembly.hotfix,
    reports: assembly.reports ?? [],
  });
  save(out, documents);
  const sums = checksumFiles([...programs, ...documents]);
  save(out, key === undefined ? sums : [...sums, signatureFile(sums, key)]);
  return table;
}

async function makePrograms(assembly: Assembly): Promise<Programs> {
  const { release, at, node, level, say } = assembly;
  const place = mkdtempSync(join(tmpdir(), 'keelson-program-'));
  const architecture = process.arch;
  const folder = `keelson-${release.version}-linux-${architecture}`;
  try {
    say(`program: ${folder}`);
    const facts = layOutProgram(assembly, join(place, folder));
    const compiled = [
      readFileSync(node),
      readFileSync(
        join(place, folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'),
      ),
    ];
    if (!compiled.every(isElf)) throw new RangeError(`${node} is not a program but starts one`);
    const { bytes: installedBytes, files: installedFiles } = sizeOf(join(place, folder));
    const footprint: Footprint = {
      nodeVersion: process.versions.node,
      architecture,
      glibc: highestVersion('GLIBC', compiled) ?? 'any',
      glibcxx: highestVersion('GLIBCXX', compiled),
      ...{ installedBytes, installedFiles },
    };
    const archive = await packFolder({ parent: place, name: folder, at, level });
    say(`installer: ${folder}.run`);
    const { glibc } = footprint;
    const installer = makeInstaller({
      release,
      folder,
      archive,
      eula: facts.eula,
      architecture,
      glibc,
    });
    const files = [
      { path: `${folder}.tar.gz`, bytes: archive },
      { path: `${folder}.run`, bytes: installer, mode: 0o755 },
      { path: `${folder}.Dockerfile`, bytes: dockerfile(release, folder) },
    ];
    return { files, facts, footprint };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function dockerfile(release: Release, folder: string): Buffer {
  const text = filled(readFileSync(join(TEMPLATES, 'Dockerfile'), 'utf8'), {
    DOCKERFILE: `${folder}.Dockerfile`,
    VERSION: release.version,
    BUILD: release.build,
    SIGNATURE: release.signature,
    ARCHIVE: `${folder}.tar.gz`,
    FOLDER: folder,
  });
  return Buffer.from(text);
}

function fileTypeOf(path: string): string {
  if (path.endsWith('.tar.gz')) return 'archive of the program (tar, gzip)';
  if (path.endsWith('.run')) return 'installer (self-extracting)';
  if (path.endsWith('.Dockerfile')) return 'container image, made from the archive';
  if (path.endsWith('.cdx.json')) return 'bill of materials (CycloneDX)';
  return 'public key of the signature (PEM)';
}

function save(out: string, files: readonly ReleaseFile[]): void {
  for (const { path, bytes, mode = 0o644 } of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes, { mode });
  }
}
