/** The excerpts of the handbook, good states first. */
import type { Excerpt } from './excerpt.ts';

export const EXCERPTS: readonly Excerpt[] = [
  {
    id: 'registration',
    scene: 'healthy',
    state: 'good',
    title: 'vCenter registers the provider',
    picks: [
      { id: 'request.ok', operation: 'registerCACertificatesAndCRLs', soap: ['request'] },
      { id: 'trust.registration_added' },
    ],
    says: [
      [
        '"outcome": "ok"',
        'name and password were right, and the CA certificates are trusted from now on',
      ],
      ['<com:caRootCert>', 'a CA certificate of this vCenter: clients that it signs are accepted'],
      ['[hidden]', 'the password and other secrets never reach the log'],
      ['"certificates"', 'names and fingerprints of the CAs that this registration brought'],
      ['"crls"', 'how many revocation lists came along; with 0, nobody can be revoked'],
    ],
    see: ['trust.registration_added', 'trust.crl_missing'],
  },
  {
    id: 'session',
    scene: 'healthy',
    state: 'good',
    title: 'A host opens its session',
    picks: [{ id: 'request.ok', operation: 'setContext', soap: ['request', 'response'] }],
    says: [
      [
        '<data:hostInitiator>',
        'the ports by which this host reaches storage: these have to be known to the array',
      ],
      ['<data:hostGuid>', 'who the host says that it is; `host_id` in the lines that follow'],
      [
        '<data:sessionId>',
        'hidden; in lines the first 12 digits of its SHA-256 stand under `session`',
      ],
      ['<data:maxBatchSize>', 'how many items one call may name'],
      [
        '<data:needsExplicitActivation>',
        '`false`: this provider serves its array without being activated',
      ],
      ['<data:vasaProviderVersion>', 'the release that answered'],
    ],
    see: ['request.InvalidSession', 'no session: unknown'],
  },
  {
    id: 'bind',
    scene: 'healthy',
    state: 'good',
    title: 'A host binds a volume',
    picks: [
      {
        id: 'request.ok',
        operation: 'bindVirtualVolume',
        which: 'first',
        soap: ['request', 'response'],
      },
    ],
    says: [
      [
        '<com:bindContext>',
        '`Normal`: a machine starts or moves here; `RebindStart`: the way to the volume is being changed',
      ],
      [
        '<vvol:peInBandId>',
        'the protocol endpoint by which the host reaches the volume from now on; it has to be on the host’s own list of endpoints',
      ],
      ['<vvol:vvolSecondaryId>', 'the volume’s place behind that endpoint'],
      ['VMW_VVolName', 'what vSphere calls the disk'],
    ],
    see: ['Keelson.Fault.NoEndpoint', 'request.ok'],
  },
  {
    id: 'no-common-endpoint',
    scene: 'lost-endpoint',
    state: 'failed',
    title: 'This XML block means that host and array cannot see each other',
    picks: [
      { id: 'alarms.raised' },
      { id: 'request.ok', operation: 'bindVirtualVolume', soap: ['response'] },
    ],
    says: [
      [
        '<vvol:fault xsi:type="fault:StorageFault">',
        'a fault of one item: the call as such succeeded, this volume was not bound',
      ],
      [
        'no endpoint of the host is online',
        'no protocol endpoint that this host and the array have in common is up: zoning, access list, cable, or the endpoint itself',
      ],
      [
        '"failed_items": 1',
        'in the line of a batch this is the sign to look for: the outcome is `ok`',
      ],
      [
        '"message_id": "Keelson.Alarm.EndpointOffline.Red"',
        'why: the endpoint went down; the alarm says which',
      ],
    ],
    see: ['Keelson.Fault.ArrayFailed', 'Keelson.Fault.NoEndpoint', 'Keelson.Alarm.EndpointOffline'],
  },
  {
    id: 'silent-array',
    scene: 'silent-array',
    state: 'failed',
    title: 'This XML block means that provider and array cannot see each other',
    picks: [
      { id: 'alarms.raised' },
      { id: 'request.StorageFault', operation: 'queryArrays', soap: ['response'] },
      { id: 'alarms.ended' },
    ],
    says: [
      ['Keelson.Fault.ArrayFailed', 'the array said that it cannot, or said nothing'],
      [
        '<data:parameterName>reason</data:parameterName>',
        'followed by what was heard of the array',
      ],
      [
        '"message_id": "Keelson.Alarm.ArraySilent.Red"',
        'the array does not answer this provider at all',
      ],
      ['"injected"', 'here it is a test: a fault rule made it fail. Without this field it is real'],
      ['"id": "alarms.ended"', 'it answers again'],
    ],
    see: ['Keelson.Alarm.ArraySilent', 'request.StorageFault', 'faults.rule_added'],
  },
  {
    id: 'revoked',
    scene: 'revoked-host',
    state: 'failed',
    title:
      'This XML block means that the client certificate was revoked, or is not trusted for another reason',
    picks: [
      { id: 'trust.registration_refreshed' },
      { id: 'trust.changed' },
      { id: 'request.InvalidSession', soap: ['response'] },
    ],
    says: [
      [
        '<com:InvalidSession ',
        'all that the caller is told: it has no session, and its certificate does not get it one',
      ],
      [
        'is not trusted by this provider',
        'it is the certificate and not the session; why, the log alone says',
      ],
      [
        '"refusal": "revoked:',
        'why: the CA took this certificate back. Another word here is another reason',
      ],
      ['"sessions_ended": 1', 'the refresh before ended the sessions of that certificate'],
    ],
    see: ['refusal revoked', 'request.InvalidSession', 'trust.registration_refreshed'],
  },
  {
    id: 'expired',
    scene: 'expired-certificate',
    state: 'failed',
    title: 'The certificate of a host has expired',
    picks: [{ id: 'request.InvalidSession' }],
    says: [
      ['"refusal": "expired:', 'the certificate named has ended: renew it on that host'],
      ['"peer_certificate"', 'its fingerprint: other lines of the same host have the same'],
    ],
    see: ['refusal expired', 'request.InvalidSession'],
  },
  {
    id: 'clock-skew',
    scene: 'clock-skew',
    state: 'failed',
    title: 'The clocks of provider and vCenter differ',
    picks: [{ id: 'request.InvalidSession', operation: 'setContext' }],
    says: [
      [
        '"refusal": "notYetValid:',
        'the certificate begins later than now, by the clock of this machine',
      ],
      ['"time"', 'what this machine takes for now: compare it with the date in `refusal`'],
    ],
    see: ['refusal notYetValid'],
  },
  {
    id: 'out-of-space',
    scene: 'out-of-space',
    state: 'failed',
    title: 'This XML block means that the container is full',
    picks: [{ id: 'request.OutOfResource', operation: 'createVirtualVolume', soap: ['response'] }],
    says: [
      [
        '<com:OutOfResource ',
        'no space, no quota, or nothing that offers what the policy asks for',
      ],
      ['<faultstring>', 'which of them, in the array’s words, then the release and the request id'],
    ],
    see: ['request.OutOfResource', 'Keelson.Alarm.ContainerQuota'],
  },
  {
    id: 'stale-binding',
    scene: 'stale-binding',
    state: 'failed',
    title: 'A host died, and the volumes that it had bound cannot be deleted',
    picks: [
      { id: 'request.ok', operation: 'bindVirtualVolume' },
      { id: 'request.ResourceInUse', operation: 'deleteVirtualVolume', soap: ['response'] },
    ],
    says: [
      ['"id": "request.ok"', 'who bound it: the last bind of this volume that no unbind followed'],
      ['<com:ResourceInUse ', 'the volume is still bound'],
      ['"vvol_ids"', 'the same volume in both lines'],
    ],
    see: ['request.ResourceInUse'],
  },
  {
    id: 'snapshot-limit',
    scene: 'failed-snapshot',
    state: 'failed',
    title: 'No more snapshots can be taken',
    picks: [{ id: 'request.SnapshotTooMany', soap: ['response'] }],
    says: [
      ['<com:SnapshotTooMany ', 'the array keeps no more snapshots of this volume'],
      ['at most 2 snapshots', 'how many it keeps'],
    ],
    see: ['request.SnapshotTooMany'],
  },
  {
    id: 'two-vcenters',
    scene: 'two-vcenters',
    state: 'failed',
    title: 'Two vCenters want to sign the certificate of one provider',
    picks: [
      { id: 'certificate.held' },
      { id: 'request.PermissionDenied', operation: 'registerCASignedProviderCertificate' },
    ],
    says: [
      ['"holder"', 'whose certificate is in force: registration and vCenter'],
      ['"peer_certificate"', 'who wanted to replace it'],
      ['"outcome": "PermissionDenied"', 'nothing was changed'],
    ],
    see: ['certificate.held', 'request.PermissionDenied'],
  },
  {
    id: 'damaged-request',
    scene: 'corrupted-request',
    state: 'failed',
    title: 'Requests arrive damaged',
    picks: [
      { id: 'request.Client', operation: 'queryArrays', soap: ['response'] },
      { id: 'connection_failed.bad_http' },
    ],
    says: [
      ['<faultcode>', '`Client`: the provider could not read the request; nothing was done'],
      [
        'malformed XML',
        'the text is cut or changed: look at what stands between client and provider',
      ],
      ['"code": "HPE_INVALID_METHOD"', 'what came was no HTTP either'],
    ],
    see: ['request.Client', 'connection_failed.bad_http'],
  },
];
