/** `keelson backup`: the provider's own data in one file, and back from it. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../model/clock.ts';
import { restoreBackup } from '../run/backup/restore.ts';
import { sizeText } from './array-text.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { withAdministration } from './reach.ts';

const SECRET = 'It holds private keys and password hashes: keep it as you keep those.';

export function backupCommand({ console, load }: CommandContext): Command {
  const { stdout } = console;
  const command = new Command('backup').description(
    'The provider’s own data: users, registrations, certificate and keys, events. The array’s are the array’s.',
  );
  withDataFolder(
    command.command('create <file>').summary('write a backup into a new file, also while it runs'),
  ).action(async (file: string, flags: FlagValues) => {
    const { config } = load(flags);
    const made = await withAdministration(config, (admin) => admin.backup(resolve(file)));
    const { uid, users, registrations, keys, bytes } = made;
    stdout.write(
      `${made.file}: backup of the provider ${uid}: ${users} users, ${registrations} registrations, ${keys} keys, ${sizeText(bytes)}. ${SECRET}\n`,
    );
  });
  withDataFolder(
    command.command('restore <file>').summary('bring a backup back where no provider’s data is'),
  ).action(async (file: string, flags: FlagValues) => {
    const { config } = load(flags);
    const { dataDir, ...made } = await restoreBackup(resolve(file), config.dataDir, systemClock);
    stdout.write(
      `${dataDir}: the provider ${made.uid} as it was at ${made.createdAt}: ${made.users} users, ${made.registrations} registrations. Clients will be told to read everything anew.\n`,
    );
  });
  return command;
}
