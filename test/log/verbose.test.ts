/** Goal: a verbose switch covers the calls it is for, no others, and never outlives its time. */
import { describe, expect, it } from 'vitest';
import { wireLog } from '../../src/log/wire-log.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { keptLog } from './records.ts';

const call = (notes = {}, peerAddress = '192.0.2.1') => ({ notes, peerAddress });

describe('verbose mode', () => {
  it('is off by default', () => {
    const { log, lines } = keptLog();
    expect(wireLog(log).wantsBodies(call())).toBe(false);
    expect(log.verbose.active()).toEqual([]);
    expect(lines()).toEqual([]);
  });

  it('covers everything, one host by id, vCenter id or address, or one volume', () => {
    const { log } = keptLog();
    const wants = (notes = {}, address?: string) => wireLog(log).wantsBodies(call(notes, address));
    log.verbose.on({ kind: 'host', id: 'h-1' }, 60);
    expect([wants({ host_id: 'h-1' }), wants({ vcenter_id: 'h-1' }), wants({}, 'h-1')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([wants({ host_id: 'h-2' }), wants()]).toEqual([false, false]);
    log.verbose.on({ kind: 'volume', id: 'v-1' }, 60);
    expect([wants({ vvol_ids: ['v-0', 'v-1'] }), wants({ vvol_ids: ['v-2'] })]).toEqual([
      true,
      false,
    ]);
    log.verbose.on({ kind: 'everything' }, 60);
    expect(wants()).toBe(true);
    expect(log.verbose.off(undefined, 'test')).toBe(3);
    expect(wants({ host_id: 'h-1' })).toBe(false);
  });

  it('goes off by itself when its time is over, and the log says so', () => {
    const { log, lines, clock } = keptLog();
    log.verbose.on({ kind: 'everything' }, 600);
    clock.moveBy(599_999);
    expect(wireLog(log).wantsBodies(call())).toBe(true);
    clock.moveBy(1);
    expect(wireLog(log).wantsBodies(call())).toBe(false);
    expect(lines().map((line) => [line['event'], line['target'], line['reason']])).toEqual([
      ['verbose_on', 'everything', undefined],
      ['verbose_off', 'everything', 'expired'],
    ]);
  });

  it('switched on again for the same target, only its end moves', () => {
    const { log, clock } = keptLog();
    log.verbose.on({ kind: 'host', id: 'h' }, 10);
    clock.moveBy(5_000);
    log.verbose.on({ kind: 'host', id: 'h' }, 10);
    clock.moveBy(9_000);
    expect(log.verbose.active()).toHaveLength(1);
  });

  it('lasts a bounded time, and a bounded number of switches are on', () => {
    const { log } = keptLog();
    for (const seconds of [0, -1, LIMITS.verboseSeconds + 1, Number.NaN]) {
      expect(() => log.verbose.on({ kind: 'everything' }, seconds)).toThrow(RangeError);
    }
    for (let n = 0; n < LIMITS.verboseSwitches; n += 1)
      log.verbose.on({ kind: 'host', id: `${n}` }, 60);
    expect(() => log.verbose.on({ kind: 'everything' }, 60)).toThrow(RangeError);
    expect(log.verbose.on({ kind: 'host', id: '0' }, 60).target).toEqual({ kind: 'host', id: '0' });
  });
});
