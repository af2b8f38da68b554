/**
 * Goal: an order about the array reaches the adapter with its arguments and brings the answer back; wrong
 * arguments and refusals reach the operator in words, failures of the array reach the log as well.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { adminClient } from '../../src/admin/client.ts';
import { AdminError, type RunningAdministration } from '../../src/admin/port.ts';
import { openAdminServer } from '../../src/admin/server.ts';
import { newSocketPath } from '../../src/admin/socket.ts';
import type { ArrayAdministration } from '../../src/array/administration.ts';
import { ArrayError } from '../../src/array/errors.ts';
import { arrayAdministration } from '../../src/run/array-administration.ts';

const ORDERS: readonly (readonly [keyof ArrayAdministration, ...unknown[]])[] = [
  ['show'],
  ['reset'],
  ['saveState', 'before'],
  ['loadState', 'before'],
  ['listStates'],
  ['removeState', 'a b/ü'],
  ['exportTo', '/tmp/x'],
  ['importFrom', '/tmp/x'],
  ['check'],
  ['repair'],
  ['setEndpointOnline', 'StorageArray:1:ProtocolEndpoint:1', false],
  ['setPace', 'cloneVolume', { milliseconds: 5 }],
  ['setPace', 'cloneVolume', { polls: 5 }],
  ['setPace', 'cloneVolume', 'instant'],
];
const SILENT: readonly string[] = ['reset', 'removeState', 'setEndpointOnline', 'setPace'];

/** An adapter whose every order does this. */
function adapter(does: (name: string, given: unknown[]) => unknown): ArrayAdministration {
  const names = [...new Set(ORDERS.map(([name]) => name))];
  const entries = names.map((name) => [
    name,
    async (...given: unknown[]) => does(name, given) ?? undefined,
  ]);
  return Object.fromEntries(entries);
}

async function reach(offered: ArrayAdministration | undefined) {
  const failures: unknown[] = [];
  const path = newSocketPath(mkdtempSync(join(tmpdir(), 'keelson-admin-')));
  // Only the array's orders are asked for here.
  const administration = {
    array: arrayAdministration(offered, 'my-adapter'),
  } as RunningAdministration;
  const server = await openAdminServer(path, administration, (error) => failures.push(error));
  onTestFinished(() => server.close());
  const { array } = adminClient(path);
  const order = (name: keyof ArrayAdministration, given: readonly unknown[]): Promise<unknown> =>
    Reflect.apply(array[name], array, given);
  return { order, array, failures };
}

it('every order arrives with its arguments and brings its answer back', async () => {
  const { order } = await reach(adapter((name, given) => ({ name, given })));
  for (const [name, ...given] of ORDERS) {
    const expected = SILENT.includes(name) ? undefined : { name, given };
    expect(await order(name, given)).toEqual(expected);
  }
});

it('an adapter without orders says so to each', async () => {
  const { order, failures } = await reach(undefined);
  for (const [name, ...given] of ORDERS) {
    await expect(order(name, given)).rejects.toThrow('adapter my-adapter offers no orders');
  }
  expect(failures).toEqual([]);
});

it('a refusal of the array is told to the operator, its illness to the log as well', async () => {
  const refusing = await reach(
    adapter(() => {
      throw new ArrayError('notFound', 'there is no state x');
    }),
  );
  await expect(refusing.array.loadState('x')).rejects.toThrow(
    new AdminError('there is no state x'),
  );
  expect(refusing.failures).toEqual([]);
  const ill = await reach(
    adapter(() => {
      throw new ArrayError('failed', 'the disk is gone');
    }),
  );
  await expect(ill.array.reset()).rejects.toThrow('the disk is gone');
  expect(ill.failures).toHaveLength(1);
});

it('arguments that make no sense reach no adapter', async () => {
  let reached = 0;
  const { array } = await reach(
    adapter(() => {
      reached += 1;
    }),
  );
  await expect(array.saveState('')).rejects.toThrow('name: ');
  await expect(array.setPace('cloneVolume', { polls: 0 })).rejects.toThrow('pace');
  await expect(array.setPace('cloneVolume', { milliseconds: 1e15 })).rejects.toThrow('pace');
  expect(reached).toBe(0);
});
