/**
 * How a scenario restarts the provider, where the run was told how: what vCenter and hosts do when a provider
 * has been away. They know nothing but its address; their sessions are opened anew.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { VasaClient } from '../client/client.ts';
import { expectThat } from '../expectations.ts';
import type { Player } from './identities.ts';
import { fetchText } from './target.ts';
import { usageContextOf } from './usage-context.ts';
import type { World } from './world.ts';

/** A provider of an array has much to read when it starts; an administrator would wait no longer. */
const BACK_WITHIN_MS = 120_000;
const PAUSE_MS = 200;

/**
 * Restarts the provider, waits until version.xml answers, and opens the sessions of the run's vCenter and hosts
 * anew. Fails the scenario when it does not come back.
 */
export async function restartProvider(world: World): Promise<void> {
  const { restart, site, vcenter, hosts } = world;
  expectThat(restart !== undefined, 'the run was told how to restart the provider');
  await restart();
  await isBack(world);
  await openAgain(world, vcenter, site.vcenter);
  for (const [index, player] of site.hosts.entries()) {
    const client = hosts[index];
    if (client !== undefined) await openHostAgain(world, client, player);
  }
}

/** A host's session and endpoints again, on new connections, after a restart. */
export async function openHostAgain(
  world: World,
  client: VasaClient,
  player: Player,
): Promise<void> {
  await openAgain(world, client, player);
  const { return: listOfHostPE } = await client.call('queryProtocolEndpoint', { peId: [] });
  await client.call('setPEContext', { listOfHostPE });
}

async function openAgain({ site }: World, client: VasaClient, player: Player): Promise<void> {
  client.close();
  client.session = undefined;
  await client.call('setContext', { usageContext: usageContextOf(player, site.hosts) });
}

async function isBack({ target, site, now }: World): Promise<void> {
  const trust = [target.trust, site.authority.certificatePem];
  const deadline = now() + BACK_WITHIN_MS;
  for (;;) {
    try {
      await fetchText(target.url, trust, target.timeoutMs);
      return;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const sentence = `version.xml answers within ${BACK_WITHIN_MS} ms of the restart`;
      expectThat(now() < deadline, sentence, words);
    }
    await pause(PAUSE_MS);
  }
}
