/** `keelson log`: what happened, told from logs. Reading is the log reader's work; here are its options and its ways out. */
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { readingJson } from '../log-reader/json.ts';
import { readingPage } from '../log-reader/page.ts';
import { isReadTwice, type Reading, readLogs } from '../log-reader/reading.ts';
import type { Wishes } from '../log-reader/selection.ts';
import { logFiles, STANDARD_INPUT } from '../log-reader/sources/sources.ts';
import { readingText } from '../log-reader/text.ts';
import { systemClock } from '../model/clock.ts';
import { StartError } from '../run/start-error.ts';
import type { CommandContext, FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { parseSeconds } from './duration.ts';
import { isColourful, printPaged } from './pager.ts';
import { spooled } from './spool.ts';

/** A moment: ISO 8601, or a length of time before now. */
function moment(text: string): number {
  const seconds = parseSeconds(text);
  if (seconds !== undefined) return systemClock.now() - seconds * 1_000;
  const at = Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      'Give a time such as 2026-05-01T09:30:00Z, or how long ago: 30m.',
    );
  return at;
}

/** The places that were named; a pipe into the command is one too. */
function placesOf(named: readonly string[], { stdin }: Console): readonly string[] {
  if (named.length > 0) return named;
  if (stdin.isTTY === true)
    throw new StartError(
      'usage',
      'name a log file, a folder of log files or a support bundle; - is standard input',
    );
  return [STANDARD_INPUT];
}

async function read(places: readonly string[], wishes: Wishes, console: Console): Promise<Reading> {
  const isSpooled = isReadTwice(wishes) && places.includes(STANDARD_INPUT);
  const spool = isSpooled ? await spooled(console.stdin) : undefined;
  try {
    const found = places.map((each) =>
      each === STANDARD_INPUT && spool !== undefined ? spool.file : each,
    );
    return await readLogs(() => logFiles(found, console.stdin), wishes);
  } catch (error) {
    if (error instanceof RangeError) throw new StartError('usage', error.message);
    throw error;
  } finally {
    await spool?.remove();
  }
}

export function logCommand({ console }: CommandContext): Command {
  return new Command('log')
    .summary('what happened, why, and what to do: reads logs of provider, vCenter and hosts')
    .argument('[place...]', 'log files, folders of them, support bundles; - is standard input')
    .option('--request <id>', 'the story of one request')
    .option('--host <id>', 'of one host')
    .option('--volume <id>', 'of one volume')
    .option('--vm <id>', 'of one virtual machine (VMW_VmID; needs lines of verbose mode)')
    .option('--task <id>', 'of one task')
    .option(
      '--certificate <sha256>',
      'of one client certificate: its SHA-256, or the first 16 digits',
    )
    .option('--vcenter <id>', 'of one vCenter')
    .option('--operation <name>', 'only calls of this operation')
    .option('--since <time>', 'not before: ISO 8601, or how long ago (30m)', moment)
    .option('--until <time>', 'not after', moment)
    .option('--faults-only', 'only what went wrong')
    .option('--json', 'as JSON')
    .option('--html <file>', 'as one page with a picture of the time line')
    .addHelpText(
      'after',
      `
Examples:
  keelson log /var/log/keelson                          all of it, and what it comes to
  keelson log bundle.tar.gz --faults-only --since 2h    what went wrong in the last two hours
  keelson log keelson.log vvold.log --host 4c4c4544     one host, seen from both sides
  journalctl -u keelson -o cat | keelson log --html story.html`,
    )
    .action(async (named: readonly string[], { json, html, ...flags }: FlagValues) => {
      // Commander has made of the flags what the wishes are, by the same names.
      const wishes: Wishes = flags;
      const reading = await read(placesOf(named, console), wishes, console);
      if (typeof html === 'string') {
        writeFileSync(html, readingPage(reading));
        console.stderr.write(`${html} is written\n`);
      } else if (json === true) console.stdout.write(readingJson(reading));
      else await printPaged(readingText(reading, isColourful(console)), console);
    });
}
