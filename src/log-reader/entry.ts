/**
 * What one line of any of the three logs says, in one form: the provider's own, vCenter's `sps.log`, and a
 * host's `vvold.log`. Everything after the parsers works on entries and knows no log's line form.
 */

/** Who wrote it. */
export type LogKind = 'provider' | 'host' | 'vcenter';

/** A call of a VASA operation, as far as the line tells. */
export interface Call {
  readonly operation: string;
  /** `ok`, a fault's name, or `begun` where a client's log tells only that it was sent. */
  readonly outcome: string;
  readonly requestId: string | undefined;
  readonly hostId: string | undefined;
  readonly vcenterId: string | undefined;
  /** First 16 hex digits of the client certificate's SHA-256. */
  readonly certificate: string | undefined;
  readonly peerAddress: string | undefined;
  readonly volumes: readonly string[];
  readonly taskId: string | undefined;
  readonly durationMs: number | undefined;
  readonly queueMs: number | undefined;
  /** Why the caller was refused, for support staff. */
  readonly refusal: string | undefined;
  /** The fault's text. */
  readonly reason: string | undefined;
  /** Faults of items in a batch, each with how many items got it. */
  readonly itemFaults: Readonly<Record<string, number>>;
  /** Fault rules that made it fail on purpose. */
  readonly injected: readonly string[];
  /** What lay behind a fault, outermost first. */
  readonly causes: readonly string[];
}

/** SOAP as verbose mode logs it. */
export interface Bodies {
  readonly requestId: string;
  readonly operation: string;
  readonly request: string;
  readonly response: string;
}

export interface Entry {
  readonly log: LogKind;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Milliseconds since the epoch, by the clock of whoever wrote it. */
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error' | 'fatal';
  /** Kind of line; `call` and `message` in the logs of others. */
  readonly event: string;
  /** By which the line is explained; empty in the logs of others. */
  readonly id: string;
  readonly text: string;
  /** Release signature of the provider. */
  readonly release: string | undefined;
  readonly call: Call | undefined;
  readonly bodies: Bodies | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A call of which nothing but this is known. */
export function bareCall(operation: string, outcome: string): Call {
  return {
    ...{ operation, outcome, requestId: undefined, hostId: undefined, vcenterId: undefined },
    ...{ certificate: undefined, peerAddress: undefined, volumes: [], taskId: undefined },
    ...{ durationMs: undefined, queueMs: undefined, refusal: undefined, reason: undefined },
    ...{ itemFaults: {}, injected: [], causes: [] },
  };
}

/** Whether a call, or an item of it, ended in a fault. */
export function hasFailed({ outcome, itemFaults }: Call): boolean {
  return (outcome !== 'ok' && outcome !== 'begun') || Object.keys(itemFaults).length > 0;
}

/** Names of all faults that a call ended in, its own and those of its items. */
export function faultsOf({ outcome, itemFaults }: Call): readonly string[] {
  const own = outcome === 'ok' || outcome === 'begun' ? [] : [outcome];
  return [...own, ...Object.keys(itemFaults)];
}
