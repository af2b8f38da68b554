/**
 * One record of the audit trail: who did what to what, chained to the record before it. The hash of a record
 * covers all of it but the hash itself, in one fixed form of JSON, so that anybody can compute it again. Knows
 * nothing of files, and never holds a secret: whoever makes a record leaves passwords and keys out.
 */
import { createHash } from 'node:crypto';

/** Who caused something, as far as is known. */
export type AuditActor =
  /** Whoever may open the admin socket or the data folder: an account of the machine. */
  | { readonly kind: 'operator'; readonly account: string }
  | { readonly kind: 'console'; readonly user: string; readonly peerAddress: string }
  /** A caller of the VASA endpoint, mostly a vCenter. `certificate`: SHA-256 in hex of what it presented. */
  | {
      readonly kind: 'client';
      readonly user?: string;
      readonly peerAddress: string;
      readonly certificate?: string;
    }
  | { readonly kind: 'provider' };

/**
 * `begun`: before the change; `done` and `failed`: what became of it, with `of`, the `seq` of its beginning.
 * `told`: something that has happened and is noted before its caller is answered.
 */
export type AuditOutcome = 'begun' | 'done' | 'failed' | 'told';

/** What JSON can hold. */
export type Detail =
  | string
  | number
  | boolean
  | null
  | readonly Detail[]
  | { readonly [name: string]: Detail };

/** What is to be recorded. */
export interface AuditEntry {
  readonly actor: AuditActor;
  /** Lower-case words with dots, e.g. `user.save`. */
  readonly action: string;
  /** What it is about: a name or id; empty when it is the provider as a whole. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
  readonly details: Readonly<Record<string, Detail>>;
}

export interface AuditRecord extends AuditEntry {
  /** From 1, rising by one. */
  readonly seq: number;
  /** ISO 8601, UTC, by the machine’s clock. */
  readonly time: string;
  /** Release signature. */
  readonly release: string;
  /** Hash of the record before; 64 zeros in the first. */
  readonly previous: string;
  readonly hash: string;
}

/** The last record of a trail, by which all before it are known. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first record. */
export const NO_HEAD: AuditHead = Object.freeze({ seq: 0, hash: '0'.repeat(64) });

/** The record that follows `head`. */
export function recordAfter(
  head: AuditHead,
  entry: AuditEntry,
  stamp: Pick<AuditRecord, 'time' | 'release'>,
): AuditRecord {
  const { actor, action, subject, outcome, details } = entry;
  const content = {
    seq: head.seq + 1,
    ...{ time: stamp.time, release: stamp.release },
    ...{ actor, action, subject, outcome, details, previous: head.hash },
  };
  return { ...content, hash: hashOf(content) };
}

/** SHA-256 in hex over the record without its hash, in canonical JSON. */
export function hashOf({
  hash: _,
  ...content
}: Omit<AuditRecord, 'hash'> & { hash?: string }): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** JSON with the names of every object in the order of their code units, and without space. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
