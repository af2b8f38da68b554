/**
 * A program that writes, snapshots, clones and copies differences until it is killed. Each worker has one
 * disk and works on it alone: write number n puts n into place n modulo PLACES, so that a content is known
 * by the number of its last write. Journal as in crash-child.ts. Arguments: folder, number of the round.
 */
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import type { Job } from '../../src/model/array.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type HostId, type JobId, type VvolId, vvolIdFromUuid } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';

/** Places lie a leaf of the content apart, so that a copy of them takes several steps. */
export const PLACES = 100;
export const PLACE_BYTES = 4 * 1024 * 1024;
export const HOST = 'writer' as HostId;
const WORKERS = 4;

/** One line of the journal. `answer` is there once it was acknowledged. */
export interface CopyLine {
  readonly do: 'create' | 'write' | 'snapshot' | 'clone' | 'fastClone' | 'diffs' | 'delete';
  readonly vvolId: VvolId;
  /** Last write in the content that the volume has when this is done. */
  readonly n: number;
  readonly jobId?: JobId;
  readonly answer?: true;
}

async function main(folder: string): Promise<void> {
  const journal = openSync(join(folder, 'journal'), 'a');
  const simulator = await openSimulator({ dataDirectory: folder, clock: systemClock, options: {} });
  const write = (line: CopyLine) => writeSync(journal, `${JSON.stringify(line)}\n`);
  process.stdout.write('ready\n');
  await Promise.all(Array.from({ length: WORKERS }, () => work(simulator, write)));
}

async function work(
  { port, dataPath }: ServedSimulator,
  journal: (line: CopyLine) => void,
): Promise<never> {
  const [container] = await port.containers();
  if (container === undefined) throw new Error('no container');
  const candidates = (await port.endpoints()).map(({ endpointId }) => endpointId);
  const call = async (line: CopyLine, make: () => Promise<unknown>) => {
    journal(line);
    await make();
    journal({ ...line, answer: true });
  };
  const ended = async (job: Job): Promise<void> => {
    for (let now: Job | undefined = job; now?.endedAt === undefined; ) {
      await new Promise((settle) => setTimeout(settle, 1));
      now = await port.job(job.jobId);
    }
  };
  const start = () => ({ jobId: randomUUID() as JobId, operation: 'test' });
  const disk = vvolIdFromUuid(randomUUID());
  const none = { metadata: [], profile: undefined };
  await call({ do: 'create', vvolId: disk, n: 0 }, async () => {
    const size = bytes(BigInt(PLACES * PLACE_BYTES));
    const { containerId } = container;
    const asked = { ...none, vvolId: disk, containerId, type: 'Data' as const, size, thin: true };
    await port.createVolume(start(), asked);
    await port.bind(disk, HOST, { candidates, rebind: false });
  });
  const place = { hostId: HOST, vvolId: disk };
  let n = 0;
  const writeSome = async (count: number) => {
    for (let done = 0; done < count; done += 1) {
      n += 1;
      const number = Buffer.alloc(4);
      number.writeUInt32BE(n);
      await call({ do: 'write', vvolId: disk, n }, () =>
        dataPath.write(place, (n % PLACES) * PLACE_BYTES, number),
      );
    }
  };
  await writeSome(PLACES);
  for (;;) {
    const [taken, clone, linked] = [0, 1, 2].map(() => vvolIdFromUuid(randomUUID()));
    if (taken === undefined || clone === undefined || linked === undefined) throw new Error();
    await call({ do: 'snapshot', vvolId: taken, n }, async () => {
      const request = { vvolId: disk, snapshotId: taken, readOnly: true, profile: undefined };
      await port.prepareSnapshot(start(), request);
      await port.takeSnapshots([{ snapshotId: taken, metadata: [] }], 60_000);
    });
    const atSnapshot = n;
    await writeSome(3);
    const from = { ...none, source: taken, containerId: undefined };
    const cloning = start();
    await call({ do: 'clone', vvolId: clone, n: atSnapshot, jobId: cloning.jobId }, async () =>
      ended(await port.cloneVolume(cloning, { ...from, vvolId: clone })),
    );
    await call({ do: 'fastClone', vvolId: linked, n: atSnapshot }, () =>
      port.fastCloneVolume(start(), { ...from, vvolId: linked }),
    );
    const copying = start();
    await call({ do: 'diffs', vvolId: clone, n, jobId: copying.jobId }, async () =>
      ended(await port.copyDiffs(copying, { source: disk, base: taken, target: clone })),
    );
    await call({ do: 'delete', vvolId: taken, n: 0 }, () => port.deleteVolume(taken));
    if (n % 2 === 0) {
      await call({ do: 'delete', vvolId: clone, n: 0 }, () => port.deleteVolume(clone));
    }
    await writeSome(2);
  }
}

const [folder] = process.argv.slice(2);
if (process.argv[1]?.endsWith('crash-copies-child.ts') && folder !== undefined) await main(folder);
