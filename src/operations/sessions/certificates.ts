/**
 * The certificate operations: how a vCenter registers, has this provider's certificate signed, and keeps
 * its CAs and CRLs up to date. Who may do what stands in docs/adr/0008-bootstrap-rule.md; the work is the
 * trust room's. A client reads of a refusal what is wrong with its argument and nothing of our state.
 */
import { VasaFault } from '../../model/faults.ts';
import { withoutSession } from '../../model/refusals.ts';
import type { Session } from '../../model/session.ts';
import type { Registration } from '../../store/port.ts';
import { readOwnCertificate } from '../../trust/authorities.ts';
import { type Certificate, readCertificate } from '../../trust/certificate.ts';
import type { Actor } from '../../trust/events.ts';
import { derFrom, invalid, pemOf } from '../../trust/pem.ts';
import type * as V2 from '../../wire/generated/vasa-2.0/types.ts';
import type { CertificateContext, OpenContext, SessionContext } from '../context.ts';
import { NO_SESSION, providerInfo } from './sessions.ts';

/**
 * Registers one client certificate (the VASA 1.0 way). Faults: InvalidLogin before anything else,
 * InvalidCertificate. A certificate that is trusted already changes nothing; a new one ends the caller's
 * session, because it will go on with that certificate.
 */
export async function registerVASACertificate(
  context: OpenContext,
  { userName, password, newCertificate }: V2.RegisterVASACertificate,
): Promise<V2.RegisterVASACertificateResponse> {
  const { trust, clock } = context.provider;
  const by = await login(context, userName, password);
  const own = readOwnCertificate(newCertificate, clock.now());
  if (own === undefined) throw new VasaFault('InvalidCertificate', 'No certificate was given.');
  const judgement = await trust.judge({ ...own, issuers: [] });
  if (judgement.trusted) return registered(context, by, judgement.client.registrationIds);
  if (FINAL.has(judgement.reason)) {
    context.call.note({ refusal: `${judgement.reason}: ${judgement.detail}` });
    throw invalid('The certificate cannot be trusted.', own.der, 'CERTIFICATE');
  }
  const registration = await trust.registrations.addCertificate(own, by);
  await endOwnSession(context);
  return registered(context, by, registration === undefined ? [] : [registration.registrationId]);
}

/** Reasons against a certificate that registering it would not mend. */
const FINAL: ReadonlySet<string> = new Set([
  'malformed',
  'weak',
  'wrongUsage',
  'revoked',
  'expired',
]);

/**
 * Registers CA roots and CRLs (the VASA 2.0 way). Faults: InvalidLogin before anything else,
 * InvalidCertificate. The same roots again renew the registration.
 */
export async function registerCACertificatesAndCRLs(
  context: OpenContext,
  request: V2.RegisterCACertificatesAndCRLs,
): Promise<V2.RegisterCACertificatesAndCRLsResponse> {
  const by = await login(context, request.providerUserName, request.providerPassword);
  const given = { roots: request.caRootCert, crls: request.caCRL };
  const { registrationId } = await context.provider.trust.registrations.addAuthorities(given, by);
  return registered(context, by, [registrationId]);
}

/** A signing request for this provider's certificate. Faults: InvalidSession without session or grant. */
export async function requestCSR(context: OpenContext): Promise<V2.RequestCSRResponse> {
  entitled(context);
  return { return: await context.provider.trust.certificate.request(actorOf(context)) };
}

/**
 * Installs the certificate that a vCenter's CA signed. Faults: InvalidSession without session or grant;
 * PermissionDenied when another vCenter's certificate is in force; InvalidCertificate. `forceApply` has
 * nothing to force: installing disturbs no connection and no session.
 */
export async function registerCASignedProviderCertificate(
  context: OpenContext,
  { providerCert }: V2.RegisterCASignedProviderCertificate,
): Promise<void> {
  const own = entitled(context);
  if (own.length === 0) {
    throw new VasaFault(
      'PermissionDenied',
      'The registration of this caller is no longer in force.',
    );
  }
  await context.provider.trust.certificate.install(providerCert, own, actorOf(context));
}

