/**
 * What the bench says between its processes: the plan of one measurement, which the load generator reads
 * from standard input, and the figures it answers. Plain data.
 */

/** One HTTP request, sent as it is. */
export interface PlannedRequest {
  /** The whole request in base64, headers included. */
  readonly bytes: string;
  /** Whether it counts; the others only put things back for the next. */
  readonly measured: boolean;
  /** Must be in every answer, or the answer is an error. */
  readonly expect: string;
}

/** One kept-alive connection: its requests, sent in turn, one at a time, until the time is up. */
export interface PlannedConnection {
  /** PEM; absent: the server is not told who calls. */
  readonly identity?: { readonly certificate: string; readonly key: string };
  readonly requests: readonly PlannedRequest[];
}

export interface Plan {
  readonly host: string;
  readonly port: number;
  /** The only certificate that is trusted, PEM; absent: plain HTTP. */
  readonly trust?: string;
  readonly milliseconds: number;
  readonly connections: readonly PlannedConnection[];
}

export interface Figures {
  /** Latencies of the measured requests, microseconds, in the order in which they ended. */
  readonly microseconds: readonly number[];
  /** From the first request sent to the last answer. */
  readonly elapsedMs: number;
  /** Answers that were not 200 or not what was expected; the first one's text. */
  readonly errors: number;
  readonly firstError: string | undefined;
}

/** What the maker of handshakes reads from standard input. */
export interface HandshakePlan {
  readonly host: string;
  readonly port: number;
  readonly trust: string;
  readonly identity: { readonly certificate: string; readonly key: string };
  readonly milliseconds: number;
  readonly atOnce: number;
  readonly isResumed: boolean;
}

/** How many handshakes of each kind were made. */
export interface Handshakes {
  readonly full: number;
  readonly resumed: number;
  readonly elapsedMs: number;
}
