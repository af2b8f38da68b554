/**
 * kill -9 in the middle of administrative changes: the trail stays whole, every change that was acknowledged is in it
 * with its end, and none is in the database that the trail does not know of.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readTrailFiles } from '../../src/audit/files.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { systemClock } from '../../src/model/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';

const ROUNDS = 2;
const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

/** Runs the child until it is killed some time after its first change; gives what it was told that is done. */
async function killedRun(folder: string, round: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const done: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => done.push(line));
  // Killed in its first change, and somewhere in its second and third.
  while (done.length <= round && child.exitCode === null) {
    await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  }
  await pause(round * 130);
  child.kill('SIGKILL');
  await Promise.all([
    once(lines, 'close'),
    child.exitCode === null ? once(child, 'close') : undefined,
  ]);
  return done.slice(1);
}

it(`survives ${ROUNDS} kills: nothing is changed that the trail does not tell`, {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-audit-crash-'));
  mkdirSync(join(folder, 'data'));
  const acknowledged: string[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      acknowledged.push(...(await killedRun(join(folder, 'data'), round)));
      const store = openSqliteStore({ dir: join(folder, 'data'), clock: systemClock });
      const users = (await store.users()).map(({ userName }) => userName);
      const head = await store.auditHead();
      await store.close();
      const begun = new Map<string, number>();
      const ended = new Set<unknown>();
      const verdict = verifyTrail(readTrailFiles(join(folder, 'data')), head, (record) => {
        if (record.outcome === 'begun') begun.set(record.subject, record.seq);
        else ended.add(record.details['of']);
      });
      expect(verdict.broken).toBeUndefined();
      for (const name of acknowledged) expect(ended, name).toContain(begun.get(name));
      for (const name of users) expect([...begun.keys()]).toContain(name);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
