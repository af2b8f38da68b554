/** The whole of a run as JSON: what the other reports are made from, and what a machine reads. */
import type { Acceptance } from '../accept.ts';
import { CHAPTERS } from '../scenario.ts';

/** Counts and facts that every report begins with. */
export interface Summary {
  readonly url: string;
  readonly soap: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly calls: number;
  /** Server headers seen: release signatures, where the provider sends them. */
  readonly servers: readonly string[];
  readonly left: readonly string[];
}

export function summaryOf(run: Acceptance): Summary {
  const count = (outcome: string) => run.results.filter((each) => each.outcome === outcome).length;
  const servers = run.exchanges.flatMap(({ server }) => (server === undefined ? [] : [server]));
  return {
    url: run.target.url,
    soap: run.soap,
    startedAt: new Date(run.startedAt).toISOString(),
    seconds: Math.round(run.ms / 100) / 10,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    calls: run.exchanges.length,
    servers: [...new Set(servers)],
    left: run.left,
  };
}

/** The report as text, indented. */
export function jsonReport(run: Acceptance): string {
  const scenarios = run.results.map(({ scenario, outcome, reasons, startedAt, ms, exchanges }) => {
    const { id, chapter, sentence, proves, source } = scenario;
    const told = { id, chapter: CHAPTERS[chapter], sentence, proves, source };
    return {
      ...told,
      outcome,
      reasons,
      startedAt: new Date(startedAt).toISOString(),
      ms,
      exchanges,
    };
  });
  const { exchanges, target } = run;
  const document = { summary: summaryOf(run), versionXml: target.versionXml, scenarios, exchanges };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
