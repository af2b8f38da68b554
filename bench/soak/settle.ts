/**
 * Asks the provider what it has and holds it against what it acknowledged, while no worker works: after every
 * restart, and when fault rules are taken away. What was open is settled by what is found.
 */
import type { SoapClient } from '../../test/support/soap-client.ts';
import * as calls from './calls.ts';
import type { Known, Work, Worker } from './worker.ts';

/** Compares all of it. What does not agree is a finding; afterwards nothing is open. */
export async function settle(
  client: SoapClient,
  work: Work,
  workers: readonly Worker[],
): Promise<void> {
  await calls.noTasks(client);
  const found = await calls.marks(client);
  for (const vvolId of found.keys())
    if (work.ended.has(vvolId)) work.finding(`${vvolId} was deleted, and is there again`);
  await settleUnknown(client, { found, work, workers });
  for (const worker of workers)
    for (const volume of [...worker.own])
      await settleKnown(work, worker, { volume, mark: found.get(volume.vvolId) });
}

interface Found {
  readonly found: ReadonlyMap<string, string>;
  readonly work: Work;
  readonly workers: readonly Worker[];
}

/** What nobody was told of can only come from calls that were not answered; it is taken away. */
async function settleUnknown(client: SoapClient, { found, work, workers }: Found): Promise<void> {
  const known = new Set(workers.flatMap(({ own }) => own.map(({ vvolId }) => vvolId)));
  const unknown = [...found.keys()].filter((vvolId) => !known.has(vvolId));
  const unanswered = workers.reduce((sum, each) => sum + each.unanswered, 0);
  if (unknown.length > unanswered)
    work.finding(`${unknown.length} volumes that nobody knows, of ${unanswered} unanswered calls`);
  for (const vvolId of unknown) {
    await calls.remove(client, vvolId);
    work.ended.add(vvolId);
  }
  for (const worker of workers) worker.unanswered = 0;
}

async function settleKnown(
  work: Work,
  worker: Worker,
  { volume, mark }: { readonly volume: Known; readonly mark: string | undefined },
): Promise<void> {
  if (mark === undefined) {
    if (volume.exists === true) work.finding(`${volume.vvolId} was acknowledged, and is missing`);
    work.ended.add(volume.vvolId);
    worker.own.splice(worker.own.indexOf(volume), 1);
    return;
  }
  if (volume.mark !== undefined && volume.mark !== mark)
    work.finding(`${volume.vvolId} has the mark ${mark}, and had ${volume.mark} acknowledged`);
  volume.exists = true;
  volume.mark = mark;
  if (volume.binding === undefined) return;
  const handle = await calls.bind(worker.client, volume.vvolId);
  if (volume.binding !== 'open' && volume.binding.text !== handle.text)
    work.finding(`${volume.vvolId} was bound as ${volume.binding.text}, and is ${handle.text}`);
  volume.binding = handle;
}
