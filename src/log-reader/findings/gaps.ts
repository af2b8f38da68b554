/**
 * Where the log has gaps: the provider was killed or its machine failed, lines were lost, files are missing, or
 * nothing was written although clients had been polling.
 */
import { basename } from 'node:path';
import type { Entry } from '../entry.ts';
import { lengthOf } from './clock-skew.ts';
import { evidenceOf, type Finding, type Rule, timeText } from './finding.ts';

/** Clients poll every ten seconds. */
const SILENT_MS = 90_000;
const POLLING = /^get(Events|Alarms)$/;
/** So many calls within the minute before make a silence strange. */
const BUSY_CALLS = 3;
const GAPS = 50;
const ROTATED = /^keelson-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-\d{3}\.log(\.gz)?$/;
/** The first line of a file is written right after the one before was closed. */
const ROTATION_MS = 2_000;

/** When a rotated file was closed, as its name says. */
export function closedAt(name: string): number | undefined {
  const found = ROTATED.exec(basename(name));
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, ms] = found;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

type Gap = Omit<Finding, 'about'>;

export function gaps(): Rule {
  const found: Finding[] = [];
  let last: Entry | undefined;
  let running: Entry | undefined;
  let recent: number[] = [];
  const add = (finding: Gap): void => {
    if (found.length < GAPS) found.push({ ...finding, about: [] });
  };

  const seeStart = (entry: Entry): void => {
    if (running !== undefined && last !== undefined) add(killedBetween(last, entry));
    running = entry;
  };

  const seeFile = (entry: Entry, before: Entry): void => {
    const closed = closedAt(before.file);
    if (entry.file === before.file || closed === undefined || entry.at - closed <= ROTATION_MS)
      return;
    if (!basename(entry.file).startsWith('keelson')) return;
    add(missingBetween(before, entry, closed));
  };

  const seeSilence = (entry: Entry, before: Entry): void => {
    const silentMs = entry.at - before.at;
    const isSilence = silentMs > SILENT_MS && recent.length >= BUSY_CALLS;
    const isDown = before.event === 'stopped' || entry.event === 'started';
    // Between two files it is told as a file that is missing.
    const isBetween = entry.file !== before.file && closedAt(before.file) !== undefined;
    if (!isSilence || isDown || isBetween) return;
    add(silentBetween(before, entry, silentMs));
  };

  return {
    see(entry) {
      if (entry.log !== 'provider') return;
      if (last !== undefined) {
        seeFile(entry, last);
        seeSilence(entry, last);
      }
      if (entry.event === 'started') seeStart(entry);
      if (entry.event === 'stopped' || entry.event === 'fatal') running = undefined;
      if (POLLING.test(entry.call?.operation ?? ''))
        recent = [...recent, entry.at]
          .filter((at) => entry.at - at <= SILENT_MS)
          .slice(-BUSY_CALLS);
      last = entry;
    },
    findings: () => found,
  };
}

function killedBetween(last: Entry, entry: Entry): Gap {
  return {
    id: 'killed',
    severity: 'failure',
    what: `The provider ended without stopping in order: it wrote its last line at ${timeText(last.at)}, and started again at ${timeText(entry.at)}, ${lengthOf(Math.max(0, entry.at - last.at))} later.`,
    why: 'It was killed, it crashed, or its machine lost power. What had been acknowledged is safe; sessions are gone, and clients open new ones.',
    remedy:
      'Look at the machine’s own log at that time: power, memory (out-of-memory killer), the service manager. If a line `fatal` stands before, report it.',
    evidence: [evidenceOf(last), evidenceOf(entry)],
  };
}

function missingBetween(before: Entry, entry: Entry, closed: number): Gap {
  return {
    id: 'missing-files',
    severity: 'remark',
    what: `Between ${before.file} and ${entry.file} log files are missing: nothing is there from ${timeText(closed)} to ${timeText(entry.at)}.`,
    why: 'Files were left out when the log was collected, or were removed.',
    remedy: 'Collect the whole folder, or a support bundle.',
    evidence: [evidenceOf(before), evidenceOf(entry)],
  };
}

function silentBetween(before: Entry, entry: Entry, silentMs: number): Gap {
  return {
    id: 'silence',
    severity: 'warning',
    what: `Nothing was written for ${lengthOf(silentMs)} from ${timeText(before.at)}, although clients had been polling.`,
    why: 'The provider or its machine stood still, all clients were cut off, or the log could not be written.',
    remedy:
      'Look at the machine and its network at that time: suspended, out of processor time, disk full?',
    evidence: [evidenceOf(before), evidenceOf(entry)],
  };
}
