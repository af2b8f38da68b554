/**
 * The compatibility and equivalency form: what is submitted, what it is compared with, and the re-certification
 * questions, answered by comparing two acceptance runs where both were given.
 */
import {
  type Comparison,
  compareReports,
  QUESTIONS,
} from '../../../../src/accept/report/diff/compare.ts';
import { linesOf, partsOf } from '../changelog.ts';
import { type Facts, textWith } from '../facts.ts';
import { table } from '../template.ts';
import { shown } from '../vendor.ts';
import { apiVersions, arraysIn, isOf } from './runs.ts';

/** The form, Markdown. */
export function equivalencyForm(facts: Facts): string {
  const { context, vendor, changelog } = facts;
  const { release, ledger } = context;
  const base = ledger.at(-2);
  const { contacts } = vendor.support;
  const lines = linesOf(partsOf(changelog, release.version));
  const fixes = lines.filter(({ isFix }) => isFix).length;
  return textWith(facts, 'equivalency-form', {
    submitter: pairs([
      ['Vendor', shown(vendor.vendor.name)],
      ['Address', shown(vendor.vendor.address)],
      ['Website', shown(vendor.vendor.website)],
      ['Contact', shown(contacts.at(-1)?.reach ?? 'none')],
    ]),
    submitted: pairs([
      ['Product', `${vendor.provider.name}, VASA provider`],
      ['Version and date', `${release.version}, ${release.date}`],
      ['Signature, as the product tells it', release.signature],
      ['Interface', `VASA ${apiVersions().join(' and ')}`],
      [
        'Arrays',
        vendor.compatibility.arrays
          .map(({ model, firmware }) => `${shown(model)}, firmware ${shown(firmware)}`)
          .join('; '),
      ],
      ['Landing page', shown(vendor.hosting.landingPage)],
    ]),
    base: pairs([
      [
        'Certified release',
        base === undefined
          ? 'none: this is the first release of the ledger'
          : `${vendor.provider.name} ${base.version} (${base.date})`,
      ],
      ['Listing', '[FILL IN: number or address of the listing]'],
    ]),
    changes: `${fixes} fixes and ${lines.length - fixes} other changes, all of them in the [release notes](../site/documentation/release-notes.html).`,
    answers: answers(facts),
    declaration: pairs([
      ['Name and role', '[FILL IN: who declares]'],
      ['Date', '[FILL IN: date]'],
      ['Signature', '[FILL IN: signature]'],
    ]),
  });
}

/** The last run of an earlier release against the last of this one; undefined: one is missing. */
function comparison({ context, reports }: Facts): Comparison | undefined {
  const after = reports.filter((each) => isOf(each, context.release)).at(-1);
  const before = reports
    .filter((each) => !isOf(each, context.release) && sharesArray(each, after))
    .at(-1);
  return before && after && compareReports(before, after);
}

type Report = Facts['reports'][number];

function sharesArray(before: Report, after: Report | undefined): boolean {
  const models = new Set((after === undefined ? [] : arraysIn(after)).map(({ model }) => model));
  return arraysIn(before).some(({ model }) => models.has(model));
}

function answers(facts: Facts): string {
  const found = comparison(facts);
  if (found === undefined)
    return [
      '[FILL IN: answers. No reports of both releases were given; make them with `keelson accept` and name both in vendor.yaml]',
      '',
      QUESTIONS.map((question) => `- ${question}`).join('\n'),
    ].join('\n');
  const { operations } = found;
  const summary = QUESTIONS.map((question) => {
    const all = operations.map((each) => each.answers[question]);
    const count = (answer: string) => all.filter((each) => each === answer).length;
    return [
      question,
      count('yes') > 0 ? 'yes' : 'no',
      count('yes'),
      count('no'),
      count('not shown'),
    ];
  });
  const changed = operations.filter((each) =>
    QUESTIONS.some((question) => each.answers[question] === 'yes'),
  );
  return [
    `Runs of ${found.a.startedAt.slice(0, 10)} (${found.a.servers.join('; ')}) and ${found.b.startedAt.slice(0, 10)} (${found.b.servers.join('; ')}). A *no* says that these runs showed no change.`,
    table(['question', 'changed', 'operations that changed', 'that did not', 'not shown'], summary),
    changed.length === 0
      ? 'No operation changed.'
      : table(
          ['operation', ...QUESTIONS, 'evidence'],
          changed.map((each) => [
            `${each.operation} (${each.api})`,
            ...QUESTIONS.map((question) => each.answers[question]),
            QUESTIONS.flatMap((question) => each.evidence[question]).join('; '),
          ]),
        ),
  ].join('\n\n');
}

function pairs(rows: readonly (readonly [string, string])[]): string {
  return table(['', 'answer'], rows);
}
