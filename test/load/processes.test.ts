/** Processor time and memory of processes of this machine. */
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { processesOf } from '../../src/load/processes.ts';

const isLinux = process.platform === 'linux';

it.runIf(isLinux)('this process takes memory, and its processor time grows', () => {
  const own = processesOf(process.pid);
  const before = own?.usage();
  expect(before?.memoryMB).toBeGreaterThan(10);
  const until = performance.now() + 60;
  while (performance.now() < until) Math.sqrt(until);
  expect(own?.usage().processorSeconds).toBeGreaterThan(before?.processorSeconds ?? Number.NaN);
});

it.runIf(isLinux)('a child counts as part of its parent', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log(1)']);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const own = processesOf(child.pid ?? 0)?.usage().memoryMB ?? Number.NaN;
  expect(processesOf(process.pid)?.usage().memoryMB).toBeGreaterThan(own);
  child.kill();
});

it('a process that is not there is not known', () => {
  expect(processesOf(2 ** 30)).toBeUndefined();
});
