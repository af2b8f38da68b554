import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import {
  bindingChangeComplete,
  cancelBindingChange,
  prepareForBindingChange,
} from '../../../src/operations/bindings/bindings-change.ts';
import { operationTable } from '../../../src/operations/table.ts';
import { toFault } from '../../../src/operations/to-fault.ts';
import { createDispatcher } from '../../../src/wire/dispatch.ts';
import { service } from '../../../src/wire/generated/vasa-2.0/service.ts';
import {
  callOf,
  OTHER_HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { endedJob, expectFaultsOf, faultOf, onTheWire } from '../support.ts';

const FIRST = 'rfc4122.11111111-6128-4ad2-873b-8ddb1ba45d4f';
const SECOND = 'rfc4122.aaaaaaaa-6128-4ad2-873b-8ddb1ba45d4f';
const TOO_MANY = Array.from({ length: LIMITS.batchItems + 1 }, () => FIRST);

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => test.close());

describe('prepareForBindingChange', () => {
  const prepare = async (vvolId: readonly string[], destHostId: string = OTHER_HOST) => {
    const call = callOf(test.provider, session, 'prepareForBindingChange');
    const response = await prepareForBindingChange(call, { vvolId, destHostId });
    return onTheWire('2.0', 'prepareForBindingChange', response).return;
  };
  const refused = async (ids: readonly string[], host?: string) =>
    (await faultOf('prepareForBindingChange', prepare(ids, host))).fault;

  it('starts one task for all volumes and the host they are to move to', async () => {
    const asked: unknown[] = [];
    fakes.prepareBindingChange = async (start, ...rest) => {
      asked.push(rest);
      return endedJob(start);
    };
    const task = await prepare([FIRST, SECOND.replace('aaaa', 'AAAA'), FIRST], ' host-2 ');
    expect(asked).toEqual([[[FIRST, SECOND], OTHER_HOST]]);
    expect(task).toMatchObject({ name: 'prepareForBindingChange', taskState: 'Success' });
  });

  it('refuses no ids, too many, what is no id, and no host', async () => {
    expect(await refused([])).toBe('InvalidArgument');
    expect(await refused(TOO_MANY)).toBe('InvalidArgument');
    expect(await refused([FIRST, 'disk-1'])).toBe('InvalidArgument');
    expect(await refused([FIRST], ' ')).toBe('InvalidArgument');
  });

  it('passes on what the array says', async () => {
    const expected = {
      notFound: 'NotFound',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    const operation = 'prepareForBindingChange';
    await expectFaultsOf(operation, fakes, 'prepareBindingChange', expected, () =>
      prepare([FIRST]),
    );
  });

  it('is NotImplemented, and no error of ours, over an array that has nothing to prepare', async () => {
    fakes.prepareBindingChange = () => Promise.reject(new ArrayError('unsupported', 'not here'));
    const causes: unknown[] = [];
    const context = callOf(test.provider, session, 'prepareForBindingChange');
    const dispatcher = createDispatcher({
      service,
      operations: operationTable,
      guard: async (_, call) => ({ ...context, call }),
      toFault,
      signature: 'test',
      log: {
        finished: ({ outcome }) => causes.push(outcome),
        flush: () => undefined,
        wantsBodies: () => false,
        bodies: () => undefined,
        connectionFailed: () => undefined,
        shedding: () => undefined,
      },
    });
    const { peer } = context.call;
    const request = { vvolId: [FIRST], destHostId: OTHER_HOST };
    const call = dispatcher.call('prepareForBindingChange', request, {
      peer,
      sessionId: undefined,
    });
    await expect(call).rejects.toMatchObject({ fault: 'NotImplemented', message: 'not here' });
    expect(causes).toEqual(['NotImplemented']);
  });
});

describe.each([
  ['bindingChangeComplete', bindingChangeComplete, 'complete'],
  ['cancelBindingChange', cancelBindingChange, 'cancel'],
] as const)('%s', (operation, handler, outcome) => {
  const end = async (vvolId: readonly string[]) => {
    const call = callOf(test.provider, session, operation);
    const { return: rows } = onTheWire('2.0', operation, await handler(call, { vvolId }));
    return rows.map((each) => [each.uniqueId, each.errorResult?.error[0]?.type]);
  };

  it('answers each volume by itself, in the order asked, under the id it came with', async () => {
    const asked: unknown[] = [];
    fakes.endBindingChange = async (...question) => {
      asked.push(question);
      if (question[0] === SECOND) throw new ArrayError('notFound', 'no volume');
    };
    expect(await end(['disk-1', SECOND, FIRST, FIRST])).toEqual([
      ['disk-1', 'InvalidArgument'],
      [SECOND, 'NotFound'],
      [FIRST, undefined],
      [FIRST, undefined],
    ]);
    expect(asked).toEqual([
      [SECOND, outcome],
      [FIRST, outcome],
    ]);
  });

  it('refuses no ids and too many', async () => {
    for (const ids of [[], TOO_MANY])
      expect((await faultOf(operation, end(ids))).fault).toBe('InvalidArgument');
  });
});
