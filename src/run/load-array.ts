/**
 * Loads the array adapter that the configuration names and opens its array: the only place where the
 * product meets what stands behind the array port.
 */
import { existsSync } from 'node:fs';
import { extname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RepairReport } from '../array/administration.ts';
import type { CrashPoint } from '../array/crash-points.ts';
import type { InspectArray, OpenArray, OpenedArray } from '../array/opening.ts';
import type { Config } from '../config/schema.ts';
import { type Clock, systemClock } from '../model/clock.ts';
import { makeFolder } from './folders.ts';
import { StartError } from './start-error.ts';

/** Adapters that come with the product, by the name in the configuration. */
const SHIPPED: Readonly<Record<string, string>> = {
  remote: '../array/remote/index',
  simulator: '../../simulator/index',
};

/** URL or package name to import: a shipped adapter, a path as the operator typed it, or a package. */
function specifierOf(name: string): string {
  const shipped = Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : undefined;
  if (shipped !== undefined) {
    // Beside this file's folder, built or not.
    return new URL(`${shipped}${extname(import.meta.filename)}`, import.meta.url).href;
  }
  if (name.startsWith('.') || isAbsolute(name)) return pathToFileURL(resolve(name)).href;
  return name;
}

interface Adapter {
  readonly openArray: OpenArray;
  readonly inspectArray?: InspectArray;
}

async function importAdapter(name: string): Promise<Adapter> {
  let module: unknown;
  try {
    module = await import(specifierOf(name));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError('array', `array.module ${name} cannot be loaded: ${why}`, error);
  }
  const exported = module as { readonly openArray?: unknown };
  if (typeof exported.openArray !== 'function') {
    throw new StartError('array', `array.module ${name} exports no function openArray`);
  }
  // Its shape cannot be checked at run time; docs/array-port.md is the contract.
  return exported as Adapter;
}

/** Opens the array, its folder inside the data folder made. Rejects with one line for the operator. */
export async function loadArray(
  config: Config['array'],
  dataDirectory: string,
  clock: Clock,
  reach: (point: CrashPoint) => void = () => undefined,
): Promise<OpenedArray> {
  const { openArray } = await importAdapter(config.module);
  const folder = join(dataDirectory, 'array');
  makeFolder(folder, 0o700);
  return explained(() =>
    openArray({ dataDirectory: folder, clock, options: config.options, reach }),
  );
}

/**
 * Checks, or mends, the array in the data folder while no provider runs on it; the caller holds the
 * folder's lock. Rejects as `loadArray` does, and when there is no array or its adapter cannot do it.
 */
export async function inspectStoppedArray(
  config: Config['array'],
  dataDirectory: string,
  wish: { readonly repair: boolean },
): Promise<RepairReport> {
  const { inspectArray } = await importAdapter(config.module);
  if (inspectArray === undefined) {
    const why = `the array adapter ${config.module} can check its array only while a provider runs`;
    throw new StartError('refused', why);
  }
  const folder = join(dataDirectory, 'array');
  if (!existsSync(folder)) throw new StartError('refused', `there is no array in ${dataDirectory}`);
  const environment = { dataDirectory: folder, clock: systemClock, options: config.options };
  return explained(() => inspectArray(environment, wish));
}

/** What goes wrong inside the adapter, as one line for the operator. */
async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const chain = errorsBehind(error);
    if (chain.length === 0) throw error;
    const text = chain.map(({ message }) => message).join(': ');
    const exit = chain.some(isFullDisk) ? 'diskFull' : 'array';
    throw new StartError(exit, `the array cannot be opened: ${text}`, error);
  }
}

/** The error and its causes, outermost first. */
function errorsBehind(thrown: unknown): readonly Error[] {
  return thrown instanceof Error ? [thrown, ...errorsBehind(thrown.cause)] : [];
}

function isFullDisk(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(code);
}