/**
 * Replaces the caller's CAs, or adds to them where another vCenter shares the registration. Faults:
 * PermissionDenied for hosts too, InvalidCertificate. Repeatable.
 */
export async function refreshCACertificatesAndCRLs(
  context: SessionContext,
  { caRootCert, caCRL }: V2.RefreshCACertificatesAndCRLs,
): Promise<void> {
  const given = { roots: caRootCert, crls: caCRL };
  refuseHost(context);
  await context.provider.trust.registrations.refresh(callerOf(context), given, actorOf(context));
}

/** CA certificates of the caller's registration, PEM. */
export async function queryCACertificates(
  context: SessionContext,
): Promise<V2.QueryCACertificatesResponse> {
  const { registrations } = context.provider.trust;
  const authorities = ownRegistrations(context).flatMap(
    (each) => registrations.parts(each).authorities,
  );
  return { return: unique(authorities.map(({ der }) => pemOf(der, 'CERTIFICATE'))) };
}

/** CRLs of the caller's registration, PEM. */
export async function queryCACertificateRevocationLists(
  context: SessionContext,
): Promise<V2.QueryCACertificateRevocationListsResponse> {
  const { registrations } = context.provider.trust;
  const crls = ownRegistrations(context).flatMap((each) => registrations.parts(each).crls);
  return { return: unique(crls.map(({ der }) => pemOf(der, 'X509 CRL'))) };
}

/**
 * Ends a registration, its sessions, and its hold on the provider's certificate; where other vCenters share
 * it, takes the caller's out and ends the sessions of its certificate alone. The caller presents the
 * certificate, or has a vCenter's session under the same registration; a host ends its own sessions alone.
 * Faults: InvalidCertificate when the certificate is not known to the caller's registration;
 * InvalidSession when no session says whether the caller is a vCenter or a host.
 */
export async function unregisterVASACertificate(
  context: CertificateContext,
  { existingCertificate }: V2.UnregisterVASACertificate,
): Promise<void> {
  const { trust, sessions } = context.provider;
  const [der] = derFrom([existingCertificate ?? ''], 'CERTIFICATE');
  if (der === undefined) throw new VasaFault('InvalidCertificate', 'No certificate was given.');
  const existing = readCertificate(der);
  const left = await leftBy(context, existing);
  for (const { registrationId, vcenterId } of left) {
    if (await trust.registrations.leave(registrationId, vcenterId, actorOf(context))) {
      trust.grants.revoke(registrationId);
    }
  }
  if (left.length > 0) await sessions.endOfCertificate(context.client.fingerprint);
  else await sessions.endOfCertificate(existing.fingerprint);
  await endOwnSession(context);
}

/** A registration that a vCenter leaves; undefined: the caller never said which vCenter it is. */
interface Leaving {
  readonly registrationId: string;
  readonly vcenterId: string | undefined;
}

/** What the caller leaves with this certificate; nothing where only sessions end. */
async function leftBy(
  context: CertificateContext,
  existing: Certificate,
): Promise<readonly Leaving[]> {
  const { client, provider, session } = context;
  const opened = await provider.sessions.ofCertificate(client.fingerprint);
  const vcenterId = [session, ...opened].map(vcenterOf).find((id) => id !== undefined);
  const isPresented = client.fingerprint === existing.fingerprint;
  const mayName = session !== undefined && !isHost(session);
  const isMine = ({ registrationId }: Registration) =>
    (isPresented || mayName) && client.registrationIds.includes(registrationId);
  const holding = provider.trust.registrations
    .all()
    .filter(({ certificates }) =>
      certificates.some(({ fingerprint }) => fingerprint === existing.fingerprint),
    );
  if (holding.some(isMine)) {
    return holding.filter(isMine).map(({ registrationId, kind, vcenterIds }) => {
      // Without a session: the first vCenter there is the one whose own certificate this is.
      const owner = kind === 'certificate' && isPresented ? vcenterIds[0] : undefined;
      return { registrationId, vcenterId: vcenterId ?? owner };
    });
  }

  // Trusted by its CA and never registered itself, as certificates of the VASA 2.0 way are.
  const judgement = await provider.trust.judge({ ...existing, issuers: [] });
  const shared = judgement.trusted
    ? judgement.client.registrationIds.filter((id) => client.registrationIds.includes(id))
    : [];
  const named = await provider.sessions.ofCertificate(existing.fingerprint);
  const isAnothers = named.map(vcenterOf).some((id) => id !== undefined && !isSame(id, vcenterId));
  if (!isPresented && (!mayName || shared.length === 0 || isAnothers)) {
    throw invalid('The certificate is not a known one.', existing.der, 'CERTIFICATE');
  }
  if (!isPresented) return [];
  if (opened.length === 0) {
    // A CA trusts vCenter and hosts alike: only what a session says of itself tells them apart.
    context.call.note({ refusal: withoutSession('vCenter or host') });
    throw new VasaFault(
      'InvalidSession',
      'There is no session that this could end: call setContext.',
    );
  }
  if (opened.some(isHost)) return [];
  const own = provider.trust.registrations.ownOf({
    registrationIds: client.registrationIds,
    vcenterId,
  });
  return own.map(({ registrationId }) => ({ registrationId, vcenterId }));
}

