/**
 * What the wire knows of one call, and what it needs from whoever serves it. The wire never learns what
 * an operation means: it is handed a table of handlers, a session guard and a fault funnel.
 *
 * Two doors lead to the same dispatcher: SOAP over TLS (`server.ts`) and a call in process with plain
 * objects (`dispatch.ts`), for tests and for the product's own tools.
 */
import type { X509Certificate } from 'node:crypto';
import type { VasaFault } from '../model/faults.ts';

/** The client's end of a TLS connection, as the handshake left it. Nothing here is judged yet. */
export interface Peer {
  /** Unique per connection within this process, for joining log lines. */
  readonly connectionId: string;
  readonly remoteAddress: string;
  /** The certificate the client proved to own in the handshake; undefined when it sent none. */
  readonly certificate: PeerCertificate | undefined;
  /** The handshake resumed an earlier TLS session. */
  readonly resumed: boolean;
}

export interface PeerCertificate {
  /** SHA-256 of the DER form, 64 lower-case hex digits. */
  readonly fingerprint: string;
  readonly der: Uint8Array;
  /** The same as the handshake has read it, so that nobody need read it again. */
  readonly parsed?: X509Certificate;
  /**
   * Further certificates the client sent, nearest issuer first, without the leaf. On a resumed TLS session
   * those of its latest full handshake; empty when they have been forgotten.
   */
  readonly issuers: readonly Uint8Array[];
}

/** Facts of one call, made by the door before anything is read from the Body. */
export interface Call {
  /** Unique, in the log line and in the text of every fault. */
  readonly requestId: string;
  readonly apiVersion: string;
  readonly operation: string;
  readonly peer: Peer;
  /** Value of the `VASASESSIONID` cookie; undefined when absent or `0`. Secret: never logged. */
  readonly sessionId: string | undefined;
  /**
   * Hands a fact to this call's log line. Keys are those of `CallNotes`: a closed list.
   * A later note of the same key replaces the earlier one.
   */
  note(notes: CallNotes): void;
  /** Sets the `VASASESSIONID` cookie of the reply; `'0'` takes the session away. */
  setSession(sessionId: string): void;
}

/** What handlers and guard may add to the log line. Names are those of the log (docs/logging.md). */
export interface CallNotes {
  readonly host_id?: string;
  readonly vcenter_id?: string;
  /** First 12 hex digits of SHA-256 of the session id. */
  readonly session?: string;
  readonly batch_size?: number;
  readonly failed_items?: number;
  /** Names of the faults of items, each with how many items got it. */
  readonly item_faults?: Readonly<Record<string, number>>;
  /** The first StorageFault of an item, with what lay behind it; for the log alone. */
  readonly item_cause?: unknown;
  /** Volume ids the call is about (bounded by the log), so that verbose mode can pick one volume. */
  readonly vvol_ids?: readonly string[];
  readonly task_id?: string;
  /** URL of the provider that served the array before this call. */
  readonly took_over_from?: string;
  /** Fault rules that hit the call, so that what they did is not taken for a real failure. */
  readonly injected?: readonly string[];
  /** Why a guard refused, in words for support staff; never sent to the client. */
  readonly refusal?: string;
}

/**
 * Who may call: `open` anybody (the handler itself checks credentials or a bootstrap grant),
 * `certificate` needs a trusted client certificate, `session` needs that and a live session.
 */
export type SessionRule = 'open' | 'certificate' | 'session';

/** One row of the operation table. `Context` is what the guard found out about the caller. */
export interface OperationRow<Context> {
  readonly session: SessionRule;
  /** Takes the decoded request element and gives the response element (undefined: empty Body). */
  readonly handler: (context: Context, request: never) => Promise<unknown>;
}

/**
 * Which calls go first when not all can be under way at once: what opens and keeps sessions, what virtual
 * machines wait for, the rest, long work.
 */
export type Lane = 'session' | 'urgent' | 'normal' | 'bulk';

/** The lane of a call, from the operation that its headers name and its body as it came. */
export type LaneOf = (operation: string, body: Uint8Array) => Lane;

/** Operation name to row. An operation of the service without a row is answered NotImplemented. */
export type OperationTable<Context> = Readonly<Record<string, OperationRow<Context>>>;

/** Finds out who calls. Throws VasaFault (InvalidSession) when the rule is not met. */
export type SessionGuard<Context> = (rule: SessionRule, call: Call) => Promise<Context>;

/** Turns whatever was thrown into a fault; the one place that knows array and store errors. */
export type FaultFunnel = (thrown: unknown) => VasaFault;

/** One finished call, for the log. Sizes in bytes, times in milliseconds. */
export interface CallRecord extends CallNotes {
  readonly request_id: string;
  /** `unknown` when the request never got as far as naming one. */
  readonly operation: string;
  readonly api_version: string;
  readonly soap_version: '1.1' | '1.2' | 'none';
  /** `ok`, a VASA fault's name, or `Client`/`Server` for a plain SOAP fault. */
  readonly outcome: string;
  /** The fault's text as sent. */
  readonly reason?: string;
  /** The chain behind a fault, for the log alone. */
  readonly cause?: unknown;
  readonly http_status: number;
  readonly duration_ms: number;
  readonly queue_ms: number;
  readonly request_bytes: number;
  readonly response_bytes: number;
  readonly connection: string;
  readonly peer_address: string;
  /** First 16 hex digits of the client certificate's SHA-256. */
  readonly peer_certificate?: string | undefined;
  /** The `traceparent` header of W3C Trace Context, when a well-formed one came. */
  readonly trace_parent?: string | undefined;
}

/** What the wire tells the log. Implemented in `src/log`; every method must return at once. */
export interface WireLog {
  /** Keeps the call's line; it is written with the next `flush`, or before any line of another kind. */
  finished(record: CallRecord): void;
  /** Writes what is kept. Returns when it is with the operating system. */
  flush(): void;
  /** Asked before a body is kept for verbose logging; cheap. */
  wantsBodies(call: { readonly notes: CallNotes; readonly peerAddress: string }): boolean;
  /** The bodies as they were on the wire, not yet redacted; the log redacts. */
  bodies(record: CallRecord, request: string, response: string): void;
  /** A connection that never became a call: TLS failure, time-out, malformed HTTP. */
  connectionFailed(facts: { remoteAddress: string; code: string; message: string }): void;
  /** What was refused under load in the last seconds, by kind. */
  shedding(counts: Readonly<Record<string, number>>): void;
}
