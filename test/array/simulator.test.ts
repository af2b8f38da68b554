/** The simulated array is an array. */
import { openSimulator, type ServedSimulator } from '../../simulator/index.ts';
import { PRESETS } from '../../simulator/presets.ts';
import type { OpenArray } from '../../src/array/opening.ts';
import { arrayContract } from './contract.ts';

let latest: ServedSimulator;
const openArray: OpenArray = async (environment) => {
  latest = await openSimulator(environment);
  return latest.port;
};

arrayContract('the simulated array', openArray, {}, () => latest.dataPath);

const [array] = PRESETS.small.arrays;
arrayContract(
  'with few snapshots and jobs that take time',
  openArray,
  {
    inventory: { arrays: [{ ...array, bindingsPerHost: 8, snapshotsPerVolume: 3 }] },
    pacing: {
      cloneVolume: { milliseconds: 60 },
      copyDiffs: { polls: 2 },
      createVolume: { polls: 1 },
      fastCloneVolume: { polls: 3 },
      prepareSnapshot: { milliseconds: 20 },
      resizeVolume: { polls: 1 },
      revertVolume: { milliseconds: 30 },
    },
  },
  () => latest.dataPath,
);
