/** The simulated array is an array. */
import { openArray } from '../../simulator/index.ts';
import { arrayContract } from './contract.ts';

arrayContract('the simulated array', openArray);
