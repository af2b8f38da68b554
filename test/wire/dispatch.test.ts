/**
 * Both doors of the dispatcher: the order of its steps, the faults of each kind in both versions, the
 * log record, and that nothing of our insides leaves. With a made-up service where no VASA is needed.
 */
import { describe, expect, test } from 'vitest';
import { VasaFault } from '../../src/model/faults.ts';
import type { Call, OperationTable, Peer, SessionRule } from '../../src/wire/call.ts';
import { createDispatcher, type SoapAnswer } from '../../src/wire/dispatch.ts';
import type { Operations } from '../../src/wire/generated/vasa-2.0/operations.ts';
import { service as vasa } from '../../src/wire/generated/vasa-2.0/service.ts';
import { envelope, type Soap } from '../support/wire/envelopes.ts';
import { recordingLog } from '../support/wire/log.ts';
import type { Operations as Lending } from '../wsdl/fixtures/lending-3.1/generated/operations.ts';
import { service as lending } from '../wsdl/fixtures/lending-3.1/generated/service.ts';

const PEER: Peer = {
  connectionId: '1',
  remoteAddress: '192.0.2.7',
  certificate: { fingerprint: 'ab'.repeat(32), der: new Uint8Array(), issuers: [] },
  resumed: false,
};
const CALLER = { peer: PEER, sessionId: 's1' };
const SIGNED = '[Keelson 1.2.3; request r1]';
const M = 'xmlns="http://com.vmware.vim.vasa/2.0/xsd"';

type Context = { readonly asked: SessionRule; readonly call: Call };

function setUp<Types extends { [Name in keyof Types]: { request: unknown; response: unknown } }>(
  service: typeof vasa,
  operations: OperationTable<Context>,
  guard = async (rule: SessionRule, call: Call): Promise<Context> => ({ asked: rule, call }),
) {
  const log = recordingLog();
  const dispatcher = createDispatcher<Context, Types>({
    service,
    operations,
    guard,
    toFault: (thrown) =>
      thrown instanceof VasaFault
        ? thrown
        : new VasaFault('StorageFault', 'the array failed', { cause: thrown }),
    signature: 'Keelson 1.2.3',
    log,
    newRequestId: () => 'r1',
  });
  const send = (body: string, action?: string, soap: Soap = '1.1'): Promise<SoapAnswer> =>
    dispatcher.answer({
      ...CALLER,
      soap,
      action,
      body: Buffer.from(envelope(soap, body)),
      receivedAt: Date.now(),
    });
  return { dispatcher, log, send };
}

const throwing = (error: unknown): OperationTable<Context> => ({
  deleteVirtualVolume: { session: 'session', handler: () => Promise.reject(error) },
});
const DELETE = `<deleteVirtualVolume ${M}><vvolId>v</vvolId></deleteVirtualVolume>`;

