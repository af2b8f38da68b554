/** Goal: the array is what the configuration names; what cannot be loaded or opened is said in one line. */
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/model/clock.ts';
import { loadArray } from '../../src/run/load-array.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'keelson-array-'));
}

function adapterOf(text: string): string {
  const file = join(folder(), 'adapter.mjs');
  writeFileSync(file, text);
  return file;
}

const load = (module: string, place = folder(), options = {}) =>
  loadArray({ module, options }, place, systemClock);

describe('the array adapter', () => {
  it('by default is the simulated array, in a folder of its own that nobody else may enter', async () => {
    const place = folder();
    const array = await load('simulator', place);
    expect((await array.arrays()).length).toBeGreaterThan(0);
    expect(statSync(join(place, 'array')).mode & 0o777).toBe(0o700);
    expect(existsSync(join(place, 'array/array.db'))).toBe(true);
    await array.close();
  });

  it('may be any module by its path, and is handed folder, clock and options', async () => {
    const module = adapterOf('export const openArray = async (environment) => ({ environment });');
    const place = folder();
    const array = await load(module, place, { rack: 7 });
    expect(array).toEqual({
      environment: {
        dataDirectory: join(place, 'array'),
        clock: systemClock,
        options: { rack: 7 },
        reach: expect.any(Function),
      },
    });
  });

  it.each([
    [() => '/nowhere/adapter.js', /array\.module \/nowhere\/adapter\.js cannot be loaded/],
    [() => 'no-such-package-at-all', /cannot be loaded/],
    [() => adapterOf('export const openArray = 3;'), /exports no function openArray/],
    [() => adapterOf('throw new Error("at import");'), /cannot be loaded: at import/],
    [
      () => adapterOf('export const openArray = async () => { throw new Error("no licence"); };'),
      /cannot be opened: no licence/,
    ],
  ])('%s is refused in one line', async (module, message) => {
    await expect(load(module())).rejects.toThrow(message);
  });
});
