/**
 * SIGKILL at random moments of writes, snapshots, clones and copies of differences. What was acknowledged
 * is there with every byte; what was not is wholly there or not at all; jobs go on and end; the array's
 * own check finds nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { type CopyLine, PLACE_BYTES, PLACES } from './crash-copies-child.ts';
import { bind, ended, newFolder } from './world.ts';

const ROUNDS = 10;
const READER = 'reader' as HostId;
const CHILD = fileURLToPath(new URL('./crash-copies-child.ts', import.meta.url));

/** What a volume may be: contents by their last write; 'none' where it may be missing. */
type Allowed = Map<VvolId, readonly (number | 'none')[]>;

function replay(allowed: Allowed, line: CopyLine): void {
  const { vvolId, n } = line;
  const after: number | 'none' = line.do === 'delete' ? 'none' : n;
  const before = allowed.get(vvolId) ?? ['none'];
  allowed.set(vvolId, line.answer ? [after] : [...before, after]);
}

/** Waits until a worker has been through all it does: how long that takes is the machine's business. */
async function wholeCycle(journal: string): Promise<void> {
  const isThere = () =>
    readFileSync(journal, 'utf8')
      .split('\n')
      .some((line) => line.includes('"delete"') && line.includes('"answer"'));
  for (const deadline = Date.now() + 30_000; !isThere() && Date.now() < deadline; ) await pause(20);
}

/** Runs the child until it is killed a random while after `begun`; gives what it journalled. */
async function killedRun(
  folder: string,
  begun: (journal: string) => Promise<void>,
): Promise<CopyLine[]> {
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  await begun(journal);
  await pause(Math.random() * 500);
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
  const lines = readFileSync(journal, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): CopyLine => JSON.parse(line));
}

/** The number of the last write in a volume; throws when the content is no state that there ever was. */
async function contentOf({ port, dataPath }: ServedSimulator, vvolId: VvolId): Promise<number> {
  await bind(port, vvolId, READER);
  const numbers = await Promise.all(
    Array.from({ length: PLACES }, async (_, place) =>
      (await dataPath.read({ hostId: READER, vvolId }, place * PLACE_BYTES, 4)).readUInt32BE(0),
    ),
  );
  await port.unbindAllFromHost(READER);
  const last = Math.max(...numbers);
  const expected = numbers.map((_, place) => {
    const number = last - ((((last - place) % PLACES) + PLACES) % PLACES);
    return Math.max(0, number);
  });
  expect(numbers).toEqual(expected);
  return last;
}

async function verify(simulator: ServedSimulator, allowed: Allowed): Promise<void> {
  const { port } = simulator;
  for (const [vvolId, contents] of allowed) {
    const isThere = (await port.volumes([vvolId])).length === 1;
    const found = isThere ? await contentOf(simulator, vvolId) : 'none';
    expect(contents).toContain(found);
    allowed.set(vvolId, [found]);
  }
}

it(`nothing acknowledged is lost and nothing is half copied, over ${ROUNDS} kills`, async () => {
  const folder = newFolder();
  const allowed: Allowed = new Map();
  const acknowledged = new Map<string, number>();
  let resumed = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Disks of earlier rounds are not written any more; a sample of them is looked at again.
    for (const old of [...allowed.keys()].slice(0, -12)) allowed.delete(old);
    // Every other kill may come before the first snapshot, the others come after all kinds of work.
    const lines = await killedRun(folder, round % 2 === 0 ? wholeCycle : () => pause(250));
    for (const line of lines) {
      replay(allowed, line);
      if (line.answer) acknowledged.set(line.do, (acknowledged.get(line.do) ?? 0) + 1);
    }
    const simulator = await openSimulator({
      dataDirectory: folder,
      clock: systemClock,
      options: {},
    });
    try {
      const open = await simulator.port.openJobs(undefined);
      resumed += open.length;
      for (const job of open) expect((await ended(simulator.port, job)).state).toBe('succeeded');
      await verify(simulator, allowed);
      expect(simulator.check()).toEqual([]);
    } finally {
      await simulator.port.close();
    }
  }
  // The kills have hit work, jobs among it.
  for (const what of ['write', 'snapshot', 'clone', 'fastClone', 'diffs', 'delete']) {
    expect(acknowledged.get(what) ?? 0, what).toBeGreaterThanOrEqual(ROUNDS / 2);
  }
  expect(resumed).toBeGreaterThan(0);
}, 240_000);
