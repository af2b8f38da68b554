/**
 * Work that is done one after another because each takes much, for callers who must not keep each other from
 * it: those who wait are served in turn, and whoever crowds the queue is refused first.
 */
import { FairQueue } from '../model/fair-queue.ts';
import { VasaFault } from '../model/faults.ts';

/** Runs `work` when it is its turn. VasaFault VasaProviderBusy when too many wait. */
export type InTurn = <T>(caller: string, work: () => Promise<T>) => Promise<T>;

interface Waiter {
  readonly start: () => void;
  readonly refuse: (fault: VasaFault) => void;
}

/** At most `waiting` wait beside the one that is served. */
export function createInTurn(waiting: number): InTurn {
  const queue = new FairQueue<Waiter>(waiting);
  let isTaken = false;
  const busy = (): VasaFault =>
    new VasaFault('VasaProviderBusy', 'Too many logins at once; try again.');
  const turnOf = (caller: string): Promise<void> => {
    const payer = queue.isFull ? queue.payer(caller) : undefined;
    if (payer === caller) throw busy();
    if (payer !== undefined) queue.takeOf(payer, 'newest')?.refuse(busy());
    return new Promise((start, refuse) => {
      queue.add(caller, { start, refuse });
    });
  };
  return async (caller, work) => {
    if (isTaken) await turnOf(caller);
    isTaken = true;
    try {
      return await work();
    } finally {
      const next = queue.next();
      // Who comes between this and the next one's start finds it taken.
      isTaken = next !== undefined;
      next?.start();
    }
  };
}
