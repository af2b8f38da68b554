/** The array answers its provider no more: nothing can be changed, and an alarm stands. */
import { aHost } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

export const SILENT_ARRAY: Scene = {
  id: 'silent-array',
  title: 'The provider cannot reach its array',
  async play({ world, provider, poll }) {
    const host = aHost(world);
    await poll(1);
    const { administration, parts } = provider();
    const message = 'the management of the array does not answer';
    const rule = { id: 'cut', on: ['arrays'], error: 'failed', message };
    await administration.faults.add(rule);
    // What fails once may be a hiccup.
    for (let turn = 0; turn < 2; turn += 1) await parts.alarms.look();
    await host.faultOf('queryArrays', { arrayUniqueId: [] });
    await administration.faults.remove(rule.id);
    await parts.alarms.look();
    await poll(1);
    return {};
  },
};
