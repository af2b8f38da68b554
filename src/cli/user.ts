/** `keelson user`: who may register the provider in vCenter. */
import { Command } from 'commander';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { readPassword } from './console.ts';
import { withAdministration } from './reach.ts';

const PASSWORD_HELP = 'first line of this file; else it is asked for, or read from standard input';

function passwordFile(flags: FlagValues): string | undefined {
  return typeof flags['passwordFile'] === 'string' ? flags['passwordFile'] : undefined;
}

export function userCommands({ console, load }: CommandContext): Command {
  const save = async (name: string, flags: FlagValues, mustExist: boolean): Promise<void> => {
    const { config } = load(flags);
    await withAdministration(config, async (admin) => {
      const exists = (await admin.users()).some((user) => user.userName === name);
      if (exists !== mustExist) throw new StartError('refused', whyNot(name, exists));
      await admin.saveUser(name, await readPassword(console, passwordFile(flags)));
    });
    console.stdout.write(`${name}: ${mustExist ? 'password changed' : 'added'}\n`);
  };
  const user = new Command('user').description('Users who may register the provider in vCenter.');
  withDataFolder(user.command('add <name>').summary('add a user'))
    .option('--password-file <file>', PASSWORD_HELP)
    .action((name: string, flags: FlagValues) => save(name, flags, false));
  withDataFolder(user.command('password <name>').summary('change a user’s password'))
    .option('--password-file <file>', PASSWORD_HELP)
    .action((name: string, flags: FlagValues) => save(name, flags, true));
  withDataFolder(user.command('remove <name>').summary('remove a user')).action(
    async (name: string, flags: FlagValues) => {
      const removed = await withAdministration(load(flags).config, (admin) =>
        admin.removeUser(name),
      );
      if (!removed) throw new StartError('refused', whyNot(name, false));
      console.stdout.write(`${name}: removed\n`);
    },
  );
  withDataFolder(user.command('list').summary('list the users')).action(
    async (flags: FlagValues) => {
      const users = await withAdministration(load(flags).config, (admin) => admin.users());
      for (const { userName, changedAt } of users)
        console.stdout.write(`${userName}\tpassword of ${changedAt}\n`);
    },
  );
  return user;
}

function whyNot(name: string, exists: boolean): string {
  return exists ? `there is a user ${name} already` : `there is no user ${name}`;
}
