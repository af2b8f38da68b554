/** Every scenario there is, in no order: `inOrder` puts them into that of their chapters. */
import type { Scenario } from '../scenario.ts';
import { VOLUME_SCENARIOS } from './volumes.ts';

export const SCENARIOS: readonly Scenario[] = [...VOLUME_SCENARIOS];
