/** Every mutant there is, in the order of the chapters that catch them. */
import { BINDING_MUTANTS } from './binding.ts';
import type { Mutant } from './mutant.ts';
import { VOLUME_MUTANTS } from './volumes.ts';

export const MUTANTS: readonly Mutant[] = [...VOLUME_MUTANTS, ...BINDING_MUTANTS];
