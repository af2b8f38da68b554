/**
 * Judges a trail: is each record what its hash says, does each follow the one before it, and is the record that the
 * anchor names among them. Works on the texts of files, oldest first; reads and repairs nothing itself.
 *
 * A trail may begin late for two reasons, which it must tell itself: the oldest file was dropped (a later record
 * `audit.rotated` names what was), or an earlier trail was found broken and set aside (its first record says so).
 */
import { type AuditHead, type AuditRecord, hashOf, NO_HEAD } from './record.ts';

/** A file of the trail. */
export interface TrailFile {
  readonly name: string;
  readonly text: string;
}

/** The first thing that is wrong. */
export interface TrailBreak {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly why: string;
  /** There is no record at all. */
  readonly isNone?: boolean;
}

export interface TrailVerdict {
  /** Records that stand, in order, up to the first thing that is wrong. */
  readonly records: number;
  /** The last of them. */
  readonly head: AuditHead;
  /** Undefined: nothing is wrong. */
  readonly broken: TrailBreak | undefined;
  /** Bytes after the last whole line: a write that a crash has cut off. */
  readonly tornBytes: number;
  /** Records behind the anchor, written in the moment of a crash; undefined: there is no anchor. */
  readonly afterAnchor: number | undefined;
  /** Earlier trails that were found broken and set aside, in the words of the records that say so. */
  readonly setAside: readonly string[];
}

/** Called for each record that stands, oldest first. */
export type OnRecord = (record: AuditRecord) => void;

interface Walk {
  head: AuditHead | undefined;
  first: AuditRecord | undefined;
  records: number;
  droppedUpTo: number;
  anchorSeen: boolean;
  setAside: string[];
}

/** Judges `files`, oldest first. `anchor`: what the provider remembers beside them; undefined: nothing. */
export function verifyTrail(
  files: readonly TrailFile[],
  anchor: AuditHead | undefined,
  onRecord: OnRecord = () => undefined,
): TrailVerdict {
  const walk: Walk = {
    ...{ head: undefined, first: undefined, records: 0 },
    ...{ droppedUpTo: 0, anchorSeen: anchor === undefined || anchor.seq === 0, setAside: [] },
  };
  let tornBytes = 0;
  let broken: TrailBreak | undefined;
  for (const [at, { name, text }] of files.entries()) {
    const lines = text.split('\n');
    let rest = lines.pop() ?? '';
    broken = brokenIn(name, lines, walk, anchor, onRecord);
    const isLast = at === files.length - 1;
    // Of a long line a power failure may leave the end without the beginning. Nobody was told of it yet.
    const isTorn = broken?.isNone === true && isLast && broken.line === lines.length;
    if (isTorn && anchor !== undefined && anchor.seq <= (walk.head?.seq ?? 0)) {
      rest = `${lines.at(-1)}\n${rest}`;
      broken = undefined;
    }
    if (broken === undefined && rest !== '' && !isLast) {
      broken = { file: name, line: lines.length + 1, why: 'the file ends in the middle of a line' };
    }
    if (broken !== undefined) break;
    if (isLast) tornBytes = Buffer.byteLength(rest);
  }
  broken ??= wrongAsWhole(walk, files, anchor);
  const head = walk.head ?? NO_HEAD;
  return {
    records: walk.records,
    head,
    broken,
    tornBytes,
    afterAnchor: anchor === undefined ? undefined : Math.max(0, head.seq - anchor.seq),
    setAside: walk.setAside,
  };
}

function brokenIn(
  file: string,
  lines: readonly string[],
  walk: Walk,
  anchor: AuditHead | undefined,
  onRecord: OnRecord,
): TrailBreak | undefined {
  for (const [index, line] of lines.entries()) {
    const record = readRecord(line);
    if (record === undefined) {
      return { file, line: index + 1, why: 'this is no record', isNone: true };
    }
    const why = wrongWith(record, line, walk.head, anchor);
    if (why !== undefined) return { file, line: index + 1, why };
    walk.first ??= record;
    walk.head = { seq: record.seq, hash: record.hash };
    walk.records += 1;
    if (record.seq === anchor?.seq) walk.anchorSeen = true;
    const { details } = record;
    if (record.action === 'audit.rotated' && typeof details['dropped_up_to'] === 'number') {
      walk.droppedUpTo = Math.max(walk.droppedUpTo, details['dropped_up_to']);
    }
    if (record.action === 'audit.broken') {
      walk.setAside.push(`${record.time}: ${String(details['why'])}`);
    }
    onRecord(record);
  }
  return undefined;
}

/** What is wrong with one record where it stands. */
function wrongWith(
  record: AuditRecord,
  line: string,
  before: AuditHead | undefined,
  anchor: AuditHead | undefined,
): string | undefined {
  if (hashOf(record) !== record.hash) return 'its hash is not that of its content: it was changed';
  // One form alone, so that nothing stands in a line that its hash does not cover.
  if (JSON.stringify(record) !== line) return 'it is not written as records are: it was changed';
  if (before !== undefined && record.seq !== before.seq + 1) {
    return `record ${record.seq} follows record ${before.seq}: records were removed or moved`;
  }
  if (before !== undefined && record.previous !== before.hash) {
    return 'it does not follow the record before it: that one was changed, or removed';
  }
  if (record.seq === 1 && record.previous !== NO_HEAD.hash) return 'the first record names another';
  if (record.seq === anchor?.seq && record.hash !== anchor.hash) {
    return `record ${record.seq} is not the one that the provider remembers`;
  }
  return undefined;
}

/** What is wrong with the trail as a whole, when each record is right. */
function wrongAsWhole(
  { first, head, droppedUpTo, anchorSeen, records }: Walk,
  files: readonly TrailFile[],
  anchor: AuditHead | undefined,
): TrailBreak | undefined {
  const last = files.at(-1)?.name ?? 'audit.jsonl';
  const startsLate = first !== undefined && first.seq > 1 && first.action !== 'audit.broken';
  if (startsLate && first.seq - 1 > droppedUpTo) {
    const why = `the trail begins with record ${first.seq}, and nothing says what became of those before`;
    return { file: files[0]?.name ?? last, line: 1, why };
  }
  if (anchorSeen || anchor === undefined) return undefined;
  // A trail that was begun anew follows what was remembered of the broken one.
  if (first?.action === 'audit.broken' && first.seq === anchor.seq + 1) return undefined;
  const why = `it ends with record ${head?.seq ?? 0}, and the provider remembers record ${anchor.seq}: the end was removed`;
  return { file: last, line: records === 0 ? 1 : countLines(files.at(-1)?.text), why };
}

function countLines(text = ''): number {
  return Math.max(1, text.split('\n').length - 1);
}

function readRecord(line: string): AuditRecord | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(read: unknown): read is AuditRecord {
  if (typeof read !== 'object' || read === null) return false;
  const record = read as Readonly<Record<string, unknown>>;
  const texts = ['time', 'release', 'action', 'subject', 'outcome', 'previous', 'hash'];
  return (
    Number.isSafeInteger(record['seq']) &&
    texts.every((name) => typeof record[name] === 'string') &&
    ['actor', 'details'].every((name) => typeof record[name] === 'object' && record[name] !== null)
  );
}
