/**
 * `keelson array`: looks at the array behind the provider, keeps and brings back its states, checks and mends
 * it. Adapters may offer none of this, and then say so. What replaces the array's data asks first.
 */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { RunningAdministration } from '../admin/port.ts';
import { findSocket } from '../admin/socket.ts';
import type { JobPace, RepairReport, SavedState } from '../array/administration.ts';
import { inspectStopped } from '../run/offline.ts';
import { StartError } from '../run/start-error.ts';
import { addShaping } from './array-inventory.ts';
import { arrayServeCommand } from './array-serve.ts';
import { findingsText, paceText, reportText, stateText } from './array-text.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { isConfirmed } from './console.ts';
import { parseSeconds } from './duration.ts';
import { EXIT_CODES } from './exit.ts';
import { reachRunning } from './reach.ts';

const JSON_HELP = 'as JSON';

/** `instant`, `3polls`, `250ms`, `10s`. */
function paceOf(text: string): JobPace {
  if (text === 'instant') return text;
  const [, count = '', unit = ''] = /^(\d{1,9})(polls?|ms)$/.exec(text) ?? [];
  if (unit.startsWith('poll')) return { polls: Number(count) };
  if (unit === 'ms') return { milliseconds: Number(count) };
  const seconds = parseSeconds(text);
  if (seconds === undefined) {
    throw new StartError('usage', `not a pace: ${text}; give instant, 250ms, 10s or 3polls`);
  }
  return { milliseconds: seconds * 1_000 };
}

function printer({ console }: CommandContext) {
  return <Answer>(flags: FlagValues, answer: Answer, text: (answer: Answer) => string): void => {
    const json = `${JSON.stringify(answer, null, 2)}\n`;
    console.stdout.write(flags['json'] === true ? json : text(answer));
  };
}

/** The clock goes with a state where it may be moved; else a state from another time is pointed out. */
async function followClock(admin: RunningAdministration, state: SavedState): Promise<string> {
  const { movable, offsetMs } = await admin.clock.show();
  const apart = state.clockOffsetMs - offsetMs;
  if (Math.abs(apart) < 1_000) return '';
  if (movable) {
    const { now } = await admin.clock.moveBy(apart);
    return `the clock is moved to ${now}\n`;
  }
  return `its clock was ${Math.round(apart / 1_000)} s ahead; this provider's cannot be moved\n`;
}

/** Commands that replace what the array holds. */
function addReplacing(command: Command, context: CommandContext): void {
  const { console, load } = context;
  const print = printer(context);
  const confirm = async (flags: FlagValues, what: string): Promise<void> => {
    if (flags['yes'] === true || (await isConfirmed(console, `${what} Go on?`))) return;
    throw new StartError('refused', `${what} Confirm it with --yes.`);
  };
  const replaced = async (
    flags: FlagValues,
    order: (admin: RunningAdministration) => Promise<SavedState>,
  ): Promise<void> => {
    await confirm(flags, 'What the array holds now is lost.');
    const admin = await reachRunning(load(flags).config);
    const state = await order(admin);
    const clock = await followClock(admin, state);
    print(flags, state, () => `loaded ${stateText(state)}${clock}`);
  };
  const asking = (made: Command) =>
    withDataFolder(made).option('--yes', 'do not ask').option('--json', JSON_HELP);
  asking(command.command('reset').summary('empty the array, as it was when it was made')).action(
    async (flags: FlagValues) => {
      await confirm(flags, 'Every volume of the array is lost.');
      await (await reachRunning(load(flags).config)).array.reset();
      print(flags, {}, () => 'the array is empty\n');
    },
  );
  asking(command.command('load <name>').summary('bring a state back')).action(
    (name: string, flags: FlagValues) => replaced(flags, ({ array }) => array.loadState(name)),
  );
  asking(command.command('import <file>').summary('bring back what export wrote')).action(
    (file: string, flags: FlagValues) =>
      replaced(flags, ({ array }) => array.importFrom(resolve(file))),
  );
  asking(command.command('remove <name>').summary('remove a state')).action(
    async (name: string, flags: FlagValues) => {
      await confirm(flags, `The state ${name} is lost.`);
      await (await reachRunning(load(flags).config)).array.removeState(name);
      print(flags, { name }, () => `removed ${name}\n`);
    },
  );
}

