/** What a player says of itself when it opens a session. */
import type { UsageContext } from '../../wire/generated/vasa-2.0/types.ts';
import type { Player } from './identities.ts';

/** A host names its own initiator and mount, a vCenter those of all its `hosts`. */
export function usageContextOf(player: Player, hosts: readonly Player[]): UsageContext {
  const seen = player.kind === 'host' ? [player] : hosts;
  return {
    ...(player.kind === 'host' ? { hostGuid: player.guid } : { vcGuid: player.guid }),
    hostInitiator: seen.map(({ iqn }) => ({ uniqueIdentifier: iqn, iscsiIdentifier: iqn })),
    mountPoint: seen.map(() => ({ serverName: '192.0.2.20', filePath: '/acceptance' })),
    hostIoIpAddress: [],
    iscsiInitiatorIpAddress: [],
    chapUsername: [],
    subscribeEvent: [],
  };
}
