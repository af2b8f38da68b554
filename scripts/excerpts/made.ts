/** Plays scenes and takes from their logs what the excerpts show. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { INCIDENTS } from '../../test/support/scenes/all.ts';
import { HEALTHY } from '../../test/support/scenes/healthy.ts';
import { playScene } from '../../test/support/scenes/scene.ts';
import { SILENT_ARRAY } from '../../test/support/scenes/silent-array.ts';
import type { Excerpt, ExcerptFiles, Pick } from './excerpt.ts';
import { same } from './same.ts';

type Line = Readonly<Record<string, unknown>>;

/** Fields that are shown, where a line has them: the others say nothing of the case. */
const SHOWN = [
  'level',
  'time',
  'id',
  'operation',
  'outcome',
  'reason',
  'refusal',
  'http_status',
  'batch_size',
  'failed_items',
  'item_faults',
  'injected',
  'request_id',
  'session',
  'host_id',
  'vcenter_id',
  'vvol_ids',
  'task_id',
  'peer_address',
  'peer_certificate',
  'code',
  'facts',
  'cause',
  'item_cause',
  'msg',
] as const;

const PAGE_WIDTH = 110;

const SIDES = { request: 'request_body', response: 'response_body' } as const;

/** The log of a scene, with all SOAP, in order. */
async function played(id: string): Promise<readonly Line[]> {
  const scene = [HEALTHY, SILENT_ARRAY, ...INCIDENTS].find((each) => each.id === id);
  if (scene === undefined) throw new Error(`there is no scene ${id}`);
  const folder = await mkdtemp(join(tmpdir(), 'keelson-excerpts-'));
  try {
    await playScene(scene, folder, { verbose: true, standing: true });
    const text = await readFile(join(folder, 'keelson.log'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function picked(lines: readonly Line[], { id, operation, which = 'last' }: Pick): Line {
  const fitting = lines.filter(
    (line) => line['id'] === id && (operation === undefined || line['operation'] === operation),
  );
  const line = fitting.at(which === 'first' ? 0 : -1);
  if (line === undefined) throw new Error(`no line ${id} ${operation ?? ''} was written`);
  return line;
}

function shownOf(line: Line): string {
  const fields = SHOWN.flatMap((name) => (name in line ? [[name, withoutStack(line[name])]] : []));
  return JSON.stringify(Object.fromEntries(fields), undefined, 2);
}

function withoutStack(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('stack' in each)) return each;
    const { stack: _, ...rest } = each;
    return rest;
  });
}

function laidOut(xml: string): string {
  const document = XmlDocument.fromString(xml.trim());
  try {
    const lines = document.toString({ format: true, noDeclaration: true }).trim().split('\n');
    return lines.map(broken).join('\n');
  } finally {
    document.dispose();
  }
}

/** A long line with each declaration of a namespace in one of its own. */
function broken(line: string): string {
  if (line.length <= PAGE_WIDTH) return line;
  const indent = ' '.repeat(line.length - line.trimStart().length + 4);
  return line.replaceAll(/ (?=xmlns:)/g, `\n${indent}`);
}

function soapOf(lines: readonly Line[], line: Line, side: 'request' | 'response'): string {
  const bodies = lines.find(
    ({ id, request_id }) => id === 'bodies' && request_id === line['request_id'],
  );
  return laidOut(String(bodies?.[SIDES[side]]));
}

function filesOf(excerpt: Excerpt, lines: readonly Line[]): ExcerptFiles {
  const texts = excerpt.picks.flatMap((pick): (readonly [name: string, text: string])[] => {
    const line = picked(lines, pick);
    const soap = pick.soap ?? [];
    return [
      ['json', shownOf(line)],
      ...soap.map((side) => [`${side}.xml`, soapOf(lines, line, side)] as const),
    ];
  });
  const plain = same(
    texts.map(([, text]) => text),
    String(lines[0]?.['time']),
  );
  return Object.fromEntries(
    texts.map(([name], index) => [`${excerpt.id}-${index + 1}.${name}`, `${plain[index] ?? ''}\n`]),
  );
}

/** The files of all these excerpts. Each scene is played once. Throws where a line is not written. */
export async function madeExcerpts(excerpts: readonly Excerpt[]): Promise<ExcerptFiles> {
  const files: Record<string, string> = {};
  for (const scene of new Set(excerpts.map((each) => each.scene))) {
    const lines = await played(scene);
    for (const excerpt of excerpts)
      if (excerpt.scene === scene) Object.assign(files, filesOf(excerpt, lines));
  }
  return files;
}
