/** Lines of the three logs, and lines that are of none: what is read of each. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasFailed } from '../../src/log-reader/entry.ts';
import { entryOf } from '../../src/log-reader/lines/recognise.ts';
import { linesOf } from '../../src/log-reader/sources/lines.ts';
import { LIMITS } from '../../src/model/limits.ts';

const PLACE = { file: 'a.log', line: 7 };
const read = (text: string) => entryOf(text, PLACE);
const VVOLD = '2026-05-01T09:00:00.154Z info vvold[2099441] [Originator@6876 sub=Default]';

describe('a line of the provider', () => {
  const line = (more: object) =>
    JSON.stringify({
      ...{
        level: 'info',
        time: '2026-05-01T09:00:00.000Z',
        release: 'Keelson 1.0',
        event: 'request',
      },
      ...{ msg: 'm', operation: 'bindVirtualVolume', outcome: 'ok', ...more },
    });

  it('gives the call with its faults of items and what lay behind them', () => {
    const entry = read(
      line({
        ...{ request_id: 'r', host_id: 'h', duration_ms: 3, vvol_ids: ['rfc4122.1'] },
        item_faults: { StorageFault: 2 },
        item_cause: [{ message: 'it failed: no way' }, { message: 'no way' }],
      }),
    );
    expect(entry).toMatchObject({ log: 'provider', file: 'a.log', line: 7, id: 'request.ok' });
    expect(entry?.call).toMatchObject({ requestId: 'r', hostId: 'h', volumes: ['rfc4122.1'] });
    expect(entry?.call?.causes).toEqual(['no way']);
    expect(entry?.call !== undefined && hasFailed(entry.call)).toBe(true);
  });

  it('loses from its reason only what says again who answered', () => {
    const reason = 'there is no [x] here [Keelson 1.0; request 51c56913-9704]';
    expect(read(line({ outcome: 'NotFound', reason }))?.call?.reason).toBe('there is no [x] here');
  });

  it('of a release without ids is explained by the id that it would have', () => {
    expect(read(line({ outcome: 'NotFound' }))?.id).toBe('request.NotFound');
    const failed = { event: 'connection_failed', code: 'HPE_INVALID_METHOD' };
    expect(read(line(failed))?.id).toBe('connection_failed.bad_http');
  });

  it.each(['{', '{}', '[1]', '{"event":"request"}', '{"event":"request","time":"never"}', 'null'])(
    'is not %s',
    (text) => expect(read(text)).toBeUndefined(),
  );

  it('with fields of other kinds than they should be is read as far as it goes', () => {
    const entry = read(line({ operation: 3, vvol_ids: 'x', item_faults: [1], cause: 'y' }));
    expect(entry?.call).toMatchObject({ operation: 'unknown', volumes: [], causes: [] });
  });
});

describe('a line of vvold.log', () => {
  it('tells of a call that was issued, and of its end with the time it took', () => {
    const issued = `${VVOLD} VasaOp::QueryVirtualVolumeInt [#89844]: ===> Issuing 'queryVirtualVolume' to VP array (#outstanding 0/5) [session state: Connected]`;
    expect(read(issued)?.call).toMatchObject({ operation: 'queryVirtualVolume', outcome: 'begun' });
    const final = `${VVOLD} ===> FINAL SUCCESS queryVirtualVolume VP (array) Container (0c5e) timeElapsed=154 msecs (#outstanding 0)`;
    expect(read(final)).toMatchObject({
      log: 'host',
      at: Date.parse('2026-05-01T09:00:00.154Z'),
      call: { operation: 'queryVirtualVolume', outcome: 'ok', durationMs: 154 },
    });
  });

  it('tells of polling, which names no provider', () => {
    expect(
      read(`${VVOLD} VasaOp::EventPollerCB [#3]: ===> Issuing 'getEvents'`)?.call,
    ).toMatchObject({
      operation: 'getEvents',
      outcome: 'begun',
    });
  });

  it('tells of a session that could not be opened, with the fault’s name', () => {
    const text = `${VVOLD} VasaSession::DoSetContext: setContext for VP array (url: https://vp:8443/vasa) failed [connectionState: TransportError]: TRANSPORT_FAULT (Timeout / SSL_connect() failed)`;
    expect(read(text)).toMatchObject({
      level: 'warn',
      call: { operation: 'setContext', outcome: 'TRANSPORT_FAULT' },
    });
    expect(read(text)?.call?.reason).toContain('SSL_connect() failed');
  });

  it('tells of a call that ended in a fault', () => {
    const text = `${VVOLD} ===> FINAL FAILURE bindVirtualVolume VP (array) Container (0c5e) timeElapsed=9 msecs (#outstanding 0): RESOURCE_IN_USE (it is bound)`;
    expect(read(text)?.call).toMatchObject({
      operation: 'bindVirtualVolume',
      outcome: 'RESOURCE_IN_USE',
    });
  });

  it('of no known form is kept as it is', () => {
    expect(read(`${VVOLD} SI::QueryVirtualVolumeInt Empty response`)).toMatchObject({
      event: 'message',
      text: 'SI::QueryVirtualVolumeInt Empty response',
      call: undefined,
    });
  });
});

describe('a line of sps.log', () => {
  it('tells the operation and the fault that its words name', () => {
    const text =
      '2026-05-01T09:00:00.000Z [pool-9-thread-2] ERROR opId=x com.vmware.vim.sms.provider.vasa.VasaClientImpl executeWithTimeout setContext failed: com.vmware.vim.sms.fault.InvalidSession';
    expect(read(text)).toMatchObject({
      log: 'vcenter',
      level: 'error',
      call: { operation: 'setContext', outcome: 'InvalidSession' },
    });
  });

  it('without a zone is taken for UTC, and without an operation for a message', () => {
    const text =
      '2026-05-01 09:00:00,250 [main] ERROR Error while removing an entry for the provider in the providerCache';
    expect(read(text)).toMatchObject({
      at: Date.parse('2026-05-01T09:00:00.250Z'),
      event: 'message',
    });
  });

  it('about something else than providers is left alone', () => {
    expect(read('2026-05-01T09:00:00.000Z [main] INFO a tag was attached')).toBeUndefined();
  });
});

it('no line makes the reader fail, or think for long', () => {
  const fields = fc.dictionary(
    fc.constantFrom('event', 'time', 'id', 'outcome', 'cause', 'facts', 'code'),
    fc.jsonValue(),
  );
  const time = { time: '2026-05-01T09:00:00.000Z', event: 'request' };
  fc.assert(
    fc.property(fields, fc.string({ unit: 'binary' }), (made, text) => {
      read(JSON.stringify({ ...time, ...made }));
      read(text);
      read(`${VVOLD} ${text}`);
      read(`2026-05-01T09:00:00.000Z [main] ERROR sms ${text}`);
    }),
    { numRuns: 50 },
  );
  for (const piece of [
    '===> FINAL SUCCESS a VP (',
    'setContext for VP a (url: ',
    'getA',
    'A_',
    ' ',
    '\\',
  ])
    for (const head of [VVOLD, '2026-05-01T09:00:00.000Z [main] ERROR sms', '{"a":'])
      expect(() => read(`${head} ${piece.repeat(100_000)}`)).not.toThrow();
});

describe('lines of a stream', () => {
  const lines = async (...pieces: readonly (string | Buffer)[]) => {
    const found = [];
    for await (const line of linesOf(Readable.from(pieces.map((each) => Buffer.from(each)))))
      found.push(line);
    return found;
  };

  it('are whole wherever the pieces are cut, also within a letter', async () => {
    const bytes = Buffer.from('eins\r\nzwölf\n\ndrei');
    const cut = [bytes.subarray(0, 9), bytes.subarray(9, 10), bytes.subarray(10)];
    expect(await lines(...cut)).toEqual([
      { text: 'eins', number: 1, isCut: false },
      { text: 'zwölf', number: 2, isCut: false },
      { text: 'drei', number: 4, isCut: false },
    ]);
  });

  it('that are longer than a line may be are cut', async () => {
    const long = 'x'.repeat(LIMITS.logReaderLineCharacters);
    const [first, second] = await lines(long, 'yz\n', 'next');
    expect(first?.text).toHaveLength(LIMITS.logReaderLineCharacters);
    expect([first?.isCut, second]).toEqual([true, { text: 'next', number: 2, isCut: false }]);
  });
});
