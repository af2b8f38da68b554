/** Which lane a call is in: what the issue of the day must not wait for is before what may take long. */
import { describe, expect, test } from 'vitest';
import { LANE_OF_OPERATION, laneOf } from '../../src/operations/lanes.ts';
import { operationTable } from '../../src/operations/table.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import { envelope } from '../support/wire/envelopes.ts';

const NONE = new Uint8Array();
const creating = (type: string, before = '') =>
  Buffer.from(
    envelope(
      '1.1',
      `<createVirtualVolume xmlns="http://com.vmware.vim.vasa/2.0/xsd">${before}` +
        `<containerId>c</containerId><vvolType>${type}</vvolType></createVirtualVolume>`,
    ),
  );

test('every operation that is served has one', () => {
  expect(Object.keys(LANE_OF_OPERATION).sort()).toEqual(Object.keys(operationTable).sort());
});

test('what cannot say that it is busy, and is asked by every host, goes before the rest', () => {
  for (const name of ['setContext', 'getEvents', 'getAlarms'] as const) {
    expect(service.operations[name]?.faults).not.toContain('VasaProviderBusy');
    expect(['session', 'urgent']).toContain(laneOf(name, NONE));
  }
});

describe('creating a volume', () => {
  test('for swap is urgent, for anything else it is not', () => {
    expect(laneOf('createVirtualVolume', creating('Swap'))).toBe('urgent');
    expect(laneOf('createVirtualVolume', creating('Data'))).toBe('normal');
  });

  test('is looked at in its first part alone', () => {
    const late = creating('Swap', ' '.repeat(10_000));
    expect(laneOf('createVirtualVolume', late)).toBe('normal');
  });
});

test('what is not served, whatever its name, is normal', () => {
  for (const name of ['nothing', 'constructor', '__proto__', 'toString']) {
    expect(laneOf(name, NONE)).toBe('normal');
  }
});
