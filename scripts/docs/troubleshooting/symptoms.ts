/**
 * Where a person begins who knows only what vCenter or a user says. Each step names entries of the handbook by
 * their id; one that is not there stops the making of the page.
 */

export interface Symptom {
  readonly title: string;
  /** What to do first, in order. */
  readonly steps: readonly string[];
  /** Ids of entries, the likeliest first. */
  readonly see: readonly string[];
}

export const SYMPTOMS: readonly Symptom[] = [
  {
    title: 'vCenter cannot add the provider',
    steps: [
      'On the provider’s machine: `keelson doctor`, and `keelson status`. No answer: it does not run; start it and read the line that it ends with.',
      'From the vCenter machine: `curl -v --cacert provider.pem https://HOST:8443/vasa/version.xml`, with `provider.pem` of the data folder, the certificate that is served. No answer: name, port or firewall. Another certificate, or an answer without TLS: something in between ends TLS.',
      'Look for lines of that minute: a failed connection, or a `registerCACertificatesAndCRLs` and its outcome.',
    ],
    see: [
      'connection_failed.certificate_unknown',
      'connection_failed.no_tls',
      'connection_failed.hung_up',
      'request.InvalidLogin',
      'users.locked_out',
      'request.InvalidCertificate',
      'exit 3',
      'HTTP 404',
    ],
  },
  {
    title: 'vCenter shows the provider offline',
    steps: [
      'Is anything of vCenter in the log of the last minutes? `getEvents` every ten seconds is healthy.',
      'Lines with outcome `InvalidSession`: read `refusal` in them.',
      'Only failed connections: read their `id`; look at `keelson certificate show` for the last day of the certificate.',
      'Nothing at all: name, port or firewall, or vCenter’s own service (sps.log).',
    ],
    see: [
      'certificate.expired',
      'request.InvalidSession',
      'refusal expired',
      'refusal removedIssuer',
      'refusal unknownIssuer',
      'refusal notYetValid',
      'connection_failed.certificate_unknown',
      'connection_failed.certificate_expired',
      'request.InactiveProvider',
      'fatal',
    ],
  },
  {
    title: 'One host cannot reach its datastore, and others can',
    steps: [
      '`keelson log FOLDER --host ID`. No line: the host does not get here, or its connections fail before a call; then look for its address.',
      'A refused certificate: `refusal` says why, and which certificate.',
      'Calls that succeed, and binds that fail: read the fault’s message id.',
    ],
    see: [
      'Keelson.Fault.NoEndpoint',
      'Keelson.Fault.EndpointUnknown',
      'Keelson.Alarm.EndpointOffline',
      'refusal revoked',
      'refusal expired',
      'refusal unknownIssuer',
      'trust.client_distrusted',
      'request.PermissionDenied',
      'connection_failed.handshake_timeout',
    ],
  },
  {
    title: 'All hosts lost their datastores',
    steps: [
      'Running machines keep their data path; what is lost is the management. Do not restart hosts.',
      'Did the provider restart (`started`), or trust change (`trust.changed`)? Hosts come back by themselves within minutes.',
      'Does the array answer (`keelson status`)?',
    ],
    see: [
      'certificate.expired',
      'trust.registration_removed',
      'trust.registration_refreshed',
      'Keelson.Alarm.ArraySilent',
      'load.shedding',
      'Keelson.Event.StorageContainer',
      'fatal',
    ],
  },
  {
    title: 'A virtual machine does not power on, or does not move',
    steps: [
      'Find the `bindVirtualVolume` and `createVirtualVolume` (swap) of that minute: `keelson log FOLDER --host ID` or `--volume ID`.',
      'In a batch the call succeeds and the item fails: `item_faults` and `item_cause`.',
    ],
    see: [
      'request.OutOfResource',
      'Keelson.Alarm.ContainerSpace',
      'Keelson.Alarm.PoolSpace',
      'Keelson.Fault.NoEndpoint',
      'request.ResourceInUse',
      'request.VasaProviderBusy',
      'request.NotFound',
    ],
  },
  {
    title: 'A snapshot, clone or backup fails',
    steps: [
      'Find the operation by volume; a task fails later than its call: look for `getTaskUpdate` with the same `task_id`.',
      'With `SnapshotTooMany`: delete snapshots that a backup has left behind.',
    ],
    see: [
      'request.SnapshotTooMany',
      'request.Timeout',
      'request.OutOfResource',
      'request.ResourceInUse',
      'request.IncompatibleVolume',
      'request.NotCancellable',
    ],
  },
  {
    title: 'A volume cannot be deleted',
    steps: [
      '`ResourceInUse` names no host to the caller. `keelson log FOLDER --volume ID` shows who bound it last; `keelson array show` lists the hosts with bindings, and how old these are.',
      'A host that died keeps its bindings until vCenter ends them (`unbindAllVirtualVolumesFromHost`), or the host comes back.',
    ],
    see: ['request.ResourceInUse', 'request.NotFound', 'request.PermissionDenied'],
  },
  {
    title: 'A machine does not meet its storage policy',
    steps: ['Look at alarms about the pool and container first: the policy usually follows them.'],
    see: [
      'alarms.compliance_raised',
      'alarms.compliance_full',
      'Keelson.Alarm.Compliance',
      'Keelson.Alarm.PoolHealth',
      'request.InvalidProfile',
      'Keelson.Event.CapabilitySchema',
    ],
  },
  {
    title: 'Everything is slow, or hosts are turned away',
    steps: [
      'Compare `queue_ms` with `duration_ms`: waiting is load, working is the array.',
      'Count lines by `peer_address`: one machine may be asking for all.',
    ],
    see: [
      'load.shedding',
      'request.VasaProviderBusy',
      'HTTP 503',
      'connection_failed.handshake_timeout',
      'connection_failed.answer_not_taken',
      'request.Timeout',
    ],
  },
  {
    title: 'vCenter shows an alarm or event that nobody understands',
    steps: ['Its text comes from this provider’s catalogs: look the text up on this page.'],
    see: [
      'alarms.raised',
      'Keelson.Alarm.CertificateExpires',
      'Keelson.Event.ChangesLost',
      'events.numbering_restarted',
      'request.LostEvent',
      'request.LostAlarm',
    ],
  },
  {
    title: 'The provider does not start',
    steps: [
      'Read the line that begins with `keelson:`, and the exit code (`echo $?`, or `systemctl status`).',
    ],
    see: ['exit 2', 'exit 3', 'exit 4', 'exit 5', 'exit 6', 'exit 7', 'exit 8', 'exit 1'],
  },
  {
    title: 'The log has a gap',
    steps: [
      '`keelson log` names gaps. Without it: look for `stopped`, for `fatal`, and for the next `started`.',
    ],
    see: ['log.lines_lost', 'stopped', 'fatal', 'clock.moved', 'connection_failed.other'],
  },
];
