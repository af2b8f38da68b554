/**
 * Alarms about what stands in the way of managing an array, and about volumes that do not get what their
 * policy asks for. See alarm-messages.ts.
 */
import type { AlarmKind } from './alarm-kind.ts';

export const MANAGEMENT_ALARMS = {
  ArraySilent: {
    type: 'Manageability',
    objectType: 'StorageArray',
    texts: {
      Red: {
        en: 'Storage array {objectId} does not answer this provider.',
        de: 'Das Speicher-Array {objectId} antwortet diesem Provider nicht.',
      },
      Green: {
        en: 'Storage array {objectId} answers again.',
        de: 'Das Speicher-Array {objectId} antwortet wieder.',
      },
    },
  },
  ArrayHealth: {
    type: 'Manageability',
    objectType: 'StorageArray',
    texts: {
      Red: {
        en: 'Storage array {objectId} cannot be managed: it has failed.',
        de: 'Das Speicher-Array {objectId} kann nicht verwaltet werden: Es ist ausgefallen.',
      },
      Yellow: {
        en: 'Storage array {objectId} is degraded.',
        de: 'Das Speicher-Array {objectId} ist beeinträchtigt.',
      },
      Green: {
        en: 'Storage array {objectId} is healthy.',
        de: 'Das Speicher-Array {objectId} ist in Ordnung.',
      },
    },
  },
  CertificateExpires: {
    type: 'Manageability',
    objectType: 'StorageArray',
    texts: {
      Red: {
        en: 'Storage array {objectId} will soon be, or already is, unmanageable: the {subject} {certificate} ends on {date}. Renew it.',
        de: 'Das Speicher-Array {objectId} ist bald oder schon jetzt nicht mehr zu verwalten: Das Zertifikat {certificate} ({subject}) endet am {date}. Erneuern Sie es.',
      },
      Yellow: {
        en: 'The management of storage array {objectId} depends on the {subject} {certificate}, which ends on {date}. Renew it.',
        de: 'Die Verwaltung des Speicher-Arrays {objectId} hängt am Zertifikat {certificate} ({subject}), das am {date} endet. Erneuern Sie es.',
      },
      Green: {
        en: 'The certificates on which the management of storage array {objectId} depends are valid.',
        de: 'Die Zertifikate, an denen die Verwaltung des Speicher-Arrays {objectId} hängt, sind gültig.',
      },
    },
  },
  Compliance: {
    type: 'Compliance',
    objectType: 'VirtualVolumeInfo',
    texts: {
      Red: {
        en: 'Virtual volume {objectId} does not get what its storage policy {profileId} asks for.',
        de: 'Das virtuelle Volume {objectId} erhält nicht, was seine Speicherrichtlinie {profileId} verlangt.',
      },
      Yellow: {
        en: 'Whether virtual volume {objectId} gets what its storage policy {profileId} asks for is open: it is being moved, or cannot be told.',
        de: 'Ob das virtuelle Volume {objectId} erhält, was seine Speicherrichtlinie {profileId} verlangt, ist offen: Es wird verlagert, oder es ist nicht festzustellen.',
      },
      Green: {
        en: 'Virtual volume {objectId} gets what its storage policy asks for.',
        de: 'Das virtuelle Volume {objectId} erhält, was seine Speicherrichtlinie verlangt.',
      },
    },
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;
