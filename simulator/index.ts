/**
 * The simulated array's whole public face: the provider loads this module by the name in its
 * configuration. A vendor replaces the folder (README.md here; docs/array-port.md).
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayEnvironment, OpenArray } from '../src/array/port.ts';
import { openContent } from './content/content.ts';
import { openDatabase } from './open.ts';
import { parseOptions } from './options.ts';
import { type Simulator, simulate } from './simulator.ts';

/**
 * Opens the simulated array in `dataDirectory` (array.db, content.data), made when absent. Rejects with an
 * ArrayError for the operator: options that are unknown or do not fit the files, a folder that another
 * process holds, files that are damaged or of a newer release.
 */
export const openArray: OpenArray = async (environment) => (await openSimulator(environment)).port;

/** The same, with what the operator of the array can do beside the port. */
export async function openSimulator(environment: ArrayEnvironment): Promise<Simulator> {
  const { dataDirectory, clock } = environment;
  const options = parseOptions(environment.options);
  const db = openDatabase(dataDirectory);
  try {
    return simulate({ db, content: openContent(db, dataDirectory), clock, options });
  } catch (error) {
    db.close();
    if (error instanceof ArrayError) throw error;
    throw new ArrayError('failed', `the array in ${dataDirectory} cannot be opened`, error);
  }
}
