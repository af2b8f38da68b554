/** The example of docs/examples is an array. */

import { openOn } from '../../docs/examples/memory-array/index.ts';
import { newMemory } from '../../docs/examples/memory-array/memory.ts';
import { arrayContract } from './contract.ts';

arrayContract('the example array in memory', openOn(newMemory()));
