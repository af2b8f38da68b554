import { describe, expect, it } from 'vitest';
import { ArrayError, FAULT_OF_ARRAY_ERROR } from '../../src/array/errors.ts';
import type { ArrayErrorKind } from '../../src/model/array.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { faultMessages } from '../../src/operations/catalog/fault-messages.ts';
import { toFault } from '../../src/operations/to-fault.ts';
import { StoreError } from '../../src/store/errors.ts';

const KINDS = Object.keys(FAULT_OF_ARRAY_ERROR) as ArrayErrorKind[];

function messageIdOf({ data }: VasaFault): string {
  return data !== undefined && 'faultMessageId' in data ? data.faultMessageId : '';
}

describe('the fault funnel', () => {
  it('gives a fault back as it is', () => {
    const fault = new VasaFault('ResourceInUse', 'the volume is bound');
    expect(toFault(fault)).toBe(fault);
  });

  it.each(KINDS)('turns the array error %s into its row of the table', (kind) => {
    const error = new ArrayError(kind, 'the array says why');
    const fault = toFault(error);
    expect(fault.fault).toBe(FAULT_OF_ARRAY_ERROR[kind]);
    expect(fault.message).toContain('the array says why');
    expect(fault.cause).toBe(error);
  });

  it('says nothing of our insides when something unforeseen is thrown, and keeps it for the log', () => {
    const thrown = new Error('SELECT secret FROM /var/lib/keelson/provider.db');
    const fault = toFault(thrown);
    expect(fault.fault).toBe('StorageFault');
    expect(fault.message).toBe('The provider failed unexpectedly.');
    expect(JSON.stringify(fault.data)).not.toContain('secret');
    expect(fault.cause).toBe(thrown);
  });

  it.each(['text', undefined, 7, { code: 'SQLITE_FULL' }])('takes %j as unforeseen', (thrown) => {
    expect(toFault(thrown).fault).toBe('StorageFault');
  });

  it('names a full disk of the provider, and no other store error', () => {
    const path = 'no space left for /data/provider.db';
    expect(messageIdOf(toFault(new StoreError('full', path)))).toBe('Keelson.Fault.ProviderFull');
    expect(messageIdOf(toFault(new StoreError('failed', path)))).toBe('Keelson.Fault.Unexpected');
    expect(toFault(new StoreError('full', path)).message).not.toContain('/data');
  });

  it('gives every StorageFault a message id that the Fault catalog has', () => {
    const thrown = [
      new Error('x'),
      new ArrayError('failed', 'x'),
      new ArrayError('alreadyExists', 'x'),
      new StoreError('full', 'x'),
      new VasaFault('StorageFault', 'raised without data'),
    ];
    for (const each of thrown) {
      const fault = toFault(each);
      expect(fault.fault).toBe('StorageFault');
      expect(Object.keys(faultMessages())).toContain(messageIdOf(fault));
    }
  });

  it('keeps the text of a StorageFault that was raised without data, as its parameter', () => {
    const fault = toFault(new VasaFault('StorageFault', 'this is not served', { cause: 'why' }));
    expect(fault.message).toBe('this is not served');
    expect(fault.data).toMatchObject({
      parameterList: [{ parameterName: 'reason', parameterValue: 'this is not served' }],
    });
    expect(fault.cause).toBe('why');
  });
});
