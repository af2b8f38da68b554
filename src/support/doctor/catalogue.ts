/**
 * Every check of the doctor and what it looks at: the closed list of what a finding may be called. docs/support.md
 * shows it as its table, which a test compares.
 */
export const CHECKED = {
  'machine.runtime': 'Node.js is new enough, and an even release',
  'machine.open-files': 'as many files may be open as connections are allowed',
  'machine.time-keeping': 'something keeps the time',
  'machine.randomness': 'the system has random numbers for keys',
  'folder.owner': 'the data folder is there and belongs to who asks',
  'folder.privacy': 'nobody else can look into it',
  'folder.holder': 'one process has it and answers, or none',
  'folder.space': 'there is room left',
  'folder.kind': 'it lies on a disk of this machine, where locks hold',
  'folder.flush': 'a file can be written there and flushed to the disk',
  'folder.keys': 'there is a private key',
  'store.sound': 'the provider’s database is whole, looked at in a copy',
  'store.release': 'this release can read it',
  'audit.chain': 'the audit trail stands, by its chain and what the provider remembers of its end',
  'array.sound': 'the array answers, and what it keeps adds up',
  'trust.registrations':
    'a vCenter has registered, and no certificate or revocation list of it soon ends',
  'trust.hosts': 'no host that is away has held volumes for a day',
  'configuration.read': 'the configuration can be read',
  'configuration.sense': 'no setting contradicts another, or is for a test bench alone',
  'names.resolve': 'the name in the URL can be looked up',
  'names.here': 'it leads to this machine',
  'names.reverse': 'its address leads back to it',
  'names.certificate': 'the certificate has the name in the URL and all of publicNames',
  'port.free': 'the port can be had, where no provider runs',
  'tls.validity': 'the certificate is valid, and for longer than a month',
  'tls.key': 'its key is long enough',
  'tls.handshake': 'a client that trusts what is to be trusted can connect',
  'tls.versions': 'TLS 1.2 is spoken, and nothing older',
  'time.provider':
    'the provider’s clock and that of this machine agree, by the `Date` of its answer',
  'wire.version-xml': 'version.xml is served, is well-formed, and names services',
  'wire.services': 'VASA 2.0 is among them',
  'wire.stranger': 'who has no certificate is refused with InvalidSession',
  'wire.registration': 'a registration is heard: without name and password it ends in InvalidLogin',
  'vcenter.resolve': 'the name of the vCenter can be looked up',
  'vcenter.reach': 'its port can be reached',
  'vcenter.clock': 'its clock and ours are not more than half a minute apart',
} as const;

export type CheckName = keyof typeof CHECKED;

/** Markdown, one row for each check, in the order in which they are made. */
export function checksTable(): string {
  const rows = Object.entries(CHECKED).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ['| check | looks whether |', '|---|---|', ...rows].join('\n');
}
