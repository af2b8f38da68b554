/**
 * What the generated pages are made from: the contract, the table of operations, the list of faults, and
 * the comments above handlers and kinds of errors, which say what nobody wants to write twice.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS, type FaultName } from '../../src/model/faults.ts';
import { operationTable } from '../../src/operations/table.ts';
import type { SessionRule } from '../../src/wire/call.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';

const ROOT = join(import.meta.dirname, '../..');

/** One operation of the contract. */
export interface Operation {
  readonly name: string;
  /** API versions that have it, in order. */
  readonly versions: readonly string[];
  /** What the newest of them declares. */
  readonly faults: readonly FaultName[];
  /** Undefined: not served. */
  readonly handler: Handler | undefined;
}

export interface Handler {
  readonly rule: SessionRule;
  /** Path in the repository. */
  readonly file: string;
  /** The comment above the function, as one paragraph. */
  readonly comment: string;
}

/** The text of a comment as one paragraph. */
function paragraph(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Every exported function of the handlers' room with a comment: name to file and comment. */
function commented(): ReadonlyMap<string, Pick<Handler, 'file' | 'comment'>> {
  const folder = 'src/operations';
  const found = new Map<string, Pick<Handler, 'file' | 'comment'>>();
  const form = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:async )?function (\w+)/g;
  const names = readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true }).sort();
  for (const name of names.filter((each) => each.endsWith('.ts'))) {
    const text = readFileSync(join(ROOT, folder, name), 'utf8');
    for (const [, comment = '', handler = ''] of text.matchAll(form))
      found.set(handler, { file: `${folder}/${name}`, comment: paragraph(comment) });
  }
  return found;
}

/** Every operation of the contract, by name. Throws when a handler has no comment. */
export function operations(): readonly Operation[] {
  const services = [service10, service20];
  const names = new Set(services.flatMap((service) => Object.keys(service.operations)));
  const comments = commented();
  return [...names].sort().map((name) => {
    const own = services.filter((service) => Object.hasOwn(service.operations, name));
    const faults = own.at(-1)?.operations[name]?.faults ?? [];
    const row = Object.entries(operationTable).find(([each]) => each === name)?.[1];
    const comment = comments.get(name);
    if (row !== undefined && comment === undefined) throw new Error(`${name} has no comment`);
    const handler = row && comment && { rule: row.session, ...comment };
    return {
      name,
      versions: own.map(({ version }) => version),
      faults: faults.map(known),
      handler,
    };
  });
}

function known(name: string): FaultName {
  if (!Object.hasOwn(FAULTS, name)) throw new Error(`${name} is not in the list of faults`);
  return name as FaultName;
}

/** Kinds of errors of an array, with the fault that each becomes and when an array uses it. */
export function arrayErrors(): readonly { kind: string; fault: string; when: string }[] {
  const text = readFileSync(join(ROOT, 'src/array/errors.ts'), 'utf8');
  const rows = text.matchAll(/\/\*\* (.+) \*\/\n {2}(\w+): '(\w+)',/g);
  return [...rows].map(([, when = '', kind = '', fault = '']) => ({ kind, fault, when }));
}
