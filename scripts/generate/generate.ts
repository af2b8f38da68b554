/**
 * The generator as a function: a folder with a WSDL in, the texts of the generated files out. Writing and
 * comparing are here too, so that the command and the tests do the same.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeService } from './describe.ts';
import { chooseNames } from './names.ts';
import { type Contract, loadContract } from './source.ts';
import { clark } from './tree.ts';
import {
  type Docs,
  type Rendering,
  renderOperations,
  renderService,
  renderTypes,
} from './typescript.ts';

/** The repository's root. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Job {
  /** Folder with one `.wsdl` file and its schemas. */
  readonly wsdl: string;
  /** Folder of the generated files. */
  readonly out: string;
  /** Version of the API, where the WSDL's folder is not named after it. */
  readonly version?: string | undefined;
}

/** What `npm run generate` makes when it is not told otherwise. */
export const JOBS: readonly Job[] = ['vasa-2.0', 'vasa-1.0'].map((name) => ({
  wsdl: join(ROOT, 'wsdl', name),
  out: join(ROOT, 'src/wire/generated', name),
}));

function portable(path: string): string {
  return path.split(sep).join('/');
}

function header(contract: Contract, job: Job): string {
  return `/**
 * Service \`${contract.wsdl.serviceName}\`, version ${contract.version}. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: ${portable(relative(ROOT, resolve(job.wsdl)))}
 * SHA-256 of the source: ${contract.digest}
 */
`;
}

function documentation(contract: Contract, names: ReturnType<typeof chooseNames>): Docs {
  const docs = new Map<string, string>();
  for (const schema of contract.schemas) {
    for (const type of schema.types) {
      const key = `type/${names.types.get(clark(type))}`;
      docs.set(key, type.doc);
      if (type.kind !== 'complex') continue;
      for (const field of type.fields) docs.set(`${key}/${field.name}`, field.doc);
    }
    for (const element of schema.elements) {
      const key = `element/${names.elements.get(clark(element))}`;
      if (element.doc !== '') docs.set(key, element.doc);
      for (const field of element.fields) docs.set(`${key}/${field.name}`, field.doc);
    }
  }
  for (const operation of contract.wsdl.operations)
    docs.set(`operation/${operation.name}`, operation.doc);
  return docs;
}

/** Path to text of the files that `job` makes; nothing is written. Throws a `Refusal`. */
export function generate(job: Job): ReadonlyMap<string, string> {
  const contract = loadContract(job.wsdl, job.version);
  const names = chooseNames(contract);
  const descriptor = portable(relative(resolve(job.out), join(ROOT, 'src/wire/descriptor.ts')));
  const rendering: Rendering = {
    service: describeService(contract, names),
    wrappers: names.wrappers,
    docs: documentation(contract, names),
    header: header(contract, job),
    descriptorModule: descriptor.startsWith('.') ? descriptor : `./${descriptor}`,
  };
  return new Map([
    [join(job.out, 'types.ts'), renderTypes(rendering)],
    [join(job.out, 'service.ts'), renderService(rendering)],
    [join(job.out, 'operations.ts'), renderOperations(rendering)],
  ]);
}

/** Paths among `files` whose text on disk is another one or missing. */
export function differing(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    .map(([path]) => path);
}

/** Writes `files`, making their folders. */
export function write(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
