/**
 * The simulated array's whole public face: the provider loads this module by the name in its
 * configuration. A vendor replaces the folder (README.md here; docs/array-port.md).
 */
import { ArrayError } from '../src/array/errors.ts';
import type { OpenArray } from '../src/array/port.ts';
import { openDatabase } from './open.ts';
import { parseOptions } from './options.ts';
import { simulate } from './simulator.ts';

/**
 * Opens the simulated array in `dataDirectory/array.db`, made when absent. Rejects with an ArrayError
 * for the operator: options that are unknown or do not fit the file, a folder that another process
 * holds, a file that is damaged or of a newer release.
 */
export const openArray: OpenArray = async ({ dataDirectory, clock, options }) => {
  const parsed = parseOptions(options);
  const db = openDatabase(dataDirectory);
  try {
    return simulate(db, clock, parsed);
  } catch (error) {
    db.close();
    if (error instanceof ArrayError) throw error;
    throw new ArrayError('failed', `the array in ${dataDirectory} cannot be opened`, error);
  }
};