describe('a call that succeeds', () => {
  const table: OperationTable<Context> = {
    getNumberOfEntities: {
      session: 'certificate',
      handler: async ({ asked, call }: Context, request: { entityType: string }) => {
        call.note({ host_id: 'h', batch_size: 2 });
        call.note({ batch_size: 3 });
        call.setSession('s2');
        return {
          return: asked === 'certificate' && request.entityType === 'StorageArray' ? 7 : 0,
        };
      },
    },
    cancelTask: { session: 'session', handler: async () => undefined },
  };
  const REQUEST = `<getNumberOfEntities ${M}><entityType>StorageArray</entityType></getNumberOfEntities>`;

  test('is answered in kind, with the response element of the description', async () => {
    const { send } = setUp(vasa, table);
    const body =
      '<com:getNumberOfEntitiesResponse xmlns:com="http://com.vmware.vim.vasa/2.0/xsd"><com:return>7</com:return></com:getNumberOfEntitiesResponse>';
    for (const [soap, namespace] of [
      ['1.1', 'http://schemas.xmlsoap.org/soap/envelope/'],
      ['1.2', 'http://www.w3.org/2003/05/soap-envelope'],
    ] as const) {
      expect(await send(REQUEST, undefined, soap)).toMatchObject({
        status: 200,
        session: 's2',
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="${namespace}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
      });
    }
  });

  test('gives the log what handler and guard noted, the later note winning', async () => {
    const { send } = setUp(vasa, table);
    const { facts } = await send(REQUEST);
    expect(facts).toEqual({
      request_id: 'r1',
      operation: 'getNumberOfEntities',
      api_version: '2.0',
      soap_version: '1.1',
      outcome: 'ok',
      queue_ms: expect.any(Number),
      host_id: 'h',
      batch_size: 3,
    });
  });

  test('of an operation that returns nothing has an empty Body', async () => {
    const { send } = setUp(vasa, table);
    const answer = await send(`<cancelTask ${M}><taskId>t</taskId></cancelTask>`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<soapenv:Body></soapenv:Body>');
  });
});

describe('the four operations whose request is empty', () => {
  const empty = Object.entries(vasa.operations).filter(([, { input }]) => input === null);
  const table = Object.fromEntries(
    empty.map(([name]) => [
      name,
      {
        session: 'session' as const,
        handler: () => Promise.reject(new VasaFault('InvalidSession', name)),
      },
    ]),
  );

  test('are four', () =>
    expect(empty.map(([name]) => name).sort()).toEqual([
      'queryCACertificateRevocationLists',
      'queryCACertificates',
      'queryCatalog',
      'requestCSR',
    ]));

  test.each(empty)('%s is told by its action, in both versions', async (name, { soapAction }) => {
    const { send } = setUp(vasa, table);
    for (const soap of ['1.1', '1.2'] as const) {
      const { facts } = await send('', soapAction, soap);
      expect(facts).toMatchObject({ operation: name, outcome: 'InvalidSession' });
    }
  });
});

describe('a typed fault', () => {
  const FAULT = new VasaFault('StorageFault', 'pool <1> failed', {
    data: { faultMessageId: 'm', parameterList: [{ parameterName: 'n', parameterValue: 'v' }] },
    cause: new Error('SELECT secret'),
  });

  test('in SOAP 1.1 is Server with two levels of detail and status 500', async () => {
    const { send } = setUp(vasa, throwing(FAULT));
    const { status, body } = await send(DELETE);
    expect(status).toBe(500);
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>' +
        '<faultcode>soapenv:Server</faultcode>' +
        `<faultstring>pool &lt;1&gt; failed ${SIGNED}</faultstring>` +
        '<detail><com:StorageFault xmlns:com="http://com.vmware.vim.vasa/2.0/xsd" xmlns:data="http://data.vasa.vim.vmware.com/xsd" xmlns:fault="http://fault.vasa.vim.vmware.com/xsd">' +
        '<com:StorageFault><fault:faultMessageId>m</fault:faultMessageId><fault:parameterList>' +
        '<data:parameterName>n</data:parameterName><data:parameterValue>v</data:parameterValue>' +
        '</fault:parameterList></com:StorageFault></com:StorageFault></detail>' +
        '</soapenv:Fault></soapenv:Body></soapenv:Envelope>',
    );
  });

  test('in SOAP 1.2 is Receiver with the same detail and status 500', async () => {
    const { send } = setUp(vasa, throwing(new VasaFault('NotFound', 'no such volume')));
    const { status, body } = await send(DELETE, undefined, '1.2');
    expect(status).toBe(500);
    expect(body).toContain(
      '<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:Receiver</soapenv:Value></soapenv:Code>' +
        `<soapenv:Reason><soapenv:Text xml:lang="en">no such volume ${SIGNED}</soapenv:Text></soapenv:Reason>` +
        '<soapenv:Detail><com:NotFound xmlns:com="http://com.vmware.vim.vasa/2.0/xsd"><com:NotFound></com:NotFound></com:NotFound></soapenv:Detail></soapenv:Fault>',
    );
  });

  test('keeps its cause for the log and says nothing of it', async () => {
    const { send } = setUp(vasa, throwing(FAULT));
    const { body, facts } = await send(DELETE);
    expect(body).not.toContain('secret');
    expect(facts).toMatchObject({
      outcome: 'StorageFault',
      reason: `pool <1> failed ${SIGNED}`,
      cause: FAULT.cause,
    });
  });

  test('whose data cannot be written goes out without them', async () => {
    const bad = new VasaFault('StorageFault', 'x', { data: { maxBatchSize: 1n } });
    const worse = new VasaFault('StorageFault', 'a\u0000b', {
      data: { faultMessageId: '\u0000', parameterList: [] },
    });
    for (const fault of [bad, worse]) {
      const { body, facts } = await setUp(vasa, throwing(fault)).send(DELETE);
      expect(body).toContain('<com:StorageFault></com:StorageFault></com:StorageFault></detail>');
      expect(facts.outcome).toBe('StorageFault');
    }
  });
});

