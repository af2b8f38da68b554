/** Writes events and users without end and says how far it has come; made to be killed. */
import { systemClock } from '../../../src/model/clock.ts';
import type { ArrayId } from '../../../src/model/ids.ts';
import { epochMs } from '../../../src/model/units.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';

const dir = process.argv[2];
if (dir === undefined) throw new Error('usage: writer.ts FOLDER');
const store = openSqliteStore({ dir, clock: systemClock });
for (let at = await store.numberedUpTo(); ; ) {
  const sequence = at + 1n;
  await store.saveUser({
    userName: `user-${sequence}`,
    passwordHash: 'x',
    createdAt: epochMs(1),
    changedAt: epochMs(1),
  });
  at = await store.appendChanges(at, [
    {
      sequence,
      at: epochMs(1),
      arrayId: 'a' as ArrayId,
      kind: 'new',
      entity: 'VirtualVolumeInfo',
      entityId: `volume-${sequence}`,
      containerId: undefined,
      hostId: undefined,
      vvolIds: [],
    },
  ]);
  process.stdout.write(`${at}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
