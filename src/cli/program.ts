/**
 * The command line: which commands there are and what each takes. Every setting of the configuration is a
 * flag of `serve`; the other commands need only to know the data folder. What commands do is elsewhere.
 */
import { Command } from 'commander';
import { type ConfigInput, loadConfig } from '../config/load.ts';
import { printConfig } from '../config/print.ts';
import { RELEASE } from '../release/release.ts';
import { acceptCommand } from './accept.ts';
import { arrayCommand } from './array.ts';
import { auditCommand } from './audit.ts';
import { backupCommand } from './backup.ts';
import { benchCommand } from './bench.ts';
import { certificateCommands, registrationsCommand } from './certificate.ts';
import { clockCommand } from './clock.ts';
import { CONFIG_FLAG, CONFIG_HELP, type CommandContext, type FlagValues } from './command.ts';
import type { Console } from './console.ts';
import { doctorCommand } from './doctor.ts';
import { EXIT_CODES, endingOf } from './exit.ts';
import { faultCommand } from './fault.ts';
import { logCommand } from './log.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { serve } from './serve.ts';
import { addSettings, settingsAmong } from './setting-options.ts';
import { statusCommand } from './status.ts';
import { supportBundleCommand } from './support-bundle.ts';
import { userCommands } from './user.ts';
import { verboseCommand } from './verbose.ts';

function configInput(flags: FlagValues, console: Console): ConfigInput {
  const file = typeof flags['config'] === 'string' ? flags['config'] : undefined;
  return { flags: settingsAmong(flags), environment: console.environment, file };
}

function serveCommand({ console, load, exit }: CommandContext): Command {
  const command = new Command('serve')
    .summary('start the provider and serve until told to stop')
    .description(
      'Starts the provider. Each setting may also come from the environment or the file.',
    )
    .option(CONFIG_FLAG, CONFIG_HELP)
    .option('--print-config', 'print the effective configuration with its sources, and end');
  addSettings(command, () => true);
  command.addHelpText(
    'after',
    `
Signals: SIGTERM, SIGINT or SIGHUP stop in order (a second one at once);
         SIGUSR2 switches verbose mode for everything on (for 10 minutes) and off.

Examples:
  keelson serve --data-dir /var/lib/keelson --public-names vp.example.com
  keelson serve --port 0 --ready-file /tmp/ready.json
  keelson serve --config keelson.yaml --print-config`,
  );
  command.action(async (flags: FlagValues) => {
    const loaded = load(flags);
    const { config, sources } = loaded;
    if (flags['printConfig'] === true) console.stdout.write(printConfig(config, sources));
    else exit(await serve(loaded, console));
  });
  return command;
}

function exitCodeHelp(): string {
  const lines = Object.values(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return `\nExit codes:\n${lines.join('\n')}`;
}

function makeProgram(context: CommandContext): Command {
  const program = new Command('keelson')
    .description('Keelson: a reference VASA provider over a simulated storage array.')
    .version(RELEASE.signature, '--version', 'print the release signature')
    .addHelpText(
      'after',
      `
Examples:
  keelson serve                             start; the first time prints a user and password
  keelson status                            what the running provider says of itself
  keelson user add storage-admin            add a user for registering in vCenter
  keelson verbose on --host HOST --for 5m   log the SOAP of one host for five minutes
  keelson log FOLDER                        what happened, why, and what to do
${exitCodeHelp()}`,
    );
  const commands = [
    serveCommand(context),
    userCommands(context),
    ...certificateCommands(context),
    registrationsCommand(context),
    verboseCommand(context),
    auditCommand(context),
    backupCommand(context),
    arrayCommand(context),
    faultCommand(context),
    clockCommand(context),
    statusCommand(context),
    logCommand(context),
    doctorCommand(context),
    supportBundleCommand(context),
    acceptCommand(context),
    benchCommand(context),
    replayCommand(context),
    reportCommand(context),
  ];
  for (const command of commands) program.addCommand(command);
  const { stdout, stderr } = context.console;
  for (const command of allOf(program)) {
    command.exitOverride().showHelpAfterError('(keelson --help shows what there is)');
    command.configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  }
  return program;
}

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** Runs one command line (without node and script) and gives the exit code. Never rejects. */
export async function runProgram(args: readonly string[], console: Console): Promise<number> {
  let code: number = EXIT_CODES.ok[0];
  const program = makeProgram({
    console,
    load: (flags) => loadConfig(configInput(flags, console)),
    exit: (other) => {
      code = other;
    },
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    const ending = endingOf(thrown);
    console.stderr.write(ending.text);
    return ending.code;
  }
}
