/** The notification of a hot fix: what it mends, who is affected, what changes, how it is put in and taken out again. */
import type { Hotfix, MadeFile } from '../../contract.ts';
import { linesOf, partsOf } from '../changelog.ts';
import { type Facts, textWith } from '../facts.ts';
import { contacts, programs } from '../guides/parts.ts';

/** The document, Markdown. Throws RangeError when the changelog has no part for this release. */
export function hotfixNotification(
  facts: Facts,
  { from, changedBehaviour }: Hotfix,
  files: readonly MadeFile[],
): string {
  const { changelog, context, vendor } = facts;
  const { release, ledger } = context;
  const parts = partsOf(changelog, release.version);
  const lines = linesOf(parts);
  const listed = (isFix: boolean) => {
    const found = lines.filter((line) => line.isFix === isFix).map(({ text }) => `- ${text}`);
    return found.length === 0 ? 'Nothing.' : found.join('\n');
  };
  const { installer } = programs(files);
  const name = vendor.provider.name;
  return textWith(facts, 'hotfix-notification', {
    signature: release.signature,
    date: release.date,
    from: `${name} ${from.version} (${from.date})`,
    note: ledger.at(-1)?.note ?? '',
    affected:
      parts.at(-1)?.introduction ||
      `[FILL IN: who is affected, as the paragraph under "## ${name} ${release.version}" in CHANGELOG.md]`,
    fixed: listed(true),
    added: listed(false),
    behaviour:
      changedBehaviour === undefined
        ? '[FILL IN: the comparison. Give the reports of two acceptance runs, of before and after]'
        : indented(changedBehaviour),
    install:
      installer === undefined
        ? 'Build it from the sources and start it on the same data folder.'
        : `Over ${name} ${from.version}, on the same machine; data stay:\n\n    sh ${installer}`,
    back: `Install ${name} ${from.version} again and restore the backup that the installer made before the upgrade ([how](../site/documentation/docs/reliability.html#backup-and-restore)).`,
    recertification:
      changedBehaviour === undefined
        ? '[FILL IN: answers; none can be given without the comparison.]'
        : 'A *yes* is to be told to whoever certified the release that it mends.',
    contacts: contacts(facts),
  });
}

/** As a block that is shown letter by letter. */
function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}