describe('an error that is no declared fault', () => {
  test('of any kind becomes StorageFault by the funnel, with the chain for the log', async () => {
    const cause = new TypeError('x is not a function');
    const { body, facts } = await setUp(vasa, throwing(cause)).send(DELETE);
    expect(body).toContain('the array failed');
    expect(body).not.toContain('not a function');
    expect(facts).toMatchObject({ outcome: 'StorageFault', cause });
  });

  test('of a fault the operation does not declare becomes StorageFault and says so in the log', async () => {
    const fault = new VasaFault('InvalidLogin', 'who are you');
    const { body, facts } = await setUp(vasa, throwing(fault)).send(DELETE);
    expect(body).toContain('<com:StorageFault>');
    expect(body).not.toContain('InvalidLogin');
    expect(facts).toMatchObject({
      outcome: 'StorageFault',
      cause: { message: 'deleteVirtualVolume does not declare InvalidLogin', cause: fault },
    });
  });

  test('of NotSupported, where it is not declared, is NotImplemented, and that StorageFault', async () => {
    const handler = () => Promise.reject(new VasaFault('NotSupported', 'cannot be done'));
    const table: OperationTable<Context> = {
      queryCatalog: { session: 'open', handler },
      deleteVirtualVolume: { session: 'open', handler },
    };
    const { send } = setUp(vasa, table);
    const known = await send(DELETE);
    expect(known.facts).toMatchObject({
      outcome: 'NotImplemented',
      reason: `cannot be done ${SIGNED}`,
    });
    expect((await send('', 'urn:queryCatalog')).facts.outcome).toBe('StorageFault');
    expect(known.facts.cause).toBeUndefined();
  });

  test('of InvalidArgument, where it is not declared, is a plain Client fault', async () => {
    const table: OperationTable<Context> = {
      requestCSR: {
        session: 'open',
        handler: () => Promise.reject(new VasaFault('InvalidArgument', 'bad')),
      },
    };
    const { status, body, facts } = await setUp(vasa, table).send('', 'urn:requestCSR');
    expect(status).toBe(500);
    expect(body).toContain(
      `<faultcode>soapenv:Client</faultcode><faultstring>bad ${SIGNED}</faultstring></soapenv:Fault>`,
    );
    expect(facts.outcome).toBe('Client');
  });

  test('in an operation without StorageFault is a plain Server fault', async () => {
    const table: OperationTable<Context> = {
      open: { session: 'open', handler: () => Promise.reject(new Error('x')) },
    };
    const { status, body, facts } = await setUp(lending, table).send('', 'urn:open', '1.2');
    expect(status).toBe(500);
    expect(body).toContain('soapenv:Receiver');
    expect(body).not.toContain('Detail');
    expect(facts.outcome).toBe('Server');
  });

  test('thrown by the funnel itself is a fault too', async () => {
    const log = recordingLog();
    const dispatcher = createDispatcher({
      service: vasa,
      operations: throwing(new Error('first')),
      guard: async () => ({}) as Context,
      toFault: () => {
        throw new Error('second');
      },
      signature: 's',
      log,
    });
    const body = Buffer.from(envelope('1.1', DELETE));
    const { facts } = await dispatcher.answer({
      ...CALLER,
      soap: '1.1',
      action: undefined,
      body,
      receivedAt: 0,
    });
    expect(facts).toMatchObject({ outcome: 'StorageFault', cause: { message: 'second' } });
  });

  test('in a response that its description does not allow is ours, and says nothing of it', async () => {
    const table: OperationTable<Context> = {
      getNumberOfEntities: { session: 'open', handler: async () => ({ return: 'seven\u0000' }) },
    };
    const request = `<getNumberOfEntities ${M}><entityType>StorageArray</entityType></getNumberOfEntities>`;
    const { body, facts } = await setUp(vasa, table).send(request);
    expect(body).toContain(`the answer could not be written ${SIGNED}`);
    expect(body).not.toContain('seven');
    expect(facts).toMatchObject({ outcome: 'StorageFault', cause: { name: 'EncodeError' } });
  });
});

