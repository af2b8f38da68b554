/** The certification capability matrix and the validation matrix: facts of the code, filled from acceptance reports. */
import { capabilitiesOf } from '../../../../src/accept/report/capabilities.ts';
import type { ReportDocument } from '../../../../src/accept/report/document.ts';
import { statisticsOf } from '../../../../src/accept/report/statistics.ts';
import { needsOf } from '../../../../src/accept/run.ts';
import { CHAPTERS } from '../../../../src/accept/scenario.ts';
import { SCENARIOS } from '../../../../src/accept/scenarios/all.ts';
import { operations } from '../../../docs/sources.ts';
import { type Facts, textWith } from '../facts.ts';
import { table } from '../template.ts';
import { shown } from '../vendor.ts';
import { apiVersions, arraysIn, countsOf, countsText, isOf } from './runs.ts';

const NOT_RUN = 'not run';

/** Of the runs in which this release answered, the last that was given. */
function ownRun({ context, reports }: Facts): ReportDocument | undefined {
  return reports.filter((each) => isOf(each, context.release)).at(-1);
}

/** The capability matrix, Markdown. */
export function capabilityMatrix(facts: Facts): string {
  const run = ownRun(facts);
  const outcomes = new Map((run?.scenarios ?? []).map(({ id, outcome }) => [id, outcome]));
  const outcomeOf = (id: string) => outcomes.get(id) ?? NOT_RUN;
  return textWith(facts, 'capability-matrix', {
    runs:
      run === undefined
        ? 'No report of a run against this release was given, so nothing is claimed: all is *not run*.'
        : `The run of ${run.summary.startedAt.slice(0, 10)}: ${run.summary.passed} passed, ${run.summary.failed} failed, ${run.summary.skipped} skipped.`,
    capabilities: capabilityTable(run),
    operations: operationTable(run),
    scenarios: Object.entries(CHAPTERS)
      .map(([chapter, title]) => {
        const own = SCENARIOS.filter((each) => each.chapter === chapter);
        const rows = own.map((each) => [
          `\`${each.id}\``,
          each.sentence,
          needsOf(each).join(', '),
          outcomeOf(each.id),
        ]);
        return `### ${title}\n\n${table(['scenario', 'what is true', 'needs', 'result'], rows)}`;
      })
      .join('\n\n'),
  });
}

function capabilityTable(run: ReportDocument | undefined): string {
  const found = new Map(
    (run === undefined ? [] : capabilitiesOf(run)).map((each) => [each.need, each]),
  );
  const needs = new Set([...SCENARIOS.flatMap((each) => [...needsOf(each)]), ...found.keys()]);
  const rows = [...needs].sort().map((need) => {
    const own = SCENARIOS.filter((each) => needsOf(each).some((one) => one === need));
    const result = found.get(need);
    if (result === undefined) return [need, NOT_RUN, own.length, NOT_RUN];
    const { passed, failed, skipped, known } = result.scenarios;
    const counts = {
      passed: passed.length,
      failed: failed.length,
      skipped: skipped.length,
      known: known.length,
    };
    return [need, result.isOffered ? 'yes' : 'no', own.length, countsText(counts)];
  });
  return table(['capability', 'offered', 'scenarios', 'result'], rows);
}

function operationTable(run: ReportDocument | undefined): string {
  const called = new Map(
    (run === undefined ? [] : statisticsOf(run)).map((each) => [
      `${each.api} ${each.operation}`,
      each,
    ]),
  );
  const rows = operations().map(({ name, versions, faults, handler }) => {
    const calls = versions.flatMap((api) => called.get(`${api} ${name}`) ?? []);
    const answered = calls.reduce((sum, each) => sum + each.answered, 0);
    const seen = new Set(calls.flatMap((each) => Object.keys(each.faults)));
    const result =
      run === undefined
        ? NOT_RUN
        : `${answered} answered; ${faults.filter((each) => seen.has(each)).length} of its faults seen`;
    return [name, versions.join(', '), handler === undefined ? 'no' : 'yes', faults.length, result];
  });
  return table(['operation', 'VASA', 'served', 'declared faults', 'in the run'], rows);
}

/** The validation matrix, Markdown. */
export function validationMatrix(facts: Facts): string {
  const { context, reports, vendor } = facts;
  const { release } = context;
  const own = reports.filter((each) => isOf(each, release));
  const rows = vendor.compatibility.arrays.flatMap(({ model, firmware, match }) =>
    apiVersions().map((api) => {
      const run = own.findLast((each) =>
        arraysIn(each).some((array) => array.model === match && countsOf(each, api) !== undefined),
      );
      const counts = run && countsOf(run, api);
      return [
        shown(model),
        shown(firmware),
        run === undefined ? NOT_RUN : firmwareIn(run, match),
        `${vendor.provider.name} ${release.version}`,
        `VASA ${api}`,
        counts === undefined ? NOT_RUN : countsText(counts),
        run === undefined ? '' : run.summary.startedAt.slice(0, 10),
      ];
    }),
  );
  const head = [
    'array',
    'minimum firmware',
    'firmware in the run',
    'provider',
    'interface',
    'result',
    'day',
  ];
  return textWith(facts, 'validation-matrix', {
    matrix: table(head, rows),
    runs: runs(facts),
  });
}

function firmwareIn(run: ReportDocument, match: string): string {
  return arraysIn(run)
    .filter(({ model }) => model === match)
    .map(({ firmware }) => firmware)
    .join(', ');
}

function runs({ reports, context }: Facts): string {
  if (reports.length === 0)
    return 'No report was given: name them under `compatibility.acceptanceReports` in vendor.yaml.';
  return table(
    ['day', 'provider', 'this release', 'arrays', 'SOAP', 'result'],
    reports.map((each) => [
      each.summary.startedAt.slice(0, 10),
      each.summary.servers.join('; ') || 'no signature',
      isOf(each, context.release) ? 'yes' : 'no',
      arraysIn(each)
        .map(({ model, firmware }) => `${model} ${firmware}`)
        .join(', '),
      each.summary.soap,
      countsText(each.summary),
    ]),
  );
}
