/** `keelson support-bundle`: all that support asks for in one archive, and whether such a one is whole. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { systemClock } from '../model/clock.ts';
import { StartError } from '../run/start-error.ts';
import { type Bundle, makeBundle } from '../support/bundle/bundle.ts';
import { notesOf } from '../support/bundle/manifest.ts';
import { verifyBundle } from '../support/bundle/verify.ts';
import { sizeText } from './array-text.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { parseSeconds } from './duration.ts';
import { EXIT_CODES } from './exit.ts';
import { explained, stoppable } from './playing.ts';

function bundleText({ file, bytes, manifest, hidden }: Bundle): string {
  const { provider, files, sources } = manifest;
  const notes = notesOf(sources).map((line) => `${line}\n`);
  return [
    `${file}: ${files.length} files, ${sizeText(bytes)}, of a provider that is ${provider.state}\n`,
    `${hidden} things were hidden; redaction.json in it says where. Names, addresses and ids of hosts and volumes are in it: look before you send it.\n`,
    ...(notes.length === 0 ? [] : ['Missing, or in part:\n', ...notes]),
  ].join('');
}

function secondsOf(since: unknown): number | undefined {
  if (typeof since !== 'string') return undefined;
  const seconds = parseSeconds(since);
  if (seconds === undefined)
    throw new StartError('usage', `not a length of time: ${since}; give 90m, 12h or 2d`);
  return seconds;
}

async function make({ console, load }: CommandContext, flags: FlagValues): Promise<void> {
  const { out, since, bodies } = flags;
  const sinceSeconds = secondsOf(since);
  const wish = {
    loaded: load(flags),
    environment: console.environment,
    out: typeof out === 'string' ? out : undefined,
    sinceSeconds,
    bodies: bodies === 'none' ? 'none' : 'redacted',
    clock: systemClock,
  } as const;
  const bundle = await stoppable((signal) =>
    explained(signal, () => makeBundle({ ...wish, signal })),
  );
  console.stdout.write(bundleText(bundle));
}

function verifyCommand({ console, exit }: CommandContext): Command {
  return new Command('verify')
    .summary('whether a bundle is as it was made')
    .argument('<file>', 'the archive')
    .action(async (file: string) => {
      const { problems, manifest } = await verifyBundle(resolve(file));
      const made =
        manifest === undefined ? [] : [`made ${manifest.createdAt} by ${manifest.release}`];
      const verdict = problems.length === 0 ? 'whole, as it was made' : 'NOT as it was made';
      console.stdout.write(`${[...made, ...problems, verdict].join('\n')}\n`);
      if (problems.length > 0) exit(EXIT_CODES.unmet[0]);
    });
}

export function supportBundleCommand(context: CommandContext): Command {
  const command = withDataFolder(
    new Command('support-bundle').summary('everything that support asks for, in one archive'),
  )
    .description(
      'Gathers logs, configuration, certificates, versions, checks and what a running provider tells of itself, without secrets. Works for a stopped provider too, and changes nothing.',
    )
    .option('--out <file>', 'where to write it; default: a name with the time, here')
    .option(
      '--since <time>',
      'how far back the log goes: 90m, 12h, 2d; default: as far as there is room',
    )
    .addOption(
      new Option('--bodies <how>', 'SOAP bodies of verbose lines')
        .choices(['none', 'redacted'])
        .default('redacted'),
    )
    .action((flags: FlagValues) => make(context, flags));
  command.addCommand(verifyCommand(context));
  return command;
}
