/** What is typically taken for right when a provider is set up, and is not. Ids are those of the handbook. */

export interface Misunderstanding {
  readonly thought: string;
  readonly truth: string;
  /** How it shows: ids of entries. */
  readonly shows: readonly string[];
}

export const MISUNDERSTANDINGS: readonly Misunderstanding[] = [
  {
    thought: 'Any name or address of the machine will do in the URL.',
    truth:
      'The URL’s host has to be one of the names in the provider’s certificate. Set `publicNames` to what vCenter and hosts call it before it is registered; a change later needs a new certificate (`keelson certificate renew`, then add the provider anew).',
    shows: ['connection_failed.certificate_unknown', 'connection_failed.certificate_refused'],
  },
  {
    thought: 'The provider speaks on the usual HTTPS port.',
    truth:
      'Its port is `port`, 8443 unless set. The firewall has to let it through from vCenter and from every ESXi host: hosts call for themselves.',
    shows: ['connection_failed.handshake_timeout', 'exit 3'],
  },
  {
    thought: 'If vCenter reaches the provider, hosts do too.',
    truth:
      'Each host has its own connection, certificate and session. Test from a host: `nc -z HOST 8443`.',
    shows: ['Keelson.Fault.NoEndpoint', 'refusal unknownIssuer'],
  },
  {
    thought: 'A few minutes of difference between clocks do not matter.',
    truth:
      'Certificates are judged by date. vCenter makes them valid from the moment they are made, so a provider whose clock is behind refuses new ones. NTP on all: vCenter, hosts, provider.',
    shows: [
      'refusal notYetValid',
      'refusal expired',
      'request.InvalidCertificate',
      'trust.crl_outdated',
    ],
  },
  {
    thought: 'A load balancer in front makes it more available.',
    truth:
      'Clients show their certificate in the TLS handshake, so TLS has to end at the provider; and a session lives in one provider. Register each provider by its own URL; they agree among themselves which one is active.',
    shows: [
      'connection_failed.no_tls',
      'refusal missing',
      'no session: unknown',
      'request.InactiveProvider',
    ],
  },
  {
    thought: 'A second vCenter can be added like the first.',
    truth:
      'It can, and sees the same arrays. But a provider shows one certificate to all, signed by the first vCenter’s CA: the second has to trust that CA. `keelson certificate release` gives the place to the other.',
    shows: ['certificate.held', 'trust.vcenter_left', 'connection_failed.certificate_unknown'],
  },
  {
    thought: 'Hosts cloned from one image are different hosts.',
    truth:
      'A host is known by its hardware UUID. Two machines with one UUID are refused, the second while the first is there. Mend the UUID; `trust.sharedHostIds: accept` is for test set-ups.',
    shows: ['request.PermissionDenied'],
  },
  {
    thought: 'The certificate renews itself.',
    truth:
      'vCenter signs it for about a year, and renews it when it is told to or shortly before the end. Warnings come 90, 30, 7 and 1 days before: in the log, as event and as alarm.',
    shows: [
      'certificate.expires',
      'certificate.expired',
      'Keelson.Event.CertificateExpires',
      'Keelson.Alarm.CertificateExpires',
    ],
  },
  {
    thought: 'A host that was removed from vCenter has no access any more.',
    truth:
      'Its certificate is good until it ends or is revoked, and the revocation list has reached the provider: refresh the CA certificates in vCenter. Without a list nothing can be checked.',
    shows: ['trust.crl_missing', 'trust.crl_outdated', 'refusal revoked'],
  },
  {
    thought: 'The user of the registration is asked for all the time.',
    truth:
      'Name and password count at registration alone; afterwards certificates and sessions do. A changed password does not put a registered vCenter offline.',
    shows: ['request.InvalidLogin', 'users.login_failed'],
  },
  {
    thought: 'The provider may run on a virtual machine on the datastore that it serves.',
    truth:
      'Then neither comes up without the other after a power failure. Keep the provider, and vCenter, on other storage.',
    shows: ['Keelson.Alarm.ArraySilent'],
  },
  {
    thought: 'A restored backup brings everything back as it was.',
    truth:
      'Clients are told to read everything anew. Registrations made after the backup are gone: those vCenters have to add the provider again. vCenter restored from its own backup may likewise ask for what is gone.',
    shows: [
      'events.numbering_restarted',
      'Keelson.Event.ChangesLost',
      'refusal unknownIssuer',
      'request.NotFound',
    ],
  },
  {
    thought: 'Free space in the datastore means that a disk can be made.',
    truth:
      'A container has space, a quota, and a pool that it may share. What is promised counts as well as what is written.',
    shows: ['request.OutOfResource', 'Keelson.Alarm.ContainerQuota', 'Keelson.Alarm.PoolSpace'],
  },
  {
    thought: 'Two providers may run on one data folder, for safety.',
    truth:
      'The second one refuses to start. Several providers for one array have a folder each: see [active and passive](active-passive.md).',
    shows: ['exit 5', 'request.InactiveProvider'],
  },
  {
    thought: '`log.level: warn` makes the log easier to read.',
    truth:
      'It leaves out the lines of ordinary requests, by which support staff find what happened. Leave it at `info`.',
    shows: ['request.ok'],
  },
];
