/**
 * A provider with a story, for those who look at it: machines that run, disks with snapshots and clones, a host that
 * has died, a task under way, a pool that is ill, a fault on purpose. Everything is made over VASA by a vCenter and
 * its hosts, or ordered by the operator, as in real life.
 */
import type { VasaClient } from '../../src/accept/client/client.ts';
import { prepare } from '../../src/accept/scenarios/snapshots.ts';
import { bindAll, makeMachine, powerOn } from '../../src/accept/world/machine.ts';
import { madeBy } from '../../src/accept/world/tasks.ts';
import { makeVolume, named, type World } from '../../src/accept/world/world.ts';
import type { RunningAdministration } from '../../src/admin/port.ts';
import type { SceneSettings, Stage } from './scenes/stage.ts';

const MINUTE_MS = 60_000;
/** Less than a session lives without a call. */
const STEP_MINUTES = 4;
const TB = 1_048_576;

/** What the demo's provider is asked to be. */
export const DEMO: SceneSettings = {
  hosts: 3,
  config: { clock: { movable: true } },
  array: {
    inventory: {
      arrays: [
        {
          name: 'array-1',
          pools: [
            { name: 'flash-1', capacityMB: 100 * TB },
            { name: 'disk-1', capacityMB: 200 * TB, medium: 'spinning' },
          ],
          luns: [
            { name: 'lun-1', pool: 'flash-1', capacityMB: 60 * TB, usedMB: 41 * TB },
            { name: 'lun-2', pool: 'disk-1', capacityMB: 190 * TB, usedMB: 171 * TB },
          ],
          endpoints: { SCSI: 4, NFS: 2 },
          containers: [
            { name: 'gold', protocol: 'SCSI', pool: 'flash-1', quotaMB: 20 * TB },
            { name: 'silver', protocol: 'SCSI', pool: 'disk-1' },
            { name: 'files', protocol: 'NFS', pool: 'flash-1' },
          ],
        },
        {
          name: 'array-2',
          endpoints: { SCSI: 2 },
          containers: [{ name: 'archive', protocol: 'SCSI', capacityMB: 50 * TB }],
        },
      ],
    },
  },
};

/** What a test looks for. */
export interface DemoFacts {
  /** The disk with the tree. */
  readonly disk: string;
  /** Whose host died. */
  readonly staleHost: string;
  /** Of a container: what a fault rule of the demo is about. */
  readonly container: string;
}

/** Lets time go by; whoever is alive asks for events meanwhile, as clients do, and keeps its session. */
type Pass = (minutes: number) => Promise<void>;

/** Plays the story. */
export async function playDemo({ world, clock, provider }: Stage): Promise<DemoFacts> {
  const { administration } = provider();
  const [one, two, three] = world.hosts;
  const dead = world.site.hosts[2];
  const [gold] = world.inventory.containers;
  if (one === undefined || two === undefined || three === undefined || dead === undefined)
    throw new Error('the demo has three hosts');
  const alive = new Set([world.vcenter, one, two, three]);
  const pass: Pass = async (minutes) => {
    for (let left = minutes; left > 0; left -= STEP_MINUTES) {
      clock.moveBy(Math.min(left, STEP_MINUTES) * MINUTE_MS);
      for (const each of alive) await each.call('getEvents', {});
    }
  };
  const disk = await playMachines(world, { one, two }, pass);
  await bindAll(three, [await makeVolume(world, three, { name: 'db-1.vmdk', sizeInMB: 8_192n })]);
  three.close();
  alive.delete(three);
  await pass(60);
  const container = gold?.uniqueIdentifier ?? '';
  await playOperator(administration, { world, host: one, container });
  await administration.array.setPace('cloneVirtualVolume', { milliseconds: 20 * MINUTE_MS });
  await one.call('cloneVirtualVolume', { vvolId: disk, metadata: named('web-3.vmdk') });
  await pass(7);
  await provider().parts.alarms.look();
  return { disk, staleHost: dead.guid, container };
}

/** Two machines that run, and the family of one of their disks. Gives that disk. */
async function playMachines(
  world: World,
  { one, two }: { readonly one: VasaClient; readonly two: VasaClient },
  pass: Pass,
): Promise<string> {
  const web = await makeMachine(world, one, { name: 'web-1', disks: 2 });
  await powerOn(world, one, web);
  const mail = await makeMachine(world, two, { name: 'mail-1' });
  await powerOn(world, two, mail);
  const [disk = ''] = web.disks;
  const taken = async (vvolId: string, name: string): Promise<string> => {
    await pass(20);
    const id = await prepare(world, one, vvolId);
    const snapshotInfo = [{ vvolId: id, uniqueIdentifier: id, metadata: named(name) }];
    await one.call('snapshotVirtualVolume', { snapshotInfo, timeoutMS: 30_000n });
    return id;
  };
  const linked = async (vvolId: string, name: string): Promise<string> => {
    const request = { vvolId, metadata: named(name) };
    const { return: task } = await one.call('fastCloneVirtualVolume', request);
    return madeBy(one, task);
  };
  await taken(disk, 'before upgrade');
  const after = await taken(disk, 'after upgrade');
  await taken(await linked(after, 'web-test.vmdk'), 'trial');
  const request = { vvolId: disk, metadata: named('web-2.vmdk') };
  const { return: copying } = await one.call('cloneVirtualVolume', request);
  const golden = await taken(await madeBy(one, copying), 'golden');
  for (const number of [1, 2, 3]) await linked(golden, `desktop-000${number}.vmdk`);
  return disk;
}

/** What is out of the ordinary: an endpoint that is down, an ill pool, a fault on purpose, a host under the eye. */
async function playOperator(
  { array, faults, verboseOn }: RunningAdministration,
  { world, host, container }: { world: World; host: VasaClient; container: string },
): Promise<void> {
  const { arrays } = await array.show();
  const endpoint = arrays[0]?.endpoints.at(-1);
  const pool = arrays[0]?.pools.find(({ name }) => name === 'disk-1');
  if (endpoint !== undefined) await array.setEndpointOnline(endpoint.endpointId, false);
  if (pool !== undefined) await array.setHealth(pool.poolId, 'degraded');
  await verboseOn({ host: world.site.hosts[0]?.guid, seconds: 900 });
  await faults.add({ on: 'createVirtualVolume', noSpace: true, container, most: 3 });
  const wish = { containerId: container, vvolType: 'Data', sizeInMB: 64n, metadata: named('new') };
  await host.call('createVirtualVolume', wish).catch(() => undefined);
  await host.call('queryStorageContainer', { containerId: [container] });
}
