/**
 * A vCenter of VASA 1.0: it registers one certificate of its own, self-signed, and knows neither hosts'
 * sessions nor an authority.
 */
import { randomUUID } from 'node:crypto';
import { makeSelfSignedClient } from '../../../certs/make.ts';
import type { VasaClient } from '../client/client.ts';
import type { Player } from './identities.ts';
import type { Target } from './target.ts';
import type { Undo } from './undo.ts';
import { usageContextOf } from './usage-context.ts';
import type { Casting } from './world.ts';

/** A vCenter with a certificate that it has signed itself. */
export async function makeLegacyVcenter(): Promise<Player> {
  const guid = randomUUID();
  return {
    name: 'vCenter of VASA 1.0',
    kind: 'vCenter',
    guid,
    identity: await makeSelfSignedClient({ name: `vCenter ${guid}`, key: 'rsa' }),
    iqn: `iqn.1998-01.com.example:${guid}`,
  };
}

/** Registers its certificate, by name and password, which is taken back by `undo`. */
export async function registerLegacy(
  target: Target,
  casting: Casting,
  undo: Undo,
  player: Player,
): Promise<void> {
  const { certificatePem } = player.identity;
  const anybody = casting.client(undefined, { name: 'registration', api: '1.0' });
  await anybody.call('registerVASACertificate', {
    userName: target.user,
    password: target.password,
    newCertificate: certificatePem,
  });
  const owner = casting.client(player, { api: '1.0', name: `${player.name}, leaving` });
  undo.add(`unregister ${player.name}`, () =>
    owner.call('unregisterVASACertificate', { existingCertificate: certificatePem }),
  );
}

/** One that is registered and has a session, in which it names an initiator and a mount. */
export async function openLegacyVcenter(
  target: Target,
  casting: Casting,
  undo: Undo,
): Promise<VasaClient> {
  const player = await makeLegacyVcenter();
  await registerLegacy(target, casting, undo, player);
  const client = casting.client(player, { api: '1.0' });
  await client.call('setContext', { usageContext: usageContextOf(player, [player]) });
  return client;
}
