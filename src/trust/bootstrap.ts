/**
 * The bootstrap rule: who may ask for and install the provider's certificate before there is a session.
 *
 * vCenter registers in this order: registerCACertificatesAndCRLs (with user name and password),
 * requestCSR, registerCASignedProviderCertificate, and only then setContext. The two calls in the middle
 * carry no credentials. They need either a live session, or a grant. A grant is made by a call whose
 * credentials were right, lasts `LIMITS.bootstrapGrantMs`, and is held by
 *   (a) that TLS connection,
 *   (b) whoever presents the same client certificate, when one was presented,
 *   (c) the same remote address, when none was presented (and unless the operator rules this out, as behind
 *       a proxy that makes all callers look alike).
 * A grant alone installs nothing: the certificate must carry the key of a CSR of ours and chain to a root
 * of the registration that the grant came from. So somebody else behind the same address would need that
 * vCenter's CA as well. See docs/adr/0008-bootstrap-rule.md.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';

/** The caller, as the TLS connection shows it; nothing of it need be trusted. */
export interface GrantPeer {
  readonly connectionId: string;
  readonly remoteAddress: string;
  /** SHA-256 of the client certificate presented; undefined when none was. */
  readonly certificate: string | undefined;
}

export interface Grant {
  readonly registrationIds: readonly string[];
  readonly userName: string;
}

export interface Grants {
  /**
   * After right credentials. What is closest counts: a grant to the connection before one to the
   * certificate before one to the address, and of those the newest. So two vCenters that register at
   * once from one address do not get each other's.
   */
  give(peer: GrantPeer, grant: Grant): void;
  /** The grant that this caller holds now; undefined when none. Using it does not use it up. */
  heldBy(peer: GrantPeer): Grant | undefined;
  /** Takes back what came from a registration that is no more. */
  revoke(registrationId: string): void;
}

export function createGrants(
  clock: Clock,
  { byAddress = true, limit = LIMITS.bootstrapGrants as number } = {},
): Grants {
  let held: readonly { readonly peer: GrantPeer; readonly grant: Grant; readonly until: number }[] =
    [];
  const live = () => held.filter(({ until }) => clock.now() < until);
  return {
    give: (peer, grant) => {
      const until = clock.now() + LIMITS.bootstrapGrantMs;
      held = [{ peer, grant, until }, ...live()].slice(0, limit);
    },
    heldBy: (peer) => {
      const all = live();
      const by = (isHolder: Holding) => all.find((each) => isHolder(each.peer, peer))?.grant;
      return by(isConnection) ?? by(isCertificate) ?? (byAddress ? by(isAddress) : undefined);
    },
    revoke: (registrationId) => {
      held = held.filter(({ grant }) => !grant.registrationIds.includes(registrationId));
    },
  };
}

type Holding = (given: GrantPeer, caller: GrantPeer) => boolean;

const isConnection: Holding = (given, caller) => given.connectionId === caller.connectionId;

const isCertificate: Holding = ({ certificate }, caller) =>
  certificate !== undefined && certificate === caller.certificate;

const isAddress: Holding = ({ certificate, remoteAddress }, caller) =>
  certificate === undefined && remoteAddress === caller.remoteAddress;
