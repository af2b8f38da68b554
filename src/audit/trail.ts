/**
 * The audit trail of one data folder: appends records, each on the disk before `append` returns, and remembers the
 * last one in an anchor outside the file, so that a trail whose end was cut off is found out. On opening it judges
 * what is there: a line that a crash has torn is cut off and that is noted; a trail that somebody has changed is set
 * aside, and the new one begins by saying so. Knows nothing of what is recorded.
 *
 * The chain finds changes by those who do not know of it, and by those who cannot change the anchor as well. Whoever
 * may write the whole data folder can make up another trail: keep a head elsewhere (docs/audit.md).
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import { OPEN_FILE, type OpenTrail, openTrailFile, readTrailFiles } from './files.ts';
import { type AuditEntry, type AuditHead, type AuditRecord, recordAfter } from './record.ts';
import { type TrailVerdict, verifyTrail } from './verify.ts';

/** Where the head is remembered. */
export interface Anchor {
  /** Undefined: nothing was remembered yet. */
  read(): Promise<AuditHead | undefined>;
  /** Durable when it resolves. */
  save(head: AuditHead): Promise<void>;
}

export interface AuditTrail {
  /** Writes a record; it is on the disk on return. Throws AuditError, and then nothing was written. */
  append(entry: AuditEntry): AuditRecord;
  /** Resolves when the anchor holds the present head, or could not be changed. Never rejects. */
  anchored(): Promise<void>;
  head(): AuditHead;
  /** `found`: what was wrong at the opening; undefined: nothing. */
  state(): {
    readonly found: string | undefined;
    readonly records: number;
    readonly failures: number;
  };
  /** Waits for the anchor. Idempotent. */
  close(): Promise<void>;
}

export interface AuditTrailOptions {
  /** Must be there, and this process's alone. */
  readonly folder: string;
  readonly anchor: Anchor;
  /** The machine’s, so that records keep their order in time when tests move the provider’s. */
  readonly clock: Clock;
  readonly release: string;
  /** Bounds; by default those of `LIMITS`. */
  readonly fileBytes?: number;
  readonly filesKept?: number;
}

/** The trail cannot be read or written. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}

/** Opens the trail of the folder. Rejects with AuditError. */
export async function openAuditTrail(options: AuditTrailOptions): Promise<AuditTrail> {
  const anchor = await options.anchor.read();
  let file: OpenTrail | undefined;
  try {
    const files = readTrailFiles(options.folder);
    const verdict = verifyTrail(files, anchor);
    file = openTrailFile(options.folder);
    const first = firstSeqIn(files.find(({ name }) => name === OPEN_FILE)?.text);
    const trail = new Trail(options, file, verdict.head, first ?? verdict.head.seq + 1);
    trail.takeUp(verdict, anchor);
    return trail;
  } catch (thrown) {
    file?.close();
    throw asAuditError(thrown);
  }
}

class Trail implements AuditTrail {
  readonly #options: AuditTrailOptions;
  readonly #file: OpenTrail;
  #head: AuditHead;
  /** Of the open file. */
  #firstSeq: number;
  #found: string | undefined;
  #records = 0;
  #failures = 0;
  #saving: Promise<void> | undefined;
  #saved = 0;
  #isClosed = false;

  constructor(options: AuditTrailOptions, file: OpenTrail, head: AuditHead, firstSeq: number) {
    this.#options = options;
    this.#file = file;
    this.#head = head;
    this.#firstSeq = firstSeq;
  }

