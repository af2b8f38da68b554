/**
 * Outcomes of a call, as its line `request` names them. What a fault means and what to do is the list of
 * faults' to say (`model/faults.ts`); here is what usually lies behind each.
 */
import type { Explanation } from '../../model/explanation.ts';
import { FAULTS, type FaultName } from '../../model/faults.ts';

const CAUSES: Readonly<Record<FaultName, readonly string[]>> = {
  ActivateProviderFailed: [
    'The array does not answer this provider.',
    'Another provider of the group took the array over at the same moment.',
  ],
  InactiveProvider: [
    'The provider is the standby of its group, and the caller asked it all the same.',
    'Nobody has activated a provider yet: `group.needsExplicitActivation` is true.',
  ],
  IncompatibleVolume: [
    'The snapshot or clone named belongs to another volume.',
    'The volumes lie in containers that cannot exchange data.',
  ],
  InvalidArgument: [
    'A program that is not vCenter or ESXi leaves an argument out, or sends one in the wrong form.',
    'A size, time or count outside what the array allows.',
    'An id in a form that no volume has.',
  ],
  InvalidCertificate: [
    'The certificate has expired, or is not valid yet because the clocks of the two machines differ.',
    'The certificate was signed for another request than the provider’s own.',
    'A CA certificate that is none, or a revocation list that cannot be read.',
  ],
  InvalidLogin: [
    'A mistyped or changed password.',
    'The user does not exist: `keelson user list` shows those that do.',
    'Too many failures from that network: it is locked out for some minutes.',
  ],
  InvalidProfile: [
    'The storage policy was made for another array, or for another release of its capabilities.',
    'Two rules of the policy contradict each other.',
  ],
  InvalidSession: [
    'The provider was restarted, and the client does not know yet: it opens a new session by itself.',
    'The client certificate was revoked, has expired, or its CA was removed: `refusal` says which.',
    'The client was never registered with this provider, or presents no certificate.',
    'The session ended because nothing was asked for too long.',
  ],
  InvalidStatisticsContext: [
    'The provider was restarted, and the client has to agree on counters again.',
  ],
  LostAlarm: ['The client was away for longer than alarms are kept.'],
  LostEvent: [
    'The client was away for longer than events are kept.',
    'The provider’s data folder was restored from a backup.',
  ],
  NotCancellable: ['The task was faster than whoever wanted to cancel it.'],
  NotFound: [
    'The object was deleted meanwhile, by another host or vCenter.',
    'The client’s inventory is out of date, for example after vCenter was restored from a backup.',
    'The host may not see the container.',
  ],
  NotImplemented: ['The operation belongs to a part of VASA that this provider does not offer.'],
  NotSupported: ['The array cannot do this to this object; what it can do it declares itself.'],
  OutOfResource: [
    'The container, its quota or its pool is full.',
    'No container offers what the storage profile asks for.',
    'No protocol endpoint is left that can take another binding.',
  ],
  PermissionDenied: [
    'A host asks for what only vCenter may.',
    'A volume or container belongs to what this caller may not see.',
    'Two machines claim to be the same host, and the first one has a live session.',
  ],
  ResourceInUse: [
    'The volume is bound by a host: by a machine that runs, or by a host that died and cannot unbind any more.',
    'A snapshot, clone or change of the volume is still under way.',
  ],
  SnapshotTooMany: ['Snapshots of backups that were never deleted.'],
  StorageFault: [
    'The array is ill: `cause` tells what it said.',
    'The provider’s database cannot be written, for example because the disk is full.',
    'A fault rule of a test: `injected` names it.',
    'A mistake in this program or in the array adapter: `cause` carries a stack.',
  ],
  Timeout: ['The array is slow, or the snapshot covers many volumes.'],
  TooMany: ['A client that does not ask for the largest batch before it sends one.'],
  VasaProviderBusy: [
    'Many hosts call at once: after a restart, a power failure, or when many machines are moved.',
    'The array takes no more work at the moment.',
  ],
};

/** A fault's explanation: from the list of faults, with its causes. */
function ofFault(name: FaultName): Explanation {
  const { when, remedy } = FAULTS[name];
  return { means: when, causes: CAUSES[name], remedy };
}

/** By the outcome of a `request` line. */
export const OUTCOMES: Readonly<Record<string, Explanation>> = {
  ok: {
    means:
      'The call was answered as asked. In a batch, items may have faults of their own: `failed_items`.',
    causes: [],
    remedy: 'Nothing.',
  },
  Client: {
    means:
      'A plain SOAP fault: the request could not be understood, so that no operation looked at it.',
    causes: [
      'The message was cut, or changed on its way, by a proxy or a firewall that inspects traffic.',
      'A client of another version of the API, or a program that makes its SOAP by hand.',
      'A body over the limit, or in another character set than UTF-8.',
    ],
    remedy:
      'The fault’s text names the place in the message. Switch verbose mode on for that client, and compare with the contract (`?wsdl`).',
  },
  Server: {
    means:
      'A plain SOAP fault: the provider failed, or was too busy, and the operation declares no fault to say so.',
    causes: [
      'With HTTP status 503: more was asked than can be done at once.',
      'Else a mistake in this program or in the array adapter: `cause` carries a stack.',
    ],
    remedy: 'With 503 nothing: the client tries again. Else report it with the line.',
  },
  ...Object.fromEntries(
    // The keys of a constant record are its names.
    (Object.keys(FAULTS) as FaultName[]).map((name) => [name, ofFault(name)]),
  ),
};
