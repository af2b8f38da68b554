/** Whole workflows of virtual machines, as hosts call them. */
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import {
  bindAll,
  deleteMachine,
  existing,
  extend,
  type Machine,
  makeMachine,
  powerOff,
  powerOn,
  unbindAll,
  vMotion,
} from '../world/machine.ts';
import { madeBy, succeeded } from '../world/tasks.ts';
import { aHost, makeVolume, named, twoHosts, willGo } from '../world/world.ts';
import { prepare, take } from './snapshots.ts';

const all = ({ config, disks }: Machine) => [config, ...disks];

export const WORKFLOW_SCENARIOS: readonly Scenario[] = [
  {
    id: 'workflows.create-and-delete',
    chapter: 'workflows',
    sentence:
      'A virtual machine with two disks is made, found by its id, and deleted without a trace',
    proves: 'The most common thing that hosts do.',
    source: {
      text: 'configuration first, then disks; deleted in the other order',
      mark: 'inferred',
    },
    async run(world) {
      const host = aHost(world);
      const machine = await makeMachine(world, host, { name: 'first', disks: 2 });
      const { return: found } = await host.call('queryVirtualVolume', {
        searchConstraint: [{ key: 'VMW_VmID', value: `${machine.config}-vm` }],
      });
      expectSame([...found].sort(), all(machine).sort(), 'volumes of the machine');
      await deleteMachine(host, machine);
      expectSame(await existing(host, all(machine)), [], 'what is left of it');
    },
  },
  {
    id: 'workflows.power-on-and-off',
    chapter: 'workflows',
    sentence:
      'A machine is powered on, and off again twice; its swap is deleted right after it was let go',
    proves: 'No binding and no swap is left over by a day’s work.',
    source: { text: 'swap exists only while the machine is on', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const machine = await makeMachine(world, host, { name: 'switched', disks: 2 });
      for (let time = 0; time < 2; time += 1) {
        const running = await powerOn(world, host, machine);
        const fault = await host.faultOf('deleteVirtualVolume', { vvolId: machine.config });
        expectSame(fault.name, 'ResourceInUse', 'deleting it while it runs');
        await powerOff(host, running);
        expectSame(await existing(host, [running.swap]), [], 'its swap afterwards');
      }
      await deleteMachine(host, machine);
    },
  },
  {
    id: 'workflows.snapshot-with-memory',
    chapter: 'workflows',
    sentence:
      'A running machine’s disks are frozen together beside its memory, and it goes back to that state',
    proves: 'A snapshot with memory can be taken, reverted to, and deleted.',
    source: { text: 'memory first, prepare each disk, one call for all', mark: 'inferred' },
    async run(world) {
      const host = aHost(world);
      const machine = await makeMachine(world, host, { name: 'remembered', disks: 2 });
      const running = await powerOn(world, host, machine);
      const memory = await makeVolume(world, host, { vvolType: 'Memory', sizeInMB: 64n });
      const [image] = await bindAll(host, [memory]);
      const snapshots: string[] = [];
      for (const disk of machine.disks) snapshots.push(await prepare(world, host, disk));
      expectSame(await take(host, snapshots), [undefined, undefined], 'the snapshots');
      expectThat(image !== undefined, 'the memory is bound');
      await unbindAll(host, [image]);
      await powerOff(host, running);
      for (const [index, vvolId] of machine.disks.entries()) {
        const snapshotVvolId = snapshots[index] ?? '';
        const { return: task } = await host.call('revertVirtualVolume', { vvolId, snapshotVvolId });
        await succeeded(host, task);
      }
      await powerOff(host, await powerOn(world, host, machine));
      for (const vvolId of [...snapshots, memory])
        await host.call('deleteVirtualVolume', { vvolId });
      await deleteMachine(host, machine);
    },
  },
  {
    id: 'workflows.linked-clone',
    chapter: 'workflows',
    sentence: 'A machine is made of another’s snapshot, runs beside it, and can be deleted first',
    proves: 'Desktops made from one image.',
    source: {
      text: 'fast clones of a snapshot’s disks, a configuration of its own',
      mark: 'inferred',
    },
    async run(world) {
      const host = aHost(world);
      const parent = await makeMachine(world, host, { name: 'parent' });
      const [disk = ''] = parent.disks;
      const snapshotId = await prepare(world, host, disk);
      expectSame(await take(host, [snapshotId]), [undefined], 'the snapshot');
      const { config } = await makeMachine(world, host, { name: 'child', disks: 0 });
      const { return: task } = await host.call('fastCloneVirtualVolume', {
        vvolId: snapshotId,
        metadata: named('child.vmdk'),
      });
      const clone = await madeBy(host, task);
      willGo(world, host, clone);
      const child = { config, disks: [clone] };
      const both = [await powerOn(world, host, parent), await powerOn(world, host, child)];
      for (const running of both) await powerOff(host, running);
      await deleteMachine(host, child);
      await host.call('deleteVirtualVolume', { vvolId: snapshotId });
      await deleteMachine(host, parent);
    },
  },
  {
    id: 'workflows.vmotion',
    chapter: 'workflows',
    sentence:
      'A running machine moves to another host and back; each host lets go of its own, and the machine never stands still',
    proves: 'Live migration between hosts.',
    source: {
      text: 'the destination binds while the source holds; a new swap there',
      mark: 'inferred',
    },
    async run(world) {
      const [from, to] = twoHosts(world);
      const machine = await makeMachine(world, from, { name: 'traveller', disks: 2 });
      const start = await powerOn(world, from, machine);
      const there = await vMotion(world, { from, to }, machine, start);
      const fault = await from.faultOf('deleteVirtualVolume', { vvolId: machine.config });
      expectSame(fault.name, 'ResourceInUse', 'deleting it while it runs elsewhere');
      const back = await vMotion(world, { from: to, to: from }, machine, there);
      await powerOff(from, back);
      await deleteMachine(to, machine);
    },
  },
  {
    id: 'workflows.hot-extend',
    chapter: 'workflows',
    sentence: 'A disk of a running machine is extended, and binding tells its new size',
    proves: 'Disks grow while they are in use.',
    source: { text: 'growing is allowed while bound', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const machine = await makeMachine(world, host, { name: 'growing' });
      const running = await powerOn(world, host, machine);
      const [disk = ''] = machine.disks;
      await extend(host, disk, 96n);
      const bind = { vvolId: [disk], bindContext: 'Normal' };
      const { return: rows } = await host.call('bindVirtualVolume', bind);
      expectSame(rows[0]?.vvolLogicalSize, 96n, 'its size in MB');
      await powerOff(host, running);
    },
  },
  {
    id: 'workflows.host-comes-back',
    chapter: 'workflows',
    sentence:
      'After a host has died, another one starts its machine; the dead one’s bindings end when it comes back and says so',
    proves: 'High availability, and no bindings of before a crash.',
    source: {
      text: 'bindings stay; unbindAllVirtualVolumesFromHost clears them',
      mark: 'inferred',
    },
    async run(world) {
      const [dead, other] = twoHosts(world);
      const machine = await makeMachine(world, dead, { name: 'restarted' });
      const lost = await powerOn(world, dead, machine);
      const running = await powerOn(world, other, machine);
      await dead.call('unbindAllVirtualVolumesFromHost', {});
      await dead.call('deleteVirtualVolume', { vvolId: lost.swap });
      const fault = await dead.faultOf('deleteVirtualVolume', { vvolId: machine.config });
      expectSame(fault.name, 'ResourceInUse', 'the other host still holds it');
      await powerOff(other, running);
      await deleteMachine(other, machine);
    },
  },
  {
    id: 'workflows.full-clone-of-a-running-machine',
    chapter: 'workflows',
    sentence:
      'A running machine is copied by way of a snapshot, and the copy runs once the original is gone',
    proves: 'Cloning without an interruption.',
    source: { text: 'snapshot, clone the snapshot, delete the snapshot', mark: 'inferred' },
    async run(world) {
      const host = aHost(world);
      const original = await makeMachine(world, host, { name: 'original' });
      const running = await powerOn(world, host, original);
      const snapshotId = await prepare(world, host, original.disks[0] ?? '');
      expectSame(await take(host, [snapshotId]), [undefined], 'the snapshot');
      const metadata = named('copy.vmdk');
      const { return: task } = await host.call('cloneVirtualVolume', {
        vvolId: snapshotId,
        metadata,
      });
      const copy = await madeBy(host, task);
      willGo(world, host, copy);
      await host.call('deleteVirtualVolume', { vvolId: snapshotId });
      await powerOff(host, running);
      await deleteMachine(host, original);
      const { config } = await makeMachine(world, host, { name: 'copy', disks: 0 });
      await powerOff(host, await powerOn(world, host, { config, disks: [copy] }));
    },
  },
];
