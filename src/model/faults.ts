/**
 * The VASA faults: the one list of their names, when this provider raises each, and whether the caller
 * may simply try again. Which operation may answer with which fault is the WSDL's business (the
 * generated operation list); which array error becomes which fault is `array/errors.ts`'s.
 */

export interface FaultMeaning {
  /** One sentence: when this provider raises it. */
  readonly when: string;
  /** May the same call succeed later without anybody changing anything? */
  readonly retry: boolean;
  /** Who has to act: the caller's program, the vSphere administrator, or the array's owner. */
  readonly actor: 'client' | 'administrator' | 'array owner';
  /** What that one should do. */
  readonly remedy: string;
}

export const FAULTS = {
  ActivateProviderFailed: {
    when: 'This provider could not become the active one for the array.',
    retry: true,
    actor: 'array owner',
    remedy: 'Look at the peer provider named in the activation and at this provider’s log.',
  },
  InactiveProvider: {
    when: 'This provider was not activated for the array: another one of its group serves it, or nobody.',
    retry: false,
    actor: 'client',
    remedy: 'Send the call to the active provider, or activate this one.',
  },
  IncompatibleVolume: {
    when: 'The two virtual volumes are not related as the operation needs.',
    retry: false,
    actor: 'client',
    remedy: 'Name a snapshot or clone of the same volume.',
  },
  InvalidArgument: {
    when: 'An argument is missing, malformed or out of its range.',
    retry: false,
    actor: 'client',
    remedy: 'Correct the argument that the fault’s text names.',
  },
  InvalidCertificate: {
    when: 'A certificate or CRL cannot be read, has expired, is not yet valid, or is not a known one.',
    retry: false,
    actor: 'administrator',
    remedy: 'Check dates, issuer and form of the certificate that the fault carries.',
  },
  InvalidLogin: {
    when: 'User name and password are wrong, missing, or the user is locked out there for a while.',
    retry: false,
    actor: 'administrator',
    remedy: 'Give the right credentials; after too many failures wait for the lock-out to end.',
  },
  InvalidProfile: {
    when: 'A storage profile names what nobody declared, contradicts itself or, in a change of profile, asks for what the container does not offer.',
    retry: false,
    actor: 'administrator',
    remedy: 'Edit the storage policy so that it uses the array’s published capabilities.',
  },
  InvalidSession: {
    when: 'There is no live session, or the client certificate is missing, untrusted, or another one.',
    retry: false,
    actor: 'client',
    remedy: 'Present the registered certificate and call setContext again.',
  },
  InvalidStatisticsContext: {
    when: 'Statistics were asked for that setStatisticsContext has not agreed on.',
    retry: false,
    actor: 'client',
    remedy: 'Call setStatisticsContext with counters that the manifest offers.',
  },
  LostAlarm: {
    when: 'Alarms after the given id are no longer kept.',
    retry: false,
    actor: 'client',
    remedy: 'Start again at -1 and read the state anew.',
  },
  LostEvent: {
    when: 'Events after the given id are no longer kept.',
    retry: false,
    actor: 'client',
    remedy: 'Start again at -1 and read the inventory anew.',
  },
  NotCancellable: {
    when: 'The task has ended, or is of a kind that cannot be stopped.',
    retry: false,
    actor: 'client',
    remedy: 'Read the task’s result.',
  },
  NotFound: {
    when: 'The array, container, volume, profile or task that the call names does not exist.',
    retry: false,
    actor: 'client',
    remedy: 'Read the inventory anew.',
  },
  NotImplemented: {
    when: 'This provider does not have the operation.',
    retry: false,
    actor: 'client',
    remedy: 'Do without the operation.',
  },
  NotSupported: {
    when: 'The array cannot do this to this object, such as shrinking a volume.',
    retry: false,
    actor: 'client',
    remedy: 'Do without it for this object.',
  },
  OutOfResource: {
    when: 'The container has not the space or the objects left, or offers nothing that meets the storage profile.',
    retry: false,
    actor: 'array owner',
    remedy:
      'Free space, enlarge the container, or choose one that offers what the profile asks for.',
  },
  PermissionDenied: {
    when: 'The caller is known but may not do this.',
    retry: false,
    actor: 'administrator',
    remedy: 'See the log line for the rule that refused it.',
  },
  ResourceInUse: {
    when: 'The virtual volume is bound, or another piece of work holds it.',
    retry: true,
    actor: 'client',
    remedy: 'Unbind it everywhere, or wait for the work to end, and try again.',
  },
  SnapshotTooMany: {
    when: 'The array’s limit of snapshots of one volume is reached.',
    retry: false,
    actor: 'administrator',
    remedy: 'Delete snapshots that are no longer needed.',
  },
  StorageFault: {
    when: 'The array or the provider failed in a way the caller cannot mend.',
    retry: true,
    actor: 'array owner',
    remedy: 'Find the log line with the request id that the fault’s text gives.',
  },
  Timeout: {
    when: 'The work was not done within the time the caller allowed; it was taken back.',
    retry: true,
    actor: 'client',
    remedy: 'Try again, with more time or fewer volumes.',
  },
  TooMany: {
    when: 'The call names more items than one call may.',
    retry: false,
    actor: 'client',
    remedy: 'Split the call; the fault carries the largest number allowed.',
  },
  VasaProviderBusy: {
    when: 'Too much work is under way.',
    retry: true,
    actor: 'client',
    remedy: 'Try again after a pause.',
  },
} as const satisfies Record<string, FaultMeaning>;

export type FaultName = keyof typeof FAULTS;

/** Data that four fault types carry on the wire, by the WSDL's field names. */
export type FaultData =
  | { readonly maxBatchSize: bigint }
  | { readonly entityId?: string; readonly entityType?: string }
  | { readonly certificate: readonly string[]; readonly crl: readonly string[] }
  | {
      readonly faultMessageId: string;
      readonly parameterList: readonly {
        readonly parameterName: string;
        readonly parameterValue: string;
      }[];
    };

/**
 * The only error class that crosses rooms on its way to a client. `message` is for whoever reads the
 * client's log: it names the problem and nothing of our insides. `cause` is for our own log alone.
 */
export class VasaFault extends Error {
  override readonly name = 'VasaFault';
  readonly fault: FaultName;
  readonly data: FaultData | undefined;

  constructor(
    fault: FaultName,
    message: string,
    options: { data?: FaultData; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.fault = fault;
    this.data = options.data;
  }
}
