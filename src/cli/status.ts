/** `keelson status`: what the running provider says of itself. */
import { Command } from 'commander';
import type { StatusReport } from '../admin/port.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { EXIT_CODES } from './exit.ts';
import { reachRunning } from './reach.ts';

function statusText(status: StatusReport): string {
  const verbose = status.verbose.map(({ target, until }) => `${target} until ${until}`);
  return [
    status.release,
    `version.xml      ${status.versionXml}`,
    `process          ${status.pid}, since ${status.startedAt}`,
    `uid              ${status.uid}`,
    `data             ${status.dataDirectory}`,
    `log              ${status.logDirectory ?? 'standard output'}`,
    `array            ${status.arrayAnswers ? status.arrays.join(', ') : 'does not answer'}`,
    ...groupLines(status),
    `sessions         ${status.sessions}`,
    `registrations    ${status.registrations}`,
    `certificate      valid until ${status.certificateNotAfter}`,
    `clock            ${clockOf(status)}`,
    `fault rules      ${status.faultRules === 0 ? 'none' : status.faultRules}`,
    ...loadLines(status),
    `verbose          ${verbose.length === 0 ? 'off' : verbose.join('; ')}`,
    '',
  ].join('\n');
}

function groupLines({ group = [] }: StatusReport): readonly string[] {
  return group.map(({ array, isActive, activeUrl }) => {
    const who = activeUrl === undefined ? 'nobody was activated' : `served at ${activeUrl}`;
    return `group            ${isActive ? 'active' : `passive (${who})`} for ${array}`;
  });
}

function loadLines({ load: { connections, handshakes, lanes } }: StatusReport): readonly string[] {
  const { underWay, waiting, silent, unfinished, completed, dropped } = handshakes;
  const all = Object.values(dropped).reduce((sum, each) => sum + each, 0);
  return [
    `connections      ${connections}, ${silent} of them silent`,
    `handshakes       ${underWay} under way, ${waiting} waiting, ${unfinished} slow, ${completed} done, ${all} dropped`,
    ...Object.entries(lanes).map(
      ([lane, { underWay: now, waiting: next, admitted, refused }]) =>
        `calls, ${lane.padEnd(9)} ${now} under way, ${next} waiting, ${admitted} let in, ${refused} refused`,
    ),
  ];
}

function clockOf({ clock: { now, offsetMs } }: StatusReport): string {
  return offsetMs === 0 ? "the machine's" : `moved by ${offsetMs / 1_000} s: ${now}`;
}

export function statusCommand({ console, load, exit }: CommandContext): Command {
  return withDataFolder(new Command('status').summary('what the running provider says of itself'))
    .option('--json', 'as JSON')
    .action(async (flags: FlagValues) => {
      const status = await (await reachRunning(load(flags).config)).status();
      const json = flags['json'] === true;
      console.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
      if (!status.arrayAnswers) exit(EXIT_CODES.array[0]);
    });
}
