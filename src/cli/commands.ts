/**
 * Which commands there are, in the order of the help. A command line loads the one that it names: they stand on very
 * different parts of the product, and loading all of them takes longer than most of them run.
 */
import type { Command } from 'commander';
import type { CommandContext } from './command.ts';

type MakeCommand = (context: CommandContext) => Command;

const COMMANDS: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  serve: async () => (await import('./serve-command.ts')).serveCommand,
  user: async () => (await import('./user.ts')).userCommands,
  certificate: async () => (await import('./certificate.ts')).certificateCommand,
  registrations: async () => (await import('./certificate.ts')).registrationsCommand,
  verbose: async () => (await import('./verbose.ts')).verboseCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  array: async () => (await import('./array.ts')).arrayCommand,
  fault: async () => (await import('./fault.ts')).faultCommand,
  clock: async () => (await import('./clock.ts')).clockCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  log: async () => (await import('./log.ts')).logCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  'support-bundle': async () => (await import('./support-bundle.ts')).supportBundleCommand,
  accept: async () => (await import('./accept.ts')).acceptCommand,
  bench: async () => (await import('./bench.ts')).benchCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  report: async () => (await import('./report.ts')).reportCommand,
};

/** The command of this name, or all of them where it names none: for help, and for what is misspelt. */
export async function commandsFor(
  name: string | undefined,
  context: CommandContext,
): Promise<readonly Command[]> {
  const named = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const wanted = named === undefined ? Object.values(COMMANDS) : [named];
  const made = await Promise.all(wanted.map((load) => load()));
  return made.map((make) => make(context));
}
