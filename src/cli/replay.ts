/** `keelson replay`: plays a recording of an acceptance run against a fresh provider, and says what is otherwise. */
import { Command } from 'commander';
import { differencesOf } from '../accept/recording/document.ts';
import { readRecording } from '../accept/recording/file.ts';
import { writeReplayReports } from '../accept/recording/folder.ts';
import { replay } from '../accept/recording/replay.ts';
import { differencesText } from '../accept/recording/words.ts';
import { systemClock } from '../model/clock.ts';
import { StartError } from '../run/start-error.ts';
import type { CommandContext, FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit.ts';
import { knownDifferences, stoppable, targetFlags, textFlag, withTarget } from './playing.ts';
import { progressOn } from './progress.ts';

export function replayCommand({ console, exit }: CommandContext): Command {
  const command = new Command('replay')
    .summary('play a recording against a fresh provider; the differences are the report')
    .description(
      'Makes the calls of `accept --record` again, as new clients, and says what is answered otherwise.',
    )
    .argument('<recording>', 'what `accept --record` has written');
  return withTarget(command)
    .option('--scenario <id...>', 'only these scenarios or chapters of it')
    .option('--change-certificate', 'let the provider’s own certificate be replaced, for good')
    .option('--report <folder>', 'where the reports go', 'replay-report')
    .option('--known-differences <file>', 'YAML: scenarios that may differ, each with the reason')
    .action(async (file: string, flags: FlagValues) => exit(await run(file, flags, console)));
}

/** What is not as it should be in a file or flag is the mistake of whoever named it, not ours. */
async function asUsage<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', error.message);
    throw error;
  }
}

async function run(file: string, flags: FlagValues, console: Console): Promise<number> {
  const recording = await asUsage(readRecording(file));
  const known = knownDifferences(flags);
  const target = await targetFlags(flags, console);
  const progress = progressOn(console);
  const result = await stoppable((signal) =>
    asUsage(
      replay({
        ...{ ...target, recording, known, signal, onResult: progress.show },
        only: Array.isArray(flags['scenario']) ? flags['scenario'] : [],
        changeCertificate: flags['changeCertificate'] === true,
        now: () => systemClock.now(),
      }),
    ).finally(progress.end),
  );
  const files = writeReplayReports(textFlag(flags, 'report', '--report'), result);
  console.stdout.write(differencesText(differencesOf(result)));
  for (const id of result.settled)
    console.stdout.write(`${id} is listed as a known difference, and has none\n`);
  console.stdout.write(`${files.join(', ')}\n`);
  const isSame = result.results.every(({ outcome }) => outcome !== 'failed');
  return isSame && result.isWhole && result.left.length === 0
    ? EXIT_CODES.ok[0]
    : EXIT_CODES.unmet[0];
}
