/** Acceptance reports as evidence: which release answered, for which array, over which version of the interface. */
import type { ReportDocument } from '../../../../src/accept/report/document.ts';
import { factsOf } from '../../../../src/accept/report/provider.ts';
import { operations } from '../../../docs/sources.ts';

/** Versions of the interface that are served, in order. */
export function apiVersions(): readonly string[] {
  return [...new Set(operations().flatMap(({ versions }) => versions))].sort();
}

/** How scenarios of one version of the interface ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly known: number;
}

export interface ReportedArray {
  readonly model: string;
  readonly firmware: string;
}

/** The arrays that the provider showed in the run. */
export function arraysIn(report: ReportDocument): readonly ReportedArray[] {
  const tables = factsOf(report).filter(({ title }) => title.startsWith('Arrays'));
  const found = tables.flatMap(({ things }) =>
    things.map((pairs) => {
      const fact = (name: string) => pairs.find(([each]) => each === name)?.[1] ?? 'not told';
      return { model: fact('modelId'), firmware: fact('firmware') };
    }),
  );
  return [...new Map(found.map((each) => [`${each.model} ${each.firmware}`, each])).values()];
}

/** Did this release answer in the run? Its build may differ: `Keelson 1.2.3 (2026-01-31)` is compared. */
export function isOf(report: ReportDocument, release: { version: string; date: string }): boolean {
  const words = `${release.version} (${release.date})`;
  return report.summary.servers.some((server) => server.includes(words));
}

/** Counts of the scenarios that made calls over this version; undefined: none did. */
export function countsOf(report: ReportDocument, api: string): Counts | undefined {
  const numbers = new Set(
    report.exchanges.filter((each) => each.api === api).map(({ number }) => number),
  );
  const own = report.scenarios.filter(({ exchanges }) => exchanges.some((at) => numbers.has(at)));
  if (own.length === 0) return undefined;
  const count = (outcome: string) => own.filter((each) => each.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    known: count('known'),
  };
}

/** `201 passed, 0 failed, 5 skipped`. */
export function countsText({ passed, failed, skipped, known }: Counts): string {
  const different = known === 0 ? '' : `, ${known} known differences`;
  return `${passed} passed, ${failed} failed${different}, ${skipped} skipped`;
}
