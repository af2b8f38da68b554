/** The whole of a run as JSON: what the other reports are made from, and what a machine reads. */
import { service as service10 } from '../../wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../wire/generated/vasa-2.0/service.ts';
import type { Acceptance } from '../accept.ts';
import { needsOf } from '../run.ts';
import { CHAPTERS } from '../scenario.ts';
import type { ReportDocument, ReportedExchange, ReportedScenario, Summary } from './document.ts';
import { shared } from './messages.ts';

/** Counts and facts that every report begins with. */
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
    known: count('known'),
    calls: run.exchanges.length,
    servers: [...new Set(servers)],
    left: [...run.left],
    settled: [...run.settled],
  };
}

/** The run as plain data. */
export function documentOf(run: Acceptance): ReportDocument {
  const { exchanges, target } = run;
  return {
    summary: summaryOf(run),
    versionXml: target.versionXml,
    services: Object.fromEntries(target.services),
    operations: operationsOf(run),
    offers: [...run.offers],
    scenarios: run.results.map(scenarioOf),
    exchanges: exchanges.map(
      (each): ReportedExchange => ({ ...each, complaints: [...each.complaints] }),
    ),
  };
}

/** The report as text, indented; long messages come last, each once. */
export function jsonReport(document: ReportDocument): string {
  return `${JSON.stringify({ ...document, ...shared(document.exchanges) }, undefined, 2)}\n`;
}

function scenarioOf(result: Acceptance['results'][number]): ReportedScenario {
  const { scenario, outcome, reasons, startedAt, ms, exchanges, steps } = result;
  const { id, chapter, sentence, proves, source } = scenario;
  return {
    ...{ id, chapter: CHAPTERS[chapter], sentence, proves, source: { ...source } },
    ...{ outcome, reasons: [...reasons], ms, exchanges: [...exchanges], steps },
    ...{ needs: [...needsOf(scenario)], startedAt: new Date(startedAt).toISOString() },
  };
}

function operationsOf({ target }: Acceptance): ReportDocument['operations'] {
  const descriptions = { '1.0': service10.operations, '2.0': service20.operations } as const;
  const served = [...target.services.keys()].map((api) => {
    const rows = Object.entries(descriptions[api]);
    return [api, Object.fromEntries(rows.map(([name, { faults }]) => [name, [...faults]]))];
  });
  return Object.fromEntries(served);
}