describe('a request that cannot be read', () => {
  const table: OperationTable<Context> = {
    bindVirtualVolume: { session: 'session', handler: async () => ({ return: [] }) },
    queryCapabilityMetadata: { session: 'session', handler: async () => ({ return: [] }) },
  };

  test('is InvalidArgument for a missing argument, where that is declared', async () => {
    const { body, facts, status } = await setUp(vasa, table).send(
      `<bindVirtualVolume ${M}><bindContext>NORMAL</bindContext></bindVirtualVolume>`,
    );
    expect(status).toBe(500);
    expect(body).toContain(
      `<faultstring>bindVirtualVolume/vvolId[1] is missing ${SIGNED}</faultstring><detail><com:InvalidArgument`,
    );
    expect(facts.outcome).toBe('InvalidArgument');
  });

  test('is a plain fault for a wrong shape: 500 Client in SOAP 1.1, 400 Sender in SOAP 1.2', async () => {
    const request = `<bindVirtualVolume ${M}><colour/></bindVirtualVolume>`;
    const { send } = setUp(vasa, table);
    const first = await send(request);
    expect(first.status).toBe(500);
    expect(first.body).toContain('<faultcode>soapenv:Client</faultcode>');
    expect(first.body).not.toContain('<detail>');
    const second = await send(request, undefined, '1.2');
    expect(second.status).toBe(400);
    expect(second.body).toContain('<soapenv:Value>soapenv:Sender</soapenv:Value>');
    expect(second.facts).toMatchObject({ outcome: 'Client', operation: 'bindVirtualVolume' });
  });

  test('is not talked about with a caller whom the guard refuses', async () => {
    const refusing = (): Promise<Context> =>
      Promise.reject(new VasaFault('InvalidSession', 'no session'));
    const { send } = setUp(vasa, table, refusing);
    for (const request of [
      `<bindVirtualVolume ${M}><colour/></bindVirtualVolume>`,
      `<bindVirtualVolume ${M}/>`,
      `<bindVirtualVolume ${M}>`,
    ]) {
      const { body, facts } = await send(request);
      expect(facts.outcome).toBe('InvalidSession');
      expect(body).not.toContain('colour');
    }
  });

  test('names no operation: no guard is asked, and the log says unknown', async () => {
    const asked: string[] = [];
    const guard = async (rule: SessionRule, call: Call): Promise<Context> => {
      asked.push(call.operation);
      return { asked: rule, call };
    };
    const { send } = setUp(vasa, table, guard);
    for (const [body, action] of [
      ['<x/>', undefined],
      [DELETE, 'urn:bindVirtualVolume'],
      ['', undefined],
      [DELETE, 'urn:nothing'],
    ] as const) {
      expect((await send(body, action)).facts).toMatchObject({
        outcome: 'Client',
        operation: 'unknown',
      });
    }
    expect(asked).toEqual([]);
  });

  test('for its SOAP version or a header that must be understood has its own code', async () => {
    const { dispatcher } = setUp(vasa, table);
    const ask = (soap: Soap, xml: string) =>
      dispatcher.answer({
        ...CALLER,
        soap,
        action: undefined,
        body: Buffer.from(xml),
        receivedAt: 0,
      });
    const header = '<a xmlns="urn:a" S:mustUnderstand="1"/>';
    expect((await ask('1.1', envelope('1.1', DELETE, header))).body).toContain(
      'soapenv:MustUnderstand<',
    );
    expect((await ask('1.2', envelope('1.2', DELETE, header))).body).toContain(
      'soapenv:MustUnderstand<',
    );
    expect((await ask('1.1', envelope('1.2', DELETE))).body).toContain('soapenv:VersionMismatch<');
  });
});

