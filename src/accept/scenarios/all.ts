/** Every scenario there is, in no order: `inOrder` puts them into that of their chapters. */
import type { Scenario } from '../scenario.ts';
import { BINDING_SCENARIOS } from './binding.ts';
import { CERTIFICATE_SCENARIOS } from './certificates.ts';
import { BITMAP_SCENARIOS, CLONE_SCENARIOS } from './clones.ts';
import { COMPLIANCE_SCENARIOS } from './compliance.ts';
import { DISCOVERY_SCENARIOS } from './discovery.ts';
import { EVENT_SCENARIOS } from './events.ts';
import { HOSTILE_SCENARIOS } from './hostile.ts';
import { INVENTORY_SCENARIOS } from './inventory.ts';
import { LEGACY_SCENARIOS } from './legacy.ts';
import { LOAD_SCENARIOS } from './load.ts';
import { METADATA_SCENARIOS } from './metadata.ts';
import { POLICY_SCENARIOS } from './policies.ts';
import { COPY_REFUSALS } from './refusals-of-copies.ts';
import { DISCOVERY_REFUSALS } from './refusals-of-discovery.ts';
import { OTHER_REFUSALS } from './refusals-of-others.ts';
import { VOLUME_REFUSALS } from './refusals-of-volumes.ts';
import { REGISTRATION_SCENARIOS } from './registration.ts';
import { RESTART_SCENARIOS } from './restart.ts';
import { SESSION_SCENARIOS } from './sessions.ts';
import { SNAPSHOT_SCENARIOS } from './snapshots.ts';
import { STATISTICS_SCENARIOS } from './statistics.ts';
import { STORAGE_SCENARIOS } from './storage.ts';
import { TASK_SCENARIOS } from './tasks.ts';
import { VOLUME_SCENARIOS } from './volumes.ts';
import { RUN_CLOSES, RUN_OPENS } from './whole-run.ts';
import { WORKFLOW_SCENARIOS } from './workflows.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...DISCOVERY_SCENARIOS,
  RUN_OPENS,
  RUN_CLOSES,
  ...REGISTRATION_SCENARIOS,
  ...CERTIFICATE_SCENARIOS,
  ...VOLUME_SCENARIOS,
  ...BINDING_SCENARIOS,
  ...SNAPSHOT_SCENARIOS,
  ...CLONE_SCENARIOS,
  ...BITMAP_SCENARIOS,
  ...INVENTORY_SCENARIOS,
  ...METADATA_SCENARIOS,
  ...SESSION_SCENARIOS,
  ...TASK_SCENARIOS,
  ...EVENT_SCENARIOS,
  ...STATISTICS_SCENARIOS,
  ...STORAGE_SCENARIOS,
  ...POLICY_SCENARIOS,
  ...COMPLIANCE_SCENARIOS,
  ...LEGACY_SCENARIOS,
  ...WORKFLOW_SCENARIOS,
  ...LOAD_SCENARIOS,
  ...VOLUME_REFUSALS,
  ...OTHER_REFUSALS,
  ...COPY_REFUSALS,
  ...DISCOVERY_REFUSALS,
  ...HOSTILE_SCENARIOS,
  ...RESTART_SCENARIOS,
];
