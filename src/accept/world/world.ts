/**
 * What a scenario works with: clients that are registered and have sessions, what the provider has, and
 * things made that will be undone. Made anew for each scenario on the clients of the run.
 */
import { randomUUID } from 'node:crypto';
import type {
  NameValuePair,
  ProtocolEndpoint,
  StorageArray,
  StorageContainer,
  VasaProviderInfo,
} from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError, type VasaClient } from '../client/client.ts';
import { expectThat, skip } from '../expectations.ts';
import type { Player, Site } from './identities.ts';
import type { Target } from './target.ts';
import { madeBy } from './tasks.ts';
import type { Undo } from './undo.ts';

/** What the provider said of itself when the run began. */
export interface Inventory {
  /** What it answered to the registration. */
  readonly provider: VasaProviderInfo | undefined;
  readonly arrays: readonly StorageArray[];
  readonly containers: readonly StorageContainer[];
  readonly endpoints: readonly ProtocolEndpoint[];
}

/** How clients are made, so that a scenario can have more of them. */
export interface Casting {
  /** A client of that certificate, without a session. */
  client(player: Player | undefined, options?: ClientWish): VasaClient;
  /** Opens a session for a player, as vCenter or a host does. */
  session(player: Player, options?: ClientWish): Promise<VasaClient>;
}

export interface ClientWish {
  readonly api?: '1.0' | '2.0';
  readonly soap?: '1.1' | '1.2';
  readonly name?: string;
  readonly connections?: number;
}

export interface World {
  readonly target: Target;
  readonly site: Site;
  readonly inventory: Inventory;
  readonly casting: Casting;
  readonly vcenter: VasaClient;
  /** Hosts with a session that have told the endpoints they see. */
  readonly hosts: readonly VasaClient[];
  readonly undo: Undo;
  /** Restarts the provider; undefined where the run was not told how. */
  readonly restart: (() => Promise<void>) | undefined;
  readonly now: () => number;
}

export const MB = 1n << 20n;

/** A metadata list as hosts send it. */
export function named(name: string, more: readonly NameValuePair[] = []): readonly NameValuePair[] {
  return [{ parameterName: 'VMW_VVolName', parameterValue: name }, ...more];
}

/** The names in a volume's metadata: one, where all is well. */
export async function namesOf(client: VasaClient, vvolId: string): Promise<readonly string[]> {
  const { return: infos } = await client.call('queryVirtualVolumeInfo', { vvolId: [vvolId] });
  const pairs = infos.flatMap((each) => each.metadata);
  return pairs.flatMap(({ parameterName, parameterValue }) =>
    parameterName === 'VMW_VVolName' && parameterValue !== undefined ? [parameterValue] : [],
  );
}

/** A volume id that names nothing. */
export function unknownVolume(): string {
  return `rfc4122.${randomUUID()}`;
}

/** The first host. */
export function aHost({ hosts }: World): VasaClient {
  const [host] = hosts;
  expectThat(host !== undefined, 'the run has a host');
  return host;
}

/** Two different hosts; skips where the run has only one. */
export function twoHosts({ hosts }: World): readonly [VasaClient, VasaClient] {
  const [one, other] = hosts;
  if (one === undefined || other === undefined) skip('the run has only one host (--hosts)');
  return [one, other];
}

/** A container, of one kind of endpoint where `type` says so; skips where there is none. */
export function aContainer({ inventory }: World, type?: string): StorageContainer {
  const found = inventory.containers.find(
    (each) => type === undefined || each.protocolEndPointType === type,
  );
  return (
    found ??
    skip(`the provider has no container${type === undefined ? '' : ` of ${type} endpoints`}`)
  );
}

export interface VolumeWish {
  readonly vvolType?: string;
  readonly sizeInMB?: bigint;
  readonly container?: StorageContainer;
  readonly name?: string;
}

/** Makes a volume that goes when the scenario ends. */
export async function makeVolume(
  world: World,
  client: VasaClient,
  wish: VolumeWish = {},
): Promise<string> {
  const { uniqueIdentifier: containerId } = wish.container ?? aContainer(world);
  expectThat(containerId !== undefined, 'a container has an id');
  const { return: task } = await client.call('createVirtualVolume', {
    containerId,
    vvolType: wish.vvolType ?? 'Data',
    sizeInMB: wish.sizeInMB ?? 16n,
    metadata: named(wish.name ?? 'acceptance'),
  });
  const vvolId = await madeBy(client, task);
  willGo(world, client, vvolId);
  return vvolId;
}

/** Has a volume deleted when the scenario ends, whoever holds it then. */
export function willGo({ undo }: World, client: VasaClient, vvolId: string): void {
  undo.add(`delete ${vvolId}`, () => deleteWherever(client, vvolId));
}

/** Deletes a volume, whoever holds it. It may be gone already. */
export async function deleteWherever(client: VasaClient, vvolId: string): Promise<void> {
  const { return: left } = await client.call('queryVirtualVolumeInfo', { vvolId: [vvolId] });
  if (left.length === 0) return;
  try {
    await client.call('deleteVirtualVolume', { vvolId });
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.name !== 'ResourceInUse') throw error;
    await client.call('unbindVirtualVolumeFromAllHost', { vvolId: [vvolId] });
    await client.call('deleteVirtualVolume', { vvolId });
  }
}
