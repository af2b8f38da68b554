/**
 * The Alarm catalog, and with it the list of everything that can be wrong. Its parts stand in files of their
 * own: space, health, management.
 * Source of the types: VASA `AlarmTypeEnum`, which has none for certificates: they endanger the management
 * of the arrays, so that they are alarms of type Manageability (docs/events-and-alarms.md).
 */
import type { Alarm, AlarmStatus } from '../../model/alarms.ts';
import type { ArrayId, ContainerId } from '../../model/ids.ts';
import { HEALTH_ALARMS } from './health-alarms.ts';
import { MANAGEMENT_ALARMS } from './management-alarms.ts';
import { SPACE_ALARMS } from './space-alarms.ts';
import { inOrder, type Messages, type ParametersOf, type Texts } from './text.ts';

const PREFIX = 'Keelson.Alarm.';

/** By name, which after a prefix and before the status is the message id. */
export const ALARMS = { ...SPACE_ALARMS, ...HEALTH_ALARMS, ...MANAGEMENT_ALARMS } as const;

export type AlarmName = keyof typeof ALARMS;

type TextsOf<Name extends AlarmName> = (typeof ALARMS)[Name]['texts'];

/** The statuses in which an alarm of this name can be raised. */
export type RaisedStatus<Name extends AlarmName> = Exclude<
  keyof TextsOf<Name> & AlarmStatus,
  'Green'
>;

/** What the texts of an alarm have places for, in any status; Green has only `objectId`. */
export type AlarmParameters<Name extends AlarmName> = ParametersOf<
  {
    [Status in keyof TextsOf<Name>]: TextsOf<Name>[Status] extends { readonly en: infer Text }
      ? Text & string
      : never;
  }[keyof TextsOf<Name>]
>;

const NAMES = Object.keys(ALARMS) as AlarmName[];

/** Message id of an alarm in a status. */
function alarmMessageId(name: AlarmName, status: AlarmStatus): string {
  return `${PREFIX}${name}.${status}`;
}

/** What an alarm is about. */
export interface AlarmSubject {
  readonly objectId: string;
  readonly arrayId?: ArrayId | undefined;
  readonly containerId?: ContainerId | undefined;
}

/** An alarm of this name; `parameters` fill the places of its text beside `objectId`. */
export function raised<Name extends AlarmName>(
  name: Name,
  status: RaisedStatus<Name>,
  { objectId, arrayId, containerId }: AlarmSubject,
  parameters: Omit<AlarmParameters<Name>, 'objectId'>,
): Alarm {
  const { type, objectType } = ALARMS[name];
  const values = Object.entries<string>({ objectId, ...parameters });
  return {
    type,
    objectType,
    objectId,
    arrayId,
    containerId,
    status,
    messageId: alarmMessageId(name, status),
    parameters: values.map(([key, value]) => ({ name: key, value })),
    compliance: undefined,
  };
}

/** The alarm as it ends: the same one in Green, with the text that belongs to it. */
export function ended(alarm: Alarm): Alarm {
  const name = NAMES.find((each) => alarm.messageId.startsWith(`${PREFIX}${each}.`));
  return {
    ...alarm,
    status: 'Green',
    messageId: name === undefined ? alarm.messageId : alarmMessageId(name, 'Green'),
    parameters: [{ name: 'objectId', value: alarm.objectId }],
  };
}

/** Message id to text, in order of ids. */
export function alarmMessages(): Messages {
  return inOrder(
    NAMES.flatMap((name) =>
      // The keys of a constant record are its statuses.
      (Object.entries(ALARMS[name].texts) as [AlarmStatus, Texts][]).map(
        ([status, texts]) => [alarmMessageId(name, status), texts] as const,
      ),
    ),
  );
}
