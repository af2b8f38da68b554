/** A process that writes is killed at random moments: nothing acknowledged is lost, nothing half there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { changeOf, REGION_BYTES, REGIONS, VOLUMES } from './crash-script.ts';
import { openHarness } from './harness.ts';

const KILLS = 6;
const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

test('After kill -9 everything acknowledged is there, adds up, and can be written on.', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keelson-crash-'));
  let last = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const acknowledged = await runAndKill(directory, 50 + Math.random() * 400);
    expect(acknowledged).toBeGreaterThan(last);
    last = verified(directory);
    expect(last).toBeGreaterThanOrEqual(acknowledged);
  }
  rmSync(directory, { recursive: true });
}, 120_000);

/** Starts the child, kills it that long after its first word; resolves with its last number. */
async function runAndKill(directory: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await pause(afterMs);
  child.kill('SIGKILL');
  await closed;
  return Number(output.trimEnd().split('\n').at(-1));
}

/** Compares what is there with what the changes in it come to; returns how many there are. */
function verified(directory: string): number {
  const harness = openHarness({ directory });
  const { db, content } = harness;
  const changes = Number(db.prepare<[], bigint>('SELECT changes FROM progress').pluck().get());
  const roots = db
    .prepare<[], number>('SELECT root FROM volume ORDER BY volume_no')
    .pluck()
    .safeIntegers(false)
    .all();
  expect(content.check(roots)).toEqual([]);
  for (const [volume, regions] of expectedAfter(changes).entries()) {
    for (const [place, start] of REGIONS.entries()) {
      const found = content.read(roots[volume] ?? 0, start, REGION_BYTES);
      expect(found.equals(regions[place] ?? Buffer.alloc(0))).toBe(true);
    }
  }
  harness.close();
  return changes;
}

/** Each volume's regions after so many changes. */
function expectedAfter(changes: number): readonly (readonly Buffer[])[] {
  const volumes = Array.from({ length: VOLUMES }, () =>
    REGIONS.map(() => Buffer.alloc(REGION_BYTES)),
  );
  for (let number = 0; number < changes; number += 1) {
    const change = changeOf(number);
    const target = volumes[change.volume] ?? [];
    if (change.kind === 'replace') {
      volumes[change.volume] = (volumes[change.from] ?? []).map((region) => Buffer.from(region));
      continue;
    }
    const place = REGIONS.findLastIndex((start) => start <= change.at);
    const at = change.at - (REGIONS[place] ?? 0);
    const data = change.kind === 'write' ? change.data : Buffer.alloc(change.length);
    target[place]?.set(data, at);
  }
  return volumes;
}
