/** `keelson fault`: what is to go wrong between the running provider and its array, on purpose. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parse } from 'yaml';
import type { FaultAdministration, FaultSummary } from '../admin/faults.ts';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { reachRunning } from './reach.ts';

function line({ id, rule, matched, injected }: FaultSummary): string {
  return `${id}: ${rule} (matched ${matched}, injected ${injected})\n`;
}

/** The rules of a text in YAML, unjudged: the provider says what is wrong with them. */
function written(text: string): readonly unknown[] {
  try {
    const read: unknown = parse(text);
    return Array.isArray(read) ? read : [read];
  } catch (error) {
    throw new StartError('usage', `not YAML: ${error instanceof Error ? error.message : error}`);
  }
}

function textOf(rule: string | undefined, file: unknown): string {
  if ((rule === undefined) === (file === undefined)) {
    throw new StartError('usage', 'give a rule, or --file with rules');
  }
  return rule ?? readFileSync(String(file), 'utf8');
}

export function faultCommand({ console, load }: CommandContext): Command {
  const faults = async (flags: FlagValues): Promise<FaultAdministration> =>
    (await reachRunning(load(flags).config)).faults;
  const print = (text: string) => void console.stdout.write(text);
  const fault = new Command('fault').description(
    'Injects faults between the running provider and its array, by rules (docs/fault-rules.md).',
  );
  withDataFolder(
    fault.command('add [rule]').summary('put a rule (YAML) in force, or those of a file'),
  )
    .option('--file <path>', 'file of rules')
    .addHelpText(
      'after',
      `
Examples:
  keelson fault add '{on: createVirtualVolume, noSpace: true, most: 3}'
  keelson fault add '{on: cloneVirtualVolume, delayMs: 60000, at: during}'
  keelson fault add '{on: bindVirtualVolume, host: 4c4c4544*, lostReply: true, probability: 0.1}'`,
    )
    .action(async (rule: string | undefined, flags: FlagValues) => {
      const rules = written(textOf(rule, flags['file']));
      const running = await faults(flags);
      for (const one of rules) print(line(await running.add(one)));
    });
  withDataFolder(
    fault.command('list').summary('the rules in force, and what has come of them'),
  ).action(async (flags: FlagValues) => {
    const { seed, rules } = await (await faults(flags)).list();
    print(rules.length === 0 ? 'no fault rules\n' : `seed ${seed}\n`);
    for (const rule of rules) print(line(rule));
  });
  withDataFolder(fault.command('remove <id>').summary('take a rule away')).action(
    async (id: string, flags: FlagValues) => {
      await (await faults(flags)).remove(id);
      print(`removed ${id}\n`);
    },
  );
  withDataFolder(fault.command('clear').summary('take all rules away')).action(
    async (flags: FlagValues) => {
      print(`removed: ${(await (await faults(flags)).clear()).count}\n`);
    },
  );
  return fault;
}
