/**
 * An alarm: a state that needs somebody's attention, for as long as it lasts. It is known by its type and
 * object; Green under the same type and object ends it. Knows neither its text nor its form on the wire.
 * Source: VASA `StorageAlarm`, `ComplianceAlarm`.
 */
import type { ArrayId, ContainerId } from './ids.ts';

export type AlarmType =
  | 'SpaceCapacity'
  | 'Capability'
  | 'Object'
  | 'StorageObject'
  | 'Compliance'
  | 'Manageability';

export type AlarmStatus = 'Green' | 'Yellow' | 'Red';

/** What an alarm can be about, by VASA's EntityTypeEnum. */
export type AlarmObject =
  | 'StorageArray'
  | 'StorageProcessor'
  | 'StoragePort'
  | 'StorageLun'
  | 'StorageFileSystem'
  | 'StorageContainer'
  | 'BackingStoragePool'
  | 'ProtocolEndpoint'
  | 'VirtualVolumeInfo';

export interface Alarm {
  readonly type: AlarmType;
  readonly objectType: AlarmObject;
  readonly objectId: string;
  readonly arrayId: ArrayId | undefined;
  readonly containerId: ContainerId | undefined;
  readonly status: AlarmStatus;
  readonly messageId: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** Of alarms of type Compliance: the judgement, in a form only the provider reads. */
  readonly compliance: string | undefined;
}

/** Under this an alarm is the same one, whatever its status. */
export function alarmKey({
  type,
  objectType,
  objectId,
}: Pick<Alarm, 'type' | 'objectType' | 'objectId'>): string {
  return `${type}/${objectType}/${objectId}`;
}
