/**
 * Makes the self-installing file: a shell script, and behind it the program's archive. The script knows where the
 * archive begins and what its checksum is, so that a file which lost a byte on its way installs nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../src/release/release.ts';
import { sha256Of } from './describe.ts';
import { filled, placesIn } from './fill.ts';

export interface InstallerParts {
  readonly release: Release;
  /** The one folder at the archive's top. */
  readonly folder: string;
  readonly archive: Buffer;
  readonly eula: string;
  /** As `process.arch` says it. */
  readonly architecture: string;
  readonly glibc: string;
}

const PARTS = join(import.meta.dirname, 'installer');
/** What `uname -m` says on such a machine. */
const MACHINES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
/** Digits of the archive's place, so that the script's length does not depend on it. */
const PLACE_DIGITS = 8;

/** The script without its places filled. */
export function installerTemplate(): string {
  const names = readdirSync(PARTS).toSorted();
  return names.map((name) => readFileSync(join(PARTS, name), 'utf8')).join('');
}

/** The bytes of the installer. Throws RangeError for a machine that it cannot name. */
export function makeInstaller(parts: InstallerParts): Buffer {
  const { release, folder, archive, eula, architecture, glibc } = parts;
  const machine = MACHINES[architecture];
  if (machine === undefined) throw new RangeError(`no installer is made for ${architecture}`);
  const licence = eula.trimEnd();
  const template = filled(installerTemplate(), {
    VERSION: release.version,
    SIGNATURE: release.signature,
    FOLDER: folder,
    MACHINE: machine,
    GLIBC: glibc,
    PAYLOAD_SHA256: sha256Of(archive),
    LICENCE_SHA256: sha256Of(Buffer.from(`${licence}\n`)),
    LICENCE: licence,
  });
  const left = placesIn(template).filter((name) => name !== 'PAYLOAD_AT');
  if (left.length > 0)
    throw new RangeError(`the installer has places without text: ${left.join()}`);
  const placed = (at: number) =>
    Buffer.from(filled(template, { PAYLOAD_AT: String(at).padStart(PLACE_DIGITS, '0') }));
  // `tail -c +N` counts from 1.
  return Buffer.concat([placed(placed(0).length + 1), archive]);
}
