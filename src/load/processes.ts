/**
 * What processes of this machine take: processor time and memory, read from /proc. Linux alone; elsewhere, and
 * for a provider on another machine, it is not available, and the run says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of this length, whatever its own clock. */
const TICKS_PER_SECOND = 100;
const PAGE_KB = 4;

export interface Usage {
  /** Processor time since the start, user and system, seconds. */
  readonly processorSeconds: number;
  /** Resident, MB. */
  readonly memoryMB: number;
}

/** A process and all its descendants. */
export interface Processes {
  usage(): Usage;
}

/** Undefined where it cannot be known. */
export function processesOf(pid: number): Processes | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  return {
    usage: () => {
      const found = family(pid);
      const sum = (key: keyof Stat) => found.reduce((total, each) => total + each[key], 0);
      return {
        processorSeconds: sum('ticks') / TICKS_PER_SECOND,
        memoryMB: (sum('pages') * PAGE_KB) / 1024,
      };
    },
  };
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly pages: number;
}

function family(pid: number): readonly Stat[] {
  const all = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) ? (statOf(name) ?? []) : [],
  );
  const wanted = new Set([pid]);
  // Children have higher ids than their parents but where ids wrap around; so until nothing is new.
  for (let before = 0; before !== wanted.size; ) {
    before = wanted.size;
    for (const { pid: id, parent } of all) if (wanted.has(parent)) wanted.add(id);
  }
  return all.filter((each) => wanted.has(each.pid));
}

/** proc(5): the name, in parentheses, may hold anything; what follows it is counted from the state, field 3. */
function statOf(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0] = fields.slice(11, 13);
    return { pid: Number(pid), parent, ticks: user + system, pages: fields[21] ?? 0 };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
