/** An array in another process, or so it seems, is an array. */
import { join } from 'node:path';
import { dataPathOf } from '../../../docs/examples/memory-array/data-path.ts';
import { openOn } from '../../../docs/examples/memory-array/index.ts';
import { newMemory } from '../../../docs/examples/memory-array/memory.ts';
import { openSimulator, type ServedSimulator } from '../../../simulator/index.ts';
import type { OpenArray, OpenedArray } from '../../../src/array/opening.ts';
import { openArray as openRemote } from '../../../src/array/remote/index.ts';
import { serveArray } from '../../../src/array/remote/server.ts';
import { arrayContract } from '../contract.ts';

/** Serves what `open` opens on a socket of its own and gives what a provider has of it. */
function served(open: OpenArray): OpenArray {
  return async (environment) => {
    const array: OpenedArray = await open(environment);
    const socket = join(environment.dataDirectory, 'array.sock');
    const failures: unknown[] = [];
    const server = await serveArray({
      array,
      socket,
      failed: (failure) => void failures.push(failure),
    });
    const remote = await openRemote({ ...environment, options: { socket } });
    return {
      ...remote,
      close: async () => {
        await remote.close();
        await server.close();
        await array.close();
        if (failures.length > 0) throw new Error('the server had failures', { cause: failures });
      },
    };
  };
}

let latest: ServedSimulator;
arrayContract(
  'the simulated array of another process',
  served(async (environment) => {
    latest = await openSimulator(environment);
    return latest.port;
  }),
  {},
  () => latest.dataPath,
);

const memory = newMemory();
arrayContract('the example array of another process', served(openOn(memory)), {}, () =>
  dataPathOf(memory),
);
