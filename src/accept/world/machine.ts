/** A virtual machine as a host makes one of virtual volumes: configuration, disks, swap. */
import type { VirtualVolumeHandle } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import { succeeded } from './tasks.ts';
import { makeVolume, type World } from './world.ts';

export interface Machine {
  readonly config: string;
  readonly disks: readonly string[];
}

/** Binds in one call; all must be bound. */
export async function bindAll(
  host: VasaClient,
  vvolId: readonly string[],
): Promise<readonly VirtualVolumeHandle[]> {
  const { return: rows } = await host.call('bindVirtualVolume', { vvolId, bindContext: 'Normal' });
  return rows.map(({ vvolHandle, fault, vvolId: id }) => {
    expectThat(vvolHandle !== undefined, `${id} is bound`, fault?.type);
    return vvolHandle;
  });
}

/** Unbinds in one call; all must be unbound. */
export async function unbindAll(
  host: VasaClient,
  vvolHandle: readonly VirtualVolumeHandle[],
): Promise<void> {
  const request = { vvolHandle, unbindContext: 'Normal' };
  const { return: rows } = await host.call('unbindVirtualVolume', request);
  const faults = rows.flatMap((each) => each.errorResult?.error[0]?.type ?? []);
  expectSame(faults, [], 'faults of unbinding');
}

/** Makes a machine: the configuration is bound while the disks are made, and let go afterwards. */
export async function makeMachine(
  world: World,
  host: VasaClient,
  { name, disks = 1 }: { readonly name: string; readonly disks?: number },
): Promise<Machine> {
  const config = await makeVolume(world, host, { vvolType: 'Config', sizeInMB: 4_096n, name });
  const handles = await bindAll(host, [config]);
  const made: string[] = [];
  for (let disk = 1; disk <= disks; disk += 1)
    made.push(await makeVolume(world, host, { sizeInMB: 32n, name: `${name}_${disk}.vmdk` }));
  const keyValuePair = [{ parameterName: 'VMW_VmID', parameterValue: `${config}-vm` }];
  for (const vvolId of [config, ...made])
    await host.call('updateVirtualVolumeMetaData', { vvolId, keyValuePair });
  await unbindAll(host, handles);
  return { config, disks: made };
}

/** A machine that runs: everything it needs is bound. */
export interface Running {
  readonly swap: string;
  readonly handles: readonly VirtualVolumeHandle[];
}

/** Powers on: configuration, then swap, then the disks. */
export async function powerOn(
  world: World,
  host: VasaClient,
  { config, disks }: Machine,
): Promise<Running> {
  const first = await bindAll(host, [config]);
  const swap = await makeVolume(world, host, { vvolType: 'Swap', sizeInMB: 64n, name: 'swap' });
  const others = await bindAll(host, [...disks, swap]);
  return { swap, handles: [...first, ...others] };
}

/** Powers off: everything is let go, and the swap is deleted right after. */
export async function powerOff(host: VasaClient, { swap, handles }: Running): Promise<void> {
  await unbindAll(host, handles);
  await host.call('deleteVirtualVolume', { vvolId: swap });
}

/** The machine runs on `to` afterwards: bound there first, then let go by `from`. */
export async function vMotion(
  world: World,
  { from, to }: { readonly from: VasaClient; readonly to: VasaClient },
  machine: Machine,
  running: Running,
): Promise<Running> {
  const there = await powerOn(world, to, machine);
  await powerOff(from, running);
  return there;
}

/** Deletes disks, then the configuration. */
export async function deleteMachine(host: VasaClient, { config, disks }: Machine): Promise<void> {
  for (const vvolId of [...disks, config]) await host.call('deleteVirtualVolume', { vvolId });
}

/** Makes a disk larger. */
export async function extend(host: VasaClient, vvolId: string, sizeInMB: bigint): Promise<void> {
  const { return: task } = await host.call('resizeVirtualVolume', { vvolId, sizeInMB });
  await succeeded(host, task);
}

/** Those of these volumes that exist. */
export async function existing(host: VasaClient, vvolId: readonly string[]) {
  const { return: infos } = await host.call('queryVirtualVolumeInfo', { vvolId });
  return infos.map((each) => each.vvolId);
}
