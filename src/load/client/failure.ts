/** What can go wrong with one call, in words short enough to be counted by. */

/** A call that did not end as it must. `what` is the same for all that ended alike. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly operation: string;
  readonly what: string;

  /** `detail`: of this one call, for the first that is shown. */
  constructor(operation: string, what: string, detail = '') {
    super(detail === '' ? `${operation}: ${what}` : `${operation}: ${what}: ${detail}`);
    this.operation = operation;
    this.what = what;
  }
}

/** The words of an error of the socket: its code where it has one. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

const DETAIL = /<(?:[\w.-]+:)?[dD]etail\b[^>]*>\s*<(?:[\w.-]+:)?([\w.-]+)/;
const TEXT = /<(?:[\w.-]+:)?(?:faultstring|Text)\b[^>]*>([^<]*)</;

/** A fault's name, or `untyped`, and its text. */
export function faultIn(body: string): { readonly name: string; readonly text: string } {
  return { name: DETAIL.exec(body)?.[1] ?? 'untyped', text: TEXT.exec(body)?.[1] ?? '' };
}
