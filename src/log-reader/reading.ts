/**
 * Logs as a story: every line is read once, or twice where it has to be known first who is who, and what comes
 * of it is one document that the terminal, the page and programs are shown. Bounded memory, whatever the size.
 */
import { LIMITS } from '../model/limits.ts';
import { RELEASE } from '../release/release.ts';
import { type ClockOffset, Clocks } from './clocks.ts';
import type { LeftOut } from './ends.ts';
import type { Entry } from './entry.ts';
import { allRules, worstFirst } from './findings/all.ts';
import { clocksApart } from './findings/clock-skew.ts';
import type { Finding, Rule } from './findings/finding.ts';
import { entryOf } from './lines/recognise.ts';
import { Names } from './names.ts';
import { isAboutOne, isWithin, namedIn, type Wishes } from './selection.ts';
import { linesOf } from './sources/lines.ts';
import type { LogFile } from './sources/sources.ts';
import { Story, type Told } from './story.ts';

/** What was read of one file. */
export interface FileFacts {
  readonly name: string;
  readonly lines: number;
  /** Lines of no form that is known. */
  readonly unknown: number;
  /** Lines that were longer than is read. */
  readonly cut: number;
  /** Of its first and last entry, by its own clock; undefined when it has none. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** From this line on the provider was of this release. */
export interface ReleaseChange {
  readonly release: string;
  readonly at: number;
  readonly file: string;
  readonly line: number;
}

export interface Reading {
  /** Release of the program that read. */
  readonly readBy: string;
  readonly wishes: Wishes;
  readonly files: readonly FileFacts[];
  readonly releases: readonly ReleaseChange[];
  readonly clocks: readonly ClockOffset[];
  readonly story: readonly Told[];
  readonly leftOut: readonly LeftOut[];
  /** What the reader should know of this reading itself. */
  readonly remarks: readonly string[];
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** Opens the logs from their beginning. */
export type OpenLogs = () => AsyncIterable<LogFile>;

/** Whether the logs are read twice for these wishes, so that they have to be there twice. */
export function isReadTwice({ host, vcenter, vm }: Wishes): boolean {
  return [host, vcenter, vm].some((each) => each !== undefined);
}

/** Reads all. Rejects with what opening the logs rejects with. */
export async function readLogs(open: OpenLogs, wishes: Wishes): Promise<Reading> {
  const names = new Names();
  const early = isReadTwice(wishes) ? await clocksOf(open, names) : [];
  const clocks = new Clocks();
  const rules = new Map<string, Rule>();
  const story = new Story(wishes, names, early);
  const releases = new Releases();
  const files: FileFacts[] = [];
  for await (const file of open()) {
    // Providers are judged one by one: what one of them did explains nothing of another.
    const own = rules.get(file.group) ?? allRules();
    rules.set(file.group, own);
    const facts = await readFile(file, (entry) => {
      names.see(entry);
      clocks.see(entry);
      if (entry.log !== 'provider' || isWithin(entry.at, wishes)) own.see(entry, names);
      releases.see(entry);
      story.see(entry);
    });
    files.push(facts);
  }
  const { offsets, unknown } = clocks.facts();
  const { told, leftOut } = story.tell(offsets);
  const ofProviders = [...rules.values()].flatMap((each) => each.findings(names));
  const found = [...ofProviders, ...clocksApart(offsets)];
  return {
    ...{ readBy: RELEASE.signature, wishes, files, releases: releases.all, clocks: offsets },
    ...{ story: told, leftOut },
    remarks: remarksOf(wishes, names, unknown),
    findings: worstFirst(found.filter((each) => isAbout(each, wishes, names))),
  };
}

async function clocksOf(open: OpenLogs, names: Names): Promise<readonly ClockOffset[]> {
  const clocks = new Clocks();
  for await (const file of open())
    await readFile(file, (entry) => {
      names.see(entry);
      clocks.see(entry);
    });
  return clocks.facts().offsets;
}

async function readFile(
  { name, stream }: LogFile,
  see: (entry: Entry) => void,
): Promise<FileFacts> {
  let [lines, unknown, cut] = [0, 0, 0];
  let from: number | undefined;
  let to: number | undefined;
  for await (const { text, number, isCut } of linesOf(stream)) {
    lines = number;
    if (isCut) cut += 1;
    const entry = entryOf(text, { file: name, line: number });
    if (entry === undefined) {
      unknown += 1;
      continue;
    }
    from ??= entry.at;
    to = entry.at;
    see(entry);
  }
  return { name, lines, unknown, cut, from, to };
}

class Releases {
  readonly all: ReleaseChange[] = [];

  see({ release, at, file, line, log }: Entry): void {
    if (log !== 'provider' || release === undefined) return;
    if (this.all.at(-1)?.release === release || this.all.length >= LIMITS.logReaderGroups) return;
    this.all.push({ release, at, file, line });
  }
}

/** Findings about somebody else are left out when one was asked for; those about all of it stay. */
function isAbout({ about, what, evidence }: Finding, wishes: Wishes, names: Names): boolean {
  if (!isAboutOne(wishes) || about.length === 0) return true;
  const words = [...about, what, ...evidence.map(({ text }) => text)].join(' ').toLowerCase();
  const machine = wishes.vm === undefined ? [] : [...names.volumesOf(wishes.vm)];
  return [...namedIn(wishes), ...machine].some((each) => words.includes(each));
}

function remarksOf({ vm }: Wishes, names: Names, unknown: readonly string[]): readonly string[] {
  const clocks = unknown.map(
    (file) =>
      `Too few calls stand in both ${file} and the provider’s log: how far their clocks are apart is not known, and its lines are shown by its own.`,
  );
  if (vm === undefined || names.volumesOf(vm).size > 0) return clocks;
  return [
    ...clocks,
    `No line names the virtual machine ${vm}. Its id stands in the metadata of its volumes, which the log has only while verbose mode is on (keelson verbose on); without it, look for its volumes (--volume).`,
  ];
}
