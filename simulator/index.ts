/**
 * The simulated array's whole public face: the provider loads this module by the name in its
 * configuration. A vendor replaces the folder (README.md here; docs/array-port.md).
 */
import type { ArrayAdministration } from '../src/array/administration.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayEnvironment, InspectArray, OpenArray } from '../src/array/opening.ts';
import { administrationOf, repairFiles, withFiles } from './administration.ts';
import { checkArray } from './check.ts';
import { openContent } from './content/content.ts';
import { boundExports, exportName } from './exports.ts';
import { LiveArray, type OpenedFiles } from './live.ts';
import type { NbdAddress, NbdPlace } from './nbd/address.ts';
import { listenNbd } from './nbd/server.ts';
import { openDatabase } from './open.ts';
import { type Options, parseOptions } from './options.ts';
import { finishReplacement } from './replacement.ts';
import { type Simulator, simulate } from './simulator.ts';

/**
 * Opens the simulated array in `dataDirectory` (array.db, content.data), made when absent. Rejects with an
 * ArrayError for the operator: options that are unknown or do not fit the files, a folder that another
 * process holds, files that are damaged or of a newer release.
 */
export const openArray: OpenArray = async (environment) => {
  const { port, administration } = await openSimulator(environment);
  return { ...port, administration };
};

/** The check, or the mending, of an array that nobody uses; starts nothing. */
export const inspectArray: InspectArray = async ({ dataDirectory }, wish) => {
  finishReplacement(dataDirectory);
  if (wish.repair) return repairFiles(dataDirectory);
  return { mended: [], left: withFiles(dataDirectory, checkArray) };
};

/** The port, with what the operator of the array can do beside it. */
export async function openSimulator(environment: ArrayEnvironment): Promise<ServedSimulator> {
  const { dataDirectory, clock } = environment;
  const options = parseOptions(environment.options);
  finishReplacement(dataDirectory);
  const live = new LiveArray(() => openFiles(environment, options));
  const administration = administrationOf({ live, directory: dataDirectory, clock, options });
  const simulator: Simulator = {
    port: live.port,
    dataPath: live.dataPath,
    setEndpointOnline: (id, online) => live.simulator.setEndpointOnline(id, online),
    tend: (work) => live.simulator.tend(work),
    watchUnbound: (listener) => live.watchUnbound(listener),
    setPace: (kind, pace) => live.setPace(kind, pace),
    holdBlocks: () => live.simulator.holdBlocks(),
    check: () => live.simulator.check(),
  };
  if (options.nbd === undefined) return { ...simulator, administration, nbd: undefined };
  return { ...(await serveData(simulator, options.nbd)), administration };
}

function openFiles(environment: ArrayEnvironment, options: Options): OpenedFiles {
  const { dataDirectory } = environment;
  const db = openDatabase(dataDirectory);
  try {
    const content = openContent(db, dataDirectory);
    return { db, simulator: simulate({ ...environment, db, content, options }) };
  } catch (error) {
    db.close();
    if (error instanceof ArrayError) throw error;
    throw new ArrayError('failed', `the array in ${dataDirectory} cannot be opened`, error);
  }
}

/** A simulated array, what its operator may do, and where its data is served. */
export interface ServedSimulator extends Simulator {
  readonly administration: ArrayAdministration;
  readonly nbd: NbdAddress | undefined;
}

/** Every binding is an export of NBD from its bind to its unbind. Errors: failed (the place is taken). */
async function serveData(
  simulator: Simulator,
  place: NbdPlace,
): Promise<Omit<ServedSimulator, 'administration'>> {
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
