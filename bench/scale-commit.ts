/**
 * How much is gained when changes share their way to the disk: operations per second with so many in
 * flight, each answered when it is durable. Rounds of all arrays and numbers alternate.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { vvolIdFromUuid } from '../src/model/ids.ts';
import { medianOf } from './figures.ts';
import { bind, newJob, newVolume, type Subject, unbind, vvolIdOf } from './scale-arrays.ts';

/** Does changes one after the other until `isOver`; gives how many. */
type Caller = (subject: Subject, isOver: () => boolean) => Promise<number>;

const CALLERS: Readonly<Record<string, Caller>> = {
  'createVolume, deleteVolume': async ({ array }, isOver) => {
    const containers = await array.containers();
    return inPairs(isOver, async () => {
      const volume = { ...newVolume(containers, 0), vvolId: vvolIdFromUuid(randomUUID()) };
      return [
        () => array.createVolume(newJob(), volume),
        () => array.deleteVolume(volume.vvolId),
      ] as const;
    });
  },
  'bind, unbind': (subject, isOver) =>
    inPairs(isOver, async () => {
      const [vvolId, host] = [vvolIdOf(randomInt(subject.shape.volumes)), randomUUID()];
      return [() => bind(subject, vvolId, host), () => unbind(subject, vvolId, host)] as const;
    }),
};

const ROUNDS = 3;

/** For each array and kind of change, a median rate for each number in flight. */
export async function commitRates(
  subjects: readonly Subject[],
  inFlight: readonly number[],
  milliseconds: number,
): Promise<readonly { readonly name: string; readonly rates: readonly number[] }[]> {
  const rows = Object.entries(CALLERS).flatMap(([operation, caller]) =>
    subjects.map((subject) => ({
      name: `${subject.shape.volumes.toLocaleString('en')}: ${operation}`,
      caller,
      subject,
      rates: inFlight.map((): number[] => []),
    })),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { caller, subject, rates } of rows) {
      for (const [index, count] of inFlight.entries()) {
        rates[index]?.push(await rateOf(subject, caller, count, milliseconds));
      }
    }
  }
  return rows.map(({ name, rates }) => ({ name, rates: rates.map(medianOf) }));
}

async function rateOf(
  subject: Subject,
  caller: Caller,
  inFlight: number,
  milliseconds: number,
): Promise<number> {
  const start = performance.now();
  const isOver = () => performance.now() - start > milliseconds;
  const counts = await Promise.all(Array.from({ length: inFlight }, () => caller(subject, isOver)));
  const seconds = (performance.now() - start) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

/** Does and undoes until it is over. */
async function inPairs(
  isOver: () => boolean,
  pair: () => Promise<readonly [() => Promise<unknown>, () => Promise<unknown>]>,
): Promise<number> {
  let count = 0;
  while (!isOver()) {
    for (const one of await pair()) await one();
    count += 2;
  }
  return count;
}
