/**
 * What a row of the matrix of proofs is: one operation, a request that succeeds, and for each fault that
 * the contract declares for it what brings that fault about, or why nothing does. Rows are data that the
 * tests run and docs/operations.md is made from: a module of rows starts nothing when it is loaded.
 * Source of what must be there: the generated descriptions of the services.
 */
import type { FaultName } from '../../src/model/faults.ts';
import type { ApiVersion, SoapClient } from '../support/soap-client.ts';
import type { Stage } from './stage.ts';
import type { Xml } from './xml.ts';

/**
 * Who calls: a host or a vCenter with a session, somebody whose certificate is trusted and who has no
 * session, or somebody without a certificate.
 */
export type Caller = 'host' | 'vcenter' | 'stranger' | 'anonymous';

/** A call by somebody whom the row has made for it alone. */
export interface OwnCall {
  readonly message: Xml | null;
  readonly client: SoapClient;
}

/** Arranges what the call needs and gives its arguments; null is an empty Body. */
export type Ask = (stage: Stage) => Promise<Xml | null | OwnCall> | Xml | null | OwnCall;

/** How one declared fault is brought about. */
export interface Provocation {
  /** In words, as the end of a sentence that begins with the operation; the test's name. */
  readonly when: string;
  /** Default: the request that succeeds. */
  readonly ask?: Ask;
  readonly by?: Caller;
  /** What goes wrong around the call: undone after it. */
  readonly during?: Disturbance;
  /** `item`: in the result of a batch's item. Default: the answer. */
  readonly in?: 'item';
}

/** Something that is arranged for one call and then taken back. */
export type Disturbance = (stage: Stage) => Promise<() => Promise<void> | void>;

/** Why a declared fault is never the answer. */
export interface Never {
  readonly never: string;
}

export type Proof = Provocation | Never;

export interface Row {
  readonly operation: string;
  /** The method of the array port that does the work; undefined: the array is not asked. */
  readonly work?: string;
  /** Where the array's refusals of it are found; default: the answer. */
  readonly refusedIn?: 'item';
  /** Default: a host with a session. */
  readonly by?: Caller;
  /** What the successful call brings about, in words; the test's name. */
  readonly succeeds: string;
  readonly ask: Ask;
  /** Looks at the answer of the successful call. Throws when it is not what `succeeds` says. */
  readonly check?: (answer: string, stage: Stage) => Promise<void> | void;
  /** What is not as usual: `usual.ts` has the rest. */
  readonly faults: Readonly<Partial<Record<FaultName, Proof | readonly Proof[]>>>;
  /** Default: every version that has the operation. */
  readonly versions?: readonly ApiVersion[];
}

/** Is it a reason, and no test? */
export function isNever(proof: Proof): proof is Never {
  return 'never' in proof;
}