  /** Goes on where the trail ends, or begins anew where it cannot be gone on with; both are recorded. */
  takeUp(verdict: TrailVerdict, anchor: AuditHead | undefined): void {
    const { broken, tornBytes, head, afterAnchor, records } = verdict;
    if (broken !== undefined) {
      this.#beginAnew(`${broken.file}, line ${broken.line}: ${broken.why}`, head, anchor);
      return;
    }
    const note = (action: string, details: AuditEntry['details']) =>
      this.append({
        actor: { kind: 'provider' },
        action,
        subject: 'audit',
        outcome: 'told',
        details,
      });
    if (tornBytes > 0) {
      this.#file.cutTo(this.#file.bytes - tornBytes);
      note('audit.repaired', { torn_bytes: tornBytes });
    }
    if (anchor === undefined && records > 0) note('audit.unanchored', { records });
    if (afterAnchor !== undefined && afterAnchor > 0) {
      note('audit.resumed', { after_anchor: afterAnchor });
    }
    this.#saved = anchor?.seq ?? 0;
  }

  append(entry: AuditEntry): AuditRecord {
    if (this.#isClosed) throw new AuditError('the audit trail has been closed');
    try {
      if (this.#file.bytes >= (this.#options.fileBytes ?? LIMITS.auditFileBytes)) this.#rotate();
      const record = this.#write(entry);
      void this.anchored();
      return record;
    } catch (thrown) {
      this.#failures += 1;
      throw asAuditError(thrown);
    }
  }

  anchored(): Promise<void> {
    if (this.#saved === this.#head.seq) return Promise.resolve();
    this.#saving ??= this.#save();
    return this.#saving;
  }

  head(): AuditHead {
    return this.#head;
  }

  state() {
    return { found: this.#found, records: this.#records, failures: this.#failures };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.anchored();
    this.#file.close();
  }

  #write(entry: AuditEntry): AuditRecord {
    const { clock, release } = this.#options;
    const time = new Date(clock.now()).toISOString();
    const record = recordAfter(this.#head, entry, { time, release });
    this.#file.write(`${JSON.stringify(record)}\n`);
    this.#head = { seq: record.seq, hash: record.hash };
    this.#records += 1;
    return record;
  }

  /** The first record of the new file says what was dropped for it. */
  #rotate(): void {
    this.#file.rotate(this.#firstSeq);
    this.#firstSeq = this.#head.seq + 1;
    const { dropped, oldest } = this.#file.drop(this.#options.filesKept ?? LIMITS.auditFiles);
    if (dropped.length === 0) return;
    const first = oldest ?? this.#firstSeq;
    this.#write({
      ...{ actor: { kind: 'provider' }, action: 'audit.rotated', subject: 'audit' },
      ...{ outcome: 'told', details: { dropped: [...dropped], dropped_up_to: first - 1 } },
    });
  }

  /** The broken trail is kept beside; the new one follows what is known for certain. */
  #beginAnew(why: string, head: AuditHead, anchor: AuditHead | undefined): void {
    const folder = `audit-broken-${this.#options.clock.now()}`;
    this.#file.setAside(folder);
    this.#found = why;
    this.#head = anchor !== undefined && anchor.seq > head.seq ? anchor : head;
    this.#firstSeq = this.#head.seq + 1;
    this.append({
      ...{ actor: { kind: 'provider' }, action: 'audit.broken', subject: 'audit' },
      ...{ outcome: 'told', details: { why, set_aside: folder, remembered: anchor?.seq ?? 0 } },
    });
  }

  /** Until the anchor holds the head; what comes meanwhile is saved with it. */
  async #save(): Promise<void> {
    while (this.#saved !== this.#head.seq) {
      const head = this.#head;
      try {
        await this.#options.anchor.save(head);
        this.#saved = head.seq;
      } catch {
        // The records are on the disk; the anchor is behind until the next one can be saved.
        this.#failures += 1;
        break;
      }
    }
    this.#saving = undefined;
  }
}

/** Number of a file's first record; undefined when it has none. */
function firstSeqIn(text = ''): number | undefined {
  const seq = /^\{"seq":(\d+)/.exec(text)?.[1];
  return seq === undefined ? undefined : Number(seq);
}

function asAuditError(thrown: unknown): AuditError {
  if (thrown instanceof AuditError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new AuditError(`the audit trail cannot be written: ${why}`, { cause: thrown });
}
