/**
 * getAlarms: states that need somebody's attention. Nothing in this provider can be in such a state yet,
 * so no alarm has ever been given out; the cursor is judged by the same rules as that of events, so that
 * clients may poll from now on.
 */
import type { GetAlarms, GetAlarmsResponse } from '../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from './context.ts';
import { placeAfter, type Range } from './cursor.ts';

const NONE_EVER: Range = { oldest: 1n, newest: 0n };

/** No alarms. Faults: InvalidArgument (below -1, or an id that has not been given out). */
export async function getAlarms(
  _context: SessionContext,
  { lastAlarmId }: GetAlarms,
): Promise<GetAlarmsResponse> {
  placeAfter(NONE_EVER, lastAlarmId, 'LostAlarm');
  return { return: [] };
}
