/** The simulated array is an array. */
import { openArray } from '../../simulator/index.ts';
import { PRESETS } from '../../simulator/presets.ts';
import { arrayContract } from './contract.ts';

arrayContract('the simulated array', openArray);

const [array] = PRESETS.small.arrays;
arrayContract('with few snapshots and jobs that take time', openArray, {
  inventory: { arrays: [{ ...array, snapshotsPerVolume: 3 }] },
  pacing: {
    cloneVolume: { milliseconds: 60 },
    copyDiffs: { polls: 2 },
    createVolume: { polls: 1 },
    fastCloneVolume: { polls: 3 },
    prepareSnapshot: { milliseconds: 20 },
    resizeVolume: { polls: 1 },
    revertVolume: { milliseconds: 30 },
  },
});
