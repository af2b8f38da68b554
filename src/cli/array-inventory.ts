/**
 * The part of `keelson array` that changes what the array is made of: health, what classic datastores use, the
 * whole inventory. Each prints what has changed.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ArrayAdministration, InventoryChange } from '../array/administration.ts';
import { StartError } from '../run/start-error.ts';
import { changesText } from './array-text.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { reachRunning } from './reach.ts';

const HEALTHS = ['healthy', 'degraded', 'failed'] as const;

/** Adds `health`, `use` and `apply`. */
export function addShaping(command: Command, { console, load }: CommandContext): void {
  const ordered = async (
    flags: FlagValues,
    order: (array: ArrayAdministration) => Promise<readonly InventoryChange[]>,
  ): Promise<void> => {
    const changes = await order((await reachRunning(load(flags).config)).array);
    const json = `${JSON.stringify(changes, null, 2)}\n`;
    console.stdout.write(flags['json'] === true ? json : changesText(changes));
  };
  const made = (usage: string, summary: string) =>
    withDataFolder(command.command(usage).summary(summary)).option('--json', 'as JSON');
  made('health <id> <health>', 'how a thing is: healthy, degraded or failed').action(
    (id: string, text: string, flags: FlagValues) => {
      const health = HEALTHS.find((each) => each === text);
      if (health === undefined) {
        throw new StartError('usage', `not a health: ${text}; give healthy, degraded or failed`);
      }
      return ordered(flags, (array) => array.setHealth(id, health));
    },
  );
  made('use <id> <megabytes>', 'how much of a LUN or file system is used').action(
    (id: string, text: string, flags: FlagValues) => {
      if (!/^\d{1,12}$/.test(text)) throw new StartError('usage', `not a number of MB: ${text}`);
      return ordered(flags, (array) => array.setUsed(id, Number(text)));
    },
  );
  made('apply <file>', 'bring the living array to what an inventory file says').action(
    (file: string, flags: FlagValues) =>
      ordered(flags, (array) => array.applyInventory(resolve(file))),
  );
}
