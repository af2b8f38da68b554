/**
 * `keelson accept`: plays vCenter and hosts against any provider, says scenario by scenario whether it
 * behaves, and leaves a folder of reports.
 */
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Acceptance, accept, chosenScenarios } from '../accept/accept.ts';
import { writeRecording } from '../accept/recording/file.ts';
import { RunRecorder } from '../accept/recording/recorder.ts';
import { writeCertification } from '../accept/report/certification/certify.ts';
import { type Signer, signerOf } from '../accept/report/certification/signature.ts';
import { writeReports } from '../accept/report/folder.ts';
import { CHAPTERS } from '../accept/scenario.ts';
import { systemClock } from '../model/clock.ts';
import { RELEASE } from '../release/release.ts';
import { StartError } from '../run/start-error.ts';
import type { CommandContext, FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit.ts';
import { knownDifferences, stoppable, targetFlags, textFlag, withTarget } from './playing.ts';
import { progressOn } from './progress.ts';
import { restartBy } from './restart-command.ts';

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError('a number from 1 to 64.');
  return number;
}

export function acceptCommand({ console, exit }: CommandContext): Command {
  const command = new Command('accept')
    .summary('prove a provider: play vCenter and hosts against it')
    .description(
      'Registers with a provider, plays vCenter and hosts, takes back what it made, and unregisters.',
    );
  return withTarget(command)
    .option('--scenario <id...>', 'only these scenarios or chapters')
    .addOption(new Option('--hosts <number>', 'hosts to play').argParser(numberOf).default(4))
    .addOption(new Option('--soap <version>').choices(['1.1', '1.2', 'both']).default('1.1'))
    .addOption(new Option('--api <version>', 'only this one').choices(['1.0', '2.0']))
    .option('--change-certificate', 'let the provider’s own certificate be replaced, for good')
    .option('--restart-command <command>', 'lets the provider be restarted by it, in a shell')
    .option('--report <folder>', 'where the reports go', 'acceptance-report')
    .option('--record <file>', 'keeps every call in this file, for `keelson replay`')
    .option('--known-differences <file>', 'YAML: scenarios that may fail, each with the reason')
    .option('--sign-key <file>', 'PEM: signs the certification log; else a key made for the run')
    .option('--sign-certificate <file>', 'PEM: the certificate of that key')
    .option('--list', 'list the scenarios, and end')
    .action(async (flags: FlagValues) => {
      if (flags['list'] === true) console.stdout.write(listing());
      else exit(await run(flags, console));
    });
}

function listing(): string {
  const scenarios = chosenScenarios([]);
  return Object.entries(CHAPTERS)
    .map(([chapter, title]) => {
      const own = scenarios.filter((each) => each.chapter === chapter);
      const lines = own.map(({ id, sentence }) => `  ${id}\n    ${sentence}\n`);
      return own.length === 0 ? '' : `${title}\n${lines.join('')}`;
    })
    .join('');
}

function apiFlag(value: unknown): '1.0' | '2.0' | undefined {
  return value === '1.0' || value === '2.0' ? value : undefined;
}

function scenarioFlag({ scenario }: FlagValues): readonly string[] {
  const only: readonly string[] = Array.isArray(scenario) ? scenario : [];
  try {
    chosenScenarios(only);
    return only;
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', error.message);
    throw error;
  }
}

/** Whether to ask no second time: a provider that locks out who is wrong too often counts. */
function isLoginRefused({ isOpen, exchanges }: Acceptance): boolean {
  return !isOpen && exchanges.some(({ fault }) => fault === 'InvalidLogin');
}

function restartFlag({ restartCommand }: FlagValues): (() => Promise<void>) | undefined {
  return typeof restartCommand === 'string' ? restartBy(restartCommand) : undefined;
}

function recordFlag({ record, soap }: FlagValues): string | undefined {
  if (typeof record !== 'string') return undefined;
  if (soap === 'both')
    throw new StartError('usage', '--record takes one version of SOAP at a time');
  return record;
}

function signer({ signKey, signCertificate }: FlagValues): Signer | undefined {
  if (signKey === undefined && signCertificate === undefined) return undefined;
  if (typeof signKey !== 'string' || typeof signCertificate !== 'string')
    throw new StartError('usage', '--sign-key and --sign-certificate go together');
  try {
    return signerOf(readFileSync(signCertificate, 'utf8'), readFileSync(signKey, 'utf8'));
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', error.message);
    throw error;
  }
}

type Soap = '1.1' | '1.2';

function soapFlag({ soap }: FlagValues): readonly Soap[] {
  if (soap === 'both') return ['1.1', '1.2'];
  return soap === '1.2' ? ['1.2'] : ['1.1'];
}

/** What the line on the terminal says of a run. */
function summaryOf(soap: Soap, result: Acceptance, files: readonly string[]): string {
  const count = (outcome: string) =>
    result.results.filter((each) => each.outcome === outcome).length;
  const counts = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped, ${count('known')} known`;
  const lines = [`SOAP ${soap}: ${counts}; ${files.join(', ')}`];
  for (const id of result.settled) lines.push(`${id} is listed as a known difference, and passed`);
  if (!result.isOpen) lines.push(`the run could not be opened: ${result.results[0]?.reasons[0]}`);
  return lines.map((line) => `${line}\n`).join('');
}

function isGood({ isOpen, left, results }: Acceptance): boolean {
  return isOpen && left.length === 0 && results.every(({ outcome }) => outcome !== 'failed');
}

async function run(flags: FlagValues, console: Console): Promise<number> {
  const only = scenarioFlag(flags);
  const target = await targetFlags(flags, console);
  const known = knownDifferences(flags);
  const signedBy = signer(flags);
  const record = recordFlag(flags);
  const versions = soapFlag(flags);
  const runOnce = async (soap: Soap, signal: AbortSignal): Promise<Acceptance> => {
    const progress = progressOn(console);
    const recorder =
      record === undefined
        ? undefined
        : { file: record, run: new RunRecorder({ ...target, madeBy: RELEASE.signature }) };
    const result = await accept({
      ...{ ...target, soap, only, known, signal },
      hosts: Number(flags['hosts']),
      api: apiFlag(flags['api']),
      // Afterwards the certificate that was accepted is no longer the one that is shown.
      changeCertificate: flags['changeCertificate'] === true && soap === versions.at(-1),
      // A provider that locks out who is wrong too often counts the mistakes of both runs.
      wrongPassword: soap === versions[0],
      restart: restartFlag(flags),
      now: () => systemClock.now(),
      onResult: progress.show,
      onExchange: recorder?.run.take,
    }).finally(progress.end);
    if (recorder !== undefined) await writeRecording(recorder.file, recorder.run.lines(result));
    const folder = `${textFlag(flags, 'report', '--report')}${versions.length > 1 ? `/soap-${soap}` : ''}`;
    const files = writeReports(folder, result);
    const signed = { files, madeBy: RELEASE.signature, signer: signedBy };
    const log = await writeCertification(folder, result, signed);
    console.stdout.write(summaryOf(soap, result, [...files, ...log]));
    return result;
  };
  const isMet = await stoppable(async (signal) => {
    let areGood = true;
    for (const soap of versions) {
      const result = await runOnce(soap, signal);
      if (signal.aborted || isLoginRefused(result)) return false;
      areGood &&= isGood(result);
    }
    return areGood;
  });
  return isMet ? EXIT_CODES.ok[0] : EXIT_CODES.unmet[0];
}
