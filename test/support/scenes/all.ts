/** All scenes: the incidents that `keelson log` must explain, in the order of the handbook. */
import { CLOCK_SKEW } from './clock-skew.ts';
import { CORRUPTED_REQUEST } from './corrupted-request.ts';
import { EXPIRED_CERTIFICATE } from './expired-certificate.ts';
import { FAILED_SNAPSHOT } from './failed-snapshot.ts';
import { LOST_ENDPOINT } from './lost-endpoint.ts';
import { OUT_OF_SPACE } from './out-of-space.ts';
import { REVOKED_HOST } from './revoked-host.ts';
import type { Scene } from './scene.ts';
import { SET_CONTEXT_STORM } from './set-context-storm.ts';
import { STALE_BINDING } from './stale-binding.ts';
import { TWO_VCENTERS } from './two-vcenters.ts';

export const INCIDENTS: readonly Scene[] = [
  EXPIRED_CERTIFICATE,
  REVOKED_HOST,
  SET_CONTEXT_STORM,
  STALE_BINDING,
  OUT_OF_SPACE,
  LOST_ENDPOINT,
  TWO_VCENTERS,
  CLOCK_SKEW,
  CORRUPTED_REQUEST,
  FAILED_SNAPSHOT,
];
