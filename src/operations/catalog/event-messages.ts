/**
 * The Event catalog: what vCenter shows an administrator for each event that this provider sends.
 * Changes of the array have one message per kind of thing and kind of change; the provider's own
 * notices (System events) are listed one by one.
 */
import type { Change, ChangedEntity } from '../../model/array.ts';
import type { Messages } from './text.ts';

const PREFIX = 'Keelson.Event.';

/** System events: facts about the provider itself. The key, after a prefix, is the message id. */
const SYSTEM_EVENT_TEXTS = {
  CertificateExpired: 'The certificate of this provider expired on {date}.',
  CertificateExpires: 'The certificate of this provider expires on {date}; days left: {days}.',
  ChangesLost:
    'What changed in the array after its change {after} is not known: read the inventory of this provider anew.',
} as const satisfies Messages;

export type SystemEventName = keyof typeof SYSTEM_EVENT_TEXTS;

/** Message id of a system event. */
export function systemMessageId(name: SystemEventName): string {
  return PREFIX + name;
}

const ENTITY_TEXTS: Readonly<Record<ChangedEntity, string>> = {
  CapabilityProfile: 'Capability profile {objectId}',
  DefaultProfile: 'Default profile of {objectId}',
  ProtocolEndpoint: 'Protocol endpoint {objectId}',
  StorageArray: 'Storage array {objectId}',
  StorageContainer: 'Storage container {objectId}',
  VirtualVolumeInfo: 'Virtual volume {objectId}',
};

const KIND_TEXTS: Readonly<Record<Exclude<Change['kind'], 'rebind'>, string>> = {
  delete: 'was removed.',
  new: 'was added.',
  update: 'was changed.',
};

/** Message id of a change of the array; its text has one place, `objectId`. */
export function changeMessageId(change: Pick<Change, 'kind' | 'entity'>): string {
  return change.kind === 'rebind' ? `${PREFIX}Rebind` : `${PREFIX}${change.entity}.${change.kind}`;
}

/** Message id to text, in order of ids. */
export function eventMessages(): Messages {
  const changes = Object.entries(ENTITY_TEXTS).flatMap(([entity, subject]) =>
    Object.entries(KIND_TEXTS).map(([kind, verb]) => [
      `${PREFIX}${entity}.${kind}`,
      `${subject} ${verb}`,
    ]),
  );
  const system = Object.entries(SYSTEM_EVENT_TEXTS).map(([name, text]) => [PREFIX + name, text]);
  const rebind = [`${PREFIX}Rebind`, 'The data path of virtual volumes is to be moved.'];
  return Object.fromEntries(
    [...changes, ...system, rebind].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}
