/**
 * The client's end of a connection, taken from the TLS socket once per connection. Facts only: who is
 * trusted is not decided here.
 *
 * A resumed TLS session brings the client's certificate (it travels in the ticket) but not the
 * intermediates it once sent, without which a chain cannot be built; so these are remembered by the
 * leaf's fingerprint, as many as `LIMITS.rememberedChains`, none above `LIMITS.rememberedChainBytes`.
 */
import { createHash, type X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { LIMITS } from '../model/limits.ts';
import type { Peer, PeerCertificate } from './call.ts';

/** An address as people write it: an IPv4 client of a socket that speaks both comes as IPv4. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? 'unknown';
}

/** Gives the same Peer for the same connection. */
export type PeerOf = (socket: TLSSocket) => Peer;

function issuersOf(leaf: X509Certificate): readonly Uint8Array[] {
  const issuers: Uint8Array[] = [];
  let at = leaf;
  for (let next = at.issuerCertificate; next !== undefined; next = at.issuerCertificate) {
    if (next.fingerprint256 === at.fingerprint256 || issuers.length === LIMITS.certificatesPerCall)
      break;
    issuers.push(next.raw);
    at = next;
  }
  return issuers;
}

function isSmall(issuers: readonly Uint8Array[]): boolean {
  const bytes = issuers.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return bytes <= LIMITS.rememberedChainBytes;
}

/** One per server. */
export function createPeerOf(): PeerOf {
  const peers = new WeakMap<TLSSocket, Peer>();
  const chains = new Map<string, readonly Uint8Array[]>();
  let connections = 0;

  const certificateOf = (socket: TLSSocket): PeerCertificate | undefined => {
    const leaf = socket.getPeerX509Certificate();
    if (leaf === undefined) return undefined;
    const fingerprint = createHash('sha256').update(leaf.raw).digest('hex');
    if (socket.isSessionReused()) {
      return { fingerprint, der: leaf.raw, parsed: leaf, issuers: chains.get(fingerprint) ?? [] };
    }
    const issuers = issuersOf(leaf);
    chains.delete(fingerprint);
    if (issuers.length > 0 && isSmall(issuers)) chains.set(fingerprint, issuers);
    const [oldest] = chains.keys();
    if (chains.size > LIMITS.rememberedChains && oldest !== undefined) chains.delete(oldest);
    return { fingerprint, der: leaf.raw, parsed: leaf, issuers };
  };

  return (socket) => {
    const known = peers.get(socket);
    if (known !== undefined) return known;
    connections += 1;
    const peer: Peer = {
      connectionId: String(connections),
      remoteAddress: plainAddress(socket.remoteAddress),
      certificate: certificateOf(socket),
      resumed: socket.isSessionReused(),
    };
    peers.set(socket, peer);
    return peer;
  };
}
