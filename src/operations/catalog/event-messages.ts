/**
 * The Event catalog: what vCenter shows an administrator for each event that this provider sends.
 * Changes of the array have one message per kind of thing and kind of change; the provider's own
 * notices (System events) are listed one by one.
 */
import type { Change, ChangedEntity } from '../../model/array.ts';
import { inOrder, LOCALES, type Messages, type ParametersOf, type Texts } from './text.ts';

const PREFIX = 'Keelson.Event.';

/** System events: facts about the provider itself. The key, after a prefix, is the message id. */
const SYSTEM_EVENT_TEXTS = {
  CertificateExpired: {
    en: 'The certificate of this provider expired on {date}.',
    de: 'Das Zertifikat dieses Providers ist am {date} abgelaufen.',
  },
  CertificateExpires: {
    en: 'The certificate of this provider expires on {date}; days left: {days}.',
    de: 'Das Zertifikat dieses Providers läuft am {date} ab; verbleibende Tage: {days}.',
  },
  ChangesLost: {
    en: 'What changed in the array after its change {after} is not known: read the inventory of this provider anew.',
    de: 'Was sich im Array nach seiner Änderung {after} geändert hat, ist nicht bekannt: Lesen Sie das Inventar dieses Providers neu ein.',
  },
} as const satisfies Messages;

export type SystemEventName = keyof typeof SYSTEM_EVENT_TEXTS;

/** What the text of a system event has places for. */
export type SystemEventParameters<Name extends SystemEventName> = ParametersOf<
  (typeof SYSTEM_EVENT_TEXTS)[Name]['en']
>;

/** Message id of a system event. */
export function systemMessageId(name: SystemEventName): string {
  return PREFIX + name;
}

/** Changes of an array, and what follows for the compliance of a volume, which the provider tells. */
export type EventSubject = ChangedEntity | 'Compliance';

const SUBJECT_TEXTS: Readonly<Record<EventSubject, Texts>> = {
  BackingStoragePool: {
    en: 'Backing storage pool {objectId}',
    de: 'Der Speicher-Pool {objectId}',
  },
  CapabilityProfile: {
    en: 'Capability profile {objectId}',
    de: 'Das Fähigkeitsprofil {objectId}',
  },
  CapabilitySchema: {
    en: 'Capability schema {objectId}',
    de: 'Das Fähigkeitsschema {objectId}',
  },
  Compliance: {
    en: 'Compliance of virtual volume {objectId} with its storage policy',
    de: 'Die Konformität des virtuellen Volumes {objectId} mit seiner Speicherrichtlinie',
  },
  DefaultProfile: {
    en: 'Default profile of {objectId}',
    de: 'Das Standardprofil von {objectId}',
  },
  ProtocolEndpoint: {
    en: 'Protocol endpoint {objectId}',
    de: 'Der Protokollendpunkt {objectId}',
  },
  ResourceAssociation: {
    en: 'Assignment of capabilities to {objectId}',
    de: 'Die Zuordnung von Fähigkeiten zu {objectId}',
  },
  StorageArray: { en: 'Storage array {objectId}', de: 'Das Speicher-Array {objectId}' },
  StorageCapability: {
    en: 'Storage capability {objectId}',
    de: 'Die Speicherfähigkeit {objectId}',
  },
  StorageContainer: {
    en: 'Storage container {objectId}',
    de: 'Der Speichercontainer {objectId}',
  },
  StorageFileSystem: { en: 'File system {objectId}', de: 'Das Dateisystem {objectId}' },
  StorageLun: { en: 'LUN {objectId}', de: 'Die LUN {objectId}' },
  StoragePort: { en: 'Storage port {objectId}', de: 'Der Speicherport {objectId}' },
  StorageProcessor: {
    en: 'Storage processor {objectId}',
    de: 'Der Speicherprozessor {objectId}',
  },
  VirtualVolumeInfo: {
    en: 'Virtual volume {objectId}',
    de: 'Das virtuelle Volume {objectId}',
  },
};

const KIND_TEXTS: Readonly<Record<Exclude<Change['kind'], 'rebind'>, Texts>> = {
  delete: { en: 'was removed.', de: 'wurde entfernt.' },
  new: { en: 'was added.', de: 'wurde hinzugefügt.' },
  update: { en: 'was changed.', de: 'wurde geändert.' },
};

const REBIND_TEXTS: Texts = {
  en: 'The data path of virtual volumes is to be moved.',
  de: 'Der Datenpfad virtueller Volumes soll verlegt werden.',
};

/** Message id of a change; its text has one place, `objectId`, and none for `rebind`. */
export function changeMessageId(subject: EventSubject, kind: Change['kind']): string {
  return kind === 'rebind' ? `${PREFIX}Rebind` : `${PREFIX}${subject}.${kind}`;
}

function joined(subject: Texts, verb: Texts): Texts {
  const pairs = LOCALES.map((locale) => [locale, `${subject[locale]} ${verb[locale]}`] as const);
  // One pair for each locale was made in the line above.
  return Object.fromEntries(pairs) as Texts;
}

/** Message id to text, in order of ids. */
export function eventMessages(): Messages {
  const changes = Object.entries(SUBJECT_TEXTS).flatMap(([subject, texts]) =>
    Object.entries(KIND_TEXTS).map(
      ([kind, verb]) => [`${PREFIX}${subject}.${kind}`, joined(texts, verb)] as const,
    ),
  );
  const system = Object.entries(SYSTEM_EVENT_TEXTS).map(
    ([name, texts]) => [PREFIX + name, texts] as const,
  );
  return inOrder([...changes, ...system, [`${PREFIX}Rebind`, REBIND_TEXTS]]);
}
