/**
 * What an answer to any input must be. Says what is wrong with one, in a sentence that is the same for the same
 * mistake; knows nothing of what the input meant.
 */
import { XmlDocument } from 'libxml2-wasm';
import { ArrayError } from '../../src/array/errors.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { StoreError } from '../../src/store/errors.ts';
import { USER } from '../support/server-process.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import type { SchemaCheck } from '../support/wire/xsd.ts';
import { type Input, type Outcome, SERVICES } from './stage.ts';

/** Of processor time: a login takes a third of a second, the most costly message within its limits half of one. */
const HANG_MS = 10_000;
/** An answer larger than this, to a request this much smaller, is an amplifier. */
const ANSWER_BYTES = 32 * 1024 * 1024;

const STATUSES: ReadonlySet<number> = new Set([200, 400, 500]);
/** Traces and paths of the program. */
const INSIDES =
  /\bat [^<]{0,80}:\d+:\d+\)?|node_modules|file:\/\/\/[^e]|src\/[\w/]+\.ts\b|SQLITE_|root:x:/;

function isOfOurs(error: unknown): boolean {
  return error instanceof VasaFault || error instanceof ArrayError || error instanceof StoreError;
}

/** The first error of a chain that is a mistake of the program; undefined: each is one that is meant. */
function mistakeIn(cause: unknown): Error | undefined {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    if (at instanceof ArrayError && at.kind === 'failed' && at.cause !== undefined) continue;
    if (!isOfOurs(at) && !/does not declare/.test(at.message)) return at;
  }
  return undefined;
}

/** What is wrong with the outcome; undefined: nothing. */
export function mistake(
  input: Input,
  { status, answer, facts, milliseconds }: Outcome,
  schemas: ReadonlyMap<ApiVersion, SchemaCheck>,
): string | undefined {
  if (!STATUSES.has(status)) return `status ${status}`;
  const slip = mistakeIn(facts.cause) ?? mistakeIn(facts.item_cause);
  if (slip !== undefined) return `${slip.name}: ${slip.message.slice(0, 120)}`;
  const undeclared = undeclaredIn(input, facts);
  if (undeclared !== undefined) return undeclared;
  if (INSIDES.test(answer)) return `tells of its insides: ${INSIDES.exec(answer)?.[0]}`;
  if (answer.includes(USER.password)) return 'tells the password';
  if (milliseconds > HANG_MS) return 'takes more than ten seconds';
  if (answer.length > ANSWER_BYTES) return 'answers with more than 32 MB';
  return unreadable(status, answer, facts, schemas.get(input.version)) ?? tooLenient(status, input);
}

function undeclaredIn({ version }: Input, { operation, outcome }: Outcome['facts']) {
  if (outcome === undefined || ['ok', 'Client', 'Server'].includes(outcome)) {
    return outcome === 'Server' ? 'a fault of its own without a name' : undefined;
  }
  const declared = SERVICES[version].operations[operation ?? '']?.faults ?? [];
  return declared.includes(outcome) ? undefined : `${operation} answers ${outcome}`;
}

function unreadable(
  status: number,
  answer: string,
  { outcome }: Outcome['facts'],
  schema: SchemaCheck | undefined,
): string | undefined {
  try {
    if (status === 200) schema?.validateBody(answer);
    else if (outcome !== 'Client') schema?.validateDetail(answer);
    else isWellFormed(answer);
    return undefined;
  } catch (error) {
    return `the answer is not valid: ${String(error).slice(0, 160)}`;
  }
}

function isWellFormed(xml: string | Buffer): void {
  using document =
    typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  if (document.root.name === '') throw new Error('no root');
}

/** What was answered well must have been XML to others, too. */
function tooLenient(status: number, { body }: Input): string | undefined {
  if (status !== 200) return undefined;
  try {
    isWellFormed(body);
    return undefined;
  } catch (error) {
    // libxml2 looks into the names of namespaces, which to XML are names like any other; and our tokenizer lets
    // a name begin with a digit after its colon, which harms nobody and means nothing to us.
    const isName = /Error: (xmlns[:\w]*: '|Failed to parse QName)/.test(String(error));
    return isName ? undefined : `takes what is no XML: ${String(error).slice(0, 160)}`;
  }
}
