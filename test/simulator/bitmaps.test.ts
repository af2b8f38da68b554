/** Bitmaps of large volumes, as the array gives them while it does other things. */
import { expect, it } from 'vitest';
import type { HostId } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import { bind, create, MB, newFolder, oneContainer, openWhole, snapshot } from './world.ts';

const HOST = 'host-1' as HostId;

it('a bitmap of a large volume lets others have their turn, and has what was written before it', async () => {
  const sizeMB = 2_500n;
  const { port, dataPath } = await openWhole(newFolder(), oneContainer({ capacityMB: 6_000 }));
  const vvolId = await create(port, sizeMB);
  await bind(port, vvolId, HOST);
  const base = await snapshot(port, vvolId);
  for (let at = 0; at < sizeMB; at += 500) {
    await dataPath.zero({ hostId: HOST, vvolId }, at * Number(MB), 500 * Number(MB));
  }
  await dataPath.write({ hostId: HOST, vvolId }, Number((sizeMB - 1n) * MB), Buffer.from('x'));
  const range = { start: bytes(0n), length: bytes(sizeMB * MB), chunkSize: bytes(MB) };
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  const allocated = await port.allocatedChunks(vvolId, range);
  expect(turns).toBeGreaterThan(0);
  clearInterval(others);
  const full = Buffer.alloc(Math.ceil(Number(sizeMB) / 8), 0xff);
  full[full.length - 1] = 0xff >> (8 - Number(sizeMB % 8n));
  expect(full.equals(allocated)).toBe(true);
  // Zeros differ from nothing in no byte.
  const differing = await port.unsharedChunks(vvolId, base, range);
  const last = Number(sizeMB - 1n);
  expect(differing.findIndex((byte) => byte !== 0)).toBe(last >> 3);
  expect(differing[last >> 3]).toBe(1 << (last & 7));
});
