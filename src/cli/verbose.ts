/** `keelson verbose`: the SOAP of requests and answers in the log, for a while. */
import { Command } from 'commander';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { parseSeconds } from './duration.ts';
import { reachRunning } from './reach.ts';

interface Target {
  readonly host?: string;
  readonly volume?: string;
}

function targetOf(flags: FlagValues): Target {
  const { host, volume } = flags;
  if (host !== undefined && volume !== undefined) {
    throw new StartError('usage', 'give --host or --volume, not both');
  }
  if (typeof host === 'string') return { host };
  return typeof volume === 'string' ? { volume } : {};
}

function secondsOf(text: unknown): number {
  const seconds = parseSeconds(String(text));
  if (seconds === undefined) throw new StartError('usage', `--for: not a length of time: ${text}`);
  return seconds;
}

function withTarget(command: Command): Command {
  return withDataFolder(command)
    .option('--host <id>', 'only calls of this host id, vCenter id or client address')
    .option('--volume <id>', 'only calls about this virtual volume');
}

export function verboseCommand({ console, load }: CommandContext): Command {
  const verbose = new Command('verbose').description(
    'Logs the SOAP of requests and answers, secrets hidden, until its time is over.',
  );
  withTarget(verbose.command('on').summary('switch on, for everything, one host or one volume'))
    .option('--for <time>', 'how long: 90s, 10m, 2h', '10m')
    .action(async (flags: FlagValues) => {
      const wish = { ...targetOf(flags), seconds: secondsOf(flags['for']) };
      const { target, until } = await (await reachRunning(load(flags).config)).verboseOn(wish);
      console.stdout.write(`verbose for ${target} until ${until}\n`);
    });
  withTarget(
    verbose.command('off').summary('switch off, everything that is on or one of them'),
  ).action(async (flags: FlagValues) => {
    const target = targetOf(flags);
    const count = await (await reachRunning(load(flags).config)).verboseOff(target);
    console.stdout.write(`switched off: ${count}\n`);
  });
  withDataFolder(verbose.command('status').summary('what is on')).action(
    async (flags: FlagValues) => {
      const on = await (await reachRunning(load(flags).config)).verbose();
      if (on.length === 0) console.stdout.write('verbose mode is off\n');
      for (const { target, until } of on)
        console.stdout.write(`verbose for ${target} until ${until}\n`);
    },
  );
  return verbose;
}
