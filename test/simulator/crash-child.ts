/**
 * A program that works on the simulated array until it is killed. Each worker has volumes of its own, so
 * at most one call about a volume is under way. Every call is written to the journal file before it is
 * made and again once it was acknowledged; a line written is safe from SIGKILL. Arguments: folder, seed.
 */
import { createHash, randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openArray } from '../../simulator/index.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { HostId, JobId, VvolId } from '../../src/model/ids.ts';
import { vvolIdFromUuid } from '../../src/model/ids.ts';
import { bytesFromMB } from '../../src/model/units.ts';

const WORKERS = 24;
const HOSTS = ['host-1', 'host-2'] as HostId[];

async function main(folder: string, seed: string): Promise<void> {
  const journal = openSync(join(folder, 'journal'), 'a');
  const array = await openArray({ dataDirectory: folder, clock: systemClock, options: {} });
  const write = (line: object) => writeSync(journal, `${JSON.stringify(line)}\n`);
  const left = await array.findVolumes([{ key: 'crash', value: undefined }], {
    after: undefined,
    limit: 100_000,
  });
  process.stdout.write('ready\n');
  await Promise.all(
    Array.from({ length: WORKERS }, (_, worker) => {
      const own = left.items.filter((_, index) => index % WORKERS === worker);
      return work(array, own, randomOf(`${seed} ${worker}`), write);
    }),
  );
}

async function work(
  array: StorageArrayPort,
  own: VvolId[],
  random: (below: number) => number,
  write: (line: object) => void,
): Promise<never> {
  const containers = await array.containers();
  const candidates = (await array.endpoints()).map(({ endpointId }) => endpointId);
  const call = async <Result>(line: object, make: () => Promise<Result>) => {
    write(line);
    write({ ...line, answer: (await make()) ?? null });
  };
  for (;;) {
    const dice = random(10);
    const vvolId = own[random(own.length)];
    const hostId = HOSTS[random(HOSTS.length)] ?? (HOSTS[0] as HostId);
    if (vvolId === undefined || dice < 4) {
      const made = vvolIdFromUuid(randomUUID());
      const start = { jobId: randomUUID() as JobId, operation: 'createVirtualVolume' };
      const containerId = containers[random(containers.length)]?.containerId;
      if (containerId === undefined) throw new Error('no container');
      await call({ do: 'create', vvolId: made, jobId: start.jobId }, async () => {
        const thin = random(2) === 0;
        const metadata = ['crash', 'a', 'b'].map((key) => ({ key, value: made }));
        const size = bytesFromMB(BigInt(1 + random(50)));
        const profile = undefined;
        const type = 'Data';
        await array.createVolume(start, {
          vvolId: made,
          containerId,
          type,
          size,
          thin,
          metadata,
          profile,
        });
      });
      own.push(made);
    } else if (dice < 7) {
      await call({ do: 'bind', vvolId, hostId }, async () => {
        const binding = await array.bind(vvolId, hostId, { candidates, rebind: false });
        return binding.secondaryId;
      });
    } else if (dice < 8) {
      await call({ do: 'unbind', vvolId, hostId }, () => array.unbind(vvolId, hostId, undefined));
    } else if (dice < 9) {
      await call({ do: 'unbindAll', vvolId }, () => array.unbindFromAllHosts(vvolId));
    } else if ((await array.bindings({ vvolId })).length === 0) {
      await call({ do: 'delete', vvolId }, () => array.deleteVolume(vvolId));
      own.splice(own.indexOf(vvolId), 1);
    }
  }
}

/** Numbers that follow from a seed. */
function randomOf(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    const hash = createHash('sha256').update(`${seed} ${turn}`).digest();
    return below === 0 ? 0 : hash.readUInt32BE(0) % below;
  };
}

const [folder, seed] = process.argv.slice(2);
if (folder === undefined || seed === undefined) throw new Error('usage: crash-child FOLDER SEED');
await main(folder, seed);
