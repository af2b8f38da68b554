/** The example of docs/examples is an array. */
import { dataPathOf } from '../../docs/examples/memory-array/data-path.ts';
import { openOn } from '../../docs/examples/memory-array/index.ts';
import { newMemory } from '../../docs/examples/memory-array/memory.ts';
import { arrayContract } from './contract.ts';

const memory = newMemory();
arrayContract('the example array in memory', openOn(memory), {}, () => dataPathOf(memory));
