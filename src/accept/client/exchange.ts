/**
 * One question to a provider and its answer, as it was on the wire: what every check and report of the
 * acceptance runner is made from. Plain data. Secrets are taken out before it is kept.
 */
import type { SoapVersion } from '../../wire/envelope.ts';

export type ApiVersion = '1.0' | '2.0';

export interface Exchange {
  /** Of the run, from 1 on, in the order in which the answers came. */
  readonly number: number;
  /** Who asked, e.g. `vCenter 1`, `host 3`. */
  readonly client: string;
  readonly api: ApiVersion;
  readonly soap: SoapVersion;
  readonly operation: string;
  /** When it was asked, milliseconds since the epoch, and how long the answer took. */
  readonly at: number;
  readonly ms: number;
  /** 0: no HTTP answer came. */
  readonly status: number;
  readonly request: string;
  readonly answer: string;
  /** Name of the typed fault, `untyped`, or undefined when it was no fault. */
  readonly fault: string | undefined;
  /** The Server header: the release signature, where the provider sends one. */
  readonly server: string | undefined;
  /** What is wrong with the answer whatever was asked, each in a sentence; empty is good. */
  readonly complaints: readonly string[];
}

/** What went over the wire beside an exchange, secrets and all: for recordings, which take them out. Never kept. */
export interface Wire {
  /** The client that asked, for telling it from others of the same name. */
  readonly client: object;
  /** PEM: the certificate it showed, leaf first. */
  readonly chainPem: string | undefined;
  /** PEM: what it trusts, the certificate of the provider at first contact first. */
  readonly trust: readonly string[];
  /** The session id that was sent, and the one that came; `0` ends it. */
  readonly session: string | undefined;
  readonly given: string | undefined;
  readonly request: string;
  readonly answer: string;
}

/** Takes the exchanges of a run. */
export interface Recorder {
  take(exchange: Omit<Exchange, 'number'>, wire: Wire): void;
}

const SECRETS = /(<(?:[\w-]+:)?(password|providerPassword|sessionId)(?:\s[^>]*)?>)[^<]*(<\/)/gi;

/** The text without passwords and session ids. */
export function withoutSecrets(xml: string): string {
  return xml.replace(SECRETS, '$1***$3');
}
