/** Every mutant there is, by what it breaks. */
import { ANSWER_MUTANTS } from './answers.ts';
import { BINDING_MUTANTS } from './binding.ts';
import { BITMAP_MUTANTS, CLONE_MUTANTS } from './clones.ts';
import { DISCOVERY_MUTANTS } from './discovery.ts';
import { EVENT_MUTANTS } from './events.ts';
import { INVENTORY_MUTANTS } from './inventory.ts';
import { LEGACY_MUTANTS } from './legacy.ts';
import { METADATA_MUTANTS } from './metadata.ts';
import type { Mutant } from './mutant.ts';
import { POLICY_MUTANTS } from './policies.ts';
import { REGISTRATION_MUTANTS } from './registration.ts';
import { RESTART_MUTANTS } from './restart.ts';
import { SESSION_MUTANTS } from './sessions.ts';
import { SNAPSHOT_MUTANTS } from './snapshots.ts';
import { STORAGE_MUTANTS } from './storage.ts';
import { TASK_MUTANTS } from './tasks.ts';
import { VOLUME_MUTANTS } from './volumes.ts';
import { HOSTILE_MUTANTS, LOAD_MUTANTS, WORKFLOW_MUTANTS } from './workflows.ts';

export const MUTANTS: readonly Mutant[] = [
  ...ANSWER_MUTANTS,
  ...DISCOVERY_MUTANTS,
  ...REGISTRATION_MUTANTS,
  ...SESSION_MUTANTS,
  ...INVENTORY_MUTANTS,
  ...VOLUME_MUTANTS,
  ...BINDING_MUTANTS,
  ...SNAPSHOT_MUTANTS,
  ...CLONE_MUTANTS,
  ...BITMAP_MUTANTS,
  ...METADATA_MUTANTS,
  ...POLICY_MUTANTS,
  ...EVENT_MUTANTS,
  ...TASK_MUTANTS,
  ...STORAGE_MUTANTS,
  ...LEGACY_MUTANTS,
  ...WORKFLOW_MUTANTS,
  ...LOAD_MUTANTS,
  ...HOSTILE_MUTANTS,
  ...RESTART_MUTANTS,
];
