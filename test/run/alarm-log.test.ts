import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/log/log.ts';
import type { Alarm } from '../../src/model/alarms.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { epochMs } from '../../src/model/units.ts';
import { ended, raised } from '../../src/operations/catalog/alarm-messages.ts';
import { alarmLog } from '../../src/run/alarm-log.ts';

function lines(alarms: readonly Alarm[]) {
  const written: unknown[][] = [];
  const notice: Log['notice'] = (...line) => {
    written.push(line);
  };
  // Nothing else of a log is used.
  const listen = alarmLog({ notice } as Log);
  listen(alarms.map((alarm, n) => ({ alarmId: BigInt(n), at: epochMs(0), alarm })));
  return written;
}

describe('alarms in the log', () => {
  const endpoint = raised('EndpointOffline', 'Red', { objectId: 'pe-1' }, {});

  it('are told one by one in words, and as a warning while they last', () => {
    const [red, green, ...more] = lines([endpoint, ended(endpoint)]);
    expect(more).toEqual([]);
    expect(red).toEqual([
      'alarms.raised',
      {
        alarm_id: '0',
        alarm_type: 'Object',
        status: 'Red',
        object_type: 'ProtocolEndpoint',
        object_id: 'pe-1',
        message_id: 'Keelson.Alarm.EndpointOffline.Red',
        words: 'Protocol endpoint pe-1 is offline: virtual volumes cannot be reached through it.',
      },
    ]);
    expect(green).toMatchObject(['alarms.ended', { words: 'Protocol endpoint pe-1 is online.' }]);
  });

  it('are told together for volumes, naming the first', () => {
    const volumes = Array.from({ length: LIMITS.logVvolIds + 5 }, (_, n) =>
      raised('Compliance', 'Red', { objectId: `v${n}` }, { profileId: 'gold' }),
    );
    const [line, ...more] = lines(volumes);
    expect(more).toEqual([]);
    expect(line?.[1]).toMatchObject({ vvol_count: LIMITS.logVvolIds + 5 });
    expect(line?.[1]).toHaveProperty('vvol_ids.length', LIMITS.logVvolIds);
  });
});
