/**
 * getAlarms: the states that need somebody's attention, as one client hears of them: what it can see, in
 * the words of its API version. Looking at the states is `alarms/provider-alarms.ts`'s work.
 */
import type { AlarmRecord } from '../../store/port.ts';
import type {
  AlarmTypeEnum,
  AnyStorageAlarm,
  EntityTypeEnum,
  GetAlarms,
  GetAlarmsResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { visibility } from '../inventory/visibility.ts';
import { isServed } from '../versions.ts';
import { complianceFacts } from './compliance-watch.ts';

function storageAlarm({ alarm, alarmId, at }: AlarmRecord): AnyStorageAlarm {
  const shared = {
    alarmId,
    alarmTimeStamp: at,
    alarmType: alarm.type satisfies AlarmTypeEnum,
    containerId: alarm.containerId,
    messageId: alarm.messageId,
    objectId: alarm.objectId,
    objectType: alarm.objectType satisfies EntityTypeEnum,
    parameterList: alarm.parameters.map(({ name, value }) => ({
      parameterName: name,
      parameterValue: value,
    })),
    status: alarm.status,
  };
  const facts = complianceFacts(alarm);
  if (facts === undefined) return shared;
  if (alarm.status !== 'Green') return { $type: 'ComplianceAlarm', ...shared, ...facts };
  const { profileId } = facts;
  const over = { complianceStatus: 'compliant', profileId, violatedPolicy: [] };
  return { $type: 'ComplianceAlarm', ...shared, ...over };
}

/**
 * From the start (no id, or -1): every alarm that is active and that the caller can see, oldest first. After
 * an id: what was raised, changed or ended since, at most 100 at a time; an empty list is the usual answer.
 * Faults: InvalidArgument, LostAlarm (docs/protocol-choices.md, "Cursors").
 */
export async function getAlarms(
  context: SessionContext,
  { lastAlarmId }: GetAlarms,
): Promise<GetAlarmsResponse> {
  const { call, provider, session } = context;
  const sees = visibility(context);
  const records = await provider.alarms.read({
    reader: session,
    view: call.apiVersion,
    after: lastAlarmId,
    wants: ({ alarm: { arrayId, objectId, objectType, type } }) =>
      isServed(call.apiVersion, 'AlarmTypeEnum', type) &&
      isServed(call.apiVersion, 'EntityTypeEnum', objectType) &&
      sees({ entity: objectType, entityId: objectId, arrayId, isGone: false }),
  });
  return { return: records.map(storageAlarm) };
}
