/**
 * SIGKILL before every step on disk of loading and of saving a state, in a process of its own: afterwards
 * the array is wholly the old one or wholly the one of the state, and a state is wholly there or not at all.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ServedSimulator } from '../../simulator/index.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { bind, create, newFolder, openWhole } from './world.ts';

const CHILD = fileURLToPath(new URL('./crash-states-child.ts', import.meta.url));
const HOST = 'host-1' as HostId;
/** More than there are; so many that a loop without an end is seen. */
const STEPS_MAX = 100;

type Picture = readonly (string | undefined)[];

/** What each of the volumes holds; undefined: it is not there. */
async function pictureOf(
  { port, dataPath }: ServedSimulator,
  ids: readonly VvolId[],
): Promise<Picture> {
  const there = (await port.volumes(ids)).map(({ vvolId }) => vvolId);
  return Promise.all(
    ids.map(async (vvolId) => {
      if (!there.includes(vvolId)) return undefined;
      return (await dataPath.read({ hostId: HOST, vvolId }, 70_000, 5)).toString();
    }),
  );
}

/** An array that has gone on since its state `first` was saved. */
async function prepared() {
  const folder = newFolder();
  const whole = await openWhole(folder);
  const { port, dataPath, administration } = whole;
  const write = (vvolId: VvolId, what: string) =>
    dataPath.write({ hostId: HOST, vvolId }, 70_000, Buffer.from(what));
  const volume = async (what: string) => {
    const vvolId = await create(port, 1n);
    await bind(port, vvolId, HOST);
    await write(vvolId, what);
    return vvolId;
  };
  const [kept, gone] = [await volume('early'), await volume('ended')];
  await administration.saveState('first');
  await write(kept, 'later');
  await port.unbindFromAllHosts(gone);
  await port.deleteVolume(gone);
  const ids = [kept, gone, await volume('newer')];
  await port.close();
  return { folder, ids };
}

/** True: the child came to its end. */
async function runChild(folder: string, order: string, step: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, order, String(step)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, exit] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (output !== 'done\n') expect(exit).toEqual([null, 'SIGKILL']);
  return output === 'done\n';
}

const FIRST: Picture = ['early', 'ended', undefined];
const PRESENT: Picture = ['later', undefined, 'newer'];

it.each([
  ['load', [PRESENT, FIRST], [['first']]],
  ['save', [PRESENT], [['first'], ['first', 'second']]],
] as const)(
  '%s, killed at each step, is done wholly or not at all',
  async (order, pictures, lists) => {
    const start = await prepared();
    const seen = new Set<string>();
    let isEnded = false;
    for (let step = 1; !isEnded && step < STEPS_MAX; step += 1) {
      const folder = newFolder();
      cpSync(start.folder, folder, { recursive: true });
      isEnded = await runChild(folder, order, step);
      const whole = await openWhole(folder);
      const { administration, check, port } = whole;
      const picture = await pictureOf(whole, start.ids);
      expect(pictures, `step ${step}`).toContainEqual(picture);
      const states = (await administration.listStates()).map(({ name }) => name);
      expect(lists, `step ${step}`).toContainEqual(states);
      if (isEnded) expect([picture, states]).toEqual([pictures.at(-1), lists.at(-1)]);
      seen.add(JSON.stringify([picture, states]));
      expect(check()).toEqual([]);
      if (states.includes('second')) {
        await administration.loadState('second');
        expect(await pictureOf(whole, start.ids)).toEqual(PRESENT);
        expect(check()).toEqual([]);
      }
      await port.close();
      expect(readdirSync(folder).sort()).toEqual(['array.db', 'content.data', 'states']);
      expect(readdirSync(join(folder, 'states')).sort()).toEqual(states);
    }
    expect(isEnded).toBe(true);
    // Some kills came before the point of no return, some behind it.
    expect(seen.size).toBe(2);
  },
  300_000,
);
