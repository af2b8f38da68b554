/** Who connected, as the log tells it: each client certificate with the hosts, vCenters and addresses it was seen with. */
import { LIMITS } from '../../model/limits.ts';

/** A client certificate that was shown. Times ISO 8601. */
interface Peer {
  /** First 16 hex digits of SHA-256. */
  readonly certificate: string;
  requests: number;
  refused: number;
  readonly firstSeen: string;
  lastSeen: string;
  readonly hosts: Set<string>;
  readonly vcenters: Set<string>;
  readonly addresses: Set<string>;
  lastRefusal: string | undefined;
}

/** Ids of one certificate that are listed: a vCenter's has one, and what has more is strange enough. */
const LISTED = 64;

/** Takes lines of the log in any order. */
export function createPeers() {
  const peers = new Map<string, Peer>();
  const add = (set: Set<string>, value: unknown) => {
    if (typeof value === 'string' && set.size < LISTED) set.add(value);
  };
  return {
    take: (line: Readonly<Record<string, unknown>>): void => {
      const { peer_certificate: certificate, time, refusal } = line;
      if (typeof certificate !== 'string' || typeof time !== 'string') return;
      let peer = peers.get(certificate);
      if (peer === undefined) {
        if (peers.size >= LIMITS.supportPeers) return;
        const sets = { hosts: new Set<string>(), vcenters: new Set<string>() };
        const counts = { requests: 0, refused: 0, lastRefusal: undefined };
        const seen = { firstSeen: time, lastSeen: time };
        peer = { certificate, ...counts, ...seen, ...sets, addresses: new Set<string>() };
        peers.set(certificate, peer);
      }
      peer.requests += 1;
      peer.lastSeen = time;
      add(peer.hosts, line['host_id']);
      add(peer.vcenters, line['vcenter_id']);
      add(peer.addresses, line['peer_address']);
      if (typeof refusal !== 'string') return;
      peer.refused += 1;
      peer.lastRefusal = refusal;
    },
    list: () =>
      [...peers.values()].map(({ hosts, vcenters, addresses, ...plain }) => ({
        ...plain,
        hosts: [...hosts],
        vcenters: [...vcenters],
        addresses: [...addresses],
      })),
  };
}
