/**
 * Loads the array adapter that the configuration names and opens its array: the only place where the
 * product meets what stands behind the array port.
 */
import { extname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CrashPoint } from '../array/crash-points.ts';
import type { OpenArray, OpenedArray } from '../array/port.ts';
import { StartError } from '../cli/exit.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../model/clock.ts';
import { makeFolder } from './folders.ts';

/** URL or package name to import: the shipped simulator, a path as the operator typed it, or a package. */
function specifierOf(name: string): string {
  if (name === 'simulator') {
    // Beside this file's folder, built or not.
    const file = `../../simulator/index${extname(import.meta.filename)}`;
    return new URL(file, import.meta.url).href;
  }
  if (name.startsWith('.') || isAbsolute(name)) return pathToFileURL(resolve(name)).href;
  return name;
}

async function importAdapter(name: string): Promise<OpenArray> {
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
  return exported.openArray as OpenArray;
}

/** Opens the array, its folder inside the data folder made. Rejects with one line for the operator. */
export async function loadArray(
  config: Config['array'],
  dataDirectory: string,
  clock: Clock,
  reach: (point: CrashPoint) => void = () => undefined,
): Promise<OpenedArray> {
  const openArray = await importAdapter(config.module);
  const folder = join(dataDirectory, 'array');
  makeFolder(folder, 0o700);
  try {
    return await openArray({ dataDirectory: folder, clock, options: config.options, reach });
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