function vcenterOf(session: Session | undefined): string | undefined {
  return session?.usageContext.vcenterId;
}

/** Ids of vCenters are compared without regard to case. */
function isSame(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}

/** A host must not take its vCenter's registration along, nor change its CAs. */
function isHost({ usageContext }: Session): boolean {
  return usageContext.hostId !== undefined;
}

/** Faults: PermissionDenied when the session is a host's. */
function refuseHost({ session }: OpenContext): void {
  if (session === undefined || !isHost(session)) return;
  throw new VasaFault(
    'PermissionDenied',
    'This call is vCenter’s to make; the session is a host’s.',
  );
}

/** Who calls, once the credentials are known to be right. Faults: InvalidLogin. */
async function login(
  context: OpenContext,
  userName: string | undefined,
  password: string | undefined,
): Promise<Actor> {
  const by = actorOf(context);
  return { ...by, userName: await context.provider.trust.users.login({ userName, password }, by) };
}

/** The answer to a registration, which also gives the caller the bootstrap grant. */
function registered(context: OpenContext, by: Actor, registrationIds: readonly string[]) {
  const grant = { registrationIds, userName: by.userName ?? '' };
  context.provider.trust.grants.give(grantPeerOf(context), grant);
  return { return: providerInfo(context, NO_SESSION, registrationIds) };
}

/** The registrations for which the caller may act on the provider's certificate. Faults: InvalidSession. */
function entitled(context: OpenContext): readonly Registration[] {
  const { trust } = context.provider;
  const grant = trust.grants.heldBy(grantPeerOf(context));
  if (context.session === undefined && grant === undefined) {
    context.call.note({ refusal: withoutSession('no grant') });
    throw new VasaFault(
      'InvalidSession',
      'This call needs a live session, or a registration with user name and password shortly before.',
    );
  }
  if (grant === undefined) refuseHost(context);
  const granted = trust.registrations
    .all()
    .filter(({ registrationId }) => grant?.registrationIds.includes(registrationId));
  return context.session === undefined
    ? granted
    : [...new Set([...ownRegistrations(context), ...granted])];
}

function ownRegistrations(context: OpenContext): readonly Registration[] {
  return context.provider.trust.registrations.ownOf(callerOf(context));
}

function callerOf({ client, session }: OpenContext) {
  return {
    registrationIds: client?.registrationIds ?? [],
    vcenterId: session?.usageContext.vcenterId,
  };
}

function actorOf({ call: { peer } }: OpenContext): Actor {
  return {
    peerAddress: peer.remoteAddress,
    certificate: peer.certificate?.fingerprint,
    userName: undefined,
  };
}

function grantPeerOf({ call: { peer } }: OpenContext) {
  return { ...peer, certificate: peer.certificate?.fingerprint };
}

async function endOwnSession({ call, client, provider }: OpenContext): Promise<void> {
  if (call.sessionId !== undefined && client !== undefined) {
    await provider.sessions.end(call.sessionId, client.fingerprint);
  }
  call.setSession(NO_SESSION);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
