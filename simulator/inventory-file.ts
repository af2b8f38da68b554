/**
 * Reads an inventory from a YAML file (JSON is YAML too), so that mistakes are told by file and line. Knows
 * nothing of what an inventory holds: that is the schema's.
 */
import { readFileSync } from 'node:fs';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ArrayError } from '../src/array/errors.ts';
import { LIMITS } from '../src/model/limits.ts';

type Issue = z.core.$ZodIssue;
type ParsedFile = ReturnType<typeof parseDocument>;

/**
 * What the file holds, judged by `schema`. `given`: where it was named. Errors: failed, one line for each
 * mistake.
 */
export function readInventoryFile<Shape>(
  file: string,
  schema: z.ZodType<Shape>,
  given = 'array.options.inventoryFile',
): Shape {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file, given), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const [summary = ''] = broken.message.split('\n');
    throw new ArrayError('failed', `${file}: ${summary.replace(/:$/, '')}`);
  }
  // Aliases are resolved a few times only: a small file must not become a large inventory.
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => {
    const offset = offsetOf(document, issue);
    const place = offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
    return `${place}: ${[...issue.path, ''].join('.').slice(0, -1) || 'inventory'}: ${issue.message}`;
  });
  throw new ArrayError('failed', mistakes.join('\n'));
}

function textOf(file: string, given: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ArrayError('failed', `${given}: cannot be read: ${why}`, error);
  }
  if (text.length > LIMITS.configFileCharacters) {
    throw new ArrayError('failed', `${file} is longer than ${LIMITS.configFileCharacters}`);
  }
  return text;
}

/** Where the mistake stands: an unknown key itself, else the value, else the nearest thing around it. */
function offsetOf(document: ParsedFile, issue: Issue): number | undefined {
  for (let length = issue.path.length; length >= 0; length -= 1) {
    const path = issue.path.slice(0, length);
    const node = length === 0 ? document.contents : document.getIn(path, true);
    if (!isNode(node)) continue;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === unknown) : undefined;
    const place = pair !== undefined && isNode(pair.key) ? pair.key : node;
    return place.range?.[0];
  }
  return undefined;
}
