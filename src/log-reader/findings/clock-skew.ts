/**
 * Clocks that differ, as the log itself shows it: time that goes back, and a clock that somebody moved. What
 * certificates that are not valid yet tell is with the other refused certificates.
 */
import type { ClockOffset } from '../clocks.ts';
import type { Entry } from '../entry.ts';
import { evidenceOf, type Finding, type Rule, timeText } from './finding.ts';

/** Lines of one millisecond may change places, and no more. */
const BACK_MS = 2_000;
/** Less is what two machines without NTP differ by, and harms nothing. */
const APART_MS = 5_000;
const JUMPS = 10;

const REMEDY =
  'Compare the time of provider, vCenter and hosts, and set all of them by the same NTP servers. Certificates are judged, and events are ordered, by these clocks.';

export function clockJumps(): Rule {
  let last: Entry | undefined;
  const jumps: { readonly before: Entry; readonly after: Entry }[] = [];
  return {
    see(entry) {
      if (entry.log !== 'provider') return;
      if (last !== undefined && last.file === entry.file && last.at - entry.at > BACK_MS)
        if (jumps.length < JUMPS) jumps.push({ before: last, after: entry });
      last = entry;
    },
    findings: () =>
      jumps.map(({ before, after }) => ({
        id: 'clock-skew',
        severity: 'warning',
        what: `The provider’s clock went back by ${lengthOf(before.at - after.at)} at ${timeText(before.at)}.`,
        why: 'The clock of its machine was set while it ran: it was ahead before, or is behind now.',
        remedy: REMEDY,
        evidence: [evidenceOf(before), evidenceOf(after)],
        about: [],
      })),
  };
}

/** Findings about logs of others whose clocks are far from the provider's. */
export function clocksApart(offsets: readonly ClockOffset[]): readonly Finding[] {
  return offsets
    .filter(({ offsetMs }) => Math.abs(offsetMs) >= APART_MS)
    .map(({ file, log, offsetMs, matched, client, example }) => ({
      id: 'clock-skew',
      severity: 'warning',
      what: `The clock of ${client === undefined ? `the ${log === 'host' ? 'host' : 'vCenter'}` : `${log === 'host' ? 'host' : 'vCenter'} ${client}`} (${file}) is ${lengthOf(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead of' : 'behind'} the provider’s, by ${matched} calls that stand in both logs.`,
      why: 'One of the two machines does not get its time from the same source.',
      remedy: REMEDY,
      evidence: [example],
      about: client === undefined ? [] : [client],
    }));
}

/** A length of time in two units at most. */
export function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
