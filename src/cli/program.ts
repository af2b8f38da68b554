/**
 * The command line: the program around its commands. What each takes and does is in its own file, which is loaded
 * when it is asked for (`commands.ts`).
 */
import { Command } from 'commander';
import { type ConfigInput, loadConfig } from '../config/load.ts';
import { RELEASE } from '../release/release.ts';
import type { CommandContext, FlagValues } from './command.ts';
import { commandsFor } from './commands.ts';
import type { Console } from './console.ts';
import { EXIT_CODES, endingOf } from './exit.ts';
import { settingsAmong } from './setting-options.ts';

function configInput(flags: FlagValues, console: Console): ConfigInput {
  const file = typeof flags['config'] === 'string' ? flags['config'] : undefined;
  return { flags: settingsAmong(flags), environment: console.environment, file };
}

function exitCodeHelp(): string {
  const lines = Object.values(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return `\nExit codes:\n${lines.join('\n')}`;
}

function makeProgram(context: CommandContext, commands: readonly Command[]): Command {
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
  const context: CommandContext = {
    console,
    load: (flags) => loadConfig(configInput(flags, console)),
    exit: (other) => {
      code = other;
    },
  };
  try {
    const program = makeProgram(context, await commandsFor(args[0], context));
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    const ending = endingOf(thrown);
    console.stderr.write(ending.text);
    return ending.code;
  }
}
