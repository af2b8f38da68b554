/** Parts that several documents share: requirements, downloads, how to check them, contacts, priorities. */

import { readFootprint } from '../../../docs/footprint-page.ts';
import type { MadeFile } from '../../contract.ts';
import type { Facts } from '../facts.ts';
import { table } from '../template.ts';
import { shown } from '../vendor.ts';

/** Bytes for people: `1.4 MB`, of 2^20. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

/** What the release asks of a machine: pairs of a name and a sentence. */
export function requirements({
  context,
  library,
}: Pick<Facts, 'context' | 'library'>): readonly [string, string][] {
  const { architecture, glibc, glibcxx, installedBytes, nodeVersion } = context.footprint;
  const cxx = glibcxx === undefined ? '' : `, libstdc++ with GLIBCXX ${glibcxx} or newer`;
  return [
    ['Operating system', `Linux (${architecture}), glibc ${glibc} or newer${cxx}`],
    ['Node.js', `${nodeVersion}, which comes with the release`],
    ['Disk', `${sizeText(installedBytes)} for the program, 1 GB for data and logs`],
    ['Memory', memoryText(library)],
    ['Processor', 'one core; a second one where the array runs on the same machine'],
    ['Service', 'systemd, or another that starts a program and restarts it'],
  ];
}

/** Twice what was measured, in steps of 256 MB, for the first number of hosts that needs each. */
function memoryText(library: Facts['library']): string {
  const { rows } = readFootprint(library.files.get('docs/footprint.json')?.toString('utf8') ?? '');
  const most = new Map<number, number>();
  let needed = 0;
  for (const { hosts, memoryMB } of rows) {
    // Fewer hosts never need more: what a row has less is the moment at which it was looked at.
    needed = Math.max(needed, Math.ceil((memoryMB * 2) / 256) * 256);
    most.set(needed, hosts);
  }
  return [...most]
    .map(([memory, hosts]) => `${memory} MB for up to ${hosts.toLocaleString('en')} hosts`)
    .join('; ');
}

/** The installer and the archive among the files that were made; undefined: not made. */
export function programs(files: readonly MadeFile[]): {
  readonly installer: string | undefined;
  readonly archive: string | undefined;
} {
  const named = (end: string) => files.find(({ name }) => name.endsWith(end))?.name;
  return { installer: named('.run'), archive: named('.tar.gz') };
}

/** How to check the signature, Markdown. */
export function signatureText({ context }: Pick<Facts, 'context'>): string {
  const { signature } = context;
  if (signature === undefined)
    return 'This release is **not signed**: the checksums protect against damage, not against exchange.';
  const { file, publicKeyFile } = signature;
  return [
    `\`${file}\` is an Ed25519 signature over \`SHA256SUMS\`. The public key must come to you by another way than the files:`,
    '',
    '```sh',
    `openssl pkeyutl -verify -pubin -inkey ${publicKeyFile} -rawin -in SHA256SUMS -sigfile ${file}`,
    '```',
  ].join('\n');
}

/** The table of contacts, Markdown. */
export function contacts({ vendor }: Pick<Facts, 'vendor'>): string {
  return table(
    ['channel', 'for', 'how', 'when'],
    vendor.support.contacts.map((each) => [
      shown(each.channel),
      shown(each.for),
      shown(each.reach),
      shown(each.hours),
    ]),
  );
}

/** Definitions of the priorities, and what may be expected of each: two tables, Markdown. */
export function priorities({ vendor }: Pick<Facts, 'vendor'>): {
  readonly definitions: string;
  readonly targets: string;
} {
  const { priorities: all } = vendor.support;
  return {
    definitions: table(
      ['priority', 'meaning', 'definition'],
      all.map(({ name, title, definition }) => [name, shown(title), shown(definition)]),
    ),
    targets: table(
      ['priority', 'first response', 'updates', 'target'],
      all.map(({ name, firstResponse, updates, target }) => [
        name,
        shown(firstResponse),
        shown(updates),
        shown(target),
      ]),
    ),
  };
}
