/** Takes back the volumes that a part has made and not deleted, whoever holds them. */

import { HOLE } from './client/messages.ts';
import type { Work } from './client/work.ts';
import { Meter } from './meter.ts';
import type { Stage } from './stage.ts';
import { forEach } from './together.ts';

const AT_ONCE = 8;

/** What cannot be deleted is a failure in `meter`. */
export async function clear(stage: Stage, work: Work, meter: Meter): Promise<void> {
  if (work.left.size === 0) return;
  const unseen = new Meter();
  const [actor] = await stage.actors(1);
  if (actor === undefined) return;
  const host = stage.host(actor, { connections: AT_ONCE });
  const release = stage.messages.template('unbindVirtualVolumeFromAllHost', { vvolId: [HOLE] });
  try {
    await host.open(unseen, stage.setContext(actor));
    await forEach([...work.left], AT_ONCE, async (vvolId) => {
      try {
        await work.remove(host, unseen, vvolId).catch(async () => {
          await host.call(unseen, release.fill(vvolId));
          await work.remove(host, unseen, vvolId);
        });
      } catch (error) {
        meter.failed(error);
      }
    });
  } catch (error) {
    meter.failed(error);
  } finally {
    host.close();
  }
}