describe('the guard', () => {
  test('is asked with the rule of the operation’s row, and for a session where there is none', async () => {
    const rules: string[] = [];
    const guard = async (rule: SessionRule, call: Call): Promise<Context> => {
      rules.push(
        `${call.operation} ${rule} ${call.sessionId} ${call.apiVersion} ${call.requestId}`,
      );
      return { asked: rule, call };
    };
    const table: OperationTable<Context> = {
      deleteVirtualVolume: { session: 'certificate', handler: async () => undefined },
    };
    const { send } = setUp(vasa, table, guard);
    await send(DELETE);
    await send('', 'urn:queryCatalog');
    expect(rules).toEqual([
      'deleteVirtualVolume certificate s1 2.0 r1',
      'queryCatalog session s1 2.0 r1',
    ]);
  });
});

describe('an operation without a handler', () => {
  test('is NotImplemented where that is declared, else StorageFault that says so', async () => {
    const { send } = setUp(vasa, {});
    const declared = await send(DELETE);
    expect(declared.facts.outcome).toBe('NotImplemented');
    const undeclared = await send('', 'urn:queryCatalog');
    expect(undeclared.facts).toMatchObject({
      outcome: 'StorageFault',
      reason: `queryCatalog is not implemented by this provider ${SIGNED}`,
    });
    expect(undeclared.facts.cause).toBeUndefined();
  });
});

describe('the door in process', () => {
  const table: OperationTable<Context> = {
    getNumberOfEntities: {
      session: 'session',
      handler: async ({ call }: Context, request: { entityType: string }) => {
        call.note({ batch_size: 1 });
        if (request.entityType === 'x') throw new VasaFault('InvalidArgument', 'no such type');
        return { return: 7 };
      },
    },
  };

  test('gives the handler’s own object, by guard and log like the other', async () => {
    const { dispatcher, log } = setUp<Operations>(vasa, table);
    const response = await dispatcher.call(
      'getNumberOfEntities',
      { entityType: 'StorageArray' },
      CALLER,
    );
    expect(response).toEqual({ return: 7 });
    expect(log.records).toEqual([
      {
        request_id: 'r1',
        operation: 'getNumberOfEntities',
        api_version: '2.0',
        soap_version: 'none',
        outcome: 'ok',
        batch_size: 1,
        http_status: 0,
        duration_ms: expect.any(Number),
        queue_ms: 0,
        request_bytes: 0,
        response_bytes: 0,
        connection: '1',
        peer_address: '192.0.2.7',
        peer_certificate: 'ab'.repeat(8),
      },
    ]);
  });

  test('throws the fault that the other would answer with', async () => {
    const { dispatcher, log } = setUp<Operations>(vasa, table);
    await expect(
      dispatcher.call('getNumberOfEntities', { entityType: 'x' }, CALLER),
    ).rejects.toMatchObject({
      name: 'VasaFault',
      fault: 'InvalidArgument',
    });
    await expect(dispatcher.call('cancelTask', { taskId: 't' }, CALLER)).rejects.toMatchObject({
      fault: 'NotImplemented',
    });
    expect(log.records.map(({ outcome }) => outcome)).toEqual([
      'InvalidArgument',
      'NotImplemented',
    ]);
  });

  test('does not know an operation that the service has not', async () => {
    const { dispatcher, log } = setUp<Record<string, { request: unknown; response: unknown }>>(
      vasa,
      table,
    );
    await expect(dispatcher.call('toString', {}, CALLER)).rejects.toBeInstanceOf(VasaFault);
    expect(log.records).toMatchObject([{ operation: 'unknown', outcome: 'Client' }]);
  });
});

test('a service of other namespaces is served by pointing the dispatcher at its description', async () => {
  const table: OperationTable<Context> = {
    lend: {
      session: 'open',
      handler: async (_: Context, request: Lending['lend']['request']) => ({
        return: BigInt(request.item.length),
      }),
    },
  };
  const { send, dispatcher } = setUp<Lending>(lending, table);
  const request =
    '<l:lend xmlns:l="urn:example:lending:3.1:messages" xmlns="urn:example:lending:items"><l:reader>a</l:reader>' +
    '<l:item><condition>new</condition><id>b</id></l:item><l:must-return-by>2026-11-22T00:00:00Z</l:must-return-by></l:lend>';
  const { body, facts } = await send(request, 'urn:lend', '1.2');
  expect(body).toContain('<ns1:return>1</ns1:return>');
  expect(facts).toMatchObject({ api_version: '3.1', operation: 'lend', outcome: 'ok' });
  expect(dispatcher.apiVersion).toBe('3.1');
});
