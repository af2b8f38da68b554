/**
 * setContext, and what a provider says of itself (VASA `VasaProviderInfo`), which is built anew for each
 * reply: one shared object would hand one client's session id to another.
 */
import { VasaFault } from '../../model/faults.ts';
import { parseHostId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { MountPoint, UsageContext } from '../../model/session.ts';
import type * as V2 from '../../wire/generated/vasa-2.0/types.ts';
import type { CertificateContext, OpenContext } from '../context.ts';

/** The session id that stands for "no session". */
export const NO_SESSION = '0';

/**
 * Opens a session for the client certificate and ends the same client's old one. Faults: InvalidArgument
 * when there is no usage context or it makes no sense, or when the host is there already, with a
 * certificate of another name. Repeating it gives a new id each time.
 */
export async function setContext(
  context: CertificateContext,
  { usageContext: sent }: V2.SetContext,
): Promise<V2.SetContextResponse> {
  const { call, client, provider } = context;
  if (sent === undefined) {
    throw new VasaFault(
      'InvalidArgument',
      'setContext needs a usage context, if only an empty one.',
    );
  }
  const usageContext = usageContextFrom({ ...NOTHING_SAID, ...sent });
  const { vcenterId, hostId } = usageContext;
  // Only a vCenter speaks for itself: what a host says of its vCenter may be out of date.
  if (vcenterId !== undefined && hostId === undefined) {
    await provider.trust.registrations.learnVcenter(client.registrationIds, vcenterId);
  }
  const { session, sessionId } = await provider.sessions.open({
    certificate: client.fingerprint,
    subject: client.subject,
    registrationIds: client.registrationIds,
    usageContext,
    timeoutSeconds: sent.sessionTimeoutInSeconds,
    replaces: call.sessionId,
  });
  call.note({
    session: session.shortHash,
    ...(hostId === undefined ? {} : { host_id: hostId }),
    ...(vcenterId === undefined ? {} : { vcenter_id: vcenterId }),
  });
  call.setSession(sessionId);
  return { return: providerInfo(context, sessionId, client.registrationIds) };
}

/** What this provider is, to the caller whose registrations these are. */
export function providerInfo(
  { call, provider: { group, identity, trust } }: OpenContext,
  sessionId: string,
  registrationIds: readonly string[],
): V2.VasaProviderInfo {
  return {
    uid: identity.uid,
    name: identity.name,
    defaultNamespace: identity.defaultNamespace,
    vasaApiVersion: call.apiVersion,
    vasaProviderVersion: identity.providerVersion,
    sessionId,
    defaultSessionTimeoutInSeconds: BigInt(LIMITS.sessionTimeoutSeconds),
    maxBatchSize: BigInt(LIMITS.batchItems),
    maxConcurrentRequestsPerSession: BigInt(LIMITS.concurrentRequestsPerSession),
    needsExplicitActivation: group.needsExplicitActivation,
    retainVasaProviderCertificate: trust.certificate.isRetainedFor(registrationIds),
    supportedProfile: ['ProfileBasedManagementProfile'],
    supportedVendorModel: identity.supportedVendorModels,
  };
}

/** The lists of a usage context; VASA 1.0 lacks some, and the wire leaves out what a version lacks. */
const NOTHING_SAID = {
  chapUsername: [],
  hostInitiator: [],
  hostIoIpAddress: [],
  iscsiInitiatorIpAddress: [],
  mountPoint: [],
  subscribeEvent: [],
} as const satisfies V2.UsageContext;

function usageContextFrom(sent: V2.UsageContext): UsageContext {
  checkSize(sent);
  return {
    hostId: parseHostId(sent.hostGuid ?? ''),
    vcenterId: sent.vcGuid?.trim() === '' ? undefined : sent.vcGuid?.trim(),
    initiators: sent.hostInitiator.map((each) => {
      const { uniqueIdentifier, iscsiIdentifier, nodeWwn, portWwn } = each;
      if ([uniqueIdentifier, iscsiIdentifier, nodeWwn, portWwn].every((id) => !id)) {
        throw new VasaFault('InvalidArgument', 'A hostInitiator has no identifier.');
      }
      return { uniqueIdentifier, iscsiIdentifier, nodeWwn, portWwn };
    }),
    mountPoints: sent.mountPoint.map(mountPointFrom),
    hostIoIpAddresses: sent.hostIoIpAddress,
    iscsiInitiatorIpAddresses: sent.iscsiInitiatorIpAddress,
    // A type that this provider does not know is no error: later clients may want later types.
    subscribedEvents: sent.subscribeEvent,
  };
}

function mountPointFrom({ serverName, filePath }: V2.MountInfo): MountPoint {
  if (!serverName || !filePath) {
    throw new VasaFault('InvalidArgument', 'A mountPoint needs a serverName and a filePath.');
  }
  return { serverName, filePath };
}

function checkSize(sent: V2.UsageContext): void {
  const lists = [
    ...sent.hostIoIpAddress,
    ...sent.iscsiInitiatorIpAddress,
    ...sent.subscribeEvent,
    ...sent.chapUsername,
    ...sent.mountPoint.flatMap(({ serverName, filePath }) => [serverName, filePath]),
    ...sent.hostInitiator.flatMap((each) => [
      each.uniqueIdentifier,
      each.iscsiIdentifier,
      each.nodeWwn,
      each.portWwn,
    ]),
  ];
  const texts = [sent.hostGuid, sent.vcGuid, ...lists].filter((each) => each !== undefined);
  if (texts.length > LIMITS.usageContextEntries) {
    const message = `A usage context has at most ${LIMITS.usageContextEntries} entries.`;
    throw new VasaFault('InvalidArgument', message);
  }
  if (texts.some((text) => text.length > LIMITS.usageContextCharacters)) {
    const message = `A text in a usage context has at most ${LIMITS.usageContextCharacters} characters.`;
    throw new VasaFault('InvalidArgument', message);
  }
}