/** Commands that read the array, or keep what it holds. */
function addKeeping(command: Command, context: CommandContext): void {
  const { load } = context;
  const print = printer(context);
  const running = async (flags: FlagValues) => (await reachRunning(load(flags).config)).array;
  const plain = (made: Command) => withDataFolder(made).option('--json', JSON_HELP);
  plain(command.command('show').summary('arrays, containers, endpoints, hosts, jobs')).action(
    async (flags: FlagValues) => print(flags, await (await running(flags)).show(), reportText),
  );
  plain(command.command('save <name>').summary('keep the array as it is now')).action(
    async (name: string, flags: FlagValues) =>
      print(flags, await (await running(flags)).saveState(name), (state) => stateText(state)),
  );
  plain(command.command('states').summary('list the states')).action(async (flags: FlagValues) =>
    print(flags, await (await running(flags)).listStates(), (states) =>
      states.map(stateText).join(''),
    ),
  );
  plain(command.command('export <file>').summary('write the array into a new file (tar)')).action(
    async (file: string, flags: FlagValues) => {
      const path = resolve(file);
      const state = await (await running(flags)).exportTo(path);
      print(flags, { ...state, file: path }, () => `${path}\t${stateText(state)}`);
    },
  );
}

/** Commands on the sound state and the behaviour of the array. */
function addTending(command: Command, context: CommandContext): void {
  const { console, load, exit } = context;
  const print = printer(context);
  const inspect = async (flags: FlagValues, repair: boolean): Promise<void> => {
    const { config } = load(flags);
    const isRunning = (await findSocket(config.dataDir)) !== undefined;
    const report = isRunning
      ? await inspectRunning(await reachRunning(config), repair)
      : await inspectStopped(config, { repair });
    print(flags, report, findingsText);
    if (report.left.length > 0) exit(EXIT_CODES.unsound[0]);
  };
  withDataFolder(command.command('check').summary('prove that everything in the array adds up'))
    .option('--json', JSON_HELP)
    .action((flags: FlagValues) => inspect(flags, false));
  withDataFolder(command.command('repair').summary('mend what follows from something else'))
    .option('--json', JSON_HELP)
    .action((flags: FlagValues) => inspect(flags, true));
  withDataFolder(
    command.command('endpoint <id> <state>').summary('take an endpoint out (down) or back (up)'),
  ).action(async (id: string, state: string, flags: FlagValues) => {
    if (state !== 'up' && state !== 'down') {
      throw new StartError('usage', `not a state of an endpoint: ${state}; give up or down`);
    }
    await (await reachRunning(load(flags).config)).array.setEndpointOnline(id, state === 'up');
    console.stdout.write(`${id} is ${state}\n`);
  });
  withDataFolder(
    command
      .command('pace <operation> <pace>')
      .summary('how long jobs take: instant, 250ms, 10s, 3polls; until the provider ends'),
  ).action(async (operation: string, text: string, flags: FlagValues) => {
    const pace = paceOf(text);
    await (await reachRunning(load(flags).config)).array.setPace(operation, pace);
    console.stdout.write(`${operation}: ${paceText(pace)}\n`);
  });
}

async function inspectRunning(
  { array }: RunningAdministration,
  repair: boolean,
): Promise<RepairReport> {
  if (repair) return array.repair();
  return { mended: [], left: (await array.check()).problems };
}

export function arrayCommand(context: CommandContext): Command {
  const command = new Command('array').description(
    'The array behind the provider: what there is, its states, its health.',
  );
  addKeeping(command, context);
  addReplacing(command, context);
  addTending(command, context);
  addShaping(command, context);
  command.addCommand(arrayServeCommand(context));
  return command;
}
