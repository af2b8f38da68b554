import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OpenContext } from '../../src/operations/context.ts';
import { operationTable } from '../../src/operations/table.ts';
import { toFault } from '../../src/operations/to-fault.ts';
import type { WireLog } from '../../src/wire/call.ts';
import { createDispatcher } from '../../src/wire/dispatch.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';

const LEDGER = new URL('../../docs/unimplemented-operations.txt', import.meta.url);
const SERVED = Object.keys(operationTable);

// A guard that is mistaken gives a context without client and session; nothing else of it is read.
const nobody = { client: undefined, session: undefined } as OpenContext;
const peer = {
  connectionId: 'connection-1',
  remoteAddress: '192.0.2.1',
  certificate: undefined,
  resumed: false,
};
const log: WireLog = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};

/** The rows by rule, as the protocol's access matrix has them. */
const namesOf = (rule: string) =>
  Object.entries(operationTable)
    .filter(([, row]) => row.session === rule)
    .map(([name]) => name);

describe('the table of operations', () => {
  it('names only operations of the contract', () => {
    expect(Object.keys(service20.operations)).toEqual(expect.arrayContaining(SERVED));
  });

  it('and the ledger of unimplemented operations together are the contract, in both versions', () => {
    const missing = [service10, service20].flatMap(({ version, operations }) =>
      Object.keys(operations)
        .filter((name) => !SERVED.includes(name))
        .sort()
        .map((name) => `${version} ${name}`),
    );
    const lines = readFileSync(LEDGER, 'utf8').split('\n');
    const listed = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(listed).toEqual(missing);
  });

  it('asks nothing of those who register, a certificate of those who open a session', () => {
    expect(namesOf('open').sort()).toEqual([
      'registerCACertificatesAndCRLs',
      'registerCASignedProviderCertificate',
      'registerVASACertificate',
      'requestCSR',
    ]);
    expect(namesOf('certificate').sort()).toEqual(['setContext', 'unregisterVASACertificate']);
    expect(namesOf('session')).toHaveLength(SERVED.length - 6);
  });

  it.each([service10, service20])(
    'answers the others with NotImplemented where it is declared, in version $version',
    async (service) => {
      const guard = async (): Promise<OpenContext> => nobody;
      const dispatcher = createDispatcher({
        service,
        operations: operationTable,
        guard,
        toFault,
        signature: 'test',
        log,
      });
      const missing = Object.keys(service.operations).filter((name) => !SERVED.includes(name));
      for (const name of missing) {
        const declared = service.operations[name]?.faults ?? [];
        const call = dispatcher.call(name, {}, { peer, sessionId: undefined });
        await expect(call).rejects.toMatchObject({
          fault: declared.includes('NotImplemented') ? 'NotImplemented' : 'StorageFault',
          message: `${name} is not implemented by this provider`,
        });
      }
    },
  );

  it('runs no handler whose caller has not been proved, even if the guard let it through', () => {
    const { getAlarms, setContext } = operationTable;
    expect(() => getAlarms.handler(nobody, {})).toThrow('without a session');
    expect(() => setContext.handler(nobody, {})).toThrow('without a certificate');
  });
});
