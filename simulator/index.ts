/**
 * The simulated array's whole public face: the provider loads this module by the name in its
 * configuration. A vendor replaces the folder (README.md here; docs/array-port.md).
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayEnvironment, OpenArray } from '../src/array/port.ts';
import { openContent } from './content/content.ts';
import { boundExports, exportName } from './exports.ts';
import type { NbdAddress, NbdPlace } from './nbd/address.ts';
import { listenNbd } from './nbd/server.ts';
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
export async function openSimulator(environment: ArrayEnvironment): Promise<ServedSimulator> {
  const { dataDirectory, clock } = environment;
  const options = parseOptions(environment.options);
  const db = openDatabase(dataDirectory);
  try {
    const content = openContent(db, dataDirectory);
    const { reach } = environment;
    const simulator = simulate({ db, content, clock, options, reach });
    if (options.nbd === undefined) return { ...simulator, nbd: undefined };
    return await serveData(simulator, options.nbd);
  } catch (error) {
    db.close();
    if (error instanceof ArrayError) throw error;
    throw new ArrayError('failed', `the array in ${dataDirectory} cannot be opened`, error);
  }
}

/** A simulated array, and where its data is served. */
export interface ServedSimulator extends Simulator {
  readonly nbd: NbdAddress | undefined;
}

/** Every binding is an export of NBD from its bind to its unbind. Errors: failed (the place is taken). */
async function serveData(simulator: Simulator, place: NbdPlace): Promise<ServedSimulator> {
  const { port, dataPath } = simulator;
  try {
    const server = await listenNbd({ ...place, exports: boundExports(dataPath) });
    simulator.watchUnbound((unbound) => void server.withdraw(exportName(unbound)));
    const close = async () => {
      await server.close();
      await port.close();
    };
    return { ...simulator, port: { ...port, close }, nbd: server.address };
  } catch (error) {
    await port.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ArrayError('failed', `array.options.nbd: cannot listen: ${reason}`, error);
  }
}
