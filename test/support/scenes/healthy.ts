/** A day on which all is well: a machine is made, runs, moves, is snapshotted, stops, and goes. */

import { snapshotOf } from '../../../src/accept/scenarios/snapshots.ts';
import {
  deleteMachine,
  makeMachine,
  powerOff,
  powerOn,
  vMotion,
} from '../../../src/accept/world/machine.ts';
import { twoHosts } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

export const HEALTHY: Scene = {
  id: 'healthy',
  title: 'Nothing is wrong',
  async play({ world, poll }) {
    const [one, other] = twoHosts(world);
    await poll(1);
    const machine = await makeMachine(world, one, { name: 'web', disks: 2 });
    const running = await powerOn(world, one, machine);
    await poll(1);
    const moved = await vMotion(world, { from: one, to: other }, machine, running);
    const [disk = ''] = machine.disks;
    const snapshot = await snapshotOf(world, other, disk);
    await poll(1);
    await other.call('deleteVirtualVolume', { vvolId: snapshot });
    await powerOff(other, moved);
    await deleteMachine(other, machine);
    await poll(1);
    return {};
  },
};
