/**
 * What becomes of alarms, in the log: a line for each, and one for all volumes whose compliance has changed
 * at a time, since a pool that fails has many.
 */
import type { Log } from '../log/log.ts';
import { LIMITS } from '../model/limits.ts';
import { alarmMessages } from '../operations/catalog/alarm-messages.ts';
import { render } from '../operations/catalog/text.ts';
import type { AlarmRecord } from '../store/port.ts';

/** A listener for alarms. Returns at once and never throws. */
export function alarmLog(log: Log): (records: readonly AlarmRecord[]) => void {
  const texts = alarmMessages();
  return (records) => {
    for (const { alarm, alarmId } of records) {
      if (alarm.type === 'Compliance') continue;
      const parameters = Object.fromEntries(
        alarm.parameters.map(({ name, value }) => [name, value]),
      );
      const words = render(texts[alarm.messageId]?.en ?? alarm.messageId, parameters);
      const { messageId, objectId, objectType, status, type } = alarm;
      log.notice(status === 'Green' ? 'alarms.ended' : 'alarms.raised', {
        alarm_id: alarmId.toString(),
        alarm_type: type,
        status,
        object_type: objectType,
        object_id: objectId,
        message_id: messageId,
        words,
      });
    }
    for (const status of ['Red', 'Yellow', 'Green'] as const) {
      const volumes = records.filter(({ alarm }) => {
        return alarm.type === 'Compliance' && alarm.status === status;
      });
      if (volumes.length === 0) continue;
      log.notice(status === 'Green' ? 'alarms.compliance_ended' : 'alarms.compliance_raised', {
        status,
        vvol_count: volumes.length,
        vvol_ids: volumes.slice(0, LIMITS.logVvolIds).map(({ alarm }) => alarm.objectId),
      });
    }
  };
}
