/**
 * The bill of materials, CycloneDX: npm's, which knows every package of the lock file, made the same each time, with
 * the runtime and the libraries that are compiled into it or into a package, since those get advisories too.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Release } from '../../src/release/release.ts';
import type { Component } from './contract.ts';
import { runPackages } from './packages.ts';

const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(
    z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() }),
  ),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
type Bill = z.infer<typeof bill>;

/** Names in `process.versions` that are libraries with advisories of their own, and their licences. */
const INSIDE_NODE: Readonly<Record<string, string>> = {
  ada: 'MIT',
  ares: 'MIT',
  brotli: 'MIT',
  icu: 'Unicode-3.0',
  llhttp: 'MIT',
  nghttp2: 'MIT',
  openssl: 'Apache-2.0',
  undici: 'MIT',
  uv: 'MIT',
  v8: 'BSD-3-Clause',
  zlib: 'Zlib',
};

export interface SbomSource {
  /** Folder with package.json and package-lock.json. */
  readonly tree: string;
  readonly release: Release;
  readonly at: Date;
}

/** The document as JSON text. Throws when npm fails or writes something else. */
export function makeSbom({ tree, release, at }: SbomSource): string {
  // Its own `--omit dev` leaves out what the program needs as soon as a tool needs it too, so it is asked for all.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const options = { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 } as const;
  const text = execFileSync('npm', args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  const { metadata, components: all, dependencies, ...rest } = bill.parse(JSON.parse(text));
  const lock = readFileSync(join(tree, 'package-lock.json'), 'utf8');
  const shipped = new Set(runPackages(lock).map(({ name, version }) => `${name}@${version}`));
  const components = all.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const references = new Set(components.map((each) => each['bom-ref']));
  const added = compiledIn();
  const own = { ...metadata.component, name: 'keelson', type: 'application' };
  const document: Bill = {
    ...rest,
    bomFormat: 'CycloneDX',
    serialNumber: `urn:uuid:${uuidOf(release.signature)}`,
    metadata: {
      ...metadata,
      timestamp: at.toISOString(),
      component: { ...own, version: release.version },
    },
    components: [...components, ...added].toSorted((a, b) =>
      a['bom-ref'] < b['bom-ref'] ? -1 : 1,
    ),
    dependencies: dependencies
      .filter(({ ref }) => references.has(ref) || ref === own['bom-ref'])
      .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((to) => references.has(to)) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function compiledIn(): Bill['components'] {
  const { node, ...versions } = process.versions;
  const inside = Object.entries(INSIDE_NODE).map(([name, licence]) =>
    component(name, versions[name] ?? '', licence, `compiled into Node.js ${node}`),
  );
  return [
    component('node', node, 'MIT', 'the runtime that is shipped'),
    ...inside.filter(({ version }) => version !== ''),
    component('sqlite', sqliteVersion(), 'blessing', 'compiled into better-sqlite3'),
  ];
}

function sqliteVersion(): string {
  const database = new Database(':memory:');
  const version = database.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v;
  database.close();
  return version ?? '';
}

function component(name: string, version: string, licence: string, description: string) {
  const reference = `${name}@${version}`;
  return {
    'bom-ref': `runtime:${reference}`,
    type: 'library',
    name,
    version,
    description,
    purl: `pkg:generic/${reference}`,
    licenses: [{ license: { id: licence } }],
  };
}

/** A name-based UUID: the same text gives the same one. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** The components of a document that `makeSbom` wrote, for those who list them. */
export function componentsOf(sbom: string): readonly Component[] {
  return bill.parse(JSON.parse(sbom)).components.map(({ name, version, licenses }) => ({
    name,
    version,
    licence: licenceOf(licenses),
  }));
}

const licences = z.array(
  z.union([
    z.object({ expression: z.string() }),
    z.object({ license: z.object({ id: z.string().optional(), name: z.string().optional() }) }),
  ]),
);

function licenceOf(given: unknown): string {
  const [first] = licences.safeParse(given).data ?? [];
  if (first === undefined) return 'NOASSERTION';
  if ('expression' in first) return first.expression;
  return first.license.id ?? first.license.name ?? 'NOASSERTION';
}
