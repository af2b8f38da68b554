/**
 * The rules of the ledger that a release must keep before it is made: versions and dates that rise and occur once,
 * and for a hot fix a version that differs from the release it mends by its patch number alone.
 */
import type { ReleaseEntry } from '../../src/release/releases.ts';

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

function partsOf(version: string): readonly number[] {
  const match = VERSION.exec(version);
  if (match === null) throw new RangeError(`${version} is not major.minor.patch`);
  return match.slice(1).map(Number);
}

function isLater(a: string, b: string): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at !== -1 && (left[at] ?? 0) > (right[at] ?? 0);
}

/** Throws RangeError, saying what is wrong, when two releases cannot be told apart or stand in a wrong order. */
export function checkLedger(ledger: readonly ReleaseEntry[]): void {
  for (const [index, entry] of ledger.entries()) {
    partsOf(entry.version);
    const before = ledger[index - 1];
    if (before === undefined) continue;
    if (!isLater(entry.version, before.version))
      throw new RangeError(`version ${entry.version} does not come after ${before.version}`);
    if (entry.date <= before.date)
      throw new RangeError(
        `${entry.version} is of ${entry.date}, ${before.version} of ${before.date}: a date names one release`,
      );
  }
}

/**
 * The release that a hot fix mends, by its version, tag (`v0.2.0`) or signature. Throws RangeError when the ledger has
 * none such, or when the last entry is not a patch of it.
 */
export function mendedBy(ledger: readonly ReleaseEntry[], named: string): ReleaseEntry {
  const last = ledger.at(-1);
  const wanted = /\d+\.\d+\.\d+/.exec(named)?.[0];
  const from = ledger.find(({ version }) => version === wanted);
  if (last === undefined || from === undefined)
    throw new RangeError(`no release ${named} is in the ledger`);
  const [old, now] = [partsOf(from.version), partsOf(last.version)];
  const isPatch = old[0] === now[0] && old[1] === now[1] && isLater(last.version, from.version);
  if (!isPatch) {
    throw new RangeError(
      `${last.version} is no hot fix of ${from.version}: a hot fix raises the last number alone`,
    );
  }
  return from;
}
