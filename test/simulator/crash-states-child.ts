/**
 * A program that loads or saves a state of the simulated array, and dies by SIGKILL right before the n-th
 * step by which it changes something on disk. Arguments: folder, order, n. Prints `done` when n is never reached.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { openSimulator } from '../../simulator/index.ts';
import { systemClock } from '../../src/model/clock.ts';

const SYNC = ['ftruncateSync', 'mkdirSync', 'renameSync', 'rmSync', 'writeSync'] as const;
const ASYNC = ['copyFile', 'cp', 'rename', 'rm', 'writeFile'] as const;

/** Has the process die before the n-th call of any of these, by whomever. */
function dieAt(n: number): void {
  let count = 0;
  const counted = (holder: object, name: string) => {
    const real: unknown = Reflect.get(holder, name);
    if (typeof real !== 'function') throw new Error(`no ${name}`);
    Reflect.set(holder, name, (...given: unknown[]) => {
      count += 1;
      if (count === n) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(real, holder, given);
    });
  };
  for (const name of SYNC) counted(fs, name);
  for (const name of ASYNC) counted(promises, name);
  syncBuiltinESMExports();
}

const [folder, order, n] = process.argv.slice(2);
if (folder !== undefined) {
  const { administration } = await openSimulator({
    dataDirectory: folder,
    clock: systemClock,
    options: {},
  });
  dieAt(Number(n));
  if (order === 'save') await administration.saveState('second');
  else await administration.loadState('first');
  fs.writeSync(1, 'done\n');
  process.exit(0);
}
