/** Every row of the matrix, with the file that it stands in. */
import type { Row } from './row.ts';
import { ACTIVATION } from './rows/activation.ts';
import { BINDINGS_AND_MOVES } from './rows/bindings.ts';
import { COPIES_AND_DIFFERENCES } from './rows/copies.ts';
import { DISCOVERY } from './rows/discovery.ts';
import { EVENTS } from './rows/events.ts';
import { INVENTORY_ROWS } from './rows/inventory.ts';
import { POLICIES } from './rows/policies.ts';
import { SNAPSHOTS } from './rows/snapshots.ts';
import { STATISTICS } from './rows/statistics.ts';
import { TASKS } from './rows/tasks.ts';
import { TRUST } from './rows/trust.ts';
import { VOLUMES } from './rows/volumes.ts';

/** File below test/matrix/rows/ to its rows. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'activation.ts': ACTIVATION,
  'bindings.ts': BINDINGS_AND_MOVES,
  'copies.ts': COPIES_AND_DIFFERENCES,
  'discovery.ts': DISCOVERY,
  'events.ts': EVENTS,
  'inventory.ts': INVENTORY_ROWS,
  'policies.ts': POLICIES,
  'snapshots.ts': SNAPSHOTS,
  'statistics.ts': STATISTICS,
  'tasks.ts': TASKS,
  'trust.ts': TRUST,
  'volumes.ts': VOLUMES,
};
