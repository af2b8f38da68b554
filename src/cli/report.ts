/** `keelson report`: what is done with the reports of `keelson accept` afterwards. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Verification, verifyCertification } from '../accept/report/certification/verify.ts';
import { compareReports } from '../accept/report/diff/compare.ts';
import { comparisonText } from '../accept/report/diff/text.ts';
import { isFound, VERDICTS } from '../accept/report/diff/verdict.ts';
import { readReport } from '../accept/report/document.ts';
import { StartError } from '../run/start-error.ts';
import type { CommandContext, FlagValues } from './command.ts';
import { EXIT_CODES } from './exit.ts';

/** Runs what reads files that people name; a file that is not what it should be is their mistake, not ours. */
function reading<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', error.message);
    throw error;
  }
}

function verificationText({ problems, signer, isIdentified, manifest }: Verification): string {
  const { run } = manifest ?? {};
  const who = isIdentified ? 'as trusted' : 'by whoever has this key; --trust says who that is';
  return [
    ...(run === undefined ? [] : [`run of    ${run.startedAt} against ${run.url}`]),
    ...(manifest === undefined ? [] : [`made by   ${manifest.madeBy}`]),
    ...(signer === undefined ? [] : [`signer    ${signer.subject}, SHA-256 ${signer.fingerprint}`]),
    ...problems,
    problems.length === 0 ? `unchanged since it was signed, ${who}` : 'NOT verified',
    '',
  ].join('\n');
}

function verifyCommand({ console, exit }: CommandContext): Command {
  return new Command('verify')
    .summary('whether a certification log is as it was signed')
    .argument('<log>', 'certification.tar.gz, or the report folder')
    .option('--trust <file>', 'PEM: the certificate of the signer, or of the CA behind it')
    .action((log: string, { trust }: FlagValues) => {
      const trustPem = typeof trust === 'string' ? readFileSync(trust, 'utf8') : undefined;
      const verification = reading(() => verifyCertification(log, trustPem));
      console.stdout.write(verificationText(verification));
      if (verification.problems.length > 0) exit(EXIT_CODES.unmet[0]);
    });
}

function diffCommand({ console, exit }: CommandContext): Command {
  return new Command('diff')
    .summary('what changed between two providers, or two releases of one')
    .argument('<a>', 'report folder, or its report.json: before')
    .argument('<b>', 'report folder, or its report.json: after')
    .option('--json', 'as JSON')
    .addOption(
      new Option('--fail-on <what>', 'end with 11 when there are any; else always with 0').choices(
        VERDICTS,
      ),
    )
    .action((a: string, b: string, { json, failOn }: FlagValues) => {
      const comparison = reading(() => compareReports(readReport(a), readReport(b)));
      const text =
        json === true ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonText(comparison);
      console.stdout.write(text);
      const verdict = VERDICTS.find((each) => each === failOn);
      if (verdict !== undefined && isFound(verdict, comparison)) exit(EXIT_CODES.unmet[0]);
    });
}

export function reportCommand(context: CommandContext): Command {
  const report = new Command('report').description('Reports of acceptance runs.');
  for (const command of [verifyCommand(context), diffCommand(context)]) report.addCommand(command);
  return report;
}
