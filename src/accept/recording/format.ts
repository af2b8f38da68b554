/**
 * The form of a recording: one JSON object a line. First the header, then certificates, lists and clients before
 * the calls that use them, calls in the order in which their answers came, and last how many there were. It holds
 * no password, no session id and no private key: requests have placeholders where they were (redaction.ts).
 */
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';

/** What the header calls itself, and the one version of the form that is written and read. */
export const FORMAT = 'keelson recording';
export const VERSION = 1;

const NUMBER = z.number().int().positive();
const TEXT = z.string().max(LIMITS.recordingLineCharacters);
/** Milliseconds since the recording began. */
const AT = z.number().nonnegative();

const HEADER = z.object({
  kind: z.literal('recording'),
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Release signature of the runner. */
  madeBy: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Address of version.xml of the provider that was recorded. */
  url: z.string(),
  /** Release signatures that it sent. */
  servers: z.array(z.string()),
  soap: z.enum(['1.1', '1.2']),
});

const CERTIFICATE = z.object({
  kind: z.literal('certificate'),
  number: NUMBER,
  /** When it was first used: its dates are moved by as much as a replay comes later. */
  at: AT,
  pem: TEXT,
  /** It certifies the key of the signing request that this call was answered with. */
  requestedBy: NUMBER.optional(),
});

const LIST = z.object({ kind: z.literal('list'), number: NUMBER, at: AT, pem: TEXT });

const CLIENT = z.object({
  kind: z.literal('client'),
  number: NUMBER,
  name: z.string(),
  api: z.enum(['1.0', '2.0']),
  soap: z.enum(['1.1', '1.2']),
  /** Certificates that it shows, leaf first. */
  chain: z.array(NUMBER),
  /** Certificates that it trusts beside that of the provider at first contact. */
  trusts: z.array(NUMBER),
});

const CALL = z.object({
  kind: z.literal('call'),
  number: NUMBER,
  /** Number of the client. */
  client: NUMBER,
  /** Id; absent: made when all scenarios were over. */
  scenario: z.string().optional(),
  operation: z.string(),
  at: AT,
  ms: z.number(),
  /** The session cookie that was sent, with a placeholder. */
  session: z.string().optional(),
  /** Label of the session that came; `ended` is the end of it. */
  given: z.string().optional(),
  request: TEXT,
  /** 0: no answer came. */
  status: z.number().int(),
  fault: z.string().optional(),
  answer: TEXT,
  complaints: z.array(z.string()),
});

const LEFT_OUT = z.object({ scenario: z.string(), reason: z.string(), calls: z.number().int() });

const END = z.object({
  kind: z.literal('end'),
  calls: z.number().int().nonnegative(),
  /** Scenarios whose calls were not recorded. */
  leftOut: z.array(LEFT_OUT),
});

/** Any line after the first. */
export const LINE = z.discriminatedUnion('kind', [CERTIFICATE, LIST, CLIENT, CALL, END]);
export const FIRST_LINE = HEADER;

export type Header = Readonly<z.infer<typeof HEADER>>;
export type RecordedCertificate = Readonly<z.infer<typeof CERTIFICATE>>;
export type RecordedList = Readonly<z.infer<typeof LIST>>;
export type RecordedClient = Readonly<z.infer<typeof CLIENT>>;
export type RecordedCall = Readonly<z.infer<typeof CALL>>;
export type LeftOut = Readonly<z.infer<typeof LEFT_OUT>>;
export type Line = Header | Readonly<z.infer<typeof LINE>>;

/** A whole recording. */
export interface Recording {
  readonly header: Header;
  readonly certificates: ReadonlyMap<number, RecordedCertificate>;
  readonly lists: ReadonlyMap<number, RecordedList>;
  readonly clients: ReadonlyMap<number, RecordedClient>;
  readonly calls: readonly RecordedCall[];
  readonly leftOut: readonly LeftOut[];
}
