/** Who serves the simulated array is no state of its storage: it stays when that is exchanged. */
import { expect, it } from 'vitest';
import { openSimulator } from '../../simulator/index.ts';
import { systemClock } from '../../src/model/clock.ts';
import { newFolder } from './world.ts';

const ONE = { providerId: 'one', url: 'https://one.example.com/vasa/version.xml' };
const TWO = { providerId: 'two', url: 'https://two.example.com/vasa/version.xml' };

it('the active provider and its term stay over the loading of a state and a reset', async () => {
  const dataDirectory = newFolder();
  const { port, administration } = await openSimulator({
    dataDirectory,
    clock: systemClock,
    options: {},
  });
  const [array] = await port.arrays();
  if (array === undefined) throw new Error('there is no array');
  const active = async () => (await port.activeProviders()).get(array.arrayId);
  await port.activate(array.arrayId, ONE);
  await administration.saveState('before');
  await port.activate(array.arrayId, TWO);
  const present = await active();
  expect(present).toEqual({ ...TWO, term: 2n });
  await administration.loadState('before');
  expect(await active()).toEqual(present);
  await administration.reset();
  expect(await active()).toEqual(present);
  await port.close();
});

it('a provider that is reached elsewhere from now on has taken nothing over', async () => {
  const { port } = await openSimulator({
    dataDirectory: newFolder(),
    clock: systemClock,
    options: {},
  });
  const [array] = await port.arrays();
  if (array === undefined) throw new Error('there is no array');
  await port.activate(array.arrayId, ONE);
  await port.activate(array.arrayId, { ...ONE, url: TWO.url });
  expect((await port.activeProviders()).get(array.arrayId)).toEqual({
    providerId: ONE.providerId,
    url: TWO.url,
    term: 1n,
  });
  await port.close();
});
