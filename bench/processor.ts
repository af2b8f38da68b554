/** Processor time of another process, from /proc. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds that all threads of a process have had so far. */
export function processorMicroseconds(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const each = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ', 1)[0]),
  );
  return each.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1000;
}
