/**
 * `keelson audit`: reads the trail of administrative changes, and proves that nobody has touched it. Reads the files
 * alone, so that what is found is what lies there; only the remembered end is asked of the provider.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { adminClient } from '../admin/client.ts';
import { findSocket } from '../admin/socket.ts';
import { readTrailFiles } from '../audit/files.ts';
import type { AuditActor, AuditHead, AuditRecord } from '../audit/record.ts';
import { type TrailFile, type TrailVerdict, verifyTrail } from '../audit/verify.ts';
import type { Config } from '../config/schema.ts';
import { systemClock } from '../model/clock.ts';
import { stoppedAuditHead } from '../run/offline.ts';
import { StartError } from '../run/start-error.ts';
import { type CommandContext, type FlagValues, withDataFolder } from './command.ts';
import { parseSeconds } from './duration.ts';
import { EXIT_CODES } from './exit.ts';

const HEAD = /^(\d{1,15}):([0-9a-f]{64})$/;

export function auditCommand(context: CommandContext): Command {
  const command = new Command('audit').description(
    'The trail of administrative changes: who changed what, chained so that it cannot be changed unseen.',
  );
  addShow(command, context);
  addVerify(command, context);
  return command;
}

function addShow(command: Command, { console, load }: CommandContext): void {
  withDataFolder(command.command('show').summary('what was changed, oldest first'))
    .option('--since <when>', 'only what is younger: 90m, 2h, 7d, or a time like 2026-11-23T10:00Z')
    .option('--json', 'the records as they are, one in a line')
    .action(async (flags: FlagValues) => {
      const { config } = load(flags);
      const since = sinceOf(flags['since']);
      const records: AuditRecord[] = [];
      const verdict = verifyTrail(filesOf(config), await headOf(config), (record) =>
        records.push(record),
      );
      const ended = new Set(records.map(({ details }) => details['of']));
      for (const record of records.filter(({ time }) => Date.parse(time) >= since)) {
        if (flags['json'] === true) console.stdout.write(`${JSON.stringify(record)}\n`);
        // What has ended is told by its end.
        else if (record.outcome !== 'begun' || !ended.has(record.seq)) {
          console.stdout.write(`${lineOf(record)}\n`);
        }
      }
      if (verdict.broken !== undefined) console.stderr.write(`${brokenText(verdict)}\n`);
    });
}

function addVerify(command: Command, { console, load, exit }: CommandContext): void {
  withDataFolder(
    command
      .command('verify [files...]')
      .summary('whether the trail, or copies of its files (oldest first), is as it was written'),
  )
    .option('--head <seq:hash>', 'an end that was noted elsewhere, and must be in the trail')
    .action(async (names: readonly string[], flags: FlagValues) => {
      const given = givenHead(flags['head']);
      const isFolder = names.length === 0;
      const { config } = load(flags);
      const head = given ?? (isFolder ? await headOf(config) : undefined);
      const verdict = verifyTrail(isFolder ? filesOf(config) : names.map(fileAt), head);
      console.stdout.write(`${verdictText(verdict, head)}\n`);
      if (verdict.broken !== undefined) exit(EXIT_CODES.unsound[0]);
    });
}

/** What the provider remembers, running or not. First of all: the files may only grow after it. */
async function headOf(config: Config): Promise<AuditHead | undefined> {
  const socket = await findSocket(config.dataDir);
  const head =
    socket === undefined ? await stoppedAuditHead(config) : await adminClient(socket).auditHead();
  return head?.seq === 0 ? undefined : head;
}

function filesOf({ dataDir }: Config): readonly TrailFile[] {
  const folder = resolve(dataDir);
  if (!existsSync(folder)) throw new StartError('refused', `there is no data folder ${folder}`);
  return readTrailFiles(folder);
}

function fileAt(path: string): TrailFile {
  return { name: basename(path), text: readFileSync(path, 'utf8') };
}

function givenHead(text: unknown): AuditHead | undefined {
  if (typeof text !== 'string') return undefined;
  const [, seq, hash] = HEAD.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new StartError('usage', '--head: expected the number of a record, a colon, and its hash');
  }
  return { seq: Number(seq), hash };
}

function sinceOf(text: unknown): number {
  if (typeof text !== 'string') return 0;
  const seconds = parseSeconds(text);
  const at = seconds === undefined ? Date.parse(text) : systemClock.now() - seconds * 1_000;
  if (Number.isNaN(at))
    throw new StartError('usage', `--since: neither a length nor a time: ${text}`);
  return at;
}

function lineOf({ time, outcome, actor, action, subject, details }: AuditRecord): string {
  const { of: _, ...facts } = details;
  const rest = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`;
  const ended = outcome === 'begun' ? 'begun, and no end was recorded' : outcome;
  return `${time}  ${action}${subject === '' ? '' : ` ${subject}`}: ${ended}, by ${actorText(actor)}${rest}`;
}

function actorText(actor: AuditActor): string {
  switch (actor.kind) {
    case 'operator':
      return actor.account;
    case 'console':
      return `${actor.user} on the console at ${actor.peerAddress}`;
    case 'client': {
      const who = actor.user === undefined ? 'a caller' : `user ${actor.user}`;
      const with_ =
        actor.certificate === undefined ? '' : `, certificate ${actor.certificate.slice(0, 16)}`;
      return `${who} at ${actor.peerAddress}${with_}`;
    }
    case 'provider':
      return 'the provider itself';
  }
}

function brokenText({ broken, records }: TrailVerdict): string {
  return `NOT whole after ${records} records: ${broken?.file}, line ${broken?.line}: ${broken?.why}`;
}

function verdictText(verdict: TrailVerdict, head: AuditHead | undefined): string {
  const { broken, records, tornBytes, afterAnchor, setAside } = verdict;
  const { seq, hash } = verdict.head;
  return [
    ...(broken === undefined
      ? [`whole: ${records} records, the last is ${seq}:${hash}`]
      : [brokenText(verdict)]),
    ...(head === undefined
      ? ['no end was remembered: one that was cut off would not be found']
      : []),
    ...(broken === undefined && afterAnchor !== undefined && afterAnchor > 0
      ? [`${afterAnchor} of them are younger than the end that was remembered`]
      : []),
    ...(tornBytes > 0 ? [`${tornBytes} bytes behind them are a record that a crash has torn`] : []),
    ...setAside.map((text) => `an earlier trail was found broken and set aside, ${text}`),
  ].join('\n');
}
