/**
 * `keelson bench`: puts load on any provider over mutual TLS, as hosts do after a restart, while machines move and
 * day by day, and prints what it took. It fails only where the provider does not answer as it must.
 */
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExtentWish, extentOf } from '../load/extent.ts';
import { type LoadResult, PART_NAMES, type PartName, runLoad } from '../load/load.ts';
import { machineWords } from '../load/report/machine.ts';
import { jsonOf, textOf } from '../load/report/text.ts';
import { systemClock } from '../model/clock.ts';
import type { CommandContext, FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit.ts';
import { stoppable, targetFlags, withTarget } from './playing.ts';

/** The time of each call is kept until the end: some 200 MB in an hour. */
const MOST_SECONDS = 3_600;
/** What a host acts on. vCenter alone reads the others. */
const HOST_EVENTS = ['ConfigProtocolEndpoint', 'Rebind'] as const;

function numberUpTo(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`a number from 1 to ${most}.`);
    return number;
  };
}

const numeric = (flags: string, help: string, most: number) =>
  new Option(flags, help).argParser(numberUpTo(most));

export function benchCommand({ console, exit }: CommandContext): Command {
  const command = new Command('bench')
    .summary('put load on a provider: storms, migrations, a steady mix')
    .description(
      'Registers with a provider, plays hosts by the hundred, says what each call took, takes back what it made.',
    );
  return withTarget(command)
    .addOption(new Option('--part <name...>', 'only these parts').choices(PART_NAMES))
    .option('--short', 'a few seconds that prove that it works; its figures mean nothing')
    .addOption(
      numeric('--hosts <number>', 'hosts of the storm, of the vMotions and polling', 4_000),
    )
    .addOption(numeric('--machines <number>', 'virtual machines that move', 10_000))
    .addOption(numeric('--migrations <number>', 'of them at once', 256))
    .addOption(numeric('--per-host <number>', 'calls of one host in flight', 64))
    .addOption(numeric('--in-flight <number>', 'calls of the mix in flight', 1_024))
    .addOption(numeric('--seconds <number>', 'how long mix, polling and calls go on', MOST_SECONDS))
    .option('--all-events', 'hosts subscribe to every event, not only to those they act on')
    .addOption(numeric('--pid <number>', 'process of the provider, on this machine', 2 ** 22))
    .option('--json <file>', 'where the figures go for machines')
    .action(async (flags: FlagValues) => exit(await run(flags, console)));
}

function extentWish(flags: FlagValues): ExtentWish {
  const number = (name: string) => {
    const value = flags[name];
    return typeof value === 'number' ? value : undefined;
  };
  return {
    isShort: flags['short'] === true,
    hosts: number('hosts'),
    machines: number('machines'),
    migrations: number('migrations'),
    perHost: number('perHost'),
    inFlight: number('inFlight'),
    seconds: number('seconds'),
  };
}

async function run(flags: FlagValues, console: Console): Promise<number> {
  const target = await targetFlags(flags, console);
  const { part, pid, json } = flags;
  const chosen: readonly unknown[] = Array.isArray(part) ? part : PART_NAMES;
  const { result, isWhole } = await stoppable(async (signal) => ({
    result: await runLoad({
      ...{ ...target, signal },
      parts: PART_NAMES.filter((name: PartName) => chosen.includes(name)),
      extent: extentOf(extentWish(flags)),
      events: flags['allEvents'] === true ? [] : HOST_EVENTS,
      pid: typeof pid === 'number' ? pid : undefined,
      now: () => systemClock.now(),
      say: (sentence) => console.stderr.write(`${sentence}\n`),
    }),
    isWhole: !signal.aborted,
  }));
  const machine = machineWords();
  console.stdout.write(textOf(result, machine));
  if (typeof json === 'string') writeFileSync(json, jsonOf(result, machine));
  return isGood(result) && isWhole ? EXIT_CODES.ok[0] : EXIT_CODES.unmet[0];
}

function isGood({ results, left }: LoadResult): boolean {
  return left.length === 0 && results.every(({ failures }) => failures.length === 0);
}
