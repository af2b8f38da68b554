/**
 * The form of report.json, by which reports are read again: to make the page, to compare two runs. What a later
 * release adds is left out when it is read; what is missing is refused.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { whole } from './messages.ts';

const SUMMARY = z.object({
  url: z.string(),
  soap: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  seconds: z.number(),
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** Failed, and listed as known differences. */
  known: z.number(),
  calls: z.number(),
  /** Server headers seen: release signatures, where the provider sends them. */
  servers: z.array(z.string()),
  /** What could not be undone at the end. */
  left: z.array(z.string()),
  /** Listed as known differences, and passed. */
  settled: z.array(z.string()),
});

const SCENARIO = z.object({
  id: z.string(),
  /** Its title. */
  chapter: z.string(),
  sentence: z.string(),
  proves: z.string(),
  source: z.object({ text: z.string(), mark: z.string() }),
  /** What a provider must offer for it. */
  needs: z.array(z.string()),
  outcome: z.enum(['passed', 'failed', 'skipped', 'known']),
  reasons: z.array(z.string()),
  startedAt: z.string(),
  ms: z.number(),
  /** Numbers of its exchanges. */
  exchanges: z.array(z.number()),
  /** How many of them are its own steps; those after them take back what it made. */
  steps: z.number(),
});

/** As it is written: long ones by their SHA-256. */
const MESSAGE = z.union([z.string(), z.object({ sha256: z.string() })]);

const EXCHANGE = z.object({
  number: z.number(),
  client: z.string(),
  api: z.string(),
  soap: z.string(),
  operation: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  ms: z.number(),
  status: z.number(),
  request: MESSAGE,
  answer: MESSAGE,
  fault: z.string().optional(),
  server: z.string().optional(),
  complaints: z.array(z.string()),
});

const DOCUMENT = z.object({
  summary: SUMMARY,
  versionXml: z.string(),
  /** URL by API version. */
  services: z.record(z.string(), z.string()),
  /** Declared faults by API version and operation: what the runner could have called. */
  operations: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
  /** Needs of scenarios that the provider meets. */
  offers: z.array(z.string()),
  scenarios: z.array(SCENARIO),
  exchanges: z.array(EXCHANGE),
  /** Long messages by SHA-256. */
  messages: z.record(z.string(), z.string()).default({}),
});

export type Summary = Readonly<z.infer<typeof SUMMARY>>;
export type ReportedScenario = Readonly<z.infer<typeof SCENARIO>>;
type Written = Readonly<z.infer<typeof DOCUMENT>>;
/** As it is read: each with its whole messages. */
export interface ReportedExchange
  extends Readonly<Omit<z.infer<typeof EXCHANGE>, 'request' | 'answer'>> {
  readonly request: string;
  readonly answer: string;
}
export interface ReportDocument extends Omit<Written, 'exchanges' | 'messages'> {
  readonly exchanges: ReportedExchange[];
}

/** Reads report.json, or a report folder that holds one. Throws RangeError when it is none. */
export function readReport(path: string): ReportDocument {
  const file = statSync(path).isDirectory() ? join(path, 'report.json') : path;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RangeError(`${file} is no JSON`, { cause: error });
  }
  const read = DOCUMENT.safeParse(value);
  if (read.success) return joined(read.data);
  throw new RangeError(`${file} is no report of a run\n${z.prettifyError(read.error)}`);
}

function joined({ messages, exchanges, ...document }: Written): ReportDocument {
  const own = exchanges.map((each) => ({
    ...each,
    ...{ request: whole(each.request, messages), answer: whole(each.answer, messages) },
  }));
  return { ...document, exchanges: own };
}
