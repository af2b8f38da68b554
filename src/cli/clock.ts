/** `keelson clock`: the time of day as the running provider and its array take it, moved for tests. */
import { Command } from 'commander';
import type { ClockAdministration, ClockReport } from '../admin/clock.ts';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { parseSeconds } from './duration.ts';
import { reachRunning } from './reach.ts';

/** The clock in one line. */
function clockText({ now, offsetMs, movable }: ClockReport): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const fixed = movable ? '' : '; cannot be moved';
  if (offsetMs === 0) return `${now}, the machine's time${fixed}\n`;
  return `${now}, ${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the machine's time\n`;
}

/** Milliseconds of `+3d`, `3d`, `90s`. */
function millisecondsOf(text: string): number {
  const seconds = parseSeconds(text.replace(/^\+/, ''));
  if (seconds === undefined) throw new StartError('usage', `not a length of time: ${text}`);
  return seconds * 1_000;
}

export function clockCommand({ console, load }: CommandContext): Command {
  const clock = async (flags: FlagValues): Promise<ClockAdministration> =>
    (await reachRunning(load(flags).config)).clock;
  const print = (report: ClockReport) => void console.stdout.write(clockText(report));
  const command = new Command('clock').description(
    'Shows and moves the clock of the running provider, until it restarts; needs clock.movable.',
  );
  withDataFolder(command.command('show').summary('what time it is for the provider')).action(
    async (flags: FlagValues) => print(await (await clock(flags)).show()),
  );
  withDataFolder(command.command('move <time>').summary('move it on: +90s, +10m, +2h, +3d'))
    .option('--back', 'move it back')
    .action(async (time: string, flags: FlagValues) => {
      const milliseconds = millisecondsOf(time) * (flags['back'] === true ? -1 : 1);
      print(await (await clock(flags)).moveBy(milliseconds));
    });
  withDataFolder(command.command('reset').summary("back to the machine's time")).action(
    async (flags: FlagValues) => print(await (await clock(flags)).reset()),
  );
  return command;
}
