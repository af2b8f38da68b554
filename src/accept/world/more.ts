/** More players than the run has: another host, another vCenter with an authority of its own. */
import { type Issued, makeAuthority } from '../../../certs/make.ts';
import type { VasaClient } from '../client/client.ts';
import { makePlayer, makeSite, type Player, type Site } from './identities.ts';
import { openHost, register } from './opening.ts';
import { usageContextOf } from './usage-context.ts';
import type { World } from './world.ts';

/** A host of the run's vCenter that has called nothing yet. */
export function newHost({ site }: World, name: string): Promise<Player> {
  return makePlayer(site.authority, 'host', name, { key: 'ecdsa' });
}

/** A host of the run's vCenter with a session and endpoints, for a scenario that plays with its session. */
export async function anotherHost(
  world: World,
  name: string,
): Promise<{ readonly player: Player; readonly client: VasaClient }> {
  const player = await newHost(world, name);
  return { player, client: await openHost(world.casting, player) };
}

/** A host whose certificate comes from an authority that the provider has never heard of. */
export async function foreignHost(): Promise<Player> {
  const authority = await makeAuthority({ name: 'Foreign CA' });
  return makePlayer(authority, 'host', 'host of a foreign authority', { key: 'ecdsa' });
}

/** Opens a session for a player of any site. */
export async function openSession(client: VasaClient, player: Player): Promise<void> {
  await client.call('setContext', { usageContext: usageContextOf(player, [player]) });
}

/** A second vCenter with its own authority, registered and with a session; it leaves when the scenario ends. */
export async function secondVcenter(
  world: World,
): Promise<{ readonly site: Site; readonly client: VasaClient }> {
  const site = await makeSite(2, 1);
  await register(world.target, site, world.casting);
  const client = world.casting.client(site.vcenter);
  await openSession(client, site.vcenter);
  world.undo.add('unregister vCenter 2', async () => {
    if (client.session !== undefined) await unregister(client, site.authority);
  });
  return { site, client };
}

/** Takes a certificate out of the provider; the caller's session ends. */
export async function unregister(
  client: VasaClient,
  { certificatePem }: Pick<Issued, 'certificatePem'>,
): Promise<void> {
  await client.call('unregisterVASACertificate', { existingCertificate: certificatePem });
  client.session = undefined;
}

/** The client's session again, where an operation on certificates has ended it, as known providers do. */
export async function sessionAgain(client: VasaClient, player: Player): Promise<void> {
  if (client.session === undefined) await openSession(client, player);
}
