/** What the doctor found, for a terminal. */
import type { Diagnosis } from './doctor.ts';
import type { Finding } from './finding.ts';

const CHECK_COLUMN = 22;

/** Everything that was looked at, in order, and at the end what counts. */
export function diagnosisText({ subject, release, findings, counts }: Diagnosis): string {
  const { problem, warning, ok } = counts;
  const verdict =
    problem > 0
      ? `${problem} problems, ${warning} warnings`
      : warning > 0
        ? `no problem, ${warning} warnings`
        : 'nothing is wrong';
  const unchecked = counts['not checked'];
  return [
    `${release} looks at ${subject}`,
    '',
    ...findings.flatMap(lines),
    '',
    `${verdict}; ${ok} checks are well, ${unchecked} could not be made`,
    '',
  ].join('\n');
}

function lines({ check, verdict, seen, advice }: Finding): readonly string[] {
  const head = `${verdict.padEnd(12)} ${check.padEnd(CHECK_COLUMN)} `;
  const told = `${head}${seen}`;
  return advice === undefined ? [told] : [told, `${' '.repeat(head.length)}-> ${advice}`];
}
